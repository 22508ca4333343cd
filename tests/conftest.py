"""What every test stands on: no screen, bounded examples, quick files, no noise left unexplained.

Fixtures of one package belong in that package's own folder.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from multiprocessing.util import get_temp_dir
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.forms_once import _forms_read_once, forms_read_anew  # noqa: F401 - fixtures

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "0")

settings.register_profile(
    "ci",
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_LOUD = logging.WARNING
_DISK = tempfile.gettempdir()
"""Where temporary files lie on this computer's disk."""
_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3
"""Bytes that must be free there: every county of a run, were each one kept."""


def _memory_is_there() -> bool:
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return False
    return shutil.disk_usage(_MEMORY).free > _ROOM


_IN_MEMORY = _memory_is_there()
"""Whether tests write where no disk is waited for.

An archive waits for the disk at each save, and the tests save some ten thousand times. Every
call is made all the same; files, locks and kills behave as on a disk. Tests about the moment
at which a program dies ask for ``disk_path``, as it is in the waiting that it may die.
"""
if _IN_MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture(autouse=True, scope="session")
def _leave_nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put other temporary folders of this process beside those of pytest, which go with the run."""
    with pytest.MonkeyPatch.context() as patch:
        if _IN_MEMORY:
            get_temp_dir()  # multiprocessing takes its own folder away later: not from among these
            patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("other")))
        yield


@pytest.fixture(scope="module")
def disk_path() -> Iterator[Path]:
    """Return a folder on the disk, wherever the other files of the tests lie."""
    with tempfile.TemporaryDirectory(prefix="leadapp-disk-", dir=_DISK) as place:
        yield Path(place)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen cannot grab, raise or bound windows, and says so.

    It may say it of a window that goes only while a test of something else has begun.
    """
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _no_unexpected_logs(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked ``expects_log(pattern)``."""
    expected = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    yield
    said = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= _LOUD
    ]
    surprises = [line for line in said if not any(re.search(pattern, line) for pattern in expected)]
    assert not surprises, f"logged without being expected: {surprises}"
    unsaid = [pattern for pattern in expected if not any(re.search(pattern, line) for line in said)]
    assert not unsaid, f"expected in the log and not there: {unsaid}"
