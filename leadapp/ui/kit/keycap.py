"""Keys as people read them, drawn as a cap."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_key_cap, key_cap_width
from leadapp.ui.theme import theme

_SHORT = {"PgDown": "PgDn", "Return": "Enter", "Del": "Delete", "Ins": "Insert", "Backtab": "Tab"}


def key_words(keys: QKeySequence | str) -> str:
    """Return a shortcut as it is drawn: "Ctrl+PgDn"."""
    text = keys if isinstance(keys, str) else keys.toString(QKeySequence.SequenceFormat.NativeText)
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    return text


class KeyCap(QWidget):
    """One key, like ``KeyCap("F8")``."""

    def __init__(self, keys: QKeySequence | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = key_words(keys)
        self.setAccessibleName(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the cap."""
        return QSize(key_cap_width(self._text), theme().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        middle = QPointF(self.width(), self.height() / 2)
        draw_key_cap(painter, middle, self._text, tone="text2", edge="line_strong")
