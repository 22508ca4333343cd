"""What every test stands on: no screen, bounded examples, and no noise left unexplained.

Fixtures of one package belong in that package's own folder.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

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
