"""The line at the foot: says in words whatever a coloured thing above it says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class _Fact(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str, tone: str = "text2") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        self._icon = Icon(icon, tone, 15)
        self._words = Label("", role="caption", tone="text2")
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.hide()

    def say(self, words: str, *, icon: str | None = None, tone: str = "text2") -> None:
        self._words.setText(words)
        self._words.set_tone("err" if tone == "err" else "text2")
        if icon:
            self._icon.set_icon(icon, tone)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(bool(words))

    @property
    def words(self) -> str:
        return self._words.text()


class _KeyButton(QAbstractButton):
    """A word and a key, like "Night F9"."""

    def __init__(self, icon: str, words: str, key: str) -> None:
        super().__init__()
        self._icon_name, self._key = icon, key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(icon, words)

    def say(self, icon: str, words: str) -> None:
        self._icon_name = icon
        self.setText(words)
        self.setAccessibleName(f"{words}, {self._key}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + look.px(8)
        width += look.px(20) if self._icon_name else 0
        return QSize(width + key_cap_width(self._key) + look.px(4), look.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        left = 0
        if self._icon_name:
            size = look.px(15)
            top = round((self.height() - size) / 2)
            draw_icon(painter, self._icon_name, "text2", QRectF(0, top, size, size))
            left = look.px(20)
        area = QRectF(left, 0, self.width(), self.height())
        draw_text(painter, area, self.text(), tone="text", font=self._font())
        middle = QPointF(self.width() - 1, self.height() / 2)
        draw_key_cap(painter, middle, self._key, tone="text2", edge="line_strong")

    def _font(self) -> QFont:
        return theme().font(theme().tokens.type.caption)


class StatusBar(QWidget):
    """``set_saved``, ``set_offline``, ``set_synced``, ``set_outbox``, ``set_who``, ``set_lock``.

    An empty text takes a fact away. Where there is no room the least needed goes first;
    the save state never does.
    """

    night_clicked = Signal()
    keys_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Status"))
        self.saved = _Fact("check", "ok")
        self.offline = _Fact("wifi-off")
        self.synced = _Fact("usb")
        self.outbox = _Fact("inbox")
        self.who = _Fact("user")
        self.lock_time = Label("", role="caption", tone="text2")
        self._night = _KeyButton("moon", tr("Night"), "F9")
        self._keys = _KeyButton("", tr("Keys"), "F1")
        self._night.clicked.connect(self.night_clicked.emit)
        self._keys.clicked.connect(self.keys_clicked.emit)
        self._row = QHBoxLayout(self)
        for fact in self._facts():
            self._row.addWidget(fact)
        self._row.addStretch(1)
        for widget in (self.lock_time, self._night, self._keys):
            self._row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_saved(self, words: str, *, wrong: bool = False) -> None:
        """Say whether everything is saved."""
        icon, tone = ("circle-alert", "err") if wrong else ("check", "ok")
        self.saved.say(words, icon=icon, tone=tone)
        self._fit()

    def set_offline(self, words: str) -> None:
        """Say that there is no connection; that is usual, not a fault."""
        self.offline.say(words)
        self._fit()

    def set_synced(self, words: str, *, icon: str = "usb") -> None:
        """Say when the last sync was, and by what."""
        self.synced.say(words, icon=icon)
        self._fit()

    def set_outbox(self, words: str) -> None:
        """Say what waits in the outbox."""
        self.outbox.say(words)
        self._fit()

    def set_who(self, words: str) -> None:
        """Say who works here, where the navigation has no room for it."""
        self.who.say(words)
        self._fit()

    def set_lock(self, words: str) -> None:
        """Say when it locks."""
        self.lock_time.setText(words)
        self._fit()

    def restyle(self) -> None:
        """Take height, margins and the night button's words from the theme."""
        look = theme()
        self.setFixedHeight(look.px(look.tokens.shell.status_bar))
        self._row.setContentsMargins(look.px(20), 0, look.px(16), 0)
        self._row.setSpacing(look.px(14))
        night = look.night
        self._night.say("sun" if night else "moon", tr("Day") if night else tr("Night"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the least needed facts where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _facts(self) -> tuple[_Fact, ...]:
        return (self.saved, self.offline, self.synced, self.outbox, self.who)

    def _fit(self) -> None:
        droppable: list[QWidget] = [
            self.lock_time,
            self.who,
            self.synced,
            self.outbox,
            self.offline,
        ]
        for fact in self._facts():
            fact.setVisible(bool(fact.words))
        self.lock_time.setVisible(bool(self.lock_time.text()))
        for widget in droppable:
            if self._needed() <= self.width():
                return
            widget.hide()

    def _needed(self) -> int:
        shown = [
            widget
            for widget in (*self._facts(), self.lock_time, self._night, self._keys)
            if not widget.isHidden()
        ]
        margins = self._row.contentsMargins()
        width = sum(widget.sizeHint().width() + self._row.spacing() for widget in shown)
        return width + margins.left() + margins.right()
