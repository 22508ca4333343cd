"""What all editors of an answer have in common: a control, what it shows, what was said."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leadapp.forms.state import State


class Editor(QObject):
    """One control for one question. It never decides what is right; it passes on what was said."""

    answered = Signal(str, bool)
    """XForm text of the answer, and whether it was typed (a letter at a time)."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self.control = control

    def show(self, state: State) -> None:
        """Show the answer of ``state`` without saying that it changed."""

    def fits(self, state: State) -> bool:  # noqa: ARG002 - only editors of choices look at it
        """Return whether this control can show ``state``; otherwise a new one is made."""
        return True

    def list_arrived(self, state: State) -> None:
        """A page of a list came; boxes that ask lists show it."""

    def tidy(self) -> None:
        """The question was left: show the answer in its normal form."""
