"""A new computer takes in what lies on two sticks, in a process of its own.

`python -m benchmarks.arriving PLACE NAME PASSWORD STICK CARE_STICK`. What it holds a tenth of
the way through and at most says whether memory stays flat however much comes in.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.computers import CARE, Computer, exchange, exchange_care
from benchmarks.day import resident
from benchmarks.timing import Row, timed
from leadapp.main import look_for_circles_seldom
from leadapp.services import syncing


def rows(new: Computer, care: Path) -> Iterator[Row]:
    """Let ``new`` take in both sticks; return how long that took and what it held."""
    given = (new.place, new.name, new.password, new.stick, care)
    command = [sys.executable, "-m", "benchmarks.arriving", *map(str, given)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 - our own module
    seconds, entries, contacts, held = json.loads(done.stdout.splitlines()[-1])
    note = f"{entries:,} entries, {entries / seconds:,.0f} a second; contacts: {contacts:,}"
    yield Row("ten years onto a new computer", seconds, 60, "s", note)
    if held:
        most, early = max(held), held[len(held) // 10]
        note = f"at most; {early:.0f} MB a tenth of the way through"
        yield Row("memory while ten years come in", most, 300, "MB", note)


def main(new: Computer, care: Path) -> None:
    """Take it in; print the seconds, the entries, the contacts and what was held on the way."""
    look_for_circles_seldom()  # as the program does when it starts
    held: list[float] = []

    def told(_: object) -> None:
        if sys.platform == "linux":
            held.append(resident())

    with new.desk() as desk:
        took, reports = timed(
            lambda: [
                exchange(desk, new.stick, told),
                *([exchange_care(desk, care, told)] if CARE in desk.rings else []),
            ]
        )
        contacts = desk.reader.rows("SELECT COUNT(*) FROM cit_contact", {})[0][0]
    entries = entries_in(*reports)
    sys.stdout.write(f"{json.dumps([took / 1000, entries, contacts, held])}\n")


def entries_in(*reports: syncing.SyncReport) -> int:
    """Return how many entries came in."""
    return sum(one.entries_in for report in reports for one in report.rings)


if __name__ == "__main__":
    place, name, password, stick, care_stick = sys.argv[1:]
    main(Computer(Path(place), name, password, Path(stick)), Path(care_stick))
