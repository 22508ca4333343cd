"""`make bench`: measure everything on the made-up county and write the table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import anchors, day, desk_rows, form_rows, stock_rows, sync_rows, table, window
from benchmarks.county import County, county
from benchmarks.timing import Row, once_ms
from leadapp.main import look_for_circles_seldom
from leadapp.services import verifying

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "build" / "bench" / "county"
STOCK = ROOT / "build" / "bench"
SYNC, ANCHORS = STOCK / "sync", STOCK / "anchors"
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """Measure, print, write; 1 when something costs more than its budget."""
    options = _options()
    look_for_circles_seldom()  # as the program does when it starts
    made = county(options.county)
    made.sit("coordinator").close()  # a newer program makes the lists anew: not what is measured
    rows = [*_all(made, slow=options.slow)]
    print(*table.lines(rows), sep="\n")
    beside = anchors.lines([*anchors.run(ANCHORS)])
    print(*beside, sep="\n")
    if not options.dry:
        table.put_into(PAGE, "measured", [*_where(made), "", *table.lines(rows)])
        table.put_into(PAGE, "beside others", [*_where(made), "", *beside])
    over = [row.what for row in rows if row.ratio is not None and row.ratio > 1]
    if over:
        print(f"Over budget: {'; '.join(over)}.")
    return 1 if over else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--county", type=Path, default=PLACE, metavar="DIR")
    parser.add_argument("--slow", action="store_true", help="also verify and rebuild every ring")
    parser.add_argument("--dry", action="store_true", help="leave docs/benchmarks.md as it is")
    return parser.parse_args()


def _all(made: County, *, slow: bool) -> Iterator[Row]:
    yield from window.rows(made.folder)
    yield from desk_rows.unlocking(made)
    yield from _at_a_desk(made)
    yield from form_rows.opening()
    yield from form_rows.keys()
    yield from day.rows(made.place)
    yield from stock_rows.rows(STOCK)
    yield from sync_rows.rows(SYNC, made)
    yield _demo(made)
    if slow:
        yield from _slow(made)


def _at_a_desk(made: County) -> Iterator[Row]:
    """Do what the coordinator and the deputy do, each at their own desk."""
    desk = made.sit("coordinator")
    try:
        yield from desk_rows.looking(desk)
        yield desk_rows.one_person(desk)
        yield from desk_rows.doubles(desk)
        yield from desk_rows.report(desk)
    finally:
        desk.close()
    desk = made.sit("deputy")
    try:
        yield from desk_rows.writing(desk)
    finally:
        desk.close()


def _demo(made: County) -> Row:
    rate = made.records / made.seconds
    note = f"{made.records:,} records, {rate:,.0f} a second; measured when it was made"
    return Row(f"demo of {made.contacts:,} contacts", made.seconds, 120, "s", note)


def _slow(made: County) -> Iterator[Row]:
    desk = made.sit("coordinator")
    try:
        seconds = once_ms(lambda: verifying.verify(desk)) / 1000
        yield Row("verify every ring", seconds, None, "s")
        seconds = _sum(partial(desk.archive.rebuild, ring) for ring in desk.rings)
        note = (
            f"{made.records:,} entries, as at the first unlock after an update that changes lists"
        )
        yield Row("make every list anew", seconds, 60, "s", note)
    finally:
        desk.close()


def _sum(acts: Iterable[Callable[[], object]]) -> float:
    return sum(once_ms(act) for act in acts) / 1000


def _where(made: County) -> list[str]:
    cores = os.cpu_count() or 1
    return [
        f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}, "
        f"{cores} cores, load {_load()}; {made.contacts:,} contacts, {made.people:,} people, "
        f"{made.records:,} records.",
    ]


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


if __name__ == "__main__":
    sys.exit(main())
