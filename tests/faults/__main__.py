"""`make faults`: the table of faults, then kills at the keyboard and harmed disks; lines of figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults import bench, disk, plug


def main() -> int:
    """Do it all; 0 when nothing was lost that may not be."""
    options = _options()
    wrong = False
    for line in bench.lines(options.exchanging, options.seed):
        wrong = wrong or "WRONG" in line
        _say(line)
    with tempfile.TemporaryDirectory(prefix="leadapp-faults-") as folder:
        place = Path(folder)
        toll = plug.pull(place / "kills", options.kills, options.seed)
        full = _tried("full disk", disk.on_a_full_disk, place / "full")
        fixed = _tried("read-only disk", disk.on_a_read_only_disk, place / "fixed")
    for name in (*toll.lost, *toll.late, *toll.missing, *toll.problems):
        _say(f"WRONG: {name}")
    _say(f"{toll.line}; full disk: {full}; read-only: {fixed}")
    return 0 if toll.all_good and not wrong and "WRONG" not in full + fixed else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, metavar="N")
    parser.add_argument("--exchanging", type=int, default=200, metavar="N", help="kills of five")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    return parser.parse_args()


def _tried(what: str, attempt: Callable[[Path], disk.Trouble], place: Path) -> str:
    try:
        trouble = attempt(place)
    except disk.NoDisk as reason:
        return f"skipped, {reason}"
    if not trouble.said:
        return f"WRONG, the {what} was not noticed"
    if trouble.problems or trouble.kept != disk.WORDS or trouble.words != disk.WORDS:
        return f"WRONG, {trouble}"
    return f"refused {', '.join(trouble.said)}, {trouble.kept} of {disk.WORDS} words kept"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
