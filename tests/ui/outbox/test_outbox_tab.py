"""The outbox by keys: for whom, how far, with a password, and what came."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.core.errors import Refusal
from leadapp.services import outbox, same_people
from leadapp.services.desk import Desk
from leadapp.services.outbox import Receiver
from leadapp.ui.outbox.rows import state_words
from leadapp.ui.outbox.tab import OutboxTab
from leadapp.ui.outbox.where_to import WhereTo
from leadapp.ui.printer import letter
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.sync.page import SyncPage
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


class Places(WhereTo):
    """Answers in place of the system's dialogs."""

    def __init__(self, folder: Path) -> None:
        self.into: Path | None = folder

    def file(self, _parent: QWidget, name: str) -> Path | None:
        assert name.endswith(".pdf")
        return self.into / "out.pdf" if self.into is not None else None

    def folder(self, _parent: QWidget) -> Path | None:
        return self.into

    def printer(self, _parent: QWidget, _title: str) -> QPrinter | None:
        if self.into is None:
            raise Refusal("ui.no_printer")
        printer = letter(QPrinter())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.into / "printed.pdf"))
        return printer


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@pytest.fixture
def tab(desk, work, words, places, on_screen) -> OutboxTab:
    tab = OutboxTab(desk, work, words, where_to=places)
    page = SyncPage([tab], None)
    page.resize(1100, 620)
    on_screen(page)
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


def documents(tab: OutboxTab, qtbot) -> list[outbox.Document]:
    """Return what there is, once the lanes rest: a connection is one thread's at a time."""
    qtbot.waitUntil(lambda: not tab.work._under_way)
    return outbox.documents(tab.desk)


def only(tab: OutboxTab, qtbot) -> outbox.Document:
    (found,) = documents(tab, qtbot)
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
    assert state_words(only(tab, qtbot)) == "Ready to hand over"
    tab.lock.click()
    assert tab.handing.lock_card.isVisible()
    keys(PASSWORD)
    tab.handing.lock_card.password.again.setFocus()
    keys(PASSWORD)
    tab.main_action()
    qtbot.waitUntil(lambda: saved.exists() and tab.count == 0)
    with pikepdf.open(io.BytesIO(saved.read_bytes()), password=PASSWORD) as opened:
        assert len(opened.pages) == 1
    qtbot.waitUntil(tab.told.isVisible)
    tab.told.click()
    qtbot.waitUntil(lambda: only(tab, qtbot).state == "confirmed")


def test_a_short_password_is_refused_in_place(tab, desk, saved, qtbot) -> None:
    to = Receiver("Court")
    outbox.put(desk, a_pdf(), what="Summary", copy="internal", ring=CARE, to=to)
    tab.reload()
    qtbot.waitUntil(lambda: tab.count == 1)
    tab.lock.click()
    keys("short")
    tab.handing.lock_card.password.again.setFocus()
    keys("short")
    qtbot.waitUntil(lambda: bool(tab.handing.lock_card.password.field.error))
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
    assert documents(tab, qtbot) == []
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


def test_a_consent_on_another_record_of_the_person_is_offered(tab, desk, qtbot) -> None:
    name = {"first_name": "Terri-Lynn", "last_name": "Osgood"}
    person, again = (put(desk, CARE, "person_care", name) for _ in "ab")
    consent = made_county.consent(desk, again, "court", day(-90))
    same_people.say(desk, person, again, "same")
    tab.take(PaperOut("Intake, Nov 2", a_pdf(), ("care",), person))
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
    assert documents(tab, qtbot) == []
    assert not tab.leave()


HEALTH, COURT = Receiver("State health department"), Receiver("Court")


def ready(desk: Desk, *names: str, to: Receiver = HEALTH) -> None:
    for name in names:
        outbox.put(desk, a_pdf(name), what=name, copy="submission", ring=CARE, to=to)


def known(tab: OutboxTab, qtbot, count: int) -> None:
    tab.reload()
    qtbot.waitUntil(lambda: tab.count == count)


def titles(folder: Path, password: str) -> set[str]:
    found = set()
    for file in folder.glob("*.pdf"):
        with pikepdf.open(io.BytesIO(file.read_bytes()), password=password) as opened:
            found.add(str(opened.docinfo["/Title"]))
    return found


def give_password(tab: OutboxTab, text: str = PASSWORD) -> None:
    tab.handing.lock_card.password.first.setFocus()
    keys(text)
    tab.handing.lock_card.password.again.setFocus()
    keys(text)
    tab.main_action()


def states(tab: OutboxTab, qtbot) -> dict[str, str]:
    return {one.what: one.state for one in documents(tab, qtbot)}


def test_all_for_one_receiver_are_copied_with_one_password_and_count_as_handed_over(
    tab, desk, places, tmp_path, qtbot
) -> None:
    places.into = tmp_path / "stick"
    places.into.mkdir()
    ready(desk, "October", "Naloxone log")
    ready(desk, "For the court", to=COURT)
    known(tab, qtbot, 3)
    tab.copy_ready()
    assert tab.handing.lock_card.who.hasFocus()
    give_password(tab)
    assert tab.handing.lock_card.isVisible()  # nobody said yet for whom
    tab.handing.lock_card.who.set_value(HEALTH.name)
    tab.handing.lock_card.who.changed.emit(HEALTH.name)
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 1)
    assert titles(places.into, PASSWORD) == {"October", "Naloxone log"}
    assert states(tab, qtbot) == {
        "October": "sent",
        "Naloxone log": "sent",
        "For the court": "made",
    }
    assert "2 papers were copied" in tab.handing.several_card.outcome.accessibleName()


def test_a_stick_that_cannot_be_written_ends_it_and_says_what_is_left(
    tab, desk, places, tmp_path, qtbot
) -> None:
    places.into = tmp_path / "pulled out"
    ready(desk, "October", "Naloxone log")
    known(tab, qtbot, 2)
    tab.copy_ready()
    give_password(tab)
    outcome = tab.handing.several_card.outcome
    qtbot.waitUntil(outcome.isVisible)
    assert outcome.accessibleName() == "No paper was copied"
    assert "cannot be written" in outcome.accessibleDescription()
    assert "1 paper was left as it was." in outcome.accessibleDescription()
    assert set(states(tab, qtbot).values()) == {"made"}
    assert tab.leave()
    assert not outcome.isVisible()


def test_a_password_that_is_no_good_is_asked_for_again(tab, desk, places, qtbot) -> None:
    ready(desk, "October", "Naloxone log")
    known(tab, qtbot, 2)
    tab.copy_ready()
    tab.handing.lock_card.wanted.emit(tuple(tab._ready()), "short")
    qtbot.waitUntil(lambda: bool(tab.handing.lock_card.password.field.error))
    assert tab.handing.lock_card.isVisible()
    assert not tab.handing.several_card.isVisible()
    assert set(states(tab, qtbot).values()) == {"made"}


def test_all_are_printed_one_after_the_other_then_one_press_says_handed_over(
    tab, desk, places, tmp_path, qtbot
) -> None:
    ready(desk, "October")
    ready(desk, "For the court", to=COURT)
    known(tab, qtbot, 2)
    tab.print_ready()
    qtbot.waitUntil(tab.handing.several_card.handed.isVisible)
    assert (tmp_path / "printed.pdf").exists()
    assert "2 papers went to the printer" in tab.handing.several_card.outcome.accessibleName()
    assert set(states(tab, qtbot).values()) == {"made"}
    tab.handing.several_card.handed.click()
    qtbot.waitUntil(lambda: tab.count == 0)
    assert set(states(tab, qtbot).values()) == {"sent"}


def test_without_a_printer_it_is_said(tab, desk, places, qtbot) -> None:
    ready(desk, "October")
    known(tab, qtbot, 1)
    places.into = None
    tab.print_ready()
    assert "No printer" in tab.notice.accessibleName()


def test_stopping_lets_the_paper_in_hand_end(tab, desk, places, tmp_path, qtbot) -> None:
    places.into = tmp_path / "stick"
    places.into.mkdir()
    ready(desk, *(f"Paper {n}" for n in range(5)))
    known(tab, qtbot, 5)
    tab.copy_ready()
    tab.handing.several.moved.connect(lambda at, _count: tab.leave() if at == 2 else None)
    give_password(tab)
    qtbot.waitUntil(tab.handing.several_card.outcome.isVisible)
    assert sorted(states(tab, qtbot).values()) == ["made"] * 3 + ["sent"] * 2
    assert len(list(places.into.glob("*.pdf"))) == 2
    assert "3 papers were left" in tab.handing.several_card.outcome.accessibleDescription()


def test_with_nothing_ready_the_keys_say_so(tab, qtbot) -> None:
    tab.when_known(OutboxTab.copy_ready)
    qtbot.waitUntil(tab.notice.isVisible)
    assert not tab.handing.lock_card.isVisible()


def test_what_was_put_there_is_the_chosen_one(tab, desk, qtbot) -> None:
    ready(desk, "October", "Naloxone log")
    known(tab, qtbot, 2)
    tab.take(PaperOut("Monthly summary", a_pdf("Monthly"), ("shared", "care")))
    qtbot.waitUntil(tab.put_card.isVisible)
    tab.put_card.who.set_value("outside")
    tab.put_card.who.changed.emit("outside")
    tab.put_card.party.setFocus()
    keys("Aardvark county")
    tab.main_action()
    assert not tab.put_card.put.isEnabled()
    qtbot.waitUntil(lambda: tab.count == 3)
    put_there = next(one for one in documents(tab, qtbot) if one.what == "Monthly summary")
    assert tab.table.current_key() == put_there.record
