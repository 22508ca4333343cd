"""Forms in a few lines, and sessions with a fixed clock and counted ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.forms.model import Definition
from leadapp.forms.reading import read_markdown_form
from leadapp.forms.session import FormSession

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=-8)))


def counted_ids() -> Callable[[], str]:
    """Return an id source that counts: the first eight letters differ from id to id."""
    numbers = count(1)
    return lambda: f"{next(numbers):08d}" + "x" * 14


def form(survey: str, choices: str = "", settings: str = "") -> Definition:
    """Return the form of bare table rows, the header first."""
    parts = [f"## survey\n{_table(survey)}"]
    if choices:
        parts.append(f"## choices\n{_table(choices)}")
    if settings:
        parts.append(f"## settings\n{_table(settings)}")
    return read_markdown_form("\n\n".join(parts))


def _table(rows: str) -> str:
    return "\n".join(f"| {line.strip()} |" for line in rows.strip().splitlines())


def begin(definition: Definition, **options: object) -> FormSession:
    """Return a session that stands at NOW."""
    settings = {"clock": SteppingClock(NOW), "ids": counted_ids(), **options}
    return FormSession(definition, **settings)  # type: ignore[arg-type] # options are those of FormSession


@pytest.fixture
def clock() -> SteppingClock:
    """Return a clock that stands at NOW."""
    return SteppingClock(NOW)
