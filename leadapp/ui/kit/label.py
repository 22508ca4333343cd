"""Text in one of the type roles and tones; follows mode, text size and density."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from leadapp.ui.theme import theme

Role = Literal[
    "caption",
    "label",
    "body",
    "table",
    "card_title",
    "pane_title",
    "page_title",
    "figure_small",
    "figure",
]
_WEIGHT: dict[Role, int] = {
    "label": 600,
    "card_title": 600,
    "pane_title": 600,
    "page_title": 600,
    "figure_small": 700,
    "figure": 700,
}

_WHOLE = 40
"""Letters of a word that is never broken."""
_LONG = re.compile(rf"\S{{{_WHOLE + 1},}}")
_PIECE = re.compile(r".{10}")
_BREAK = "\u200b"
"""A space without width: a line may end there."""


class Label(QLabel):
    """``Label("Due work", role="pane_title")``; ``tone`` is the name of a colour token."""

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = "body",
        tone: str = "text",
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = text
        self._role: Role = role
        self._tone = tone
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self.restyle()

    def text(self) -> str:
        """Return what is said, without the places put in where a long word may break."""
        return self._said

    def setText(self, text: str) -> None:
        """Say ``text``. A long word may break: unbroken, it would widen the page beyond the window."""
        self._said = text
        super().setText(_breakable(text) if self.wordWrap() else text)

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        self._tone = tone
        self.restyle()

    def restyle(self) -> None:
        """Take colour and font from the theme again."""
        weight = 600 if self._bold else _WEIGHT.get(self._role, 400)
        font = theme().font(self._pixels(), weight)
        if font != self.font():
            self.setFont(font)
        colour = theme().colour(self._tone)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of mode, text size or place."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the density of the place it was put in."""
        self.restyle()
        super().showEvent(event)

    def _pixels(self) -> int:
        look = theme()
        match self._role:
            case "label":
                return look.measures(self).label
            case "body":
                return look.measures(self).body
            case "table":
                return look.tokens.type.label
            case role:
                size: int = getattr(look.tokens.type, role)
                return size


def _breakable(text: str) -> str:
    """Let a word that is longer than any of a language break after every few letters."""
    if len(text) <= _WHOLE:
        return text
    return _LONG.sub(lambda word: _PIECE.sub(rf"\g<0>{_BREAK}", word[0]), text)
