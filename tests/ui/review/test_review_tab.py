"""Review by keys: a referral two computers changed, chosen side by side, ended everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.journal.entry import DELETED
from leadapp.services.desk import Desk
from leadapp.services.kept import RecordQuery
from leadapp.ui.kit.option import RadioLine
from leadapp.ui.review.columns import Row
from leadapp.ui.review.tab import ReviewTab
from leadapp.ui.sync.page import SyncPage
from tests.services.made_county import REFER
from tests.services.test_comparing import change, exchange, key_of, referral
from tests.services.two_computers import Computer, settled


@pytest.fixture
def computers(tmp_path) -> tuple[Computer, Computer]:
    return settled(tmp_path)


@pytest.fixture
def desk(computers) -> Iterator[Desk]:
    """Return the office's desk, with one referral both computers changed."""
    office, law = computers
    record = referral(office, law)
    change(law, record, {"urgency": "same_day", "first_name": "Wrenna"}, minutes=1)
    change(office, record, {"urgency": "72_hours", "first_name": "Renn"}, minutes=2)
    exchange(office, law)
    with office.desk() as desk:
        yield desk


@pytest.fixture
def tab(desk, work, words, qtbot, on_screen) -> ReviewTab:
    tab = ReviewTab(desk, work, words)
    page = SyncPage([tab], None)
    page.resize(1100, 620)
    on_screen(page)
    tab.reload()
    qtbot.waitUntil(lambda: tab.sheet is not None)
    return tab


def press(key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def only(desk: Desk):
    (line,) = (
        one for one in desk.reader.records(RecordQuery(rings=(REFER,))) if one.kind == "referral"
    )
    stored = desk.reader.record(REFER, line.record)
    assert stored is not None
    return stored


def test_both_values_are_shown_with_who_and_what_stood_before(tab) -> None:
    assert tab.sheet is not None
    heads = [tab.opened.heads[n].title for n in range(2)]
    assert heads == ["This computer", "Computer of Dan Halvorsen"]
    by_label = {one.label: one for one in tab.opened.differing}
    assert by_label["Urgency"].before == "Routine"
    assert [one.words for one in by_label["Urgency"].options] == ["72 hours", "Same day"]
    assert by_label["First name"].both == "Renn; Wrenna"
    assert tab.count == 1


def test_keys_choose_and_save_ends_it(tab, desk, qtbot) -> None:
    tab.table.setFocus()
    press(Qt.Key.Key_Return)
    chosen = tab.sheet.choices()
    assert set(chosen.values()) == {"72_hours", "Renn"}
    press(Qt.Key.Key_2)
    assert set(tab.sheet.choices().values()) == {"same_day", "Wrenna"}
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 0)
    stored = only(desk)
    assert not stored.conflicts
    assert stored.answers[key_of(desk, "urgency")] == "same_day"
    assert stored.answers[key_of(desk, "first_name")] == "Wrenna"
    assert stored.about["_reason"]


def test_both_texts_can_be_kept(tab, desk, qtbot) -> None:
    name = next(row for row in tab.sheet.rows if row.differing.both)
    name.radios[-1].click()
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 0)
    assert only(desk).answers[key_of(desk, "first_name")] == "Renn; Wrenna"


def test_a_void_against_an_edit_can_end_in_the_void(computers, work, words, qtbot, on_screen):
    office, law = computers
    record = referral(office, law)
    change(law, record, {DELETED: "1"}, minutes=1)
    change(office, record, {"urgency": "72_hours"}, minutes=2)
    exchange(office, law)
    with office.desk() as desk:
        tab = ReviewTab(desk, work, words)
        on_screen(SyncPage([tab], None))
        tab.reload()
        qtbot.waitUntil(lambda: tab.sheet is not None)
        assert tab.sheet is not None
        (row,) = tab.sheet.rows
        assert [radio.text() for radio in row.radios] == ["Keep it", "Void it"]
        row.radios[1].click()
        tab.main_action()
        qtbot.waitUntil(lambda: tab.count == 0)
        stored = desk.reader.record(REFER, record)
        assert stored is not None
        assert stored.voided


def are_under_one_another(row: Row) -> bool:
    places = [radio.pos().y() for radio in row.radios]
    return places == sorted(set(places))


def test_where_columns_have_no_room_the_options_stand_one_under_the_other(tab, qtbot) -> None:
    columns = tab.sheet.columns
    assert not columns.narrow
    tab.window().resize(760, 500)
    qtbot.waitUntil(lambda: columns.narrow is True)
    for row in tab.sheet.rows:
        qtbot.waitUntil(lambda row=row: are_under_one_another(row))
        assert all(who.isVisible() for who in row.who)
        assert all(radio.geometry().right() <= columns.width() for radio in row.radios)
    tab.sheet.rows[0].radios[1].click()
    tab.window().resize(1100, 500)
    qtbot.waitUntil(lambda: columns.narrow is False)
    assert tab.sheet.rows[0].radios[1].isChecked()
    assert not any(who.isVisible() for row in tab.sheet.rows for who in row.who)


def test_the_strip_says_what_waits_and_the_pane_which_of_how_many(tab) -> None:
    assert tab.says == "1 record was changed on two computers."
    assert not tab.pane.place.isVisible()  # one of one needs no words


def test_digits_choose_from_the_list_too(tab, qtbot) -> None:
    tab.start()
    assert tab.table.hasFocus()
    press(Qt.Key.Key_1)
    assert set(tab.sheet.choices().values()) == {"72_hours", "Renn"}
    press(Qt.Key.Key_2)
    assert set(tab.sheet.choices().values()) == {"same_day", "Wrenna"}
    tab.foot.save.setFocus()
    press(Qt.Key.Key_1)
    assert set(tab.sheet.choices().values()) == {"72_hours", "Renn"}


def test_tab_goes_from_the_list_over_the_chosen_answers_to_the_buttons(tab) -> None:
    tab.table.setFocus()
    chosen = [radio for row in tab.sheet.rows for radio in row.radios if radio.isChecked()]
    seen: list[QWidget | None] = []
    while tab.foot.save not in seen and len(seen) < 12:
        press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert [one for one in seen if isinstance(one, RadioLine)] == chosen
    assert tab.foot.save in seen


def test_nothing_is_said_before_it_was_looked(desk, work, words, qtbot, on_screen) -> None:
    tab = ReviewTab(desk, work, words)
    on_screen(SyncPage([tab], None))
    assert not tab._empty.isVisible()
    tab.reload()
    qtbot.waitUntil(lambda: tab.sheet is not None)
    assert not tab._empty.isVisible()
