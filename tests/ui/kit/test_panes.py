"""The side pane is never lost: it is a column, or a drawer that opens by key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.ui.kit.line import Line
from leadapp.ui.kit.panes import Panes

OnScreen = Callable[[QWidget], None]


def with_line() -> tuple[QWidget, Line]:
    pane, line = QWidget(), Line()
    QVBoxLayout(pane).addWidget(line)
    return pane, line


def test_a_side_becomes_a_drawer_and_a_column_again(on_screen: OnScreen) -> None:
    main, _ = with_line()
    side, line = with_line()
    panes = Panes(main, side, name="Stock", side_width=300, below=900)
    panes.resize(1000, 400)
    on_screen(panes)
    assert line.isVisible()
    assert not panes.opener.isVisible()
    panes.resize(760, 400)
    assert not line.isVisible()
    assert panes.opener.accessibleName() == "Show: Stock"
    panes.resize(1000, 400)
    assert line.isVisible()


def test_the_drawer_opens_for_f6_and_escape_gives_the_focus_back(on_screen: OnScreen) -> None:
    main, _ = with_line()
    side, line = with_line()
    panes = Panes(main, side, name="Stock", side_width=300, below=900)
    panes.resize(760, 400)
    on_screen(panes)
    panes.enter_side()
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert panes.opener.hasFocus()
