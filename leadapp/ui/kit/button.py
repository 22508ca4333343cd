"""Buttons whose label is verb and thing, with the key drawn in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.kit.keycap import key_words
from leadapp.ui.theme import theme

Role = Literal["primary", "default", "quiet", "danger"]


@dataclass(frozen=True, slots=True)
class _Look:
    """Colour tokens of one state of one role."""

    fill: str | None
    edge: str | None
    text: str
    icon: str
    cap: str
    cap_edge: str


class Button(QPushButton):
    """``Button("Save contact", icon="check", role="primary", key="Ctrl+S")``."""

    def __init__(
        self,
        text: str,
        *,
        icon: str | None = None,
        role: Role = "default",
        key: str | QKeySequence = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self._role: Role = role
        self._key = key_words(key)
        self._small = small
        self._action: QAction | None = None
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @classmethod
    def for_action(
        cls,
        action: QAction,
        *,
        icon: str | None = None,
        role: Role = "default",
        small: bool = False,
    ) -> Button:
        """Return a button that does ``action`` and follows its words, key and state."""
        button = cls(action.text(), icon=icon, role=role, key=action.shortcut(), small=small)
        button._follow(action)
        return button

    def set_role(self, role: Role) -> None:
        """Change the role."""
        self._role = role
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Change the icon."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def set_words(self, text: str) -> None:
        """Change the label, and the name with it."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that shows label, icon and key."""
        look = theme()
        width = QFontMetrics(self._font()).horizontalAdvance(self.text())
        if self._icon_name:
            width += self._icon_size() + look.px(8)
        if self._key:
            width += key_cap_width(self._key) + look.px(10)
        side = 8 if self._role == "quiet" else 12 if self._small else 16
        return QSize(width + 2 * look.px(side) + 2, self._height())

    def minimumSizeHint(self) -> QSize:
        """Never cut the label; the key may go where there is no room."""
        whole = self.sizeHint()
        return QSize(whole.width() - self._cap_room(), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, label and key."""
        painter = QPainter(self)
        look = self._look()
        if look.fill or look.edge:
            draw_box(painter, self.rect(), fill=look.fill, edge=look.edge)
        cap = bool(self._key) and self.width() >= self.sizeHint().width()
        inner = self.sizeHint().width() - 2 * self._side() - (0 if cap else self._cap_room())
        x = (self.width() - inner) / 2
        middle = self.height() / 2
        if self._icon_name:
            size = self._icon_size()
            draw_icon(
                painter, self._icon_name, look.icon, QRectF(x, round(middle - size / 2), size, size)
            )
            x += size + theme().px(8)
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 1
        area = QRectF(x, 0, width, self.height())
        draw_text(painter, area, self.text(), tone=look.text, font=self._font())
        if cap:
            right = QPointF(x + width - 1 + theme().px(10) + key_cap_width(self._key), middle)
            draw_key_cap(painter, right, self._key, tone=look.cap, edge=look.cap_edge)

    def _follow(self, action: QAction) -> None:
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._take_state)
        self._take_state()

    def _take_state(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            if self.text() != self._action.text():
                self.set_words(self._action.text())

    def _cap_room(self) -> int:
        return key_cap_width(self._key) + theme().px(10) if self._key else 0

    def _side(self) -> int:
        return theme().px(8 if self._role == "quiet" else 12 if self._small else 16)

    def _height(self) -> int:
        measures = theme().measures(self)
        return theme().px(measures.button_small if self._small else measures.control)

    def _icon_size(self) -> int:
        return theme().px(16 if self._small else 18)

    def _font(self) -> QFont:
        measures = theme().measures(self)
        return theme().font(measures.label if self._small else measures.body, 600)

    def _look(self) -> _Look:
        if not self.isEnabled():
            edge = None if self._role == "quiet" else "line"
            fill = None if self._role == "quiet" else "disabled_bg"
            return _Look(fill, edge, "disabled", "disabled", "disabled", "line_strong")
        down, over = self.isDown() or self.isChecked(), self.underMouse()
        match self._role:
            case "primary":
                fill = "primary_down" if down else "primary_hover" if over else "primary"
                return _Look(fill, None, "on_primary", "on_primary", "on_primary", "on_primary")
            case "quiet":
                fill = "tint2" if down else "row_hover" if over else None
                return _Look(fill, None, "link", "link", "link", "line_strong")
            case "danger":
                fill = "err_bg" if down or over else "surface"
                return _Look(fill, "err_line", "err", "err", "err", "err_line")
            case _:
                fill = "tint2" if down else "row_hover" if over else "surface"
                edge = "primary_edge" if over or down else "line_strong"
                return _Look(fill, edge, "text", "text2", "text2", "line_strong")
