"""A white box with a title, words aside and buttons in its head."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme


class Card(QFrame):
    """``card = Card("Household", aside="2 people")``; fill ``card.body``, add to ``card.head``."""

    def __init__(
        self,
        title: str = "",
        *,
        aside: str = "",
        margin: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        side = theme().px(theme().tokens.space.card if margin is None else margin)
        top = max(0, side - theme().px(3))
        column.setContentsMargins(side, top, side, side)
        column.setSpacing(theme().px(10))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme().px(8))
        self.title = Label(title, role="card_title")
        self.aside = Label(aside, role="table", tone="text2")
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.title)
            self.head.addWidget(self.aside)
            self.head.addStretch(1)
            column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme().px(10))
        column.addLayout(self.body)

    def set_aside(self, words: str) -> None:
        """Change the words beside the title."""
        self.aside.setText(words)


def rule(parent: QWidget | None = None) -> QFrame:
    """Return a hairline."""
    line = QFrame(parent)
    line.setProperty("kind", "rule")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return line
