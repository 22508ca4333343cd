"""Summary, sections, repeat rows, toast, save state, filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.error_summary import ErrorSummary, ToFix
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.keycap import key_words
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.repeat_table import RepeatColumn, RepeatTable
from leadapp.ui.kit.save_state import SaveState
from leadapp.ui.kit.section_list import Section, SectionList
from leadapp.ui.kit.toast import Toast

PROBLEMS = [
    ToFix("moved", "Date moved in", "Enter a date"),
    ToFix("pay", "Income", "Enter a number"),
]

OnScreen = Callable[[QWidget], None]


def test_the_summary_counts_repeats_the_words_and_goes_round(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    summary = ErrorSummary()
    on_screen(summary)
    heard: list[str] = []
    summary.chosen.connect(heard.append)
    summary.show_problems(PROBLEMS)
    assert summary.accessibleName() == "2 answers to fix"
    for step in (1, 1, 1, -1):
        summary.next_problem(step)
    assert heard == ["moved", "pay", "moved", "pay"]
    summary.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Date moved in. Enter a date"
    summary.show_problems([])
    assert summary.isHidden()


def test_sections_say_what_is_protected_and_move_by_arrows(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    sections = SectionList()
    on_screen(sections)
    sections.show_sections(
        [Section("a", "Person", "Complete", "done"), Section("b", "Use", "0 of 7", protected=True)],
        here="a",
        done=3,
        all_=10,
    )
    heard: list[str] = []
    sections.chosen.connect(heard.append)
    assert sections._lines[1].accessibleDescription() == "Protected, 0 of 7"
    sections._lines[0].setFocus()
    QTest.keyClick(sections._lines[0], Qt.Key.Key_Down)
    assert heard == ["b"]


def test_repeat_rows_are_wished_for_by_keys_and_focus_follows(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    keys = ["1"]
    made = RepeatTable("Household", [RepeatColumn("Name", lambda _key: Line())])
    on_screen(made)

    def add() -> None:
        keys.append(str(len(keys) + 1))
        made.show_rows(keys)

    def remove(key: str) -> None:
        keys.remove(key)
        made.show_rows(keys)

    made.add_wanted.connect(add)
    made.remove_wanted.connect(remove)
    made.show_rows(keys)
    made.control("1", 0).setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(made.control("1", 0), Qt.Key.Key_R, control)
    assert made.control("2", 0).hasFocus()
    assert made.aside.text() == "2 rows"
    QTest.keyClick(made.control("2", 0), Qt.Key.Key_Delete, control)
    assert keys == ["1"]
    assert made.control("1", 0).hasFocus()
    assert made.control("1", 0).accessibleName() == "Name, row 1"


def test_a_toast_undoes_once_and_never_takes_the_focus(on_screen: OnScreen, qtbot: QtBot) -> None:
    over = QWidget()
    line = Line(parent=over)
    on_screen(over)
    line.setFocus()
    toast = Toast(over)
    undone: list[str] = []
    toast.say("Row removed", undo=lambda: undone.append("row"))
    assert toast.isVisible()
    assert line.hasFocus()
    assert toast.undo()
    assert not toast.undo()
    assert undone == ["row"]
    assert not toast.isVisible()


def test_saving_is_said_only_when_it_takes_a_while(qtbot: QtBot) -> None:
    state = SaveState()
    qtbot.addWidget(state)
    state.saving()
    assert state.words == ""
    state.saved("2:41 pm")
    assert state.words == "Saved 2:41 pm"
    state.saving()
    qtbot.waitUntil(lambda: state.words == "Saving")
    state.not_saved("Disk is full.")
    assert state.words == "Not saved. Disk is full."


def test_a_filter_is_put_on_by_arrows_and_stays_when_counts_change(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    pills = Pills([Filter("all", "All", 3), Filter("mine", "Mine", 1)])
    on_screen(pills)
    heard: list[str] = []
    pills.changed.connect(heard.append)
    pills._pills[0].setFocus()
    QTest.keyClick(pills._pills[0], Qt.Key.Key_Right)
    assert heard == ["mine"]
    pills.set_filters([Filter("all", "All", 9), Filter("mine", "Mine", 4), Filter("x", "Other")])
    assert pills.value() == "mine"


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    action = QAction("Print report")
    action.setShortcut("Ctrl+P")
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(True))
    button = Button.for_action(action, icon="printer")
    qtbot.addWidget(button)
    button.click()
    action.setEnabled(False)
    action.setText("Print list")
    assert done == [True]
    assert not button.isEnabled()
    assert button.accessibleName() == "Print list"


def test_what_has_no_words_still_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("trash-2", "Remove row", key="Ctrl+Delete")
    badge = Badge("Part 2", tone="part2", icon="shield")
    for widget in (button, badge):
        qtbot.addWidget(widget)
    assert button.accessibleName() == "Remove row"
    assert badge.accessibleName() == "Part 2"
    assert button.sizeHint().width() >= 24


def test_keys_are_written_as_people_know_them() -> None:
    assert key_words("Ctrl+PgDown") == "Ctrl+PgDn"
    assert key_words("Ctrl+Del") == "Ctrl+Delete"
