"""A dark bar that says what was done, with Undo; never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_STAYS_MS = 12_000
_SAID_WITH_IT_MS = 1_000
"""What is said so shortly before a page is shown belongs to it."""


class Toast(QWidget):
    """Lives at the bottom left of ``over``, above ``foot()`` pixels of footer bar.

    ``say`` replaces what it said.
    """

    def __init__(self, over: QWidget, foot: Callable[[], int] = lambda: 0) -> None:
        super().__init__(over)
        self._over = over
        self._foot = foot
        self._words = ""
        self._icon = "check"
        self._undo: Callable[[], None] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_STAYS_MS)
        self._clock.timeout.connect(self.end)
        over.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def can_undo(self) -> bool:
        """Whether Undo is offered now."""
        return self._undo is not None

    @property
    def words(self) -> str:
        """What it says, or nothing."""
        return self._words

    def say(
        self, words: str, *, undo: Callable[[], None] | None = None, icon: str = "check"
    ) -> None:
        """Say ``words``, aloud too; ``undo`` is what Undo and Ctrl+Z do."""
        self._words, self._undo, self._icon = words, undo, icon
        self.setAccessibleName(words)
        self.place()
        self.show()
        self.raise_()
        self.update()
        self._clock.start()
        announce(self._over, tr("{words}. Ctrl+Z undoes it.", words=words) if undo else words)

    def page_changed(self) -> None:
        """Another page is shown: what was said before that, and cannot be undone, is old."""
        said_for = _STAYS_MS - self._clock.remainingTime()
        if self.isVisible() and not self.can_undo and said_for > _SAID_WITH_IT_MS:
            self.end()

    def undo(self) -> bool:
        """Do what Undo does; False when nothing is offered."""
        act, said = self._undo, self._words
        if act is None:
            return False
        self.end()
        act()
        announce(self._over, tr("Undone: {what}", what=said))
        return True

    def end(self) -> None:
        """Take it away; Undo with it."""
        self._clock.stop()
        self._undo = None
        self._words = ""
        self.hide()

    def sizeHint(self) -> QSize:
        """Return the room words and Undo take."""
        look = theme()
        width = QFontMetrics(self._font(bold=False)).horizontalAdvance(self._words) + look.px(64)
        if self._undo:
            width += self._undo_width() + look.px(36)
        return QSize(width, look.px(38))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its corner; what is above may have got another footer bar."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            QTimer.singleShot(0, self, self.place)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on Undo undoes."""
        if self._undo and event.position().x() > self.width() - self._undo_width() - theme().px(24):
            self.undo()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        look = theme()
        draw_box(painter, self.rect(), fill="toast", radius=look.tokens.radius.card)
        size = look.px(18)
        top = round((self.height() - size) / 2)
        tone = "toast_ok" if self._icon == "check" else "toast_text"
        draw_icon(painter, self._icon, tone, QRectF(look.px(13), top, size, size))
        right = self.width() - look.px(14)
        if self._undo:
            middle = self.height() / 2
            cap = tr("Ctrl+Z")
            draw_key_cap(painter, QPointF(right, middle), cap, tone="toast_link", edge="toast_link")
            right -= key_cap_width(cap) + look.px(10)
            width = QFontMetrics(self._font(bold=True)).horizontalAdvance(tr("Undo")) + 2
            area = QRectF(right - width, 0, width, self.height())
            draw_text(painter, area, tr("Undo"), tone="toast_link", font=self._font(bold=True))
            right -= width + look.px(12)
        area = QRectF(look.px(42), 0, right - look.px(42), self.height())
        draw_text(painter, area, self._words, tone="toast_text", font=self._font(bold=False))

    def _undo_width(self) -> int:
        width = QFontMetrics(self._font(bold=True)).horizontalAdvance(tr("Undo"))
        return width + key_cap_width(tr("Ctrl+Z")) + theme().px(24)

    def _font(self, *, bold: bool) -> QFont:
        return theme().font(theme().tokens.type.body, 600 if bold else 400)

    def place(self) -> None:
        """Go to its corner, above the footer bar of what is in view now."""
        wish = self.sizeHint()
        edge = theme().px(16)
        width = max(min(max(wish.width(), theme().px(300)), self._over.width() - 2 * edge), 0)
        top = self._over.height() - self._foot() - wish.height() - edge
        self.setGeometry(edge, top, width, wish.height())
