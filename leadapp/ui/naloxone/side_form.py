"""A short form in the place of the record panel: fields, one button, and a way back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class SideForm(Card):
    """Base of the panels that add a lot or change its last day."""

    left = Signal()
    """Back to the record panel."""

    def __init__(self, title: str, fields: Mapping[str, Field], button: str) -> None:
        super().__init__(title)
        self.fields = dict(fields)
        self.body.setSpacing(theme().px(11))
        self.about = Label("", role="table", tone="text2", wrap=True)
        self.body.addWidget(self.about)
        for field in self.fields.values():
            self.body.addWidget(field)
        self.problem = Label("", role="label", tone="err", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.back_button = Button(tr("Back"), key="Esc")
        self.back_button.clicked.connect(lambda _on=False: self.left.emit())
        self.main_button = Button(button, icon="check", role="primary")
        self.main_button.setToolTip(tr("{words}  (Ctrl+S)", words=button))
        self.main_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.main_button.clicked.connect(lambda _on=False: self.try_to_save())
        row.addWidget(self.back_button)
        row.addWidget(self.main_button, 1)
        self.body.addLayout(row)
        for field in self.fields.values():
            field.control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next question, as in forms."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, DateBox)
        ):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def try_to_save(self) -> None:
        """Ctrl+S."""

    def say_missing(self, missing: Mapping[str, str]) -> bool:
        """Show what is missing and go to the first; True where something is."""
        for name, field in self.fields.items():
            field.set_error(missing.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in missing), None)
        if first is not None:
            announce(self, first.error)
            first.focus_control()
        return first is not None

    def said_no(self, words: str) -> None:
        """Say why it was not written; all that was typed stays."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    def begin(self) -> None:
        """Take away what an earlier one said, and put the focus on the first question."""
        self.said_no("")
        self.say_missing({})
        next(iter(self.fields.values())).focus_control()


def day_in(box: DateBox) -> str:
    """Return the ISO day typed in a box, blank where there is none."""
    typed = box.typed()
    return typed.day.isoformat() if typed is not None and typed.day is not None else ""
