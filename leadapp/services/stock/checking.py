"""What stands against a movement written by hand: asked while it is typed, and when written."""

from __future__ import annotations

from datetime import date

from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.naloxone.movements import VIRTUAL_PLACES, Movement
from leadapp.naloxone.moves import (
    Wanted,
    before_receipt,
    problems_with_codes,
    problems_with_day,
    problems_with_ends,
    problems_with_numbers,
    with_ends,
)
from leadapp.naloxone.stock import Lot, is_fit, problems_with_issue
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import Ask, reading, require_look
from leadapp.services.stock.second_person import second_person
from leadapp.services.stock.values import NewMovement

_ON_HAND = "SELECT doses FROM balance WHERE lot_id = :lot AND place = :place"
_LATER = """
SELECT day, SUM(change) FROM (
    SELECT day, doses AS change FROM movement
    WHERE lot_id = :lot AND to_place = :place AND day > :day
    UNION ALL
    SELECT day, -doses FROM movement
    WHERE lot_id = :lot AND from_place = :place AND day > :day
) GROUP BY day ORDER BY day
"""
_PLACE = "SELECT active FROM place WHERE record_id = :place"


def check(desk: Desk, new: NewMovement) -> list[Problem]:
    """Return what stands against it, warnings included; nothing is written. Reader lane."""
    require_look(desk)
    return problems(desk, reading(desk), new)


def problems(desk: Desk, ask: Ask, new: NewMovement) -> list[Problem]:
    """Return what stands against a movement, on the books that ``ask`` reads."""
    wanted = filled_in(new)
    lot = facts.lots(ask, wanted.lot).get(RecordId(wanted.lot))
    found = [
        *problems_with_ends(wanted.move, wanted.from_place, wanted.to_place),
        *problems_with_numbers(wanted, lot.lot.doses_per_kit if lot else 0),
        *problems_with_day(wanted.day, today(desk.clock)),
        *problems_with_codes(wanted),
        *_unknown(ask, wanted, lot),
        *second_person(desk, wanted.move, new.approver),
    ]
    if not any(problem.blocks for problem in found) and lot is not None:
        found += _on_the_books(ask, wanted, lot.lot, today(desk.clock))
    return found


def filled_in(new: NewMovement) -> Wanted:
    """Return the movement with the places its kind says."""
    wanted = Wanted(
        move=new.move,
        lot=new.lot,
        from_place=new.from_place,
        to_place=new.to_place,
        doses=new.doses,
        kits=new.kits,
        day=new.day,
        reason=new.reason,
        override_reason=new.override_reason,
    )
    from_place, to_place = with_ends(wanted)
    return Wanted(
        move=new.move,
        lot=new.lot,
        from_place=from_place,
        to_place=to_place,
        doses=new.doses,
        kits=new.kits,
        day=new.day,
        reason=new.reason,
        override_reason=new.override_reason,
    )


def is_short(ask: Ask, wanted: Wanted) -> bool:
    """Return whether the books did not have the doses, now or at any time since the day."""
    if wanted.from_place in VIRTUAL_PLACES:
        return False
    return _least(ask, wanted, on_hand(ask, wanted.lot, wanted.from_place)) < wanted.doses


def is_unfit(ask: Ask, wanted: Wanted) -> bool:
    """Return whether the lot is called back, or its last day had passed on the movement's day."""
    lot = facts.lots(ask, wanted.lot).get(RecordId(wanted.lot))
    if lot is None:
        return False
    return not is_fit(lot.lot, date.fromisoformat(wanted.day))


def on_hand(ask: Ask, lot: str, place: str) -> int:
    """Return what a place has of a lot, below zero too."""
    rows = ask(_ON_HAND, {"lot": lot, "place": place})
    return int(rows[0][0]) if rows else 0


def _on_the_books(ask: Ask, wanted: Wanted, lot: Lot, now: date) -> list[Problem]:
    if wanted.from_place in VIRTUAL_PLACES:
        return []
    there = on_hand(ask, wanted.lot, wanted.from_place)
    movement = Movement(
        id=RecordId(""),
        lot=lot.id,
        from_place=wanted.from_place,
        to_place=wanted.to_place,
        move=wanted.move,
        doses=wanted.doses,
        day=wanted.day,
    )
    on = min(date.fromisoformat(wanted.day), now)
    override = bool(wanted.override_reason)
    found = problems_with_issue(movement, on_hand=there, lot=lot, on=on, override=override)
    least = _least(ask, wanted, there)
    return [*found, *before_receipt(wanted, on_hand=there, least=least)]


def _least(ask: Ask, wanted: Wanted, now: int) -> int:
    """Return the smallest balance from the end of the movement's day to now."""
    where = {"lot": wanted.lot, "place": wanted.from_place, "day": wanted.day}
    changes = [int(change) for _, change in ask(_LATER, where)]
    at_day = now - sum(changes)
    least = at_day
    for change in changes:
        at_day += change
        least = min(least, at_day)
    return least


def _unknown(ask: Ask, wanted: Wanted, lot: facts.LotFacts | None) -> list[Problem]:
    found = []
    if lot is None:
        found.append(Problem("naloxone.no_lot", place=Place(path="lot")))
    for path, place in (("from_place", wanted.from_place), ("to_place", wanted.to_place)):
        if not place or place in VIRTUAL_PLACES:
            continue
        rows = ask(_PLACE, {"place": place})
        if not rows:
            found.append(Problem("naloxone.no_such_place", place=Place(path=path)))
        elif rows[0][0] == "no" and path == "to_place":
            severity = Severity.ERROR
            found.append(
                Problem("naloxone.place_closed", place=Place(path=path), severity=severity)
            )
    return found
