"""Writing movements by hand: moving, undoing, counting, taking back. Writer lane throughout.

Each function asks the books it writes to, at the moment of writing: nothing seen on a
screen before goes into a sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.core.problems import Problem
from leadapp.journal.rings import SHARED
from leadapp.naloxone.movements import (
    MOVEMENT,
    NEEDS_SECOND_PERSON,
    SUPPLIER,
    VIRTUAL_PLACES,
    Movement,
    answers_of,
    movement_from,
    reversal_of,
)
from leadapp.naloxone.moves import BY_ANYONE, COUNTED, Wanted, problems_with_day
from leadapp.naloxone.stock import count_difference
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import FAMILY, Ask, keeps_stock, writing
from leadapp.services.stock.calling_back import marks
from leadapp.services.stock.checking import (
    filled_in,
    is_short,
    is_unfit,
    problems,
)
from leadapp.services.stock.second_person import confirm, second_person
from leadapp.services.stock.values import NewMovement
from leadapp.services.stock.writes import noon, record_write
from leadapp.store.writing import RecordWrite, Written

_ROW = (
    "lot_id", "from_place", "to_place", "move", "doses", "kits", "shortfall", "override",
    "reverses", "replaces", "day", "author",
)  # fmt: skip
_MOVEMENT = f"SELECT {', '.join(_ROW)} FROM movement WHERE record_id = :record"  # noqa: S608
_REVERSED = "SELECT 1 FROM movement WHERE record_id = :record"
_STOCK_COUNT = FormId("stock_count")


@dataclass(frozen=True, slots=True)
class Line:
    """A movement and what is said of it besides."""

    movement: Movement
    reason: str = ""
    approver: str = ""
    override_reason: str = ""


def record(desk: Desk, new: NewMovement) -> Written:
    """Write a movement. Refusal with everything that stands against it.

    A field hand-out is never refused for short books: it is written and flagged, and asks
    for no second person.
    """
    _require_move(desk, new.move)
    ask = writing(desk)
    _refuse(problems(desk, ask, new))
    if new.move in NEEDS_SECOND_PERSON:
        confirm(desk, new.approver, new.password, new.code)
    wanted = filled_in(new)
    return _write(desk, [_line(desk, ask, wanted, new.approver)])


def undo(desk: Desk, movement: RecordId, day: str) -> Written:
    """Add the line that takes ``movement`` back on ``day``; once, however often it is asked."""
    ask = writing(desk)
    rows = ask(_MOVEMENT, {"record": movement})
    if not rows:
        raise Refusal("services.no_such_record")
    row = dict(zip(_ROW, rows[0], strict=True))
    if not keeps_stock(desk) and row["author"] != desk.user:
        raise Refusal("services.not_allowed", action="correct", kind="movement")
    desk.require("correct", "movement", FAMILY)
    if row["reverses"]:
        raise Refusal("naloxone.reversal_stays")
    _refuse(problems_with_day(day, today(desk.clock)))
    back = reversal_of(movement_from(movement, row), day=day)
    if ask(_REVERSED, {"record": back.id}):
        return Written()
    return _write(desk, [Line(back, reason="correction")])


def record_count(
    desk: Desk,
    place: str,
    counted: Mapping[str, int],
    *,
    approver: str,
    reason: str,
    day: str,
    password: str = "",
    code: str = "",
) -> Written:
    """Write what was counted at ``place``, and the differences from the books as they are now.

    Doses handed out between the sheet and now are on the books already, so they make no
    difference. Where there is one ``approver`` is needed, with their own ``password``.
    """
    _require_move(desk, "adjusted")
    ask = writing(desk)
    _refuse(problems_with_day(day, today(desk.clock)))
    if any(doses < 0 for doses in counted.values()):
        raise Refusal("naloxone.counted_below_zero")
    if place not in facts.places(ask):
        raise Refusal("naloxone.no_such_place")
    held, known = facts.shelf(ask, place), facts.lots(ask)
    lines = []
    for lot, doses in sorted(counted.items()):
        fact = known.get(RecordId(lot))
        if fact is None:
            raise Refusal("naloxone.no_lot")
        difference = count_difference(held.get(RecordId(lot), 0), doses)
        if difference:
            wanted = _adjustment(fact, place, difference, day, reason or "count_difference")
            lines.append(Line(_movement(desk, wanted), wanted.reason, approver))
    if lines:
        _refuse(second_person(desk, "adjusted", approver))
        confirm(desk, approver, password, code)
    return _write(desk, lines, [*_count_written(desk, place, counted, day)])


def record_recall(
    desk: Desk,
    lot: str,
    place: str = "",
    *,
    approver: str,
    day: str,
    reason: str = "maker_notice",
    to_place: str = SUPPLIER,
    password: str = "",
    code: str = "",
) -> Written:
    """Take a recalled lot off ``place``, or off every shelf that holds it.

    ``approver`` confirms with their own ``password``.
    """
    _require_move(desk, "recalled")
    ask = writing(desk)
    fact = facts.lots(ask, lot).get(RecordId(lot))
    if fact is None:
        raise Refusal("naloxone.no_lot")
    there = {
        at: doses
        for (of, at), doses in facts.shelves(ask).items()
        if of == lot and doses > 0 and place in ("", at)
    }
    if not there:
        raise Refusal("naloxone.nothing_to_recall")
    lines = []
    for at, doses in sorted(there.items()):
        kits = facts.kits_in(doses, fact.lot.doses_per_kit)
        new = NewMovement("recalled", lot, at, to_place, doses, kits, day, reason, approver)
        _refuse(problems(desk, ask, new))
        lines.append(_line(desk, ask, filled_in(new), approver))
    confirm(desk, approver, password, code)
    return _write(desk, lines)


def _require_move(desk: Desk, move: str) -> None:
    desk.require("write", "movement", FAMILY)
    if move not in BY_ANYONE and not keeps_stock(desk):
        raise Refusal("services.not_allowed", action="write", kind="movement")


def _refuse(found: Sequence[Problem]) -> None:
    blocking = tuple(problem for problem in found if problem.blocks)
    if blocking:
        raise Refusal("services.movement_to_fix", problems=blocking, count=len(blocking))


def _line(desk: Desk, ask: Ask, wanted: Wanted, approver: str) -> Line:
    overriding = bool(wanted.override_reason) and is_unfit(ask, wanted)
    movement = _movement(desk, wanted, shortfall=is_short(ask, wanted), override=overriding)
    return Line(movement, wanted.reason, approver, wanted.override_reason if overriding else "")


def _movement(
    desk: Desk, wanted: Wanted, *, shortfall: bool = False, override: bool = False
) -> Movement:
    return Movement(
        id=RecordId(desk.ids()),
        lot=RecordId(wanted.lot),
        from_place=wanted.from_place,
        to_place=wanted.to_place,
        move=wanted.move,
        doses=wanted.doses,
        day=wanted.day,
        kits=wanted.kits,
        shortfall=shortfall,
        override=override,
    )


def _adjustment(fact: facts.LotFacts, place: str, difference: int, day: str, reason: str) -> Wanted:
    doses = abs(difference)
    return Wanted(
        move="adjusted",
        lot=fact.lot.id,
        from_place=COUNTED if difference > 0 else place,
        to_place=place if difference > 0 else COUNTED,
        doses=doses,
        kits=facts.kits_in(doses, fact.lot.doses_per_kit),
        day=day,
        reason=reason,
    )


def _count_written(
    desk: Desk, place: str, counted: Mapping[str, int], day: str
) -> list[RecordWrite]:
    """Return the count itself, where the county has such a form: what was there, no more."""
    if not desk.shelf.knows(_STOCK_COUNT) or place in VIRTUAL_PLACES:
        return []
    answers = {"day": day, "place": place}
    for at, (lot, doses) in enumerate(sorted(counted.items()), start=1):
        copy = f"lines[{desk.ids()}]"
        answers |= {f"{copy}/_order": str(at), f"{copy}/lot": lot, f"{copy}/counted": str(doses)}
    return [record_write(desk, _STOCK_COUNT, RecordId(desk.ids()), answers, noon(day, desk))]


def _write(desk: Desk, lines: Sequence[Line], besides: Sequence[RecordWrite] = ()) -> Written:
    """Write all lines in one transaction, each at noon of its day."""
    writes = [_write_of(desk, line) for line in lines]
    ask = writing(desk)
    said = {one.record: one for line in lines for one in marks(desk, ask, line.movement)}
    writes += said.values()
    if not writes and not besides:
        return Written()
    return desk.archive.write(SHARED, [*writes, *besides])


def _write_of(desk: Desk, line: Line) -> RecordWrite:
    said = answers_of(line.movement) | {
        "reason": line.reason,
        "approver": line.approver,
        "override_reason": line.override_reason,
    }
    answers = {name: text for name, text in said.items() if text}
    at = noon(line.movement.day, desk)
    return record_write(desk, MOVEMENT, line.movement.id, answers, at)
