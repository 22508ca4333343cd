"""What each place holds: sums of movements, what expires first, and what is missing.

After a merge a balance may be negative: that is shown as a problem, never clamped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem, Severity
from leadapp.naloxone.movements import FIELD_MOVES, VIRTUAL_PLACES, Movement

WARN_DAYS = (30, 60, 90)


class Expiry(Enum):
    """How near a lot's last day is."""

    EXPIRED = "expired"
    WITHIN_30 = "within_30"
    WITHIN_60 = "within_60"
    WITHIN_90 = "within_90"
    GOOD = "good"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Lot:
    """A batch. ``expiry`` is the ISO last day it may be used, "" while nobody has read it."""

    id: RecordId
    product: str
    lot_number: str
    expiry: str
    doses_per_kit: int
    funding: str = ""
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What one place has of one lot."""

    place: str
    lot: RecordId
    doses: int


def balances(movements: Iterable[Movement]) -> dict[tuple[RecordId, str], int]:
    """Return doses by lot and place, virtual places too; each lot's sum over all places is 0."""
    sums: defaultdict[tuple[RecordId, str], int] = defaultdict(int)
    for movement in movements:
        sums[movement.lot, movement.from_place] -= movement.doses
        sums[movement.lot, movement.to_place] += movement.doses
    return {key: doses for key, doses in sums.items() if doses}


def on_shelves(sums: Mapping[tuple[RecordId, str], int]) -> list[Held]:
    """Return what real places hold, below zero too, by place and lot."""
    held = [
        Held(place, lot, doses)
        for (lot, place), doses in sums.items()
        if place not in VIRTUAL_PLACES
    ]
    return sorted(held, key=lambda found: (found.place, found.lot))


def problems_with_stock(sums: Mapping[tuple[RecordId, str], int]) -> list[Problem]:
    """Return one problem a shelf that has less than nothing of a lot."""
    return [
        Problem(
            "naloxone.below_zero",
            {"place": held.place, "lot": held.lot, "doses": -held.doses},
            severity=Severity.WARNING,
        )
        for held in on_shelves(sums)
        if held.doses < 0
    ]


def expiry_of(lot: Lot, on: date) -> Expiry:
    """Return how near the lot's last day is on ``on``; it may be used through that day."""
    try:
        left = (date.fromisoformat(lot.expiry) - on).days
    except ValueError:
        return Expiry.UNKNOWN
    if left < 0:
        return Expiry.EXPIRED
    near = (Expiry.WITHIN_30, Expiry.WITHIN_60, Expiry.WITHIN_90)
    return next(
        (status for days, status in zip(WARN_DAYS, near, strict=True) if left <= days), Expiry.GOOD
    )


def is_fit(lot: Lot, on: date) -> bool:
    """Return whether a lot may go out without a reason: neither expired nor called back."""
    return not lot.recalled and expiry_of(lot, on) is not Expiry.EXPIRED


def first_expiring(
    sums: Mapping[tuple[RecordId, str], int],
    lots: Mapping[RecordId, Lot],
    *,
    place: str,
    on: date,
    product: str = "",
) -> Lot | None:
    """Return the lot to hand out next from ``place``: in stock, fit, first to expire.

    Lots nobody has read the date of come last; ``None`` when nothing fit is there.
    """
    fit = [
        lots[held.lot]
        for held in on_shelves(sums)
        if held.place == place
        and held.doses > 0
        and held.lot in lots
        and product in ("", lots[held.lot].product)
        and is_fit(lots[held.lot], on)
    ]
    return min(fit, key=lambda lot: (not lot.expiry, lot.expiry, lot.id), default=None)


def shortfall(doses: int, *, on_hand: int) -> int:
    """Return how many of ``doses`` the books do not have; books below zero have none."""
    return max(0, doses - max(0, on_hand))


def problems_with_issue(
    movement: Movement, *, on_hand: int, lot: Lot | None, on: date, override: bool
) -> list[Problem]:
    """Return what stands against taking this out of its place.

    A field hand-out is never blocked: short books, expired and recalled stock are only told.
    At the desk they block; an expired or recalled lot goes out with an override.
    """
    field = movement.move in FIELD_MOVES
    problems = []
    missing = shortfall(movement.doses, on_hand=on_hand)
    if missing and movement.from_place not in VIRTUAL_PLACES:
        severity = Severity.WARNING if field else Severity.ERROR
        problems.append(Problem("naloxone.shortfall", {"doses": missing}, severity=severity))
    to_people = movement.move in FIELD_MOVES | {"issued", "donated"}
    if not to_people or lot is None:
        return problems
    severity = Severity.WARNING if field or override else Severity.ERROR
    if expiry_of(lot, on) is Expiry.EXPIRED:
        problems.append(Problem("naloxone.expired_lot", {"expiry": lot.expiry}, severity=severity))
    if lot.recalled:
        problems.append(
            Problem("naloxone.recalled_lot", {"lot": lot.lot_number}, severity=severity)
        )
    return problems


def count_difference(place_held: int, counted: int) -> int:
    """Return doses to adjust after counting a shelf: more found is positive."""
    return counted - place_held
