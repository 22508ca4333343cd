"""Things put in order: each with up and down; Ctrl+Up and Ctrl+Down move the focused one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.forms.state import State
from leadapp.ui.entry.choice_editors import words_of
from leadapp.ui.entry.editor import Editor
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.words import tr


class RankList(QWidget):
    """``changed`` carries the names, best first."""

    changed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Choice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._question = ""
        self._ups: list[IconButton] = []

    def set_question(self, name: str, description: str = "") -> None:
        """Name the list."""
        self._question = name
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def show_choices(self, choices: list[Choice]) -> None:
        """Show these in this order."""
        if choices == self._choices:
            return
        self._choices = list(choices)
        while self._column.count():
            item = self._column.takeAt(0)
            line = item.widget() if item is not None else None
            if line is not None:
                line.hide()
                line.deleteLater()
        self._ups = [self._line(at, choice) for at, choice in enumerate(self._choices)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focused one."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        at = next((i for i, up in enumerate(self._ups) if up.hasFocus()), None)
        if step and held and at is not None:
            self._move(at, step)
        else:
            super().keyPressEvent(event)

    def _line(self, at: int, choice: Choice) -> IconButton:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        up = IconButton(
            "chevron-up", tr("{number}. {label}: up", number=at + 1, label=choice.label)
        )
        down = IconButton("chevron-down", tr("{label}: down", label=choice.label))
        up.clicked.connect(lambda _on=False: self._move(at, -1))
        down.clicked.connect(lambda _on=False: self._move(at, 1))
        row.addWidget(up)
        row.addWidget(down)
        row.addWidget(Label(f"{at + 1}. {choice.label}"), 1)
        self._column.addWidget(line)
        line.show()
        return up

    def _move(self, at: int, step: int) -> None:
        to = at + step
        if not 0 <= to < len(self._choices):
            return
        order = list(self._choices)
        order[at], order[to] = order[to], order[at]
        self.show_choices(order)
        self._ups[to].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, tr("{label} is number {number}", label=order[to].label, number=to + 1))
        self.changed.emit([choice.name for choice in order])


class RankEditor(Editor):
    """A rank question."""

    def __init__(self) -> None:
        self.list = RankList()
        super().__init__(self.list)
        self.list.changed.connect(lambda names: self.answered.emit(" ".join(names), False))

    def show(self, state: State) -> None:
        """Show the answered order, then what is not ranked yet."""
        chosen = [offer.name for offer in state.chosen()]
        rest = [offer for offer in state.choices if offer.name not in chosen]
        ordered = [*state.chosen(), *rest]
        self.list.show_choices([Choice(offer.name, words_of(offer)) for offer in ordered])
