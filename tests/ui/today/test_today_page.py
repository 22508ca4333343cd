"""Today by keys: what is due, the forms to start, the cards that have news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leadapp.services import filling, today
from leadapp.services.desk import Desk
from leadapp.ui.shell.shell import Shell
from leadapp.ui.today import due_rows
from leadapp.ui.today.cards import DraftRow, Figure
from leadapp.ui.today.page import TodayPage
from leadapp.ui.today.quick import add_quick_actions, quick_actions
from leadapp.ui.work import Work
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path / "office")
    yield desk
    desk.close()


@pytest.fixture
def car(tmp_path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path / "car", law=True)
    yield desk
    desk.close()


def shown(qtbot: QtBot, desk: Desk, work: Work) -> TodayPage:
    page = TodayPage(desk, work)
    qtbot.addWidget(page)
    page.resize(1170, 606)
    page.show()
    page.on_shown()
    settle(qtbot, work)
    return page


def settle(qtbot: QtBot, work: Work) -> None:
    if work._under_way:
        with qtbot.waitSignal(work.busy_changed, timeout=10_000, check_params_cb=lambda on: not on):
            pass


def words_of(page: TodayPage) -> list[str]:
    model = page.table.paged
    return [row.cells[0].text for at in range(model.rowCount()) if (row := model.row(at))]


def test_due_work_stands_in_groups_the_late_first(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, office, work)
    words = words_of(page)
    assert words[0] == "Overdue \N{MIDDLE DOT} 3"
    assert words[1] == "Meet after a referral"
    assert "Today \N{MIDDLE DOT} 1" in words
    assert page.aside == "3 overdue, 1 for today"


def test_enter_opens_the_person_of_what_is_due(qtbot, office, work):
    people = county.people_of_care(office)
    page = shown(qtbot, office, work)
    with qtbot.waitSignal(page.person_wanted) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["care", people["Osgood"]]


def test_a_referral_without_a_person_opens_as_a_record(qtbot, office, work):
    county.referral(office, "Whitcomb", "June", 9)
    page = shown(qtbot, office, work)
    with qtbot.waitSignal(page.record_wanted) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args[0] == "care"


def test_filters_narrow_by_arrow_keys(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, office, work)
    first = page.pills.focusProxy()
    assert first is not None
    first.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.pills.focusProxy(), Qt.Key.Key_Right)
    assert page.pills.value() == "consents"
    assert words_of(page)[1:] == ["Renew consent to share"]


def test_a_quiet_county_says_that_nothing_is_due(qtbot, office, work):
    page = shown(qtbot, office, work)
    assert page._empty.accessibleName() == "Nothing is due"


def test_an_unfinished_form_opens_by_enter(qtbot, office, work):
    people = county.people_of_care(office)
    begun = filling.begin(
        office, "contact_note", lookup=office.lookup("care"), prefill={"person": people["Lund"]}
    )
    filling.keep(office, filling.as_draft(office, begun))
    page = shown(qtbot, office, work)
    row = page.findChild(DraftRow)
    assert row is not None
    assert "answers so far" in row.accessibleName()
    with qtbot.waitSignal(page.draft_wanted) as asked:
        row.setFocus()
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert asked.args == [begun.draft]


def test_cards_tell_stock_backup_and_the_report(qtbot, office, work):
    county.people_of_care(office)
    county.shelf_stock(office)
    page = shown(qtbot, office, work)
    names = {card.accessibleName() for card in page._card_list}
    assert names == {"Report ready", "Naloxone", "This computer"}
    said = {label.text() for card in page._card_list for label in labels(card)}
    assert {"12", "lot expires in 60 days", "No backup yet"} <= said
    assert "Front desk cabinet is below 20 doses" in said


def test_print_report_asks_for_last_month(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, office, work)
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Print report")
    with qtbot.waitSignal(page.report_wanted) as asked:
        button.click()
    assert asked.args == ["2026-10", True]


def test_an_officer_sees_own_contacts_and_what_waits(qtbot, car, work):
    county.cit_contact(car, 2)
    county.cit_contact(car, 3)
    page = shown(qtbot, car, work)
    assert words_of(page)[0] == "To finish \N{MIDDLE DOT} 2"
    row = page.table.paged.row(1)
    assert row is not None
    assert "answers wait" in row.cells[2].text
    with qtbot.waitSignal(page.correction_wanted) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args[0] == "law-sheriff"


def test_an_officer_sees_whom_to_see_again_and_by_when(car):
    of = county.person(car, county.LAW, "Lund", "Randy")
    record = county.cit_contact(car, 20, person=of, follow_up_by="cit_officer")
    rows = due_rows.contact_rows(
        [replace(one, waiting=0) for one in today.my_contacts(car)], county.NOW.date()
    )
    assert rows[0].cells[0].text == "To follow up \N{MIDDLE DOT} 1"
    assert rows[1].key.endswith(record)
    assert rows[1].cells[1].sub == "Follow up by Mon Nov 9"
    assert rows[1].cells[1].sub_tone == "err"


def test_quick_actions_are_those_one_may_write(office, car):
    assert [one.form for one in quick_actions(office)] == [
        "lead_referral", "contact_note", "naloxone_given",
    ]  # fmt: skip
    assert [one.form for one in quick_actions(car) if one.primary] == ["cit_contact"]
    assert "contact_note" not in [one.form for one in quick_actions(car)]


def test_ctrl_3_starts_a_contact_note_from_anywhere(qtbot, office):
    shell = Shell()
    qtbot.addWidget(shell)
    started: list[str] = []
    for _ in range(2):  # a second unlock gives the keys anew
        add_quick_actions(shell.actions_, office, started.append)
    shell.actions_.get("quick_3").trigger()
    assert started == ["contact_note"]
    assert not shell.actions_.clashes()


def test_every_control_has_a_name(qtbot, office, work):
    county.people_of_care(office)
    county.shelf_stock(office)
    page = shown(qtbot, office, work)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def labels(card):
    from leadapp.ui.kit.label import Label

    return card.findChildren(Label)


def test_the_focus_starts_on_the_role_s_own_form(qtbot, office, work):
    page = shown(qtbot, office, work)
    focused = page.focusWidget()
    assert focused in page.buttons
    assert focused.accessibleName() == "Contact note"


def test_a_shelf_below_nothing_shows_a_true_minus(qtbot):
    figure = Figure(-4, "doses on hand")
    qtbot.addWidget(figure)
    assert figure.accessibleName() == "\N{MINUS SIGN}4 doses on hand"
