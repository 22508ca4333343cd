"""Review by keys: a referral two computers changed, chosen side by side, ended everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leadapp.journal.entry import DELETED
from leadapp.services.desk import Desk
from leadapp.services.kept import RecordQuery
from leadapp.ui.review.tab import ReviewTab
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
    tab.resize(1100, 560)
    on_screen(tab)
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
        on_screen(tab)
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
