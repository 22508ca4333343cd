"""The look is loaded for every test of the interface, and is as at the start again after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.ui.theme import Density, Theme
from leadapp.ui.theme.theme import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    """Return the theme: day, 100 %, office."""
    found = qapp.findChild(Theme)
    if found is None:
        found = Theme(qapp)
        found.apply()
    yield theme()
    found.set_night(False)
    found.set_text_size(100)
    found.set_density(Density.OFFICE)


@pytest.fixture
def clock() -> SteppingClock:
    """Return Monday, November 3, 2025, 2:41 pm."""
    return SteppingClock(datetime(2025, 11, 3, 14, 41, tzinfo=timezone(timedelta(hours=-7))))
