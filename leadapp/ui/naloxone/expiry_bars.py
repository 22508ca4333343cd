"""Draws how much of its 24 months a lot has left, beside its last day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from leadapp.ui.kit.cells import Row
from leadapp.ui.kit.drawing import draw_box
from leadapp.ui.kit.paged_model import ROW_ROLE
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.table_delegate import TableDelegate
from leadapp.ui.theme import theme

_BAR, _GAP = 64, 10


class ExpiryBars(QStyledItemDelegate):
    """Draws the cell as the table does, moved right, then the bar; the words say the same."""

    def __init__(self, table: Table, share: Callable[[str], tuple[float, bool]]) -> None:
        super().__init__(table)
        self._plain = table.itemDelegate()
        self._share = share
        """How full the bar of a row's key is, and whether it warns."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell."""
        look, whole = theme(), QRectF(option.rect)
        self._draw_ground(painter, option, index)
        moved = QStyleOptionViewItem(option)
        moved.rect = option.rect.adjusted(look.px(_BAR + _GAP), 0, 0, 0)
        self._plain.paint(painter, moved, index)
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        full, warns = self._share(row.key)
        height = look.px(5)
        top = round(whole.center().y() - height / 2)
        groove = QRectF(whole.x() + look.px(10), top, look.px(_BAR), height)
        painter.save()
        painter.setClipRect(whole)
        draw_box(painter, groove, fill="neutral_bg", radius=look.px(2))
        if full > 0:
            groove.setWidth(max(height, groove.width() * min(full, 1.0)))
            draw_box(painter, groove, fill="warn_icon" if warns else "chart1", radius=look.px(2))
        painter.restore()

    def _draw_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw what the table draws under a cell, where its words have made room."""
        whole = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = isinstance(self._plain, TableDelegate) and self._plain.hovered == index.row()
        fill = "row_sel" if selected else "row_hover" if hovered else "surface"
        draw_box(painter, whole, fill=fill, radius=0)
        line = QRectF(whole.x(), whole.bottom() - 1, whole.width(), 1)
        painter.fillRect(line, theme().colour("line"))
