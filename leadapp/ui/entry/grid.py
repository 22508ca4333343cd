"""Lays questions and cards in twelve columns; hidden ones leave no hole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QSizePolicy, QWidget

from leadapp.ui.entry.spans import TWELVE, Cell, Spot, place
from leadapp.ui.theme import theme

NARROW = 700


@runtime_checkable
class Placed(Protocol):
    """Something that says what room it needs; a ``QWidget``."""

    def cell(self) -> Cell:
        """Return what it needs in the grid."""
        ...


class Grid(QWidget):
    """``Grid(rows)``, then ``relay``, now and after one came or went; order is row by row.

    ``level`` is for cards: those side by side are of one height.
    """

    def __init__(
        self, cells: Sequence[QWidget], *, down: int | None = None, level: bool = False
    ) -> None:
        super().__init__()
        self.cells = list(cells)
        self._level = level
        self._spots: list[tuple[QWidget, Spot]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        look = theme()
        self._down = look.tokens.space.field_down if down is None else down
        across = look.tokens.space.card_gap if level else look.tokens.space.field_across
        self._grid.setHorizontalSpacing(look.px(across))
        self._grid.setVerticalSpacing(look.px(self._down))
        for column in range(TWELVE):
            self._grid.setColumnStretch(column, 1)
        self._rule()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.relay)
        for cell in self.cells:
            cell.setParent(self)

    def _rule(self) -> None:
        """Lie across all columns: one that nothing stands in would have no gap before it, and
        the columns of this card would not meet those of the next."""
        rule = QWidget(self)
        rule.setFixedHeight(0)
        self._grid.addWidget(rule, 0, 0, 1, TWELVE, Qt.AlignmentFlag.AlignTop)

    def relay_soon(self) -> None:
        """Lay anew once all changes of this moment are in."""
        self._soon.start()

    def relay(self) -> None:
        """Lay the rows anew; nothing moves where nothing changed."""
        shown = [cell for cell in self.cells if not cell.isHidden()]
        gap = self._grid.horizontalSpacing()
        narrow = self.width() + 1 if _form_width(self) < theme().px(NARROW) else 0
        spots = place([_cell(one) for one in shown], self.width(), gap, narrow)
        wanted = list(zip(shown, spots, strict=True))
        if wanted == self._spots:
            return
        for widget, _spot in self._spots:
            self._grid.removeWidget(widget)
        top = Qt.AlignmentFlag(0) if self._level else Qt.AlignmentFlag.AlignTop
        for widget, spot in wanted:
            self._grid.addWidget(widget, spot.row, spot.column, 1, spot.span, top)
        self._spots = wanted
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which one question a row is not cut."""
        least = max((_cell(one).least for one in self.cells if not one.isHidden()), default=0)
        return QSize(least, super().minimumSizeHint().height())

    def cell(self) -> Cell:
        """Return what it needs inside another grid."""
        return Cell(TWELVE, self.minimumSizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to one question a row where there is little room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.relay()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of text size or density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_soon"):
            self.relay_soon()


def _form_width(widget: QWidget) -> int:
    """Return the width of the form around ``widget``: cards side by side are not narrow."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QAbstractScrollArea):
            return at.viewport().width()
        at = at.parentWidget()
    return widget.width()


def _cell(widget: QWidget) -> Cell:
    if isinstance(widget, Placed):
        return widget.cell()
    return Cell(TWELVE, widget.minimumSizeHint().width())
