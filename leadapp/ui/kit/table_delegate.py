"""Draws table cells: two lines, badges, icons, ticks, bars, bands and hairlines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from leadapp.ui.kit.badge import badge_size, draw_badge
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.drawing import LEFT, RIGHT, draw_box, draw_check, draw_icon, draw_text
from leadapp.ui.kit.paged_model import CELL_ROLE, ROW_ROLE
from leadapp.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
BAND = 28


class TableDelegate(QStyledItemDelegate):
    """One for a whole table."""

    def __init__(self, table: QTableView, columns: tuple[Column, ...]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        row = index.data(ROW_ROLE)
        painter.save()
        # The ground reaches into the next cell: at 125 % and 150 % a seam would show between.
        ground = rect.adjusted(0, 0, 1, 0)
        if isinstance(row, Row) and row.band:
            painter.fillRect(ground, theme().colour("sunken"))
            self._hairline(painter, ground)
            painter.setClipRect(rect)
            self._draw_band(painter, rect, row)
        else:
            self._draw_ground(painter, ground, index, selected=selected)
            painter.setClipRect(rect)
            if isinstance(row, Row):
                self._draw_cell(painter, rect, index, row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the words, for double clicks on a column's edge."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + theme().px(28), size.height())

    def tick_rect(self, cell: QRectF) -> QRectF:
        """Return where the tick box of a first cell is."""
        side = theme().px(18)
        return QRectF(cell.x() + theme().px(10), round(cell.center().y() - side / 2), side, side)

    def _draw_band(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        # Each column draws its part of the words, which run over all of them.
        font = theme().font(theme().tokens.type.caption, 700)
        left = self._table.columnViewportPosition(0) + theme().px(10)
        width = self._table.horizontalHeader().length() - theme().px(20)
        words = row.cells[0]
        area = QRectF(left, rect.y(), width, rect.height())
        draw_text(painter, area, words.text, tone=words.tone, font=font)

    def _draw_ground(
        self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool
    ) -> None:
        fill = "row_sel" if selected else "row_hover" if index.row() == self.hovered else "surface"
        painter.fillRect(rect, theme().colour(fill))
        self._hairline(painter, rect)
        if selected and index.column() == 0:
            bar = QRectF(rect.x(), rect.y(), theme().px(3), rect.height() - 1)
            draw_box(painter, bar, fill="primary_edge", radius=0)

    def _draw_cell(self, painter: QPainter, rect: QRectF, index: Index, row: Row) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        column = self._columns[index.column()]
        inner = rect.adjusted(theme().px(10), 0, -theme().px(10), 0)
        if index.column() == 0 and row.ticked is not None:
            draw_check(painter, self.tick_rect(rect), on=row.ticked)
            inner.setLeft(inner.left() + theme().px(28))
        if cell.icon:
            size = theme().px(17)
            icon = QRectF(inner.x(), round(rect.center().y() - size / 2), size, size)
            draw_icon(painter, cell.icon, cell.icon_tone, icon)
            inner.setLeft(inner.left() + theme().px(26))
        if cell.badge:
            size_ = badge_size(cell.text, None)
            width = min(size_.width(), inner.width())
            top = round(rect.center().y() - size_.height() / 2)
            draw_badge(
                painter, QRectF(inner.x(), top, width, size_.height()), cell.text, cell.badge
            )
            return
        self._draw_words(painter, inner, cell, column, muted=row.muted)

    def _draw_words(
        self, painter: QPainter, inner: QRectF, cell: Cell, column: Column, *, muted: bool
    ) -> None:
        look = theme()
        align = RIGHT if column.number else LEFT
        size = look.tokens.type.label + (1 if look.measures(self._table).control >= 44 else 0)
        font = look.font(size, 600 if cell.bold else 400, tabular=column.number)
        tone = "text2" if muted and cell.tone == "text" else cell.tone
        upper, lower = inner, QRectF()
        if cell.sub or cell.bar is not None:
            middle = inner.center().y()
            upper = QRectF(inner.x(), middle - look.px(18), inner.width(), look.px(19))
            lower = QRectF(inner.x(), middle + look.px(1), inner.width(), look.px(16))
        draw_text(painter, upper, cell.text, tone=tone, font=font, align=align)
        if cell.sub:
            small = look.font(look.tokens.type.caption)
            draw_text(painter, lower, cell.sub, tone=cell.sub_tone, font=small, align=align)
        if cell.bar is not None:
            groove = QRectF(lower.x(), lower.y() + look.px(4), lower.width(), look.px(5))
            draw_box(painter, groove, fill="neutral_bg", radius=look.px(2))
            groove.setWidth(groove.width() * max(0.0, min(cell.bar, 1.0)))
            draw_box(painter, groove, fill="chart1", radius=look.px(2))

    def _hairline(self, painter: QPainter, rect: QRectF) -> None:
        line = QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme().colour("line"))
