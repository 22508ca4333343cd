"""Marks the letters typed at the beginning of a name in the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from leadapp.core.text import fold
from leadapp.ui.kit.cells import Row
from leadapp.ui.kit.drawing import draw_box, draw_text
from leadapp.ui.kit.paged_model import ROW_ROLE
from leadapp.ui.kit.table import Table
from leadapp.ui.theme import theme

_PATROL = 44
"""From this height of a control on, tables are written one pixel larger."""


class MarkedNames(QStyledItemDelegate):
    """Draws the first column as the table does, then the mark and the letters upon it."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._plain = table.itemDelegate()
        self._table = table
        self.typed = ""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell."""
        self._plain.paint(painter, option, index)
        row = index.data(ROW_ROLE)
        letters = marked(row.cells[0].text, self.typed) if _is_person(row) else ""
        if not letters:
            return
        look = theme()
        larger = look.measures(self._table).control >= _PATROL
        font = look.font(look.tokens.type.label + larger, 600)
        rect = QRectF(option.rect)
        left = rect.x() + look.px(10)
        width = QFontMetrics(font).horizontalAdvance(letters)
        height = look.px(20)
        top = round(rect.center().y() - height / 2)
        painter.save()
        painter.setClipRect(rect)
        draw_box(painter, QRectF(left - 2, top, width + 3, height), fill="warn_bg", radius=2)
        area = QRectF(left, rect.y(), width + 4, rect.height())
        draw_text(painter, area, letters, tone="text", font=font)
        painter.restore()


def marked(name: str, typed: str) -> str:
    """Return the beginning of ``name`` that matches what was typed, in the name's letters."""
    wanted = fold(typed)
    if not wanted:
        return ""
    for at in range(1, len(name) + 1):
        if fold(name[:at]) == wanted:
            return name[:at]
    return ""


def _is_person(row: object) -> bool:
    return isinstance(row, Row) and not row.band and bool(row.cells)
