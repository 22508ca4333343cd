"""Who may be the same person, judged by keys: in the tab, and in the running window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leadapp.core.ids import RecordId
from leadapp.services import same_people, verdicts
from leadapp.services.desk import Desk
from leadapp.ui.kit.button import Button
from leadapp.ui.people.page import PeoplePage
from leadapp.ui.people.person_page import PersonPage
from leadapp.ui.review.tab import ReviewTab
from leadapp.ui.sync.page import SyncPage
from tests.services import made_county as county
from tests.services.made_county import CARE
from tests.ui.sync.conftest import Open, computers, open_at  # noqa: F401 - fixtures


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path / "here")
    yield desk
    desk.close()


def twice(desk: Desk) -> dict[str, RecordId]:
    """Add two people who are each recorded twice."""
    found = {
        name: county.person(desk, CARE, last, first, born, phone=phone)
        for name, last, first, born, phone in (
            ("Terri-Lynn", "Osgood", "Terri-Lynn", "1989-03-14", ""),
            ("Terri", "Osgood", "Terri Lynn", "1989-03-14", "406-555-0142"),
            ("Randy", "Lund", "Randy", "1990-05-19", ""),
            ("Randolph", "Lund", "Randolph", "1990-05-19", ""),
        )
    }
    county.note(desk, found["Terri"], 5, "Checked in")
    return found


@pytest.fixture
def tab(desk, work, words, qtbot, on_screen) -> ReviewTab:
    twice(desk)
    tab = ReviewTab(desk, work, words)
    page = SyncPage([tab], None)
    page.resize(1100, 620)
    on_screen(page)
    tab.reload()
    qtbot.waitUntil(lambda: tab.pair_sheet is not None)
    return tab


def press(key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_the_best_pair_comes_first_with_what_differs_before_what_does_not(tab: ReviewTab) -> None:
    assert tab.count == 2
    assert tab.twins is not None
    assert tab.pane.title.text() == "Are these one person?"
    assert tab.pane.facts.text() == "Same last name, same first name, same birth date"
    assert tab.save.text() == "The same person"
    assert [row.band for row in (tab.table.paged.row(n) for n in range(3)) if row] == [
        True, False, False,
    ]  # fmt: skip


def test_each_look_is_logged_for_both_once(tab: ReviewTab, desk: Desk) -> None:
    assert tab.twins is not None
    pair = tab.twins.pair
    seen = [one.record for one in desk.reader.accesses(CARE) if one.act == "view"]
    assert sorted(seen) == sorted((pair.one, pair.other))


def test_keys_judge_one_pair_after_the_other_and_undo_brings_one_back(tab, desk, qtbot) -> None:
    undone: list[Callable[[], None]] = []
    tab.done.connect(lambda _words, undo: undone.append(undo))
    tab.table.setFocus()
    first = tab.twins.pair
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.count == 1 and tab.twins is not None)
    second = tab.twins.pair
    assert second != first
    tab.main_action()
    qtbot.waitUntil(lambda: tab.count == 0)
    assert not tab.save.isVisible()
    said = {frozenset((one.one, one.other)): one.verdict for one in verdicts.judged(desk)}
    assert said == {
        frozenset((first.one, first.other)): "different",
        frozenset((second.one, second.other)): "same",
    }
    undone[-1]()
    qtbot.waitUntil(lambda: tab.count == 1 and tab.twins is not None)
    assert tab.twins.pair == second


def test_the_keys_are_heard_at_the_buttons_too(tab, qtbot) -> None:
    tab.foot.apart.setFocus()
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.count == 1)


def test_skip_goes_to_the_next_and_says_nothing(tab, desk, qtbot) -> None:
    first = tab.twins.key
    assert tab.leave()
    qtbot.waitUntil(lambda: tab.twins is not None and tab.twins.key != first)
    assert verdicts.judged(desk) == []


def settle(qtbot, work) -> None:
    qtbot.waitUntil(lambda: not work._under_way, timeout=10_000)


def names(page: PeoplePage) -> list[str]:
    model = page.table.paged
    return [row.cells[0].text for at in range(model.rowCount()) if (row := model.row(at))]


def test_the_list_shows_the_person_once_and_either_name_finds_them(desk, work, qtbot) -> None:
    people = twice(desk)
    same_people.say(desk, people["Terri-Lynn"], people["Terri"], "same")
    page = PeoplePage(desk, work)
    qtbot.addWidget(page)
    page.resize(1170, 606)
    page.show()
    page.on_shown()
    settle(qtbot, work)
    assert page.said.text() == "3 people"
    assert sum("also Osgood" in name for name in names(page)) == 1
    page.search.setText("terri")
    settle(qtbot, work)
    assert len(names(page)) == 1


def test_the_page_shows_both_records_and_takes_them_apart(desk, work, words, qtbot) -> None:
    people = twice(desk)
    one, other = sorted((people["Terri-Lynn"], people["Terri"]))
    same_people.say(desk, one, other, "same")
    page = PersonPage(desk, work, words, CARE, other)
    undone: list[Callable[[], None]] = []
    page.done.connect(lambda _words, undo: undone.append(undo))
    qtbot.addWidget(page)
    page.resize(1170, 606)
    page.show()
    page.on_shown()
    settle(qtbot, work)
    assert page.record == one
    assert page.timeline.model().rowCount() == 1
    seen = {line.record for line in desk.reader.accesses(CARE) if line.act == "view"}
    assert seen == {one, other}
    buttons = [one for card in page._cards for one in card.findChildren(Button)]
    next(one for one in buttons if one.accessibleName().startswith("Take apart")).click()
    settle(qtbot, work)
    assert not verdicts.joined(desk)
    undone[-1]()
    settle(qtbot, work)
    assert verdicts.joined(desk).everyone(one) == (one, other)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_in_the_window_by_keys_alone(computers, open_at: Open) -> None:  # noqa: F811 - fixtures
    office, _law = computers
    with office.desk() as desk:
        twice(desk)
    seat = open_at(office)
    seat.unlock()
    seat.key(Qt.Key.Key_R, CTRL | SHIFT)
    seat.settle()
    seat.until(lambda: seat.sees("Are these one person?"), "no pair in view")
    assert seat.sees("Same last name, same first name, same birth date")
    seat.key(Qt.Key.Key_S, CTRL)
    seat.settle()
    assert seat.app.shell.toast.words.startswith("One person: Osgood")
    seat.until(lambda: seat.sees("Lund, Randy"), "the next pair is not in view")
    seat.key(Qt.Key.Key_Z, CTRL)
    seat.settle()
    (tab,) = seat.app.shell.findChildren(ReviewTab)
    assert tab.count == 2
