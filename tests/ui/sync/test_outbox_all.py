"""All papers that are ready, from anywhere by one key; a lock in the middle loses nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from leadapp.services import outbox
from leadapp.services.outbox import Receiver
from leadapp.ui.outbox.tab import OutboxTab
from tests.journeys.hands import ALT, CTRL, SHIFT
from tests.services.made_county import CARE
from tests.services.test_outbox import a_pdf
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Open, Seat

PASSWORD = "seven quiet lanterns drift by"
_ALL = 25


def _ready(office: Computer) -> None:
    with office.desk() as desk:
        for n in range(_ALL):
            to = Receiver("Court")
            outbox.put(desk, a_pdf(), what=f"Paper {n}", copy="internal", ring=CARE, to=to)


def _copy_all(seat: Seat) -> OutboxTab:
    seat.key(Qt.Key.Key_1, ALT)
    seat.key(Qt.Key.Key_C, CTRL | SHIFT)
    seat.settle()
    seat.write(PASSWORD)
    seat.answer("Password again", PASSWORD)
    seat.key(Qt.Key.Key_S, CTRL)
    (tab,) = seat.app.shell.findChildren(OutboxTab)
    return tab


def test_one_key_from_today_copies_all(
    computers: tuple[Computer, Computer], open_at: Open, tmp_path: Path, monkeypatch
) -> None:
    office, _law = computers
    _ready(office)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    (tmp_path / "out").mkdir()
    seat = open_at(office)
    seat.unlock()
    _copy_all(seat)
    seat.until_seen(f"{_ALL} papers were copied")
    assert len(list((tmp_path / "out").glob("*.pdf"))) == _ALL
    assert seat.sees("Nothing is to be handed over.")
    seat.key(Qt.Key.Key_Escape)
    assert not seat.sees("papers were copied")


def test_a_lock_in_the_middle_leaves_the_rest_as_it_was(
    computers: tuple[Computer, Computer],
    open_at: Open,
    tmp_path: Path,
    monkeypatch,
    qtbot: QtBot,
) -> None:
    office, _law = computers
    _ready(office)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    seat = open_at(office)
    seat.unlock()
    tab = _copy_all(seat)
    qtbot.waitUntil(lambda: len(list(out.glob("*.pdf"))) >= 2)
    seat.key(Qt.Key.Key_L, CTRL)
    seat.until_seen("I agree, unlock")
    qtbot.waitUntil(lambda: not tab.handing.several.running)
    with_it = len(list(out.glob("*.pdf")))
    seat.unlock()
    seat.settle()
    states = [one.state for one in outbox.documents(seat.app.open_desk)]
    assert states.count("sent") + states.count("made") == _ALL
    assert 0 <= with_it - states.count("sent") <= 1  # written, and not yet said to be
    assert states.count("made") > 0
    assert "left as they were" in tab.handing.several_card.outcome.accessibleDescription()
