"""The look is loaded for every test of the interface, and is as at the start again after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import LeadappError
from leadapp.core.paths import resources
from leadapp.core.words import Words, load_words
from leadapp.ui.theme import Density, Theme
from leadapp.ui.theme.theme import theme
from leadapp.ui.work import Work


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


OnScreen = Callable[[QWidget], None]


@pytest.fixture
def on_screen(qtbot: QtBot) -> Iterator[OnScreen]:
    """Return what shows a widget as the active window and keeps it until the test ends."""
    kept: list[QWidget] = []

    def show(widget: QWidget) -> None:
        kept.append(widget)
        qtbot.addWidget(widget)
        if widget.size().width() < 700:
            widget.resize(760, 400)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    yield show
    kept.clear()


def _fail(error: LeadappError) -> None:
    raise error


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    """Return lanes that fail the test when a job fails; they rest before they stop."""
    lanes = Work(_fail)
    yield lanes
    qtbot.waitUntil(lambda: not lanes._under_way, timeout=20_000)
    lanes.stop()


@pytest.fixture
def words() -> Words:
    """Return the words of the interface, in English."""
    return load_words(resources() / "words")
