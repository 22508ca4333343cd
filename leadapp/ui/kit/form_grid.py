"""Twelve columns for fields; below 700 px each takes the whole row. Enter goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from leadapp.ui.theme import theme

COLUMNS = 12
NARROW = 700


class FormGrid(QWidget):
    """``grid.add(field, span=6)``; reading and tab order is row by row.

    Hidden fields leave no hole: rows are laid anew with ``relay``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, int]] = []
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(theme().tokens.space.field_across))
        self._grid.setVerticalSpacing(theme().px(theme().tokens.space.field_down))
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def add(self, widget: QWidget, span: int = COLUMNS) -> None:
        """Put ``widget`` next, ``span`` twelfths wide."""
        self._cells.append((widget, max(1, min(span, COLUMNS))))
        self._lay()

    def relay(self) -> None:
        """Lay the rows anew after fields were shown or hidden."""
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to one field a row when narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme().px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next question and submits nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def _lay(self) -> None:
        for widget, _span in self._cells:
            self._grid.removeWidget(widget)
        row = column = 0
        for widget, wish in self._cells:
            if widget.parent() is self and widget.isHidden():
                continue
            span = COLUMNS if self._narrow else wish
            if column + span > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
