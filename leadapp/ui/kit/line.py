"""A line of text: with a leading icon, or an action that has words, at need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_icon
from leadapp.ui.theme import theme

_END = 30
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
        self._ends: list[_End] = []
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def add_icon_action(self, icon: str, words: str, do: Callable[[], None]) -> QAction:
        """Put an icon at the right end that does something, named for a screen reader."""
        action = QAction(words, self)
        action.setToolTip(words)
        action.triggered.connect(lambda _checked=False: do())
        self.addAction(action)
        self._ends.append(_End(icon, action, self))
        self.restyle()
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
        right = look.px(_END) * len(self._ends)
        if (self.textMargins().left(), self.textMargins().right()) != (left, right):
            self.setTextMargins(left, 0, right, 0)
        self._place_ends()

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(super().sizeHint().width(), theme().px(theme().measures(self).control))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful width."""
        return QSize(theme().px(70), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at the right end."""
        super().resizeEvent(event)
        self._place_ends()

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

    def _place_ends(self) -> None:
        width = theme().px(_END)
        for at, end in enumerate(reversed(self._ends)):
            end.setGeometry(self.width() - (at + 1) * width - 3, 1, width, self.height() - 2)


class _End(QAbstractButton):
    """A picture at the right end of a line; by keys the line itself does the same."""

    def __init__(self, icon: str, action: QAction, line: Line) -> None:
        super().__init__(line)
        self._icon_name = icon
        self.setAccessibleName(action.text())
        self.setToolTip(action.text())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(action.trigger)
        self.show()

    def set_icon(self, icon: str) -> None:
        """Show another picture: an eye that opens and closes."""
        self._icon_name = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        size = theme().px(17)
        rect = self.rect()
        rect.setRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        draw_icon(QPainter(self), self._icon_name, "link" if self.underMouse() else "text2", rect)


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
