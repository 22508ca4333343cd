"""A text of several lines that grows with what is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from leadapp.ui.theme import theme


class Note(QPlainTextEdit):
    """``Note(rows=3, most_rows=12)``; Tab leaves it, Enter makes a new line."""

    changed = Signal(str)
    """The text, after each change by the person."""

    left = Signal()
    """The focus went elsewhere."""

    def __init__(
        self,
        *,
        rows: int = 3,
        most_rows: int = 12,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._most = rows, max(rows, most_rows)
        self._lines = rows
        self._quiet = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._text_changed)
        self.restyle()

    def value(self) -> str:
        """Return the text as typed."""
        return self.toPlainText()

    def set_value(self, text: str | None) -> None:
        """Show ``text`` without emitting."""
        if self.toPlainText() != (text or ""):
            self._quiet = True
            self.setPlainText(text or "")
            self._quiet = False

    def restyle(self) -> None:
        """Take the font from the theme again."""
        font = theme().font(theme().measures(self).body)
        if font != self.font():
            self.setFont(font)

    def sizeHint(self) -> QSize:
        """Return the height of the lines written, within the limits."""
        lines = max(self._rows, min(self._lines, self._most))
        height = lines * QFontMetrics(self.font()).lineSpacing() + theme().px(20)
        return QSize(theme().px(240), max(height, theme().px(theme().measures(self).control)))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(theme().px(100), self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the person left."""
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of mode, text size or place."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the density of the place it was put in."""
        self.restyle()
        super().showEvent(event)

    def _text_changed(self) -> None:
        lines = round(self.document().size().height())
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
        if not self._quiet:
            self.changed.emit(self.toPlainText())
