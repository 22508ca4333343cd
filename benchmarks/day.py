"""The memory an office day takes, in a process of its own: `python -m benchmarks.day DIR`.

Each round lists, searches, opens people and forms, saves and runs the monthly report; what
is held after the second and after the last round says whether it stays flat. The window's
own memory (some 60 MB) comes on top.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import desk_rows
from benchmarks.county import REPORTED, county
from benchmarks.timing import Row
from leadapp.services import browsing, filling, persons, reporting, today
from leadapp.services.desk import Desk, family_of
from leadapp.store.queries import RecordQuery

ROUNDS = 12
_SETTLED = 2
_MEGABYTE = 1 << 20


def rows(place: Path) -> Iterator[Row]:
    """Return what a day's work holds in memory."""
    if sys.platform != "linux":
        return
    command = [sys.executable, "-m", "benchmarks.day", str(place)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 - our own module
    held = json.loads(done.stdout.splitlines()[-1])
    grown = held[-1] - held[_SETTLED - 1]
    note = f"grew {grown:+.0f} MB from round {_SETTLED} to round {ROUNDS}"
    yield Row("memory, office use without the window", held[-1], 300, "MB", note)


def main(place: Path) -> None:
    """Work through the rounds; print what is held after each."""
    desk = county(place).sit("coordinator")
    held = []
    for _ in range(ROUNDS):
        _round(desk)
        held.append(resident())
    desk.close()
    sys.stdout.write(f"{json.dumps(held)}\n")


def _round(desk: Desk) -> None:
    today.due(desk)
    lines = browsing.records(desk, RecordQuery(kinds=("person",), order="title", limit=200))
    for line in lines[:20]:
        browsing.people(desk, line.title[:5])
        persons.page(desk, line.record)
        browsing.timeline(desk, [line.record], 0, 50)
    for source in filling.writable(desk):
        family = family_of(filling.where(desk, source))
        filling.begin(desk, source.form, lookup=desk.lookup(family)).session.items()
    desk_rows.kept_and_dropped(desk)
    reporting.print_paper(desk, reporting.monthly(desk, REPORTED))


def resident() -> float:
    """Return the megabytes this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / _MEGABYTE


if __name__ == "__main__":
    main(Path(sys.argv[1]))
