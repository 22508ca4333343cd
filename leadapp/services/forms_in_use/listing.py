"""Which forms there are: in use, waiting, retired, and those approved on two computers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from leadapp.core.ids import RecordId, UserId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.journal.rings import SHARED
from leadapp.services.desk import LAW_ROLES, Desk
from leadapp.services.forms_in_use.candidates import APPROVE, Candidate, inspected
from leadapp.services.shelf import FORM_RECORDS, FormSource, later, source_of
from leadapp.staff.rights import may
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery, StoredRecord

State = Literal["in_use", "waits", "retired"]
_STATES: dict[str, State] = {"in_use": "in_use", "draft": "waits"}
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class FormLine:
    """One version of a form: where it stands, who said so, how many records it made.

    ``by`` and ``at`` (ISO) are of its approval, or of its loading while it waits. ``shown``
    says whether it is the version that is used now; of two approved ones the other is not.
    """

    record: RecordId
    source: FormSource
    state: State
    by: UserId
    at: str
    why: str
    records: int
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Rivals:
    """A form of which several versions are approved; the first one is used."""

    title: str
    form: str
    versions: tuple[FormLine, ...]


def kept(desk: Desk) -> dict[RecordId, StoredRecord]:
    """Return every version of a form that is kept in ``shared``, by record."""
    query = RecordQuery(forms=(FORM_RECORDS,), rings=(SHARED,), limit=_MOST)
    stored = (desk.reader.record(SHARED, line.record) for line in desk.reader.records(query))
    return {one.record: one for one in stored if one is not None and "form" in one.answers}


def lines(desk: Desk) -> list[FormLine]:
    """Return all versions: by title, the newest first. Reader lane."""
    found = _once(_line(desk, one) for one in kept(desk).values())
    found = [one for one in found if one.state != "retired" or one.records or one.at]
    used = {one.source.form for one in found if one.state == "in_use"}
    shown = {form: desk.shelf.source(form).hash for form in used if desk.shelf.knows(form)}
    return sorted(
        (replace(one, shown=shown.get(one.source.form) == one.source.hash) for one in found),
        key=lambda one: (one.source.title.casefold(), one.source.form, _newest(one)),
    )


def again(desk: Desk, record: RecordId) -> Candidate | None:
    """Return a version that is kept, checked again; ``None`` where it is gone. Reader lane."""
    desk.require_program(APPROVE)
    stored = desk.reader.record(SHARED, record)
    if stored is None or stored.voided or "form" not in stored.answers:
        return None
    source = replace(source_of(stored.answers), in_use=False)
    return replace(inspected(desk, source), record=record)


def waiting(desk: Desk) -> list[Candidate]:
    """Return the forms that wait to be approved, checked again. Reader lane."""
    desk.require_program(APPROVE)
    records = [one for one, stored in kept(desk).items() if stored.answers["state"] == "draft"]
    found = (again(desk, one) for one in records)
    return [one for one in found if one is not None]


def rivals(desk: Desk, known: Iterable[FormLine] | None = None) -> list[Rivals]:
    """Return the forms of which two computers approved different versions. Reader lane."""
    used: dict[str, list[FormLine]] = {}
    for one in lines(desk) if known is None else known:
        if one.state == "in_use":
            used.setdefault(one.source.form, []).append(one)
    return [
        Rivals(found[0].source.title, form, tuple(sorted(found, key=lambda one: not one.shown)))
        for form, found in used.items()
        if len(found) > 1
    ]


def problems(desk: Desk, known: Iterable[FormLine] | None = None) -> list[Problem]:
    """Return what a coordinator must know of the forms in use. Reader lane.

    Forms that cannot be read, what stands in for them, and forms approved on two computers.
    """
    found = []
    for source, why in desk.shelf.broken():
        stands_in = desk.shelf.source(source.form)
        values = {
            "form": source.title,
            "version": source.version,
            "stands_in": stands_in.version if stands_in.hash != source.hash else "",
            "why": why.code,
        }
        code = "services.form_stands_in" if values["stands_in"] else "services.form_unreadable"
        found.append(Problem(code, values, Place(file=source.form), Severity.WARNING))
    return [*found, *map(rivals_problem, rivals(desk, known))]


def waits_for(desk: Desk) -> tuple[int, list[Problem]]:
    """Return how many forms wait for a coordinator, and those approved twice. Reader lane."""
    known = lines(desk)
    found = rivals(desk, known)
    waits = sum(one.state == "waits" for one in known)
    return waits + len(found), [rivals_problem(one) for one in found]


def rivals_problem(found: Rivals) -> Problem:
    """Return the notice of a form that was approved on two computers."""
    shown, *others = (one.source.version for one in found.versions)
    values = {"form": found.title, "id": found.form, "shown": shown, "others": ", ".join(others)}
    return Problem("services.form_approved_twice", values, Place(file=found.form), Severity.WARNING)


def writers(source: FormSource) -> frozenset[Role]:
    """Return the roles that may write a form, each on its side."""
    found = set()
    for role in Role:
        family = source.family("law" if role in LAW_ROLES else "office")
        if family and may(role, "write", source.kind, family):
            found.add(role)
    return frozenset(found)


def _line(desk: Desk, stored: StoredRecord) -> FormLine:
    answers = stored.answers
    source = source_of(answers)
    state = _STATES.get(answers.get("state", ""), "retired")
    zone = desk.clock.now().tzinfo
    loaded = datetime.fromtimestamp(stored.created_ms / 1000, zone).isoformat()
    return FormLine(
        record=stored.record,
        source=source,
        state=state,
        by=UserId(answers.get("approved_by", "")) if state != "waits" else stored.author,
        at=loaded if state == "waits" else answers.get("approved_at", ""),
        why=answers.get("why", ""),
        records=0 if state == "waits" else _made(desk, source),
    )


def _made(desk: Desk, source: FormSource) -> int:
    """Return how many records a version made, in the rings that are open."""
    query = RecordQuery(forms=(source.form,), versions=(source.version,), voided=None)
    return desk.reader.count(query)


def _once(found: Iterable[FormLine]) -> list[FormLine]:
    """Return each version once: two computers may have kept the same text."""
    once: dict[tuple[str, str], FormLine] = {}
    for one in found:
        key = one.source.form, one.source.hash
        known = once.get(key)
        if known is None or _rank(one) > _rank(known):
            once[key] = one
    return list(once.values())


def _rank(line: FormLine) -> tuple[int, float, str]:
    state = ("waits", "retired", "in_use").index(line.state)
    return state, later(line.source)[0], line.record


def _newest(line: FormLine) -> tuple[bool, float]:
    moment = later(line.source)[0]
    return line.state != "in_use", -moment
