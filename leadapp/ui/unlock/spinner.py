"""A small turning mark beside words, shown when something takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme

_PATIENCE_MS = 300
_TURN_MS = 90
_STEP = 45


class Spinner(QWidget):
    """``spinner.start("Opening")``; nothing shows before a third of a second is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self._mark = _Mark()
        self._words = Label("", role="table", tone="text2")
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(self._show)
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self._mark.turn)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing jumps when it comes
        self.setSizePolicy(policy)
        self.hide()

    def start(self, words: str) -> None:
        """Show ``words`` unless ``stop`` comes first."""
        self._words.setText(words)
        self._wait.start()

    def say(self, words: str) -> None:
        """Change the words."""
        self._words.setText(words)

    def stop(self) -> None:
        """Take it away."""
        self._wait.stop()
        self._turn.stop()
        self.hide()

    def _show(self) -> None:
        self.show()
        self._turn.start()
        announce(self, self._words.text())


class _Mark(QWidget):
    """The mark, turned by eighths."""

    def __init__(self) -> None:
        super().__init__()
        self._angle = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def turn(self) -> None:
        self._angle = (self._angle + _STEP) % 360
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(18), theme().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        half = self.width() / 2
        painter.translate(half, half)
        painter.rotate(self._angle)
        draw_icon(painter, "loader", "link", QRectF(-half, -half, self.width(), self.width()))
