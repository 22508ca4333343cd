"""One record for reading on screen: its questions and answers in words, and who changed it.

Reader lane. Opening is logged by ``browsing.viewed`` before this is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from leadapp.core.errors import Refusal
from leadapp.forms.session import FormSession, Item, State
from leadapp.kinds import KINDS
from leadapp.kinds.cells import spoken
from leadapp.services.desk import Desk, family_of
from leadapp.store.queries import StoredRecord

_SELECTS = frozenset({"select", "select1", "rank"})


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A heading, or a question with its answer in words."""

    label: str
    value: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a record: who did what, when (ISO), why, and how many answers changed."""

    who: str
    op: str
    at: str
    reason: str
    changed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in words."""

    stored: StoredRecord
    form: str
    lines: tuple[ShownLine, ...]
    steps: tuple[Step, ...]
    author: str
    may_correct: bool
    may_print: bool


def shown(desk: Desk, stored: StoredRecord) -> Shown:
    """Return ``stored`` in words: answered questions only, under their headings."""
    names = user_names(desk)
    family = family_of(stored.ring)
    kind = stored.kind or "*"
    return Shown(
        stored=stored,
        form=_title(desk, stored),
        lines=_lines(desk, stored),
        steps=tuple(_steps(desk, stored, names)),
        author=names.get(stored.author, ""),
        may_correct=desk.may("correct", kind, family) and not stored.voided,
        may_print=desk.may("print", kind, family),
    )


def user_names(desk: Desk) -> dict[str, str]:
    """Return what people are called, by user id."""
    rows = desk.reader.rows("SELECT record_id, name FROM user", {})
    return {str(user): str(name) for user, name in rows} | {desk.user: desk.name}


def _title(desk: Desk, stored: StoredRecord) -> str:
    try:
        return desk.shelf.source(stored.form, stored.definition_hash).title
    except Refusal:
        return KINDS[stored.kind].title if stored.kind in KINDS else stored.form


def _steps(desk: Desk, stored: StoredRecord, names: dict[str, str]) -> Iterator[Step]:
    for item in reversed(desk.reader.history(stored.ring, stored.record)):
        at = (
            item.at or datetime.fromtimestamp(item.t_ms / 1000, desk.clock.now().tzinfo).isoformat()
        )
        yield Step(names.get(item.author, ""), item.op, at, item.reason, len(item.changes))


def _lines(desk: Desk, stored: StoredRecord) -> tuple[ShownLine, ...]:
    """Return the answered questions by the form; by their names where the form is not here."""
    try:
        definition = desk.shelf.definition(stored.form, stored.definition_hash)
    except Refusal:
        return tuple(
            ShownLine(spoken(key.rpartition("/")[2]), text)
            for key, text in stored.answers.items()
            if text and not key.rpartition("/")[2].startswith("_")
        )
    session = FormSession(
        definition,
        clock=desk.clock,
        ids=desk.ids,
        lookup=desk.lookup(family_of(stored.ring)),
        answers=dict(stored.answers),
        as_of=datetime.fromisoformat(stored.finished_at),
    )
    return tuple(_walk(session, session.items()))


def _walk(session: FormSession, items: tuple[Item, ...]) -> Iterator[ShownLine]:
    for item in items:
        if item.kind == "question":
            state = session.state(item.key)
            said = _said(state)
            if said and state.label:
                yield ShownLine(state.label, said)
            continue
        inside = tuple(_walk(session, item.children))
        if inside:
            label = session.state(item.key).label if item.key else ""
            if label:
                yield ShownLine(label, heading=True)
            yield from inside


def _said(state: State) -> str:
    if state.kind in _SELECTS:
        return ", ".join(offer.label for offer in state.chosen())
    try:
        if state.type == "dateTime" and state.value:
            moment = datetime.fromisoformat(state.value)
            hour = moment.strftime("%I:%M %p").lstrip("0").lower()
            return f"{moment:%a %b} {moment.day}, {moment.year}, {hour}"
        if state.type == "date" and state.value:
            day = datetime.fromisoformat(state.value)
            return f"{day:%a %b} {day.day}, {day.year}"
    except ValueError:
        return state.value
    return state.value
