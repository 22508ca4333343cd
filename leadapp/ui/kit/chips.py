"""Choose several: check chips that wrap, or stand in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from leadapp.ui.kit.choice import Choice, choice_for_key
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.option import Chip
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.theme import theme


class Chips(QWidget):
    """``Chips([Choice("food", "Food"), ...])``; one tab stop, arrows move, Space ticks.

    What clears the others ("None", "Not asked") is the caller's: it hears ``ticked`` and
    calls ``set_value``.
    """

    changed = Signal(list)
    """The names now ticked, in the order of the choices."""

    ticked = Signal(str, bool)
    """The one name a person just ticked or unticked; comes before ``changed``."""

    def __init__(
        self, choices: Sequence[Choice], *, columns: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._at = 0
        self.chips: list[Chip] = []
        self._fill(columns)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def value(self) -> list[str]:
        """Return the names that are ticked."""
        return [
            choice.name
            for choice, chip in zip(self._choices, self.chips, strict=True)
            if chip.isChecked()
        ]

    def set_value(self, names: Iterable[str]) -> None:
        """Tick exactly ``names``, without emitting."""
        wanted = set(names)
        for choice, chip in zip(self._choices, self.chips, strict=True):
            chip.blockSignals(True)
            chip.setChecked(choice.name in wanted)
            chip.blockSignals(False)
            chip.update()

    def set_question(self, name: str, description: str = "") -> None:
        """Say what is asked: the group's name, and the description of each chip."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        for chip in self.chips:
            chip.setAccessibleDescription(f"{name}. {description}" if description else name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrows, digits and letters of any chip; follow the focus."""
        if event.type() == QEvent.Type.FocusIn and watched in self.chips:
            self._rove(self.chips.index(watched))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _fill(self, columns: int) -> None:
        for choice in self._choices:
            chip = Chip(choice.label, self)
            chip.installEventFilter(self)
            chip.toggled.connect(lambda on, name=choice.name: self._toggled(name, on))
            self.chips.append(chip)
        if columns:
            grid = QGridLayout(self)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(theme().px(8))
            for at, chip in enumerate(self.chips):
                chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
                grid.addWidget(chip, at // columns, at % columns)
                grid.setColumnStretch(at % columns, 1)
        else:
            flow = Flow(self, gap=theme().px(8))
            for chip in self.chips:
                flow.addWidget(chip)
        self._rove(0)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        step = arrow_step(event.key())
        if step:
            self.chips[(self._at + step) % len(self.chips)].setFocus()
            return True
        if event.key() == Qt.Key.Key_Space:
            return False
        at = choice_for_key(self._choices, event.text(), self._at)
        if at is None:
            return False
        self.chips[at].setFocus()
        self.chips[at].toggle()
        return True

    def _toggled(self, name: str, on: bool) -> None:
        self.ticked.emit(name, on)
        self.changed.emit(self.value())

    def _rove(self, at: int) -> None:
        self._at = at
        if self.chips:
            rove_to(self, self.chips, at)
