"""A program that saves without end and says so, to be killed at any moment.

``python crash_child.py FOLDER START`` opens the computer made by ``making.Program`` in
FOLDER and prints each record's number once its save has returned.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from leadapp.store.writing import PendingWrite
from tests.store.making import CARE, SHARED, Program


def say(word: str) -> None:
    """Tell whoever watches, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(root: Path, start: int) -> None:
    """Save a record with a companion in another ring, again and again."""
    program = Program(root)
    program.counter = itertools.count(start * 1_000_000)
    archive = program.archive()
    archive.write_pending()
    drafts = program.drafts()
    say("open")
    for n in range(start * 10_000, start * 10_000 + 9_999):
        companion = PendingWrite(SHARED, (program.of("place", f"p{n}", {"name": str(n)}),))
        archive.write(CARE, [program.save(f"r{n}", {"a": str(n)})], pending=[companion])
        if n % 7 == 0:
            archive.seal()
        say(str(n))
    drafts.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
