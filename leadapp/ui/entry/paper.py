"""Typed from paper: the questions in the paper's order, its number, and that it was typed late."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_MOST_LETTERS = 40


class FromPaper(Protocol):
    """What keeps the number of the paper; ``None`` where nothing is typed from paper."""

    paper: str | None


class _NoRecord:
    """A form that is only tried."""

    paper: str | None = None


class PaperCard(Card):
    """Stands over the questions while they follow the paper."""

    changed = Signal()
    leave_wanted = Signal()

    def __init__(self, kept: FromPaper | None = None) -> None:
        super().__init__()
        self._kept: FromPaper = kept or _NoRecord()
        self.box = Line(placeholder=tr("Number on the paper"))
        self.box.setMaxLength(_MOST_LETTERS)
        self.box.setMaximumWidth(theme().px(220))
        self.field = Field(tr("Paper number"), self.box)
        self.leave = Button(tr("Ask as usual"), key="Ctrl+Shift+T", small=True)
        words = Label(
            tr(
                "Typed from paper: questions stand in the paper's order. What the form does not ask"
                " is dimmed and left out. The record says that it was entered late."
            ),
            role="caption",
            tone="text2",
            wrap=True,
        )
        row = QHBoxLayout()
        row.setSpacing(theme().px(16))
        row.addWidget(self.field)
        row.addWidget(words, 1)
        row.addWidget(self.leave)
        self.body.addLayout(row)
        self.box.textEdited.connect(self._typed)
        self.leave.clicked.connect(self.leave_wanted.emit)
        self.box.set_value(self._kept.paper or "")
        self.setVisible(self.is_on)

    @property
    def is_on(self) -> bool:
        """Whether the form is typed from paper."""
        return self._kept.paper is not None

    def turn(self, *, on: bool) -> None:
        """Say that it is, or is not; the number typed before comes back."""
        self._kept.paper = self.box.text().strip() if on else None
        self.setVisible(on)

    def _typed(self, text: str) -> None:
        self._kept.paper = text.strip()
        self.changed.emit()
