"""Exchanging: a day of five laptops over a folder, and ten years onto a new computer."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import arriving, beside_rows
from benchmarks.arriving import entries_in
from benchmarks.computers import (
    CARE,
    NOW,
    Computer,
    exchange,
    exchange_care,
    joined,
    office,
    settle,
)
from benchmarks.county import County, county
from benchmarks.timing import Row, timed
from leadapp.core.ids import FormId, RecordId, RingId, new_id
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.services.syncing import SyncReport, enrolling
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite

LAPTOPS, A_DAY = 5, 20
_REFER, _LAW = RingId("refer-sheriff"), RingId("law-sheriff")
_ANSWERS = {
    "door": "community",
    "when": "2026-11-20T10:30:00.000-07:00",
    "urgency": "routine",
    "first_name": "Wren",
    "last_name": "Hollis",
    "status": "received",
}


def rows(place: Path, made: County) -> Iterator[Row]:
    """Measure them in ``place``, which is emptied first."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield from a_day(place / "day")
        yield from ten_years(place / "years", made)
        yield from beside_rows.rows(place / "beside")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def a_day(place: Path) -> Iterator[Row]:
    """Let five laptops each write a day's referrals, then exchange; then once more."""
    stick = place / "stick"
    stick.mkdir(parents=True)
    first = office(place / "office", stick)
    others = [
        joined(
            place / f"laptop{at}",
            first,
            f"Deputy {at}",
            roles={Role.DEPUTY},
            device_class="law",
        )
        for at in range(1, LAPTOPS)
    ]
    everyone = [first, *others]
    settle(everyone, rounds=3)
    for one in everyone:
        with one.desk() as desk:
            _write(desk, A_DAY)
            exchange(desk, stick)  # takes what came before and sends the day
    taken = []
    for one in everyone:
        with one.desk() as desk:
            took, report = timed(lambda desk=desk: exchange(desk, stick))  # type: ignore[misc] # a default binds it now
            taken.append((took, entries_in(report)))
    with first.desk() as desk:
        exchange(desk, stick)
        idle, report = timed(lambda: exchange(desk, stick))
    assert (report.files_read, report.files_written) == (0, 0)
    most = max(came for _, came in taken)
    note = f"{LAPTOPS} laptops, {A_DAY} referrals each; {most} entries came to one at most"
    yield Row("a day's exchange over a folder", max(took for took, _ in taken), 1_000, note=note)
    middle = statistics.median(took for took, _ in taken)
    yield Row("a day's exchange, the middle one", middle, 1_000, note=note)
    yield Row("an exchange with nothing new", idle, None, note="reads and writes no file")


def ten_years(place: Path, made: County) -> Iterator[Row]:
    """Bring the whole made-up county onto a new office computer."""
    place.mkdir(parents=True)
    shutil.copytree(made.place, place / "old", ignore=shutil.ignore_patterns("backups"))
    stick, care = place / "stick", place / "care-stick"
    stick.mkdir()
    care.mkdir()
    password = (made.password_file / "coordinator.txt").read_text("utf-8").strip()
    old = Computer(place / "old", "coordinator", password, stick)
    new = joined(place / "new", old, "Rita Gomez", roles={Role.COORDINATOR}, admit={CARE, _LAW})
    _know_each_other(old, new, care)
    with old.desk() as desk:
        sent, out = timed(lambda: _both(desk, stick, care))
    yield from arriving.rows(new, care)
    went = sum(one.entries_out for report in out for one in report.rings)
    note = f"{went:,} entries, {went / sent * 1000:,.0f} a second"
    yield Row("the same, written to the sticks", sent / 1000, None, "s", note)


def _know_each_other(old: Computer, new: Computer, care: Path) -> None:
    """Let the new computer learn who is in, and the old one its keys."""
    with old.desk() as desk:
        accounts.grant_ring(desk, _LAW, enrolling.user_called(desk, new.name))
        exchange(desk, old.stick)
    for _ in range(2):
        with new.desk() as desk:
            exchange(desk, new.stick)
            if CARE in desk.rings:
                exchange_care(desk, care)


def _both(desk: Desk, stick: Path, care: Path) -> list[SyncReport]:
    made = [exchange(desk, stick)]
    if CARE in desk.rings:
        made.append(exchange_care(desk, care))
    return made


def _write(desk: Desk, count: int) -> None:
    source = desk.shelf.source("lead_referral")
    keys = desk.shelf.keys(source)
    values = {keys[name]: text for name, text in _ANSWERS.items()}
    for _ in range(count):
        write = RecordWrite(
            RecordId(new_id()),
            FormId("lead_referral"),
            source.version,
            "save",
            {**values, "_hash": source.hash},
            desk.user,
            NOW,
        )
        desk.archive.write(_REFER, [write])


if __name__ == "__main__":
    base = Path("build/bench")
    for row in rows(base / "sync", county(base / "county")):
        sys.stdout.write(f"{row.what:45} {row.value:8.1f} {row.unit}  {row.note}\n")
