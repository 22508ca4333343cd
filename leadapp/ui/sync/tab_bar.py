"""The tabs of a page: words with a line under the one in view, and a count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_text
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_LINE = 3


class _TabButton(QAbstractButton):
    """One tab."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self.setText(f"{self._title}  {count:,}" if count else self._title)
        named = tr("{title}, {count} waiting", title=self._title, count=f"{count:,}")
        self.setAccessibleName(named if count else self._title)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.text())
        return QSize(width + theme().px(10), theme().px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, on = QPainter(self), self.isChecked()
        tone = "text" if on else "text2"
        font = self._font(bold=on)
        draw_text(painter, self.rect(), self.text(), tone=tone, font=font, align=CENTRE)
        if on or self.underMouse():
            line = theme().px(_LINE)
            place = QRectF(0, self.height() - line, self.width(), line)
            draw_box(painter, place, fill="primary" if on else "line_strong", radius=0)

    def _font(self, *, bold: bool) -> QFont:
        look = theme()
        return look.font(look.measures(self).body, 600 if bold else 400)


class TabBar(QWidget):
    """``TabBar([("now", "Sync now"), ...])``: one tab stop, arrows show the next tab."""

    changed = Signal(str)
    """The name of the tab a person chose."""

    def __init__(
        self, tabs: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._names = [one for one, _ in tabs]
        self.buttons = [_TabButton(title, self) for _, title in tabs]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(20))
        for at, button in enumerate(self.buttons):
            button.installEventFilter(self)
            button.clicked.connect(lambda _on=False, at=at: self._choose(at))
            row.addWidget(button)
        row.addStretch(1)
        self.show_tab(self._names[0])

    def show_tab(self, name: str) -> None:
        """Mark a tab as the one in view, without emitting."""
        at = self._names.index(name)
        self.buttons[at].setChecked(True)
        rove_to(self, self.buttons, at)

    def set_count(self, name: str, count: int) -> None:
        """Show how much waits in a tab."""
        self.buttons[self._names.index(name)].set_count(count)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go to the next tab, Home and End to the first and last."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = self._wanted(watched, event.key())
            if at is not None:
                self._choose(at)
                self.buttons[at].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _wanted(self, watched: QObject, key: int) -> int | None:
        if watched not in self.buttons:
            return None
        last = len(self.buttons) - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else last
        step = arrow_step(key)
        return (self.buttons.index(watched) + step) % (last + 1) if step else None

    def _choose(self, at: int) -> None:
        self.show_tab(self._names[at])
        self.changed.emit(self._names[at])
