"""Starting: folders that cannot be opened, errors nobody expected, what start-up loads."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SystemClock
from leadapp.core.errors import Bug, LeadappError, Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.ui import last_resort
from leadapp.ui.application import Application
from leadapp.ui.look_kept import LookKept
from leadapp.ui.start import fit_screen
from leadapp.ui.theme import Theme
from leadapp.ui.trouble import TroublePage

HEAVY = (
    "sqlite_utils",
    "sqlcipher3",
    "reportlab",
    "pikepdf",
    "pypdfium2",
    "pyxform",
    "cryptography",
    "paramiko",
    "obstore",
)


def test_nothing_slow_is_loaded_before_the_first_paint() -> None:
    code = f"import sys, leadapp.ui.start; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("device.json", b"{ torn", "store.device_damaged"),
        ("device.json", b'{"format": 99}', "store.newer_file"),
    ],
)
def test_a_bad_folder_is_a_sentence_and_a_way_out(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, file: str, content: bytes, code: str
) -> None:
    (tmp_path / file).write_bytes(content)
    app = Application(qapp, tmp_path, clock=SystemClock())
    app.begin()
    qtbot.waitUntil(lambda: isinstance(app.cover, TroublePage), timeout=20_000)
    page = app.cover
    assert isinstance(page, TroublePage)
    assert code not in page.said.text()
    assert page.said.text().endswith(".")
    app.shell.close()
    app.end()


def test_a_synced_folder_is_refused_before_anything_is_made(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    place = tmp_path / "OneDrive" / "leadapp"
    app = Application(qapp, place, clock=SystemClock())
    app.begin()
    qtbot.waitUntil(lambda: isinstance(app.cover, TroublePage), timeout=20_000)
    assert not place.exists()
    app.shell.close()
    app.end()


def test_trying_again_looks_at_the_folder_again(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    (tmp_path / "device.json").write_bytes(b"{ torn")
    app = Application(qapp, tmp_path, clock=SystemClock())
    app.begin()
    qtbot.waitUntil(lambda: isinstance(app.cover, TroublePage), timeout=20_000)
    (tmp_path / "device.json").unlink()
    assert isinstance(app.cover, TroublePage)
    app.cover.again_button.click()
    qtbot.waitUntil(lambda: type(app.cover).__name__ == "SetupScreen", timeout=20_000)
    app.shell.close()
    app.end()


@pytest.mark.expects_log("not expected: ValueError")
def test_an_unexpected_error_is_told_by_kind_and_place_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told: list[LeadappError] = []
    last_resort.install(told.append)
    try:
        int("Osgood, Terri-Lynn")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert isinstance(told[0], Bug)
    assert "Osgood" not in caplog.text
    said = load_words(resources() / "words").of(told[0])
    assert "Osgood" not in said
    assert "ValueError" in said


def test_a_refusal_nobody_took_keeps_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told: list[LeadappError] = []
    last_resort.install(told.append)
    refusal = Refusal("core.disk_full", folder="x")
    sys.excepthook(Refusal, refusal, None)
    assert told == [refusal]


def test_the_log_goes_to_the_state_folder(tmp_path: Path) -> None:
    logger = logging.getLogger("leadapp")
    before = list(logger.handlers)
    last_resort.log_to(tmp_path / "state")
    try:
        logger.info("started")
        assert "started" in (tmp_path / "state" / "leadapp.log").read_text()
    finally:
        for handler in [one for one in logger.handlers if one not in before]:
            logger.removeHandler(handler)
            handler.close()


def test_the_look_is_as_it_was_left(tmp_path: Path, look: Theme) -> None:
    file = tmp_path / "look.json"
    file.write_text(json.dumps({"night": True, "text_percent": 130}))
    LookKept(file).take_up(look)
    assert look.night
    assert look.text_percent == 130


def test_a_torn_look_file_counts_as_none(tmp_path: Path, look: Theme) -> None:
    file = tmp_path / "look.json"
    file.write_bytes(b"\xff{")
    LookKept(file).take_up(look)
    assert not look.night


@pytest.mark.parametrize(
    ("room", "size", "maximized"),
    [((1366, 690), (1366, 690), True), ((2560, 1400), (1440, 860), False)],
)
def test_the_window_fills_a_laptop_and_not_a_large_screen(
    qtbot: QtBot, room: tuple[int, int], size: tuple[int, int], maximized: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    fit_screen(window, QSize(*room))
    assert window.isMaximized() == maximized
    assert maximized or (window.width(), window.height()) == size
