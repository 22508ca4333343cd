"""Naloxone by keys: what is where, the ledger, recording, counting, a recall, a scanner."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import today
from leadapp.naloxone.codes import Scanned
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerQuery
from leadapp.staff.roles import Role
from leadapp.ui.naloxone.papers import papers
from leadapp.ui.work import Work
from tests.naloxone.cartons import carton_code
from tests.services import made_county as county
from tests.ui.naloxone.counter import Counter, Shelves, held, lot, opened, receive

KEEPER = frozenset({Role.STOCK_MANAGER})


def test_stock_is_listed_soonest_expiry_first_with_what_to_look_after(counter: Counter) -> None:
    assert [row[:1] + row[3:] for row in counter.rows()] == [
        ["NX4102", "Office cabinet", "5", "10", "Use first"],
        ["NX4390", "Office cabinet", "12", "24", ""],
        ["NX4390", "Unit 9", "2", "4", "Below 8"],
    ]


def test_figures_say_their_numbers_and_open_the_lines_behind_them(counter: Counter) -> None:
    assert counter.figures() == [
        "Kits on hand, 19, 38 doses",
        "Expire in 60 days, 10, doses in 1 lot",
        "Below minimum, 1, of 3 places",
        "Over-issued, 0, no shelf",
    ]
    counter.qtbot.keyClick(counter.page.figures[1], Qt.Key.Key_Space)
    assert [row[0] for row in counter.rows()] == ["NX4102"]
    counter.qtbot.keyClick(counter.page.figures[2], Qt.Key.Key_Space)
    assert [row[0] for row in counter.rows()] == ["Unit 9"]


def test_a_move_is_recorded_by_keys_with_the_first_expiring_lot(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    page = counter.page
    page.new_thing()
    kinds = QApplication.focusWidget()
    assert kinds is not None
    QTest.keyClicks(kinds, "5")
    page.panel.from_place.set_value(shelves.cabinet)
    page.panel._from_changed()
    counter.settle()
    chosen = page.panel.lot.lot()
    assert chosen is not None
    assert chosen.lot_number == "NX4102"
    page.panel.to_place.set_value(shelves.empty)
    page.panel.kits.setFocus()
    page.panel.kits.selectAll()
    QTest.keyClicks(page.panel.kits, "2")
    counter.settle()
    assert page.panel.line.text() == "Office cabinet will have 3 kits of this lot"
    counter.save()
    assert counter.toasts == ["Recorded: Moved"]
    assert held(office)[shelves.soon, shelves.empty] == 4
    assert counter.ledger()[0][1:6] == [
        "Moved", "NX4102", "Office cabinet \N{RIGHTWARDS ARROW} Unit 14", "0", "10",
    ]  # fmt: skip


def test_a_hand_out_the_books_cannot_cover_is_recorded_and_flagged(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    panel = counter.page.panel
    panel.start("left_behind", shelves.late, shelves.car)
    panel.kits.selectAll()
    QTest.keyClicks(panel.kits, "3")
    panel.giver.set_value("deputy")
    panel.recipient.set_value("family")
    panel.shown.set_value("yes")
    panel._settle()
    counter.settle()
    assert panel.line.text() == (
        "The books of Unit 9 will be 1 kit short. It is recorded and flagged."
    )
    counter.save()
    assert held(office)[shelves.late, shelves.car] == -2
    assert counter.ledger()[0][6] == "Short"
    assert "Over-issued, 1, shelf" in counter.figures()
    assert any(row[6] == "Over-issued" for row in counter.rows())


def test_a_desk_movement_the_books_cannot_cover_is_refused_and_stays_typed(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    panel = counter.page.panel
    panel.start("donated", shelves.late, shelves.car)
    panel.kits.selectAll()
    QTest.keyClicks(panel.kits, "9")
    counter.settle()
    counter.save()
    assert held(office)[shelves.late, shelves.car] == 4
    assert "too few" in panel._against_words.text()
    assert panel.kits.text() == "9"


def test_what_is_missing_is_said_at_its_question(counter: Counter) -> None:
    panel = counter.page.panel
    panel._set_move("lost")
    counter.save()
    assert panel.fields["reason"].error == "Choose the reason"
    assert panel.fields["approver"].error == "Choose who else saw it"
    assert counter.toasts == []


def test_a_line_is_taken_back_by_delete_and_stays_in_the_ledger(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    before = stock.ledger_count(office, LedgerQuery())
    counter.page.ledger.table.setFocus()
    QTest.keyClick(counter.page.ledger.table, Qt.Key.Key_Delete)
    counter.settle()
    assert "A correcting line was added." in counter.toasts[0]
    assert stock.ledger_count(office, LedgerQuery()) == before + 1
    assert sum(row[6] == "Corrected" for row in counter.ledger()) == 1


def test_recording_twice_in_a_breath_records_once_and_undo_takes_it_back(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    before = stock.ledger_count(office, LedgerQuery())
    counter.page.panel.start("training", shelves.late, shelves.cabinet)
    counter.settle()
    counter.page.main_action()
    counter.page.main_action()
    counter.settle()
    assert stock.ledger_count(office, LedgerQuery()) == before + 1
    assert held(office)[shelves.late, shelves.cabinet] == 22
    counter.undo[0]()
    counter.settle()
    assert stock.ledger_count(office, LedgerQuery()) == before + 2
    assert held(office)[shelves.late, shelves.cabinet] == 24


def test_an_inspection_starts_its_form_with_place_and_lot(
    counter: Counter, shelves: Shelves
) -> None:
    page = counter.page
    with counter.qtbot.waitSignal(page.form_wanted) as asked:
        page.middle.inspect(shelves.soon, shelves.cabinet)
    assert asked.args == ["kit_inspection", {"place": shelves.cabinet, "lot": shelves.soon}]
    assert counter.desk.shelf.knows("kit_inspection")


def test_expired_stock_is_issued_only_with_a_reason_on_record(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    old = lot(office, "OLD1", -5)
    receive(office, old, shelves.cabinet, 4)
    counter.page.on_shown()
    counter.settle()
    panel = counter.page.panel
    panel.start("issued", old, shelves.cabinet)
    panel.to_place.set_value(shelves.empty)
    panel._settle()
    counter.settle()
    assert panel.fields["override"].isVisible()
    counter.save()
    assert (old, shelves.empty) not in held(office)
    panel.override.set_value("nothing_else")
    counter.save()
    assert held(office)[old, shelves.empty] == 2
    assert counter.ledger()[0][6] == "Override"


def scan(box: QWidget, code: str) -> None:
    """Type as a scanner does: the field end as Ctrl+], Enter last."""
    for letter in code:
        if letter == "\x1d":
            QTest.keyClick(box, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClicks(box, letter)
    QTest.keyClick(box, Qt.Key.Key_Return)


def test_a_scanned_carton_chooses_its_lot(counter: Counter, shelves: Shelves) -> None:
    panel = counter.page.panel
    panel.lot.setFocus()
    scan(panel.lot, carton_code(Scanned("00312345678906", "NX4390", county.day(-500), "S77")))
    counter.settle()
    chosen = panel.lot.lot()
    assert chosen is not None
    assert chosen.lot == shelves.late


def test_a_scanned_carton_that_is_not_on_the_books_fills_a_new_lot(
    counter: Counter, office: Desk
) -> None:
    page = counter.page
    page.panel._set_move("received")
    page.panel.lot.setFocus()
    scan(page.panel.lot, carton_code(Scanned("00312345678906", "ZZ1", "2028-08-31", "S77")))
    assert page.new_lot.number.text() == "ZZ1"
    assert page.new_lot.expiry.text() == "8/31/2028"
    page.new_lot.funding.set_value("sor")
    counter.save()
    assert any(one.lot_number == "ZZ1" for one in stock.view(office).lots)
    chosen = page.panel.lot.lot()
    assert chosen is not None
    assert chosen.lot_number == "ZZ1"


def test_a_count_shows_differences_as_typed_and_wants_a_second_person(
    counter: Counter, shelves: Shelves
) -> None:
    page = counter.page
    page.start_count(shelves.cabinet)
    counter.settle()
    first = page.count._lines[shelves.soon]
    assert first.kits.hasFocus()
    QTest.keyClicks(first.kits, "4")
    QTest.keyClick(first.kits, Qt.Key.Key_Return)
    assert first.loose.hasFocus()
    QTest.keyClicks(first.loose, "1")
    assert first.said.accessibleName() == "1 dose fewer"
    counter.save()
    assert page.count.second.fields["approver"].error == "Choose who else saw it"


def test_a_count_without_differences_is_recorded_by_one(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    before = held(office)
    counter.page.start_count(shelves.cabinet)
    counter.settle()
    for line, kits in ((shelves.soon, "5"), (shelves.late, "12")):
        QTest.keyClicks(counter.page.count._lines[line].kits, kits)
    counter.save()
    assert counter.toasts == ["The count was recorded"]
    assert held(office) == before


def test_an_extension_keeps_both_days(counter: Counter, shelves: Shelves, office: Desk) -> None:
    page = counter.page
    page._start_extend(shelves.soon)
    later = county.day(-400)
    year, month, day = later.split("-")
    QTest.keyClicks(page.extend.expiry, f"{int(month)}/{int(day)}/{year}")
    QTest.keyClicks(page.extend.notice, "Letter 7")
    QTest.keyClicks(page.extend.notice_day, "t")
    counter.save()
    line = next(one for one in stock.view(office).lots if one.lot == shelves.soon)
    assert (line.expiry, line.extended_from) == (later, county.day(-40))


def test_a_recall_says_who_had_the_lot(counter: Counter, shelves: Shelves) -> None:
    page = counter.page
    page.start_recall(shelves.late)
    counter.settle()
    assert page.recall.card.title.text() == "Who had lot NX4390"
    assert page.recall.held.paged.rowCount() == 2
    assert "28 doses on our shelves" in page.recall.summary.text()
    assert page.leave()
    assert page.middle.task is None


def test_the_menu_of_a_line_opens_by_keys(counter: Counter) -> None:
    page = counter.page
    page.stock.lots.setFocus()
    QTest.keyClick(page.stock.actions_button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in menu.actions()]
    menu.close()
    assert "Recall: who had this lot" in words
    assert "Change expiry by a notice" in words


def test_papers_follow_what_is_chosen(counter: Counter) -> None:
    found = papers(counter.desk, counter.page._chosen(), today(counter.desk.clock))
    words = [one.words for one in found]
    assert "Count sheet, Office cabinet" in words
    assert "5 labels, lot NX4102" in words
    assert "Reconciliation, October 2026" in words
    assert "Standing-order register" in words
    assert "Naloxone report, October 2026" in words
    assert "Blank form: naloxone given" in words
    assert all(one.make().pdf.startswith(b"%PDF") for one in found)


def test_every_control_has_a_name_and_none_asks_for_a_person(counter: Counter) -> None:
    page = counter.page
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisibleTo(page)
        and not one.accessibleName()
    ]
    assert nameless == []
    texts = [one for one in page.findChildren(QLineEdit) if type(one) is not QLineEdit]
    names = {one.accessibleName() for one in texts}
    assert not {name for name in names if "name" in name.casefold()}
    assert not page.findChildren(QPlainTextEdit)


def test_on_a_narrow_window_the_panel_is_a_drawer(
    qtbot: QtBot, work: Work, office: Desk, shelves: Shelves
) -> None:
    counter = opened(qtbot, work, office, width=911)
    page = counter.page
    assert not page.drawer.docked
    assert not page.drawer.is_open
    page.new_thing()
    assert page.drawer.is_open
    assert page.leave()
    assert not page.drawer.is_open


def test_who_only_carries_kits_is_offered_what_they_may_write(
    tmp_path: Path, qtbot: QtBot, work: Work
) -> None:
    desk = county.new_desk(tmp_path, law=True)
    try:
        counter = opened(qtbot, work, desk)
        page = counter.page
        shown = [one.text() for one in page.panel.what.buttons]
        assert shown == ["Given out", "Left behind", "Used", "Moved", "Other"]
        assert not page.count_button.isVisibleTo(page)
    finally:
        desk.close()
