"""What stands where nothing is: a fact, how it fills, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme


class Empty(QWidget):
    """``Empty("clipboard-list", "Nothing is due", "Work appears when ...", action=button)``."""

    def __init__(
        self,
        icon: str,
        fact: str,
        how: str = "",
        *,
        action: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(fact)
        column = QVBoxLayout(self)
        column.setSpacing(theme().px(8))
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon(icon, "hint", 34), 0, centre)
        self._fact = Label(fact, role="card_title", wrap=True)
        self._how = Label(how, role="table", tone="text2", wrap=True)
        for words in (self._fact, self._how):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        if action is not None:
            column.addWidget(action, 0, centre)
        column.addStretch(1)

    def say(self, fact: str, how: str = "") -> None:
        """Say another fact."""
        self._fact.setText(fact)
        self._how.setText(how)
        self.setAccessibleName(fact)
