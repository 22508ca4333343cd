"""Few short answers side by side, or in a grid of large targets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.kit.option import Segment
from leadapp.ui.theme import theme


class Segments(OneOf):
    """``Segments([Choice("yes", "Yes"), Choice("no", "No")])``.

    ``columns=0`` joins all in one row; otherwise a grid with gaps between targets.
    """

    def __init__(
        self, choices: Sequence[Choice], *, columns: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(choices, lambda text: Segment(text, joined=not columns), parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        gap = theme().px(8) if columns else 0
        layout.setHorizontalSpacing(gap)
        layout.setVerticalSpacing(gap)
        across = columns or max(1, len(self.buttons))
        for at, button in enumerate(self.buttons):
            layout.addWidget(button, at // across, at % across)
            layout.setColumnStretch(at % across, 1)
            if not columns and isinstance(button, Segment):
                button.set_ends(first=at == 0, last=at == len(self.buttons) - 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


def yes_no(*, unknown: bool = False) -> tuple[Choice, ...]:
    """Return the usual answers in their usual order."""
    answers = (Choice("yes", "Yes"), Choice("no", "No"))
    return (*answers, Choice("unknown", "Unknown")) if unknown else answers
