"""A kill at any moment loses no acknowledged save, breaks no chain and forgets no companion."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leadapp.core.ids import RecordId
from tests.store.making import CARE, SHARED, Program, Verifier

CHILD = Path(__file__).with_name("crash_child.py")


def killed_after(root: Path, start: int, seconds: float) -> list[int]:
    """Run the child, kill it some time after it opened, return what it had acknowledged."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(root), str(start)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.wait()
    child.stdout.close()
    whole = said[: said.rfind(b"\n") + 1]
    return [int(line) for line in whole.split()]


@pytest.mark.usefixtures("opened")
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(disk_path):
    program = Program(disk_path)
    program.make().close()
    chance = random.Random(3)  # noqa: S311 - moments to kill at
    acknowledged: list[int] = []
    for start in range(1, 7):
        acknowledged += killed_after(program.root, start, chance.uniform(0.01, 0.25))
    archive = program.archive()
    archive.write_pending()
    reader = program.reader()
    assert acknowledged
    for n in acknowledged:
        record = reader.record(CARE, RecordId(f"r{n}"))
        assert record is not None
        assert record.answers == {"a": str(n)}
    written = reader.rows("SELECT record_id FROM place")
    in_care = archive._files[CARE].connection.value("SELECT count(*) FROM records")
    assert len(written) == in_care >= len(acknowledged)
    assert archive.left_logs == []
    for ring in (CARE, SHARED):
        assert archive.verify(ring, Verifier()) == []
