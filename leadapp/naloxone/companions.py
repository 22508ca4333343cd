"""Movements that other forms make: a hand-out, a use report, a crisis contact.

The planned movement says lot, places, kind, doses and day; no text, no person and no
pointer back to the form that made it. Its id is derived from that form's record, which
cannot be turned round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadapp.core.ids import RecordId, derive_id
from leadapp.kinds.companion import CompanionPlan
from leadapp.naloxone.movements import PUBLIC, USED, Movement, plan
from leadapp.naloxone.stock import shortfall

LEFT_BEHIND_SETTINGS = frozenset({"left_behind", "leave_behind"})
COMMUNITY = "community"
"""The reporter whose doses were handed out before: using them moves no stock."""

Books = Mapping[tuple[RecordId, str], int]


def movement_id(parent: RecordId, part: str) -> RecordId:
    """Return the id of the movement ``parent`` makes for ``part`` of it."""
    return RecordId(derive_id(parent, "movement", part))


def movements_for_given(
    parent: RecordId, answers: Mapping[str, str], *, from_place: str, day: str, books: Books
) -> list[CompanionPlan]:
    """Return the movement of a hand-out; none when it was declined or no lot was named.

    ``answers`` are by question name, or a row of the kind's table; the place they name
    wins over ``from_place``. ``books`` are the balances known on this computer.
    """
    doses, lot = _whole(answers.get("doses", "")), _lot(answers)
    from_place = answers.get("from_place", "") or from_place
    if answers.get("declined") == "yes" or not lot or not from_place or doses <= 0:
        return []
    left = answers.get("setting", "") in LEFT_BEHIND_SETTINGS
    movement = Movement(
        id=movement_id(parent, "given"),
        lot=lot,
        from_place=from_place,
        to_place=PUBLIC,
        move="left_behind" if left else "given",
        doses=doses,
        day=day,
        kits=_whole(answers.get("kits", "")),
        shortfall=shortfall(doses, on_hand=books.get((lot, from_place), 0)) > 0,
    )
    return [plan(movement, why="naloxone.stock_given")]


def movements_for_used(
    parent: RecordId,
    administrations: Sequence[Mapping[str, str]],
    *,
    reporter: str,
    from_place: str,
    day: str,
    books: Books,
    counted_by_contact: bool = False,
) -> list[CompanionPlan]:
    """Return a movement for each administration out of our stock.

    A community report moves nothing, nor does an administration without a lot (someone
    else's kit), nor a report without a place, or whose crisis contact has moved the doses already.
    """
    if reporter == COMMUNITY or counted_by_contact or not from_place:
        return []
    left = dict(books)
    plans = []
    for position, copy in enumerate(administrations):
        doses, lot = _whole(copy.get("doses", "")), _lot(copy)
        if not lot or doses <= 0:
            continue
        part = copy.get("_copy", "") or str(position)
        movement = _used(parent, part, lot=lot, doses=doses, place=from_place, day=day, books=left)
        left[lot, from_place] = left.get((lot, from_place), 0) - doses
        plans.append(plan(movement, why="naloxone.stock_used"))
    return plans


def movement_for_contact(
    contact: RecordId,
    *,
    naloxone_given: str,
    lot: str,
    doses: str,
    from_place: str,
    day: str,
    books: Books,
) -> CompanionPlan | None:
    """Return the movement of naloxone used at a crisis contact.

    ``None`` when none was used, or when lot or unit could not be named: nothing is
    moved that nobody can place, and the contact still counts what was used.
    """
    number = _whole(doses)
    if naloxone_given != "yes" or not lot or not from_place or number <= 0:
        return None
    movement = _used(
        contact, "used", lot=RecordId(lot), doses=number, place=from_place, day=day, books=books
    )
    return plan(movement, why="naloxone.stock_used")


def _used(
    parent: RecordId, part: str, *, lot: RecordId, doses: int, place: str, day: str, books: Books
) -> Movement:
    return Movement(
        id=movement_id(parent, part),
        lot=lot,
        from_place=place,
        to_place=USED,
        move="used",
        doses=doses,
        day=day,
        shortfall=shortfall(doses, on_hand=books.get((lot, place), 0)) > 0,
    )


def _lot(answers: Mapping[str, str]) -> RecordId:
    return RecordId(answers.get("lot", "") or answers.get("lot_id", ""))


def _whole(text: str) -> int:
    """Return a whole number as typed; what is none counts as 0 and makes no movement."""
    try:
        return int(text.strip() or "0")
    except ValueError:
        return 0
