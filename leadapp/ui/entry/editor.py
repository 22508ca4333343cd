"""What all editors of an answer have in common: a control, what it shows, what was said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from leadapp.forms.state import State


class Editor(QObject):
    """One control for one question. It never decides what is right; it passes on what was said."""

    answered = Signal(str, bool)
    """XForm text of the answer, and whether it was typed (a letter at a time)."""

    undo_wanted = Signal()
    redo_wanted = Signal()

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


class TextKeys(QObject):
    """Takes Undo and Redo of a text box to the form: the box's own knows only itself."""

    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two keys, before the box and before the window."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        wanted = undo_or_redo(event)
        if not wanted:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            (self.undo_wanted if wanted < 0 else self.redo_wanted).emit()
            return True
        return super().eventFilter(watched, event)


def undo_or_redo(event: QKeyEvent) -> int:
    """Return -1 for Undo, 1 for Redo, else 0."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return -1
    control = Qt.KeyboardModifier.ControlModifier
    shift = Qt.KeyboardModifier.ShiftModifier
    if event.key() == Qt.Key.Key_Y and event.modifiers() == control:
        return 1
    return int(event.key() == Qt.Key.Key_Z and event.modifiers() == control | shift)
