"""An office and a deputy's laptop that was let in, a stick, and a real window over either."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leadapp.core.paths import state_folder
from leadapp.ui.application import Application
from tests.forms_once import CACHE
from tests.journeys.hands import CTRL, SHIFT, Hands
from tests.services.made_county import PASSWORD
from tests.services.two_computers import Computer, settled

Open = Callable[[Computer], "Seat"]


class Seat(Hands):
    """A window over one computer, and whoever unlocked it."""

    def unlock(self) -> None:
        """Type the password of the one person here, and pass what is seen first."""
        self.until_seen("I agree, unlock")
        self.tab_to("Password")
        self.write(PASSWORD)
        self.enter()
        self.until(lambda: self.app.cover is None or self.sees("Go on"), "still locked")
        while self.app.cover is not None:
            self.press_button("Go on without it" if self.sees("Go on without it") else "Go on")
        self.settle()

    def sync(self) -> None:
        """Ctrl+Shift+S, and wait until it is over."""
        self.key(Qt.Key.Key_S, CTRL | SHIFT)
        self.settle()

    def add_stick(self, stick: Path, name: str = "") -> None:
        """Add a folder on the Sync page, by keys."""
        self.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
        self.settle()
        self.key(Qt.Key.Key_N, CTRL)
        self.settle()
        self.tab_to("Folder")
        self.write(str(stick))
        if name:
            self.tab_to("Call it")
            self.rewrite(name)
        self.key(Qt.Key.Key_S, CTRL)
        self.settle()


@pytest.fixture
def computers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Computer, Computer]:
    """Return both; what they keep outside their folders is theirs in the window too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE))
    both = settled(tmp_path)
    for one in both:
        shutil.copytree(one.root.parent / "anchors", state_folder(), dirs_exist_ok=True)
    return both


@pytest.fixture
def open_at(qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """Return what shows the window over a computer's folder."""
    opened: list[Application] = []

    def show(computer: Computer) -> Seat:
        app = Application(qapp, computer.root, clock=computer.clock)
        opened.append(app)
        app.shell.resize(1366, 690)
        app.begin()
        app.shell.activateWindow()
        qtbot.waitActive(app.shell)
        return Seat(app)

    yield show
    for app in opened:
        app.shell.close()
        app.end()
        app.shell.deleteLater()
        app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def office(computers: tuple[Computer, Computer], open_at: Open) -> Seat:
    """Return the coordinator at work."""
    seat = open_at(computers[0])
    seat.unlock()
    return seat
