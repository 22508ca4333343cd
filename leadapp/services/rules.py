"""The rules of each kind, brought together: what does not fit, what follows, what to offer.

The rules themselves are pure and live in ``crisis``, ``casework`` and ``naloxone``; here
they are given the answers of a record and what is known at this desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from leadapp.casework.episodes import StatusChange, first_status_of_intake
from leadapp.casework.referrals import problems_with_status
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem, Severity
from leadapp.crisis.contacts import problems_with_contact
from leadapp.crisis.training import RosterRow, problems_with_certificate
from leadapp.kinds.companion import CompanionPlan
from leadapp.kinds.contract import Record
from leadapp.naloxone.companions import (
    movement_for_contact,
    movements_for_given,
    movements_for_used,
)
from leadapp.naloxone.movements import (
    NEEDS_SECOND_PERSON,
    Movement,
    correction,
    plan,
    reversal_of,
)
from leadapp.naloxone.moves import problems_with_ends
from leadapp.naloxone.orders import Order, covered
from leadapp.naloxone.traces import problems_with_text

MOVING_KINDS = frozenset({"cit_contact", "naloxone_given", "naloxone_used"})
"""Kinds whose records move stock."""


@dataclass(frozen=True, slots=True)
class Known:
    """What rules need to know beside the record: stock on the books, a person's history.

    ``made`` are the movements this record has made before, for a correction.
    """

    books: Mapping[tuple[RecordId, str], int] = field(default_factory=dict)
    history: Sequence[StatusChange] = ()
    made: Mapping[RecordId, Movement] = field(default_factory=dict)
    roster: Sequence[RosterRow] = ()
    """The lines of the roster of the officer who writes a contact."""
    statuses: Sequence[tuple[str, str]] = ()
    """The other statuses of the referral that a status is of: (ISO day, status), oldest first."""
    orders: Sequence[Order] = ()
    """The standing orders on the register."""
    gone: frozenset[RecordId] = frozenset()
    """Movements it made that were taken back for good: a correction leaves them so."""


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form to go on with; ``answers`` by question name, ``why`` a code for the sentence."""

    form: str
    answers: Mapping[str, str]
    why: str


def problems(kind: str, record: Record) -> list[Problem]:
    """Return what does not fit together in the answers, beyond what the form can say."""
    if kind == "cit_contact":
        answers = {name: record.answer(name) for name in _JUDGED_OF_CONTACT}
        times = {now: record.answer(name) for now, name in _TIMES_OF_CONTACT.items()}
        return problems_with_contact(answers | times)
    if kind in ("naloxone_given", "naloxone_used"):
        return [*problems_with_text(_written(record)), *_problems_with_mark(record)]
    if kind == "movement":
        return _problems_with_movement(record)
    return []


def _written(record: Record) -> dict[str, str]:
    """Return the answers people gave: the name the form gives the record holds its day."""
    return {path: text for path, text in record.answers.items() if not path.startswith("meta/")}


def problems_here(kind: str, record: Record, known: Known) -> list[Problem]:
    """Return what does not fit what is known at this desk, or the writer should know."""
    if kind == "cit_contact":
        return problems_with_certificate(
            known.roster,
            officer=record.answer("officer"),
            day=record.answer("when")[:10],
            answer=record.answer("reporting_cit"),
        )
    if kind == "referral_status":
        since = record.answer("status_day")[:10]
        return problems_with_status(known.statuses, record.answer("status"), since)
    if kind != "naloxone_given" or record.answer("declined") == "yes":
        return []
    day = date.fromisoformat(record.answer("day")[:10])
    if covered(known.orders, day, record.answer("product")):
        return []
    return [Problem("naloxone.no_order", severity=Severity.WARNING)]


def _problems_with_mark(record: Record) -> list[Problem]:
    """Refuse a self-made code outside ``supply``."""
    if not record.answer("code_mark") or record.ring == "supply":
        return []
    return [Problem("naloxone.code_only_in_supply")]


def _problems_with_movement(record: Record) -> list[Problem]:
    """Hold a movement typed on its form to the rules of one written in the ledger."""
    move = record.answer("move")
    ends = problems_with_ends(move, record.answer("from_place"), record.answer("to_place"))
    if move in NEEDS_SECOND_PERSON:  # who confirms it with a password, which no form may hold
        ends.append(Problem("naloxone.second_person_on_page"))
    return ends


_JUDGED_OF_CONTACT = (
    "disposition", "offence", "legal_paper", "force_level", "injury_person", "injury_officer",
    "injury_other",
)  # fmt: skip
_TIMES_OF_CONTACT = {"dispatched": "dispatched_at", "arrived": "when", "cleared": "cleared_at"}


def companions(kind: str, record: Record, known: Known) -> list[CompanionPlan]:
    """Return the records that finishing ``record`` makes beside it, ids and all."""
    make = _COMPANIONS.get(kind)
    return make(record, known) if make else []


def corrections(kind: str, record: Record, known: Known, *, day: str) -> list[CompanionPlan]:
    """Return what correcting ``record`` writes: wrong movements reversed and replaced."""
    if kind not in MOVING_KINDS:
        return companions(kind, record, known)
    made = companions(kind, record, known)
    planned = {one.record: one for one in made if one.record not in known.gone}
    written: list[CompanionPlan] = []
    for record_id, before in known.made.items():
        wanted = planned.pop(record_id, None)
        after = _movement_of(wanted) if wanted else None
        if after is None:
            written.append(plan(reversal_of(before, day=day), why="naloxone.stock_back"))
        elif after != before:
            written += [
                plan(one, why="naloxone.stock_corrected")
                for one in correction(before, after, day=day)
            ]
    return written + list(planned.values())


def undoing(known: Known, *, day: str) -> list[CompanionPlan]:
    """Return what voiding a record writes: its movements reversed."""
    return [
        plan(reversal_of(one, day=day), why="naloxone.stock_back") for one in known.made.values()
    ]


def movement_ids(kind: str, record: Record) -> tuple[RecordId, ...]:
    """Return the ids of the movements ``record`` makes as it stands."""
    if kind not in MOVING_KINDS:
        return ()
    return tuple(one.record for one in companions(kind, record, Known()))


def offers(kind: str, record: Record) -> list[FormOffer]:
    """Return the forms to offer when ``record`` is finished."""
    if kind != "cit_contact":
        return []
    found = []
    if record.answer("follow_up") == "yes":
        found.append(FormOffer("lead_referral", _referral_answers(record), "crisis.offer_referral"))
    if record.answer("naloxone_given") == "yes":
        found.append(FormOffer("naloxone_used", _used_answers(record), "crisis.offer_used"))
    return found


def _of_contact(record: Record, known: Known) -> list[CompanionPlan]:
    made = movement_for_contact(
        record.id,
        naloxone_given=record.answer("naloxone_given"),
        lot=record.answer("naloxone_lot"),
        doses=record.answer("naloxone_doses"),
        from_place=record.answer("naloxone_from"),
        day=record.answer("when")[:10],
        books=known.books,
    )
    return [made] if made else []


def _of_given(record: Record, known: Known) -> list[CompanionPlan]:
    names = ("doses", "kits", "declined", "setting")
    return movements_for_given(
        record.id,
        {name: record.answer(name) for name in names} | {"lot_id": record.answer("lot")},
        from_place=record.answer("from_place"),
        day=record.answer("day"),
        books=known.books,
    )


def _of_used(record: Record, known: Known) -> list[CompanionPlan]:
    return movements_for_used(
        record.id,
        [{**copy, "lot_id": copy.get("lot", "")} for copy in record.copies("administrations")],
        reporter=record.answer("reporter"),
        from_place=record.answer("from_place"),
        day=record.answer("day"),
        books=known.books,
        counted_by_contact=record.answer("counted_by_contact") == "yes",
    )


def _of_intake(record: Record, known: Known) -> list[CompanionPlan]:
    first = first_status_of_intake(
        record.id,
        person=record.answer("person"),
        minimum_day=record.answer("minimum_day"),
        history=known.history,
    )
    return [first] if first else []


_COMPANIONS: dict[str, Callable[[Record, Known], list[CompanionPlan]]] = {
    "cit_contact": _of_contact,
    "naloxone_given": _of_given,
    "naloxone_used": _of_used,
    "intake": _of_intake,
}


def _movement_of(planned: CompanionPlan) -> Movement:
    answers = planned.answers
    return Movement(
        id=planned.record,
        lot=RecordId(answers["lot"]),
        from_place=answers["from_place"],
        to_place=answers["to_place"],
        move=answers["move"],
        doses=int(answers["doses"]),
        day=answers["day"],
        kits=int(answers["kits"] or 0),
        shortfall=answers["shortfall"] == "1",
    )


def _referral_answers(record: Record) -> dict[str, str]:
    return {
        "door": "arrest" if record.answer("disposition") == "diverted" else "social",
        "when": record.answer("when"),
        "where": record.answer("where"),
        "agency": record.answer("agency"),
        "officer": record.answer("officer"),
        "ok_to_contact": record.answer("ok_to_contact"),
        "remarks": record.answer("follow_up_note"),
    }


def _used_answers(record: Record) -> dict[str, str]:
    return {
        "day": record.answer("when")[:10],
        "reporter": "law",
        "agency": record.answer("agency"),
        "county": record.answer("county"),
        "from_place": record.answer("naloxone_from"),
        "counted_by_contact": "yes",
    }
