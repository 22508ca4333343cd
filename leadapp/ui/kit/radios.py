"""Up to seven longer answers, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.kit.option import RadioLine


class Radios(OneOf):
    """``Radios([Choice("alone", "At home, alone"), ...])``."""

    def __init__(self, choices: Sequence[Choice], *, parent: QWidget | None = None) -> None:
        super().__init__(choices, RadioLine, parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in self.buttons:
            layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
