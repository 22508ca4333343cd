"""The stock of naloxone at a million movements: balances, a page of the ledger.

The movements are put straight into the tables that are computed from entries, in a file
of their own (encrypted, as all are): what is measured is reading, and keeping the sums.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.timing import Row, median_ms, once_ms
from leadapp.core.clock import Clock, SystemClock
from leadapp.core.ids import RingId
from leadapp.kinds import KINDS
from leadapp.kinds.contract import Cell, Table
from leadapp.kinds.movement import KIND as MOVEMENT
from leadapp.kinds.movement import shelf_change
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.staff.rights import Reach
from leadapp.store.folder import ProgramFolder
from leadapp.store.reader import Reader
from leadapp.store.ring_file import RingFile
from leadapp.store.tables import insert_sql

MOVEMENTS = 1_000_000
LOTS, PLACES, DAYS = 200, 40, 1_826
_SHARED, _KEY = RingId("shared"), b"k" * 32
_FIRST_DAY = date(2021, 11, 22)
_BATCH = 50_000
_BUDGET = 100
_FILLED_IN = "filled-in"
_OUT = ("given", "public"), ("left_behind", "public"), ("used", "used"), ("lost", "lost")


class _NoForms:
    """No form is in use: hand-outs are movements alone."""

    def knows(self, form: str) -> bool:
        """None."""
        return not form


@dataclass(slots=True)
class _Seat:
    """As much of a desk as lists of stock ask: a reader, a clock, the right to look."""

    reader: Reader
    clock: Clock
    shelf: _NoForms = field(default_factory=_NoForms)
    user: str = "nobody who ever handed out, so that the whole month is looked through"
    side: str = "law"
    agency: str = ""

    def may(self, action: str, kind: str, family: str) -> bool:
        """Let them do nothing but look."""
        return self.reach(action, kind, family) is not Reach.NONE

    def reach(self, action: str, kind: str, family: str) -> Reach:
        """Let a keeper of stock look."""
        return Reach.ALL if (action, family) == ("list", _SHARED) and kind else Reach.NONE


def rows(place: Path, movements: int = MOVEMENTS) -> Iterator[Row]:
    """Fill a file in ``place`` with movements, once, and time what a person asks of it."""
    folder = ProgramFolder(place / f"stock-{movements}")
    if not _filled(folder):
        shutil.rmtree(folder.root, ignore_errors=True)
        folder.make()
        seconds = once_ms(partial(_fill, folder, movements)) / 1000
        (folder.root / _FILLED_IN).write_text(f"{seconds:,.0f} s", "utf-8")
    filled = (folder.root / _FILLED_IN).read_text("utf-8")
    reader = Reader.open(folder, {_SHARED: _KEY})
    try:
        yield from _asked(reader, movements, filled)
    finally:
        reader.close()


def _filled(folder: ProgramFolder) -> bool:
    """Return whether the file is there, whole, and of today's declarations."""
    if not (folder.root / _FILLED_IN).exists():
        return False
    file = RingFile.open(folder.ring_file(_SHARED), _SHARED, _KEY, KINDS)
    try:
        return not file.projections.stale
    finally:
        file.connection.close()


def _asked(reader: Reader, movements: int, filled: str) -> Iterator[Row]:
    desk: Desk = _Seat(reader, SystemClock())  # type: ignore[assignment] # a desk without keys: lists of stock ask it nothing else
    many = f"{movements:,} movements"
    note = f"{LOTS} lots at {PLACES} places; filled in {filled}, sums kept"
    yield Row(f"balance of all lots, {many}", _ms(partial(stock.view, desk)), _BUDGET, note=note)
    lot, place = _id("lot", 7), _id("place", 7)
    for what, query in (
        ("newest", stock.LedgerQuery()),
        ("in the middle", stock.LedgerQuery(offset=movements // 2)),
        ("oldest", stock.LedgerQuery(offset=movements - 60)),
        ("of one lot", stock.LedgerQuery(lot=lot)),
        ("of one place", stock.LedgerQuery(place=place)),
        ("of losses", stock.LedgerQuery(moves=("lost", "stolen"))),
    ):
        page = _ms(partial(stock.ledger, desk, query))
        yield Row(f"ledger page, {what}", page, _BUDGET, note=many)
    counted = _ms(partial(stock.ledger_count, desk, stock.LedgerQuery(place=place)))
    yield Row("ledger lines of one place counted", counted, _BUDGET, note=many)
    ended = _ms(partial(stock.books_on, desk, "2025-05-31"))
    yield Row("books at the end of a day", ended, None, note=many)


def _ms(act: Callable[[], object]) -> float:
    return median_ms(act, 5)


def _fill(folder: ProgramFolder, movements: int) -> None:
    file = RingFile.create(folder.ring_file(_SHARED), _SHARED, _KEY, KINDS)
    try:
        chance = random.Random(11)  # made-up stock, the same each time
        _put(file, _table("lot"), [_lot(at) for at in range(LOTS)])
        _put(file, _table("place"), [_place(at) for at in range(PLACES)])
        for start in range(0, movements, _BATCH):
            some = range(start, min(start + _BATCH, movements))
            _put(file, MOVEMENT.tables[0], [_movement(at, movements, chance) for at in some])
    finally:
        file.connection.close()


def _put(file: RingFile, table: Table, made: list[tuple[str, str, dict[str, Cell]]]) -> None:
    names = [column.name for column in table.columns]
    types = {column.name: "" if column.type == "text" else 0 for column in table.columns}
    whole = [
        (record, _SHARED, "user", day, 0, *(row.get(name, types[name]) for name in names))
        for record, day, row in made
    ]
    with file.connection.transaction():
        file.connection.many(insert_sql(table), whole)


def _movement(at: int, movements: int, chance: random.Random) -> tuple[str, str, dict[str, Cell]]:
    day = (_FIRST_DAY + timedelta(days=at * DAYS // movements)).isoformat()
    lot, place = chance.randrange(LOTS), chance.randrange(1, PLACES)
    cells: dict[str, Cell] = {"lot_id": _id("lot", lot), "doses": 2, "kits": 1}
    if at % 3 == 0:
        cells |= _way("received", "supplier", _id("place", 0)) | {"doses": 6, "kits": 3}
    elif at % 3 == 1:
        cells |= _way("transferred", _id("place", 0), _id("place", place))
    else:
        move, target = chance.choices(_OUT, (60, 25, 14, 1))[0]
        cells |= _way(move, _id("place", place), target)
    ends = str(cells["from_place"]), str(cells["to_place"])
    cells["shelf_change"] = shelf_change(*ends, 6 if at % 3 == 0 else 2)
    return _id("movement", at), day, cells


def _way(move: str, from_place: str, to_place: str) -> dict[str, Cell]:
    return {"move": move, "from_place": from_place, "to_place": to_place}


def _lot(at: int) -> tuple[str, str, dict[str, Cell]]:
    expiry = (_FIRST_DAY + timedelta(days=at * 15)).isoformat()
    cells: dict[str, Cell] = {
        "product": "nasal_4", "lot_number": f"NX{at:04}", "expiry": expiry,
        "printed_expiry": expiry, "doses_per_kit": 2, "funding": "settlement",
    }  # fmt: skip
    return _id("lot", at), "2021-11-22", cells


def _place(at: int) -> tuple[str, str, dict[str, Cell]]:
    kind = "vehicle" if at else "store"
    cells: dict[str, Cell] = {
        "name": f"Place {at:02}", "place_kind": kind, "active": "yes", "minimum": 10,
    }  # fmt: skip
    return _id("place", at), "2021-11-22", cells


def _id(kind: str, at: int) -> str:
    return f"{kind}-{at:09}-made-up"[:22]


def _table(kind: str) -> Table:
    return KINDS[kind].tables[0]


if __name__ == "__main__":
    for row in rows(Path("build/bench"), int(sys.argv[1]) if len(sys.argv) > 1 else MOVEMENTS):
        sys.stdout.write(f"{row.what:45} {row.value:8.1f} {row.unit}  {row.note}\n")
