"""What each kind of movement may go out of and into, and who may write it by hand.

Codes only: a movement in ``shared`` carries no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leadapp.core.problems import Place, Problem, Severity, Value
from leadapp.naloxone.movements import (
    FIELD_MOVES,
    NEEDS_SECOND_PERSON,
    PUBLIC,
    SUPPLIER,
    USED,
    VIRTUAL_PLACES,
)

SHELF = ""
"""Any place of the county's own."""
COUNTED = "counted"
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "received": ((SUPPLIER,), (SHELF,)),
    "transferred": ((SHELF,), (SHELF,)),
    "issued": ((SHELF,), (SHELF,)),
    "given": ((SHELF,), (PUBLIC,)),
    "left_behind": ((SHELF,), (PUBLIC,)),
    "used": ((SHELF,), (USED,)),
    "returned": ((SHELF, PUBLIC, USED, "lost", "stolen", "donated", "training"), (SHELF,)),
    "expired": ((SHELF,), ("expired",)),
    "damaged": ((SHELF,), ("damaged",)),
    "lost": ((SHELF,), ("lost",)),
    "stolen": ((SHELF,), ("stolen",)),
    "recalled": ((SHELF,), (SUPPLIER, "destroyed")),
    "destroyed": ((SHELF,), ("destroyed",)),
    "donated": ((SHELF,), ("donated",)),
    "training": ((SHELF,), ("training",)),
    "adjusted": ((SHELF, COUNTED), (COUNTED, SHELF)),
}
"""Each kind of movement: where it may come from and go to, the usual place first."""

BY_ANYONE = FIELD_MOVES | {"transferred", "returned", "damaged", "lost", "stolen"}
"""What whoever carries kits may write; the rest is for who keeps the stock."""
REASONS = (
    "none", "count_difference", "temperature", "broken", "missing", "theft_reported",
    "maker_notice", "correction", "shortfall",
)  # fmt: skip
OVERRIDE_REASONS = ("nothing_else", "supervisor_order", "notice_expected")
"""Why expired stock was issued all the same."""
MOST_DOSES = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A movement somebody wants to write by hand."""

    move: str
    lot: str
    from_place: str
    to_place: str
    doses: int
    kits: int
    day: str
    reason: str = ""
    override_reason: str = ""


def with_ends(wanted: Wanted) -> tuple[str, str]:
    """Return where it comes from and goes to; blanks filled in where its kind says it."""
    sources, targets = ENDS.get(wanted.move, ((SHELF,), (SHELF,)))
    return wanted.from_place or sources[0], wanted.to_place or targets[0]


def problems_with_ends(move: str, from_place: str, to_place: str) -> list[Problem]:
    """Return what does not fit the kind of movement."""
    if move not in ENDS:
        return [_at("naloxone.no_move", "move")]
    sources, targets = ENDS[move]
    problems = []
    if not from_place:
        problems.append(_at("naloxone.no_place", "from_place"))
    elif _sort(from_place) not in sources:
        problems.append(_at("naloxone.not_from_there", "from_place"))
    if not to_place:
        problems.append(_at("naloxone.no_place", "to_place"))
    elif _sort(to_place) not in targets:
        problems.append(_at("naloxone.not_to_there", "to_place"))
    if from_place and from_place == to_place:
        problems.append(_at("naloxone.same_place", "to_place"))
    if move == "adjusted" and (from_place == COUNTED) == (to_place == COUNTED):
        problems.append(_at("naloxone.no_shelf", "to_place"))
    return problems


def problems_with_numbers(wanted: Wanted, doses_per_kit: int) -> list[Problem]:
    """Return what is odd about doses and kits, which are two numbers."""
    problems = []
    if wanted.doses <= 0:
        problems.append(_at("naloxone.no_doses", "doses"))
    if wanted.doses > MOST_DOSES:
        problems.append(_at("naloxone.too_many_doses", "doses"))
    if wanted.kits < 0 or wanted.kits > max(wanted.doses, 0):
        problems.append(_at("naloxone.kits_odd", "kits"))
    elif wanted.kits and doses_per_kit and wanted.kits * doses_per_kit != wanted.doses:
        problems.append(
            Problem(
                "naloxone.kits_differ",
                {"doses": doses_per_kit},
                Place(path="kits"),
                Severity.WARNING,
            )
        )
    return problems


def problems_with_day(text: str, today: date) -> list[Problem]:
    """Return whether the day is none, or still to come."""
    try:
        ahead = date.fromisoformat(text) > today
    except ValueError:
        return [_at("naloxone.no_day", "day")]
    return [_at("naloxone.day_ahead", "day")] if ahead else []


def problems_with_codes(wanted: Wanted) -> list[Problem]:
    """Return what is no code of ours, and a reason that is missing."""
    problems = []
    if wanted.reason and wanted.reason not in REASONS:
        problems.append(_at("naloxone.no_such_reason", "reason"))
    if wanted.move in NEEDS_SECOND_PERSON and wanted.reason in ("", "none"):
        problems.append(_at("naloxone.reason_needed", "reason"))
    if wanted.override_reason and wanted.override_reason not in OVERRIDE_REASONS:
        problems.append(_at("naloxone.no_such_reason", "override_reason"))
    return problems


def before_receipt(wanted: Wanted, *, on_hand: int, least: int) -> list[Problem]:
    """Return whether the doses only came after the day written.

    ``least`` is the smallest balance from the end of that day on. In the field that is
    told, at the desk it must be put right: the issue's day or the receipt's is wrong.
    """
    if least >= wanted.doses or on_hand < wanted.doses:
        return []
    severity = Severity.WARNING if wanted.move in FIELD_MOVES else Severity.ERROR
    values: dict[str, Value] = {"day": wanted.day, "doses": least}
    return [Problem("naloxone.before_receipt", values, Place(path="day"), severity)]


def _sort(place: str) -> str:
    return place if place in VIRTUAL_PLACES else SHELF


def _at(code: str, path: str) -> Problem:
    return Problem(code, place=Place(path=path))
