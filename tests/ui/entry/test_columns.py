"""Cards one under the other share their columns, whatever stands in them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leadapp.ui.entry.grid import Grid
from leadapp.ui.entry.spans import Cell


class Quarter(QWidget):
    """Wants three of twelve columns."""

    def cell(self) -> Cell:
        return Cell(3)


def widths(qtbot: QtBot, count: int) -> list[int]:
    grid = Grid([Quarter() for _ in range(count)])
    qtbot.addWidget(grid)
    grid.resize(1084, 100)
    grid.show()
    grid.relay()
    qtbot.waitUntil(lambda: grid.cells[0].width() > 100)
    return [cell.width() for cell in grid.cells]


def test_a_row_that_is_not_full_has_the_columns_of_one_that_is(qtbot: QtBot) -> None:
    full = widths(qtbot, 4)
    assert widths(qtbot, 2) == full[:2]
    assert widths(qtbot, 3) == full[:3]
