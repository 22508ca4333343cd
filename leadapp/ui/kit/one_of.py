"""Choose one of a few: what segments and radio lines have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.choice import Choice, choice_for_key
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.words import tr


class OneOf(QWidget):
    """A group of radio buttons that can be cleared, and is one tab stop."""

    changed = Signal(object)
    """The name of the choice now chosen by the person, or None."""

    def __init__(
        self,
        choices: Sequence[Choice],
        make: Callable[[str], QRadioButton],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        for at, choice in enumerate(self._choices):
            button = make(choice.label)
            button.setParent(self)
            button.installEventFilter(self)
            self._group.addButton(button, at)
            self.buttons.append(button)
        self._group.idClicked.connect(self._clicked)
        self._rove()

    def value(self) -> str | None:
        """Return the name of what is chosen."""
        at = self._group.checkedId()
        return self._choices[at].name if at >= 0 else None

    def set_value(self, name: str | None) -> None:
        """Choose without emitting; an unknown name clears."""
        at = next((at for at, choice in enumerate(self._choices) if choice.name == name), None)
        self._show(at)

    def set_question(self, name: str, description: str = "") -> None:
        """Say what is asked: the group's name, and the description of each choice."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        for button in self.buttons:
            button.setAccessibleDescription(f"{name}. {description}" if description else name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrows, digits, letters and Backspace of any of the buttons."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if held:
            return False
        step = arrow_step(event.key())
        if step:
            self._move(step)
            return True
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._choose(None)
            return True
        if event.key() == Qt.Key.Key_Space:
            return False
        at = choice_for_key(self._choices, event.text(), self._checked())
        if at is None:
            return False
        self._choose(at)
        self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _move(self, step: int) -> None:
        at = self._checked()
        focused = next((i for i, button in enumerate(self.buttons) if button.hasFocus()), 0)
        if at is None:
            at = focused if step > 0 else (focused - 1) % len(self.buttons)
        else:
            at = (at + step) % len(self.buttons)
        self._choose(at)
        self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, at: int) -> None:
        self._rove()
        self.changed.emit(self._choices[at].name)

    def _choose(self, at: int | None) -> None:
        before = self.value()
        self._show(at)
        if self.value() != before:
            if at is None:
                announce(self, tr("Cleared"))
            self.changed.emit(self.value())

    def _show(self, at: int | None) -> None:
        if at is None:
            self._group.setExclusive(False)
            for button in self.buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self.buttons[at].setChecked(True)
        self._rove()

    def _checked(self) -> int | None:
        at = self._group.checkedId()
        return at if at >= 0 else None

    def _rove(self) -> None:
        if self.buttons:
            rove_to(self, self.buttons, max(0, self._group.checkedId()))
