"""What stands in the place of the lists while a task lasts: a way back, and why it was refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.words import tr


class MiddleView(QWidget):
    """``MiddleView(Card("Count stock"))``; fill ``card.body``, override ``main_action``."""

    left = Signal()
    """Back to the lists."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card
        self.setAccessibleName(card.title.text())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.problem = Label("", role="label", tone="err", wrap=True)
        self.problem.hide()

    def main_action(self) -> None:
        """Ctrl+S: what its main button does."""

    def say_no(self, words: str) -> None:
        """Say why it was not done; all that was typed stays."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    def refused(self, words: str) -> None:
        """Say why the program did not do it."""
        self.say_no(words)

    def back_button(self) -> Button:
        """Return the button that goes back to the lists."""
        back = Button(tr("Back to stock"), icon="arrow-left", key="Esc")
        back.clicked.connect(lambda _on=False: self.left.emit())
        return back
