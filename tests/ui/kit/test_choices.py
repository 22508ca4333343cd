"""Choice groups work by keys alone, are one tab stop, and say what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice, choice_for_key
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.segments import Segments, yes_no

OnScreen = Callable[[QWidget], None]
PLACES = [
    Choice("a", "Alder"),
    Choice("b", "Birch"),
    Choice("bl", "Blackfoot"),
    Choice("c", "Cedar"),
]


def shown(on_screen: OnScreen, *widgets: QWidget) -> None:
    """Show widgets between two lines, with the focus in the first line."""
    window = QWidget()
    column = QVBoxLayout(window)
    first, last = Line(), Line()
    first.setObjectName("first")
    last.setObjectName("last")
    for widget in (first, *widgets, last):
        column.addWidget(widget)
    on_screen(window)
    first.setFocus()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_digit_or_a_letter_means_a_choice() -> None:
    assert choice_for_key(PLACES, "1", None) == 0
    assert choice_for_key(PLACES, "9", None) is None
    assert choice_for_key(PLACES, "B", None) == 1
    assert choice_for_key(PLACES, "b", 1) == 2
    assert choice_for_key(PLACES, "b", 2) == 1
    assert choice_for_key(PLACES, "z", None) is None


@pytest.mark.parametrize("make", [Segments, Radios])
def test_a_group_is_chosen_from_and_cleared_by_keys(
    on_screen: OnScreen, make: Callable[[list[Choice]], OneOf], qtbot: QtBot
) -> None:
    group = make(PLACES)
    shown(on_screen, group)
    heard: list[str | None] = []
    group.changed.connect(heard.append)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_C)
    QTest.keyClick(focused(), Qt.Key.Key_1)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert heard == ["c", "a", "b", None]
    assert group.value() is None


def test_a_group_is_one_tab_stop_and_tab_lands_on_the_chosen(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    group = Segments(PLACES)
    group.set_value("bl")
    shown(on_screen, group)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is group.buttons[2]
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "last"


def test_choosing_by_program_is_not_reported(qtbot: QtBot) -> None:
    group = Segments(yes_no())
    qtbot.addWidget(group)
    with qtbot.assertNotEmitted(group.changed):
        group.set_value("yes")
        group.set_value(None)
        group.set_value("nothing of the kind")
    assert group.value() is None


def test_each_choice_is_named_and_described_by_its_question(qtbot: QtBot) -> None:
    group = Segments(yes_no(unknown=True))
    qtbot.addWidget(group)
    group.set_question("Weapon present?, needed", "Answer this")
    assert [button.accessibleName() for button in group.buttons] == ["Yes", "No", "Unknown"]
    assert group.buttons[0].accessibleDescription() == "Weapon present?, needed. Answer this"


def test_chips_move_by_arrows_and_tick_by_space_letters_and_digits(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    chips = Chips(PLACES)
    shown(on_screen, chips)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_C)
    assert chips.value() == ["a", "b", "c"]
    QTest.keyClick(focused(), Qt.Key.Key_1)
    assert chips.value() == ["b", "c"]
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "last"


def test_chips_tell_which_was_ticked_before_they_tell_all(qtbot: QtBot) -> None:
    chips = Chips(PLACES)
    qtbot.addWidget(chips)
    heard: list[object] = []
    chips.ticked.connect(lambda name, on: heard.append((name, on)))
    chips.changed.connect(heard.append)
    chips.chips[1].click()
    assert heard == [("b", True), ["b"]]


def test_a_combo_takes_what_is_typed_when_it_can_mean_one_thing(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    combo = Combo(PLACES)
    shown(on_screen, combo)
    line = combo.lineEdit()
    assert line is not None
    line.setFocus()
    heard: list[str | None] = []
    combo.changed.connect(heard.append)
    line.setText("ced")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert combo.value() == "c"
    line.setText("nowhere")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert combo.currentText() == "Cedar"
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["c", None]


def test_the_wheel_changes_no_combo(on_screen: OnScreen, qtbot: QtBot) -> None:
    combo = Combo(PLACES)
    combo.set_value("b")
    shown(on_screen, combo)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, wheel)
    assert combo.value() == "b"


def test_ctrl_and_a_page_key_change_no_combo(on_screen: OnScreen, qtbot: QtBot) -> None:
    combo = Combo(PLACES, filter_by_typing=False)
    combo.set_value("b")
    shown(on_screen, combo)
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert combo.value() == "b"
    QTest.keyClick(combo, Qt.Key.Key_PageDown)
    assert combo.value() != "b"
