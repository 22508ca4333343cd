"""The real window over an empty folder, hands at its keyboard, and paper that ends in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.ui.application import Application
from leadapp.ui.theme import Density, Theme
from leadapp.vault import keyring
from leadapp.vault.derivation import Argon2
from tests.county import CHEAP
from tests.journeys.hands import Hands

NOVEMBER = datetime(2026, 11, 3, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys take longer."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(300))


@dataclass
class Computer:
    """A computer on which the program was just installed."""

    folder: Path
    papers: Path
    clock: SteppingClock
    hands: Hands

    def paper(self, name: str) -> bytes:
        """Return a PDF that was saved."""
        return (self.papers / name).read_bytes()


@pytest.fixture
def computer(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Computer]:
    """Return a computer with no program yet; the clock stands in November 2026.

    Set-up asks for no cost of its own, so the usual one is made small here: passwords are
    still derived, but fast. The dialog that asks where to save answers with a folder.
    """
    state, cache, papers = tmp_path / "state", tmp_path / "cache", tmp_path / "papers"
    papers.mkdir()
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda *_, **__: str(state))
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(cache))
    monkeypatch.setattr(
        keyring, "Argon2",
        partial(Argon2, memory_kib=CHEAP.memory_kib, passes=CHEAP.passes, lanes=CHEAP.lanes),
    )  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getSaveFileName", saves_to(papers))
    look = qapp.findChild(Theme) or Theme(qapp)
    look.apply()
    clock = SteppingClock(NOVEMBER)
    app = Application(qapp, tmp_path / "program", clock=clock)
    hands = Hands(app)
    with qtbot.waitActive(app.shell):
        app.begin()
        app.shell.activateWindow()
    hands.settle()
    yield Computer(tmp_path / "program", papers, clock, hands)
    app.shell.close()
    app.end()
    app.shell.deleteLater()
    look.set_density(Density.OFFICE)


def saves_to(papers: Path) -> Callable[..., tuple[str, str]]:
    """Return a dialog that answers with a file in ``papers``."""

    def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        return str(papers / Path(name).with_suffix(".pdf").name), ""

    return answer
