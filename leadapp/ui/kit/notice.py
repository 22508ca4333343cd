"""A strip that says something true at the top of a pane: wrong, to check, protected, news."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme

Kind = Literal["err", "warn", "part2", "info", "ok"]
_FILL: dict[Kind, str] = {
    "err": "err_bg",
    "warn": "warn_bg",
    "part2": "part2_bg",
    "info": "tint",
    "ok": "ok_bg",
}
_BAR: dict[Kind, str] = {
    "err": "err_line",
    "warn": "warn_line",
    "part2": "part2_line",
    "info": "chart2",
    "ok": "ok_line",
}
_ICON: dict[Kind, tuple[str, str]] = {
    "err": ("circle-alert", "err"),
    "warn": ("triangle-alert", "warn_icon"),
    "part2": ("shield", "part2"),
    "info": ("info", "link"),
    "ok": ("circle-check", "ok"),
}


class Notice(QWidget):
    """``Notice("warn", "5 things to review", "After the last sync", actions=[button])``."""

    def __init__(
        self,
        kind: Kind,
        title: str,
        text: str = "",
        *,
        actions: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        row = QHBoxLayout(self)
        look = theme()
        row.setContentsMargins(look.px(16), look.px(9), look.px(12), look.px(9))
        row.setSpacing(look.px(10))
        icon, tone = _ICON[kind]
        self._icon = Icon(icon, tone, 20)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        self._title = Label(title, bold=True, wrap=True)
        self._text = Label(text, role="table", wrap=True, parent=self)
        self._text.setVisible(bool(text))
        words.addWidget(self._title)
        words.addWidget(self._text)
        row.addLayout(words, 1)
        for action in actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._name()

    def say(self, kind: Kind, title: str, text: str = "") -> None:
        """Say something else, aloud too."""
        self._kind = kind
        self._icon.set_icon(*_ICON[kind])
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._name()
        self.update()
        announce(self, f"{title}. {text}" if text else title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw tint and bar."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), fill=_FILL[self._kind], radius=0)
        bar = QRectF(0, 0, theme().px(4), self.height())
        draw_box(painter, bar, fill=_BAR[self._kind], radius=0)

    def _name(self) -> None:
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._text.text())
