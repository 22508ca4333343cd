"""A line of text: with a leading icon, or an action that has words, at need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from leadapp.ui.kit.drawing import draw_icon
from leadapp.ui.theme import theme

State = Literal["", "err", "warn"]


def set_state(widget: QWidget, state: State) -> None:
    """Show ``widget`` as not right, to be checked, or usual."""
    if widget.property("state") != state:
        widget.setProperty("state", state)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class Line(QLineEdit):
    """``Line(icon="search", placeholder="Name or number")``."""

    def __init__(
        self, *, icon: str | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._actions: list[tuple[QAction, str]] = []
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def add_icon_action(self, icon: str, words: str, do: Callable[[], None]) -> QAction:
        """Put an icon at the right end that does something, named for a screen reader."""
        action = self.addAction(theme().icon(icon), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(words)
        action.setToolTip(words)
        action.triggered.connect(lambda _checked=False: do())
        for button in self.findChildren(QToolButton):
            if button.defaultAction() is action:
                button.setAccessibleName(words)
        self._actions.append((action, icon))
        return action

    def value(self) -> str:
        """Return the text as typed."""
        return self.text()

    def set_value(self, text: str | None) -> None:
        """Show ``text`` without emitting ``textEdited``."""
        if self.text() != (text or ""):
            self.setText(text or "")

    def restyle(self) -> None:
        """Take font and margins from the theme again."""
        look = theme()
        font = look.font(look.measures(self).body)
        if font != self.font():
            self.setFont(font)
        left = look.px(22) if self._icon_name else 0
        if self.textMargins().left() != left:
            self.setTextMargins(left, 0, 0, 0)
        for action, icon in self._actions:
            action.setIcon(look.icon(icon))

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(super().sizeHint().width(), theme().px(theme().measures(self).control))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful width."""
        return QSize(theme().px(70), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of mode, text size or place."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the density of the place it was put in."""
        self.restyle()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the leading icon over the box."""
        super().paintEvent(event)
        if self._icon_name:
            size = theme().px(16)
            painter = QPainter(self)
            tone = "text2" if self.isEnabled() else "disabled"
            rect = self.rect()
            rect.setRect(theme().px(8), (self.height() - size) // 2, size, size)
            draw_icon(painter, self._icon_name, tone, rect)


class SearchLine(Line):
    """A line for finding: Escape empties it first."""

    def __init__(self, placeholder: str, *, parent: QWidget | None = None) -> None:
        super().__init__(icon="search", placeholder=placeholder, parent=parent)
        self.setAccessibleName(placeholder)

    def event(self, event: QEvent) -> bool:
        """Keep Escape while there is something to empty."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self.text()
            and getattr(event, "key", lambda: None)() == Qt.Key.Key_Escape
        ):
            event.accept()
            self.clear()
            self.textEdited.emit("")
            return True
        return super().event(event)
