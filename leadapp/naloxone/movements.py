"""Movements: what they are, how a wrong one is undone, and which ones need a second person.

A movement is never edited. Correcting the form that made it writes a reversal and a
replacement whose ids follow from the movement's id, so that doing it twice is doing it
once and two concurrent corrections meet in one record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadapp.core.ids import FormId, RecordId, derive_id
from leadapp.kinds.companion import CompanionPlan
from leadapp.kinds.movement import PLACES

SUPPLIER, PUBLIC, USED = "supplier", "public", "used"
VIRTUAL_PLACES = frozenset(PLACES)
"""Places that are not shelves: where stock comes from or ends."""
FIELD_MOVES = frozenset({"given", "left_behind", "used"})
"""Hand-outs and uses in the field: recorded whatever the books say."""
NEEDS_SECOND_PERSON = frozenset({"lost", "stolen", "recalled", "adjusted"})
MOVEMENT = FormId("stock_movement")


@dataclass(frozen=True, slots=True)
class Movement:
    """``doses`` of one lot going from ``from_place`` to ``to_place`` on ``day`` (ISO)."""

    id: RecordId
    lot: RecordId
    from_place: str
    to_place: str
    move: str
    doses: int
    day: str
    kits: int = 0
    shortfall: bool = False
    """Set when the books did not have so many doses at a field hand-out."""
    override: bool = False
    reverses: str = ""
    replaces: str = ""


def reversal_of(movement: Movement, *, day: str) -> Movement:
    """Return the movement that takes ``movement`` back; the same one whoever asks."""
    return replace(
        movement,
        id=RecordId(derive_id(movement.id, "reversal")),
        from_place=movement.to_place,
        to_place=movement.from_place,
        day=day,
        shortfall=False,
        override=False,
        reverses=movement.id,
        replaces="",
    )


def replacement_of(movement: Movement, corrected: Movement) -> Movement:
    """Return ``corrected`` as the one replacement of ``movement``."""
    return replace(
        corrected,
        id=RecordId(derive_id(movement.id, "replacement")),
        reverses="",
        replaces=movement.id,
    )


def correction(movement: Movement, corrected: Movement, *, day: str) -> tuple[Movement, ...]:
    """Return what puts ``corrected`` in the place of ``movement``; nothing when they are alike."""
    alike = replace(
        corrected, id=movement.id, reverses=movement.reverses, replaces=movement.replaces
    )
    if alike == movement:
        return ()
    return reversal_of(movement, day=day), replacement_of(movement, corrected)


def plan(movement: Movement, *, why: str) -> CompanionPlan:
    """Return ``movement`` as a record to write."""
    return CompanionPlan(
        record=movement.id,
        form=MOVEMENT,
        ring_family="shared",
        answers=answers_of(movement),
        why=why,
    )


def answers_of(movement: Movement) -> dict[str, str]:
    """Return the answers of a movement's record, by question name."""
    return {
        "day": movement.day,
        "lot": movement.lot,
        "from_place": movement.from_place,
        "to_place": movement.to_place,
        "move": movement.move,
        "doses": str(movement.doses),
        "kits": str(movement.kits),
        "shortfall": "1" if movement.shortfall else "0",
        "override": "1" if movement.override else "0",
        "reverses": movement.reverses,
        "replaces": movement.replaces,
    }


def movement_from(record: RecordId, row: Mapping[str, str | int | float | None]) -> Movement:
    """Return the movement in a row of the ``movement`` table; absent numbers are 0."""
    return Movement(
        id=record,
        lot=RecordId(_text(row, "lot_id")),
        from_place=_text(row, "from_place"),
        to_place=_text(row, "to_place"),
        move=_text(row, "move"),
        doses=_number(row, "doses"),
        day=_text(row, "day"),
        kits=_number(row, "kits"),
        shortfall=_number(row, "shortfall") != 0,
        override=_number(row, "override") != 0,
        reverses=_text(row, "reverses"),
        replaces=_text(row, "replaces"),
    )


def _text(row: Mapping[str, str | int | float | None], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _number(row: Mapping[str, str | int | float | None], name: str) -> int:
    value = row.get(name)
    return int(value) if value not in (None, "") else 0
