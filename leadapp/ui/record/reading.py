"""One record in words: answers by section, conflicts with both values, its history.

Everything here runs on the reader lane and gives plain values to the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadapp.core.attachments import Attachment, read_attachment
from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.words import Words
from leadapp.forms.markdown import plain
from leadapp.forms.session import FormSession
from leadapp.forms.state import Item
from leadapp.kinds import KINDS
from leadapp.kinds.cells import spoken
from leadapp.services import browsing
from leadapp.services.desk import Desk, family_of
from leadapp.services.kept import StoredRecord
from leadapp.services.printing import from_paper
from leadapp.services.reread import finished, is_emptied, session_of
from leadapp.services.showing import user_names
from leadapp.ui.entry.shown import answer_words
from leadapp.ui.kit.typed_dates import say_moment
from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words; ``others`` tell each value two computers gave."""

    label: str
    words: str
    others: tuple[str, ...] = ()
    long: bool = False
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Questions under one heading."""

    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One entry: who, when, what, why, and each answer it changed."""

    head: str
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record ready to be read."""

    stored: StoredRecord
    form_title: str
    title: str
    facts: str
    chapters: tuple[Chapter, ...]
    problems: tuple[str, ...]
    conflicts: int
    past: tuple[Past, ...]
    may_correct: bool
    may_void: bool
    may_print: bool
    emptied: bool = False
    """Whether what it said was removed by order."""

    @property
    def place(self) -> tuple[str, str]:
        """Return its ring and its id."""
        return str(self.stored.ring), str(self.stored.record)

    @property
    def protected(self) -> bool:
        """Return whether it is under 42 CFR Part 2."""
        return is_protected(self.stored.ring)


def is_protected(ring: str) -> bool:
    """Return whether records of ``ring`` are under 42 CFR Part 2."""
    return family_of(RingId(ring)) == "care"


def read_record(desk: Desk, words: Words, record: RecordId, ring: RingId) -> OpenedRecord:
    """Return a record in words. Reader lane."""
    stored = browsing.record(desk, record, ring)
    names = user_names(desk)
    session = _session(desk, stored)
    form = _form_title(desk, stored)
    family, kind = family_of(stored.ring), stored.kind or "*"
    emptied = is_emptied(stored)
    open_ = not stored.voided and not emptied
    return OpenedRecord(
        stored=stored,
        form_title=form,
        title=stored.summary.title or form,
        facts=_facts(desk, words, stored, names),
        chapters=_bare(stored) if session is None else _chapters(desk, session, stored, names),
        problems=tuple(dict.fromkeys(words.of(problem) for problem in stored.problems)),
        conflicts=len(stored.conflicts),
        past=tuple(_past(desk, session, stored, names)),
        may_correct=open_ and desk.may("correct", kind, family),
        may_void=open_ and desk.may("void", kind, family),
        may_print=not emptied and desk.may("print", kind, family),
        emptied=emptied,
    )


def _form_title(desk: Desk, stored: StoredRecord) -> str:
    try:
        return desk.shelf.source(stored.form, stored.definition_hash).title
    except Refusal:
        return KINDS[stored.kind].title if stored.kind in KINDS else stored.form


def _bare(stored: StoredRecord) -> tuple[Chapter, ...]:
    """Return the answers by their questions' names: the form is not on this computer."""
    said = tuple(
        Answered(spoken(key.rpartition("/")[2]), text)
        for key, text in stored.answers.items()
        if text and not _is_inner(key)
    )
    return (Chapter("", said),) if said else ()


def _session(desk: Desk, stored: StoredRecord) -> FormSession | None:
    if is_emptied(stored):
        return None
    try:
        return session_of(desk, stored)
    except Refusal:
        return None


def _facts(desk: Desk, words: Words, stored: StoredRecord, names: dict[str, str]) -> str:
    day = today(desk.clock)
    made = say_moment(finished(desk, stored), day)
    who = names.get(stored.author, tr("someone"))
    facts = tr("Finished {when} by {who}", when=made, who=who)
    if stored.entries > 1:
        zone = desk.clock.now().tzinfo
        last = say_moment(datetime.fromtimestamp(stored.changed_ms / 1000, zone), day)
        by = names.get(stored.changed_by, tr("someone"))
        facts = tr("{made}. Changed {when} by {who}", made=facts, when=last, who=by)
    paper = from_paper(words, stored)
    return tr("{facts}. {paper}, entered late", facts=facts, paper=paper) if paper else facts


def _chapters(
    desk: Desk, session: FormSession, stored: StoredRecord, names: dict[str, str]
) -> tuple[Chapter, ...]:
    found: list[Chapter] = []
    loose: list[Answered] = []
    for item in session.items():
        inside = tuple(_answers(desk, session, stored, names, (item,)))
        if item.kind == "question":
            loose.extend(inside)
        elif inside:
            found.append(Chapter(plain(session.state(item.key).label), inside))
    return (*found, Chapter("", tuple(loose))) if loose else tuple(found)


def _answers(
    desk: Desk,
    session: FormSession,
    stored: StoredRecord,
    names: dict[str, str],
    items: Sequence[Item],
    row: str = "",
) -> Iterator[Answered]:
    for item in items:
        if item.kind != "question":
            for at, inner in enumerate(item.children, start=1):
                number = f"{at}. " if item.kind == "repeat" else row
                yield from _answers(desk, session, stored, names, (inner,), number)
            continue
        state = session.state(item.key)
        others = tuple(
            (tr("Shown: {value}, by {who}") if one.value == state.value
             else tr("Also given: {value}, by {who}")).format(
                value=_say(desk, session, item.key, one.value) or tr("(blank)"),
                who=names.get(one.author, tr("someone")),
            )
            for one in stored.conflicts.get(item.key, ())
        )  # fmt: skip
        said = answer_words(state, today(desk.clock))
        if (said or others) and state.label:
            label, file = f"{row}{plain(state.label)}", read_attachment(state.value)
            yield Answered(label, said, others, long=len(said) > 60, attachment=file)


def _past(
    desk: Desk, session: FormSession | None, stored: StoredRecord, names: dict[str, str]
) -> Iterator[Past]:
    day, zone = today(desk.clock), desk.clock.now().tzinfo
    for number, item in enumerate(browsing.history(desk, stored)):
        when = say_moment(datetime.fromtimestamp(item.t_ms / 1000, zone), day)
        did = {"void": tr("voided"), "restore": tr("brought back")}.get(item.op, "")
        did = did or (tr("finished") if not number else tr("corrected"))
        who = names.get(item.author, tr("someone"))
        head = tr("{when}: {who} {did} it", when=when, who=who, did=did)
        if item.redacted:
            yield Past(head, tr("What it said was removed by order"), ())
            continue
        changes = [
            _change(desk, session, change.key, change.old, change.new)
            for change in item.changes
            if number and not _is_inner(change.key)
        ]
        yield Past(head, item.reason, tuple(changes))


def _change(desk: Desk, session: FormSession | None, key: str, old: str, new: str) -> str:
    here = session.present(key) if session is not None else key
    label = plain(session.state(here).label) if session is not None and session.has(here) else ""
    return tr(
        "{label}: was {old}, now {new}",
        label=label or key.rpartition("/")[2],
        old=_say(desk, session, key, old) or tr("blank"),
        new=_say(desk, session, key, new) or tr("blank"),
    )


def _say(desk: Desk, session: FormSession | None, key: str, value: str) -> str:
    here = session.present(key) if session is not None else key
    if session is None or not session.has(here) or not value:
        return value
    return answer_words(replace(session.state(here), value=value), today(desk.clock))


def _is_inner(key: str) -> bool:
    return key.rpartition("/")[2].startswith("_")
