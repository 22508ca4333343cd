"""The outbox by keys: for whom, how far, with a password, and what came."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.services.outbox import Receiver
from leadapp.ui.outbox.tab import OutboxTab, state_words
from leadapp.ui.shell.page import PaperOut
from tests.services import made_county
from tests.services.made_county import CARE, day, new_desk, put
from tests.services.test_outbox import a_pdf

PASSWORD = "seven quiet lanterns drift by"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"


@pytest.fixture
def tab(desk, work, words, saved, on_screen) -> OutboxTab:
    def choose(_parent: QWidget, _name: str) -> str:
        return str(saved)

    tab = OutboxTab(desk, work, words, choose_file=choose)
    tab.resize(1100, 560)
    on_screen(tab)
    return tab


def keys(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


Wait = Callable[[Callable[[], bool]], None]


def only(desk: Desk) -> outbox.Document:
    (found,) = outbox.documents(desk)
    return found


def test_a_report_for_someone_outside_gets_a_password_and_is_confirmed(
    tab, desk, saved, qtbot
) -> None:
    tab.take(PaperOut("Monthly summary", a_pdf("Monthly"), ("shared", "care")))
    qtbot.waitUntil(tab.put_card.isVisible)
    tab.put_card.who.set_value("outside")
    tab.put_card.who.changed.emit("outside")
    tab.put_card.party.setFocus()
    keys("State health department")
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 1)
    assert state_words(only(desk)) == "Ready to hand over"
    tab.lock.click()
    assert tab.lock_card.isVisible()
    keys(PASSWORD)
    tab.lock_card.password.again.setFocus()
    keys(PASSWORD)
    tab.main_action()
    qtbot.waitUntil(lambda: saved.exists() and tab.count == 0)
    with pikepdf.open(io.BytesIO(saved.read_bytes()), password=PASSWORD) as opened:
        assert len(opened.pages) == 1
    qtbot.waitUntil(tab.told.isVisible)
    tab.told.click()
    qtbot.waitUntil(lambda: only(desk).state == "confirmed")


def test_a_short_password_is_refused_in_place(tab, desk, saved, qtbot) -> None:
    to = Receiver("Court")
    outbox.put(desk, a_pdf(), what="Summary", copy="internal", ring=CARE, to=to)
    tab.reload()
    qtbot.waitUntil(lambda: tab.count == 1)
    tab.lock.click()
    keys("short")
    tab.lock_card.password.again.setFocus()
    keys("short")
    qtbot.waitUntil(lambda: bool(tab.lock_card.password.field.error))
    tab.main_action()
    assert not saved.exists()


def test_a_care_paper_about_a_person_needs_a_consent_in_force(tab, desk, qtbot) -> None:
    name = {"first_name": "Terri-Lynn", "last_name": "Osgood"}
    person = put(desk, CARE, "person_care", name)
    paper = PaperOut("Intake, Nov 2", a_pdf(), ("care",), person)
    tab.take(paper)
    qtbot.waitUntil(tab.put_card.isVisible)
    tab.put_card.who.set_value("outside")
    tab.put_card.who.changed.emit("outside")
    assert not tab.put_card.put.isEnabled()
    tab.put_card.go()
    assert outbox.documents(desk) == []
    tab.leave()
    made_county.consent(desk, person, "court", day(-90))
    (consent,) = (str(row[0]) for row in desk.reader.rows("SELECT record_id FROM consent", {}))
    tab.take(paper)
    qtbot.waitUntil(lambda: tab.put_card.isVisible() and tab.put_card.put.isEnabled())
    tab.put_card.who.set_value("outside")
    tab.put_card.who.changed.emit("outside")
    assert tab.put_card.consent.value() == consent
    tab.put_card.party.setFocus()
    keys("Valley Health")
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 1)


def test_escape_leaves_the_paper(tab, desk, qtbot) -> None:
    tab.take(PaperOut("Monthly summary", a_pdf(), ("shared",)))
    qtbot.waitUntil(tab.put_card.isVisible)
    assert tab.leave()
    assert not tab.put_card.isVisible()
    assert outbox.documents(desk) == []
    assert not tab.leave()
