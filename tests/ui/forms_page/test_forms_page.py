"""Starting, keeping, finishing, reading, correcting and voiding records at a real desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leadapp.services.desk import Desk
from tests.services.made_county import LAW, cit_contact, person
from tests.ui.forms_page.conftest import Office, OpenOffice

CTRL = Qt.KeyboardModifier.ControlModifier


def choose(office: Office, qtbot: QtBot, form: str) -> None:
    """Choose a form in the list by keys."""
    office.page.forms.setFocus()
    for _ in range(30):
        if office.page.forms.current_key() == form:
            return
        office.press(Qt.Key.Key_Down)
    raise AssertionError(f"{form} is not in the list")


def open_first(office: Office, qtbot: QtBot, form: str) -> None:
    """Open the first record of a form for reading."""
    choose(office, qtbot, form)
    qtbot.waitUntil(lambda: office.page.records.table.paged.rowCount() > 0)
    office.page.records.table.setFocus()
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(office.page.record.isVisible)


def test_a_form_is_started_kept_and_gone_on_with(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    office = open_office(car)
    choose(office, qtbot, "person_law")
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(office.entries))
    office.keys("Lund")
    entry = office.entries[0]
    with qtbot.waitSignal(entry.closed):
        office.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: office.page.drafts.paged.rowCount() == 1)
    office.page.drafts.setFocus()
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(office.entries) == 2)
    draft = office.entries[1].session.draft()
    assert "Lund" in draft.values()


def test_a_discarded_draft_comes_back_by_undo(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    office = open_office(car)
    choose(office, qtbot, "person_law")
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(office.entries))
    office.keys("Lund")
    office.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: office.page.drafts.paged.rowCount() == 1)
    office.page.drafts.setFocus()
    office.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: office.shell.toast.can_undo)
    qtbot.waitUntil(lambda: office.page.drafts.paged.rowCount() == 0)
    office.shell.toast.undo()
    qtbot.waitUntil(lambda: office.page.drafts.paged.rowCount() == 1)


def test_a_record_is_read_in_place_and_escape_returns_to_its_row(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    cit_contact(car, 3)
    second = cit_contact(car, 5)
    office = open_office(car)
    choose(office, qtbot, "cit_contact")
    table = office.page.records.table
    qtbot.waitUntil(lambda: table.paged.rowCount() == 2)
    table.setFocus()
    office.press(Qt.Key.Key_End)
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(office.page.record.isVisible)
    opened = office.page.record.opened
    assert opened is not None
    assert opened.stored.record == second
    said = {answer.label: answer.words for part in opened.chapters for answer in part.answers}
    assert said["Where"] == "Hwy 12 pullout"
    assert said["Why you were there"] == "Welfare check"
    office.press(Qt.Key.Key_Escape)
    assert table.isVisible()
    assert table.current_key().endswith(second)


def test_a_void_needs_a_reason_and_takes_the_record_off_the_list(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    person(car, LAW, "Lund", "Randy", "1980-02-03")
    office = open_office(car)
    open_first(office, qtbot, "person_law")
    pane = office.page.record
    if not pane.void.isVisible():
        assert pane.opened is not None
        assert not pane.opened.may_void
        return
    pane.void.click()
    office.press(Qt.Key.Key_Return)
    assert not pane.void_bar.isHidden()
    office.keys("Entered twice")
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.page.records.table.paged.rowCount() == 0)


def test_a_correction_shows_what_was_and_what_is(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    cit_contact(car, 1)
    office = open_office(car)
    open_first(office, qtbot, "cit_contact")
    office.page.record.correct.click()
    qtbot.waitUntil(lambda: bool(office.entries))
    entry = office.entries[0]
    assert entry.reason is not None
    entry.reason.box.setFocus()
    office.keys("Wrong place")
    row = entry.view.row("scene/where")
    assert row is not None
    row.focus_control()
    office.press(Qt.Key.Key_A, CTRL)
    office.keys("Main St")
    with qtbot.waitSignal(entry.finished):
        office.press(Qt.Key.Key_S, CTRL)
    open_first(office, qtbot, "cit_contact")
    qtbot.waitUntil(
        lambda: office.page.record.opened is not None and len(office.page.record.opened.past) == 2
    )
    opened = office.page.record.opened
    assert opened is not None
    assert opened.past[1].reason == "Wrong place"
    assert opened.past[1].changes == ("Where: was Hwy 12 pullout, now Main St",)


def test_records_are_found_by_words_and_days(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    cit_contact(car, 3)
    cit_contact(car, 40)
    office = open_office(car)
    choose(office, qtbot, "cit_contact")
    records = office.page.records
    qtbot.waitUntil(lambda: records.table.paged.rowCount() == 2)
    records._since.setFocus()
    office.keys("t-7")
    qtbot.waitUntil(lambda: records.table.paged.rowCount() == 1)


def test_records_tell_the_person_first_and_not_the_form_on_every_line(
    open_office: OpenOffice, car: Desk, qtbot: QtBot
) -> None:
    person(car, LAW, "Lund", "Randy", "1980-02-03")
    cit_contact(car, 3)
    office = open_office(car)
    table = office.page.records.table
    choose(office, qtbot, "cit_contact")
    qtbot.waitUntil(lambda: table.paged.rowCount() == 1)
    contact = table.paged.row(0)
    assert contact is not None
    assert contact.cells[0].text != "CIT contact"
    assert table.isColumnHidden(3) is not bool(contact.cells[3].text)
    choose(office, qtbot, "person_law")
    qtbot.waitUntil(lambda: table.paged.row(0) not in (None, contact))
    row = table.paged.row(0)
    assert row is not None
    assert row.cells[0].text == "Lund, Randy"
