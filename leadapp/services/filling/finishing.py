"""Finishing, correcting and voiding: what is written, in one transaction a ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from leadapp.core.clock import to_milliseconds
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.crisis.training import RosterRow
from leadapp.forms.session import Submission
from leadapp.kinds.companion import CompanionPlan
from leadapp.kinds.contract import Record
from leadapp.services import rules
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import known as facts
from leadapp.services.filling.attaching import named_in
from leadapp.services.filling.work import Filling, title_of
from leadapp.store.projector import WAITS
from leadapp.store.queries import StoredRecord
from leadapp.store.writing import PendingWrite, RecordWrite, Written

LATE = "_late"
"""Written as 1 where a record was written on paper first and typed in later."""
PAPER = "_paper"
"""The number of that paper."""
_ORDER = "/_order"
_MOVES_REFERRAL = ("referral", "status", "status_day")
"""The questions whose answers say where a referral stands, and since when."""
_WAITING = "forms.answer_waits"


@dataclass(frozen=True, slots=True)
class Offer:
    """A form to go on with, prefilled by question name."""

    form: FormId
    answers: Mapping[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A finished record: where it is, what else was written, what to offer next."""

    record: RecordId
    ring: RingId
    title: str
    dropped: int
    companions: tuple[RecordId, ...]
    warnings: tuple[Problem, ...]
    offers: tuple[Offer, ...]
    written: Written


def ready(desk: Desk, filling: Filling) -> Submission | list[Problem]:
    """Return what is to be written, or everything that stands in the way. Window's thread."""
    result = filling.session.finish(desk.clock.now())
    if isinstance(result, list):
        return [problem for problem in result if problem.blocks]
    found = rules.problems(filling.kind, _as_record(desk, filling, result))
    blocking = [problem for problem in found if problem.blocks]
    return _placed(desk, filling, blocking) or result


def gather(desk: Desk, filling: Filling, submission: Submission) -> rules.Known:
    """Return what the rules need to know beside the record. Reader lane."""
    record = _as_record(desk, filling, submission)
    before = filling.corrects
    person = record.answer("person") if filling.kind == "intake" else ""
    made = facts.movements_made(desk, filling.kind, before) if before else {}
    return rules.Known(
        books=facts.books(desk) if filling.kind in rules.MOVING_KINDS else {},
        history=facts.history(desk, person),
        roster=_roster(desk, filling, record),
        statuses=_statuses(desk, filling, record),
        orders=facts.orders(desk) if filling.kind == "naloxone_given" else (),
        made=made,
        gone=facts.movements_gone(desk, filling.kind, before, made) if before else frozenset(),
    )


def save(
    desk: Desk,
    filling: Filling,
    submission: Submission,
    known: rules.Known,
    *,
    reason: str = "",
) -> Saved:
    """Write a finished form and its companions. Writer lane; durable when it returns."""
    if filling.needs_reason and not reason.strip():
        raise Refusal("services.reason_needed")
    record = _as_record(desk, filling, submission)
    here = _placed(desk, filling, rules.problems_here(filling.kind, record, known))
    refused = tuple(one for one in here if one.blocks)
    if refused:
        raise Refusal("services.answers_to_fix", problems=refused, count=len(refused))
    plans = _plans(filling, record, known, submission.finished_at)
    write = RecordWrite(
        record=filling.record,
        form=filling.source.form,
        form_version=filling.source.version,
        op="save",
        values=_values(filling, submission, reason=reason),
        author=desk.user,
        at=submission.finished_at,
        parents=filling.parents if filling.corrects else None,
    )
    own, pending = _companions(desk, filling.ring, plans, submission.finished_at)
    files = named_in(filling, submission)
    written = desk.archive.write(filling.ring, [write, *own], pending=pending, files=files)
    odd = _placed(desk, filling, rules.problems(filling.kind, record))
    found = (*submission.warnings, *odd, *here)
    return Saved(
        record=filling.record,
        ring=filling.ring,
        title=title_of(filling.session) or filling.source.title,
        dropped=submission.dropped,
        companions=tuple(plan.record for plan in plans),
        warnings=tuple(one for one in found if one.severity is not Severity.ERROR),
        offers=tuple(
            Offer(FormId(offer.form), offer.answers, offer.why)
            for offer in rules.offers(filling.kind, record)
            if not filling.corrects and desk.shelf.knows(offer.form)
        ),
        written=written,
    )


def undone_by_void(desk: Desk, stored: StoredRecord) -> rules.Known:
    """Return what voiding ``stored`` takes back. Reader lane."""
    return rules.Known(made=facts.movements_made(desk, stored.kind, stored))


def void(desk: Desk, stored: StoredRecord, known: rules.Known, *, reason: str) -> Written:
    """Void a record with a reason; it stays readable and is counted no more. Writer lane."""
    desk.require("void", stored.kind, family_of(stored.ring))
    if stored.kind == "movement":
        raise Refusal("naloxone.movement_stays")
    if not reason.strip():
        raise Refusal("services.reason_needed")
    moment = desk.clock.now()
    write = RecordWrite(
        record=stored.record,
        form=stored.form,
        form_version=stored.form_version,
        op="void",
        values={"_deleted": "1", "_reason": reason.strip(), "_at": moment.isoformat()},
        author=desk.user,
        at=moment,
        parents=stored.heads,
    )
    plans = rules.undoing(known, day=moment.date().isoformat())
    own, pending = _companions(desk, stored.ring, plans, moment)
    return desk.archive.write(stored.ring, [write, *own], pending=pending)


def _values(filling: Filling, submission: Submission, *, reason: str) -> dict[str, str]:
    """Return what the entry says: for a correction only what changed."""
    changed = dict(filling.settles) or _changed(filling, submission)
    changed["_at"] = submission.finished_at.isoformat()
    changed["_hash"] = submission.definition_hash
    waits = sum(problem.code == _WAITING for problem in submission.warnings)
    if waits or (filling.corrects is not None and not filling.settles):
        changed[WAITS] = str(waits)
    if reason.strip():
        changed["_reason"] = reason.strip()
    if filling.paper is not None:
        changed |= {LATE: "1", PAPER: filling.paper}
    return changed


def _changed(filling: Filling, submission: Submission) -> dict[str, str]:
    """Return what differs; answers this version of the form has no place for stay as they are."""
    before = filling.base
    answers = _without_blank_copies(submission.answers)
    changed = {key: text for key, text in answers.items() if before.get(key, "") != text}
    gone = [key for key in before if key not in answers and before[key]]
    return changed | {key: "" for key in gone if filling.session.asks(key)}


def _without_blank_copies(answers: Mapping[str, str]) -> dict[str, str]:
    """Leave out copies of repeats in which nothing was answered: a first row left blank."""
    orders = {key: key.removesuffix(_ORDER) for key in answers if key.endswith(_ORDER)}
    said = [key for key, text in answers.items() if text and key not in orders]
    blank = {
        key for key, copy in orders.items() if not any(one.startswith(f"{copy}/") for one in said)
    }
    return {key: text for key, text in answers.items() if key not in blank}


def _as_record(desk: Desk, filling: Filling, submission: Submission) -> Record:
    now = to_milliseconds(submission.finished_at)
    return Record(
        id=filling.record,
        ring=filling.ring,
        form=filling.source.form,
        form_version=filling.source.version,
        author=desk.user,
        created_ms=now,
        changed_ms=now,
        finished_at=submission.finished_at.isoformat(),
        conflicted=False,
        answers={**submission.answers, **submission.calculated},
    )


def _roster(desk: Desk, filling: Filling, record: Record) -> list[RosterRow]:
    officer = record.answer("officer") if filling.kind == "cit_contact" else ""
    return facts.roster(desk, officer) if officer else []


def _statuses(desk: Desk, filling: Filling, record: Record) -> list[tuple[str, str]]:
    """Return what a referral's status is held to; nothing where a correction leaves it be."""
    if filling.kind != "referral_status":
        return []
    before = facts.record_of(filling.corrects) if filling.corrects else None
    if before and all(before.answer(name) == record.answer(name) for name in _MOVES_REFERRAL):
        return []
    return facts.statuses(desk, record.answer("referral"), filling.record)


def _placed(desk: Desk, filling: Filling, problems: Iterable[Problem]) -> list[Problem]:
    """Put problems that rules have with a question, by its name, at its key and label."""
    keys, session = desk.shelf.keys(filling.source), filling.session

    def placed(problem: Problem) -> Problem:
        key = keys.get(problem.place.path or "", "")
        if not key or not session.has(key):
            return problem
        values = {"label": session.state(key).label, **problem.values}
        return replace(problem, values=values, place=replace(problem.place, path=key))

    return [placed(problem) for problem in problems]


def _plans(
    filling: Filling, record: Record, known: rules.Known, at: datetime
) -> list[CompanionPlan]:
    if filling.corrects is None:
        return rules.companions(filling.kind, record, known)
    return rules.corrections(filling.kind, record, known, day=at.date().isoformat())


def _companions(
    desk: Desk, own_ring: RingId, plans: list[CompanionPlan], at: datetime
) -> tuple[list[RecordWrite], list[PendingWrite]]:
    """Return the companions of the same ring, and those of other rings, ring by ring."""
    by_ring: dict[RingId, list[RecordWrite]] = {}
    for plan in plans:
        ring = desk.ring_of_family(plan.ring_family)
        if ring is None:
            raise Refusal("services.ring_not_open", ring=plan.ring_family)
        by_ring.setdefault(ring, []).append(_companion(desk, plan, at))
    own = by_ring.pop(own_ring, [])
    return own, [PendingWrite(ring, tuple(writes)) for ring, writes in by_ring.items()]


def _companion(desk: Desk, plan: CompanionPlan, at: datetime) -> RecordWrite:
    source = desk.shelf.source(plan.form)
    keys = desk.shelf.keys(source)
    moment = _noon(plan.answers.get("day", ""), at) if plan.ring_family == "shared" else at
    values = {keys.get(name, name): text for name, text in plan.answers.items() if text}
    return RecordWrite(
        record=plan.record,
        form=source.form,
        form_version=source.version,
        op="save",
        values={**values, "_at": moment.isoformat(), "_hash": source.hash},
        author=desk.user,
        at=moment,
    )


def _noon(day: str, at: datetime) -> datetime:
    """Return 12:00 of the ISO ``day``: a movement in ``shared`` must not tell the minute."""
    noon = time(12, tzinfo=at.tzinfo)
    return datetime.combine(date.fromisoformat(day) if day else at.date(), noon)
