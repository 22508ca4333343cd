"""Enter goes to the first question that is still to be answered, past all that is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from leadapp.ui.kit.field import Field
from leadapp.ui.kit.one_of import OneOf

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NextQuestion(QObject):
    """``NextQuestion(fields, last, go_on, parent)``: ``go_on`` once an Enter has done its work.

    ``last`` is the button at the end, which Enter presses too.
    """

    def __init__(
        self, fields: Mapping[str, Field], last: QWidget, go_on: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._go_on = go_on
        last.installEventFilter(self)
        for field in fields.values():
            self._follow(field.control)

    def _follow(self, control: QWidget) -> None:
        if isinstance(control, OneOf):
            for button in control.buttons:
                button.installEventFilter(self)
        else:
            line = control.lineEdit() if isinstance(control, QComboBox) else control
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self._later)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter where it would do nothing."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
        ):
            self._later()
            return True
        return super().eventFilter(watched, event)

    def _later(self) -> None:
        """A list that Enter chose from says so only after it."""
        QTimer.singleShot(0, self, self._go_on)
