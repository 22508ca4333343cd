"""What will be left, what stands against it, and the buttons: always in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class RecordFoot(QWidget):
    """The foot of the record panel."""

    record_wanted = Signal()
    form_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        column.addWidget(self._make_line())
        self.against = Label("", role="label", tone="err", wrap=True)
        column.addWidget(self.against)
        self.record_button = Button(tr("Record it"), icon="check", role="primary", key="Ctrl+S")
        self.record_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.record_button.clicked.connect(lambda _on=False: self.record_wanted.emit())
        column.addWidget(self.record_button)
        self.form_button = Button(
            tr("Open the whole form"), icon="clipboard-list", role="quiet", small=True
        )
        self.form_button.clicked.connect(lambda _on=False: self.form_wanted.emit())
        column.addWidget(self.form_button)

    def say_line(self, words: str, icon: str, tone: str, text: str = "text2") -> None:
        """Say what will be left, or nothing."""
        self._line_row.setVisible(bool(words))
        self.line.setText(words)
        self.line.set_tone(text)
        self._icon.set_icon(icon, tone)

    def show_problems(self, told: Sequence[Problem]) -> None:
        """Say what stands against it; red where it blocks."""
        self.against.setText("\n".join(self._words.of(one) for one in told))
        self.against.set_tone("err" if any(one.blocks for one in told) else "warn")
        self.against.setVisible(bool(told))

    def said_no(self, words: str) -> None:
        """Say why it was not recorded."""
        self.against.setText(words)
        self.against.set_tone("err")
        self.against.show()
        announce(self, words)

    def _make_line(self) -> QWidget:
        self._line_row = QWidget()
        layout = QHBoxLayout(self._line_row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(6))
        self._icon = Icon("circle-check", "ok", 16)
        self.line = Label("", role="caption", tone="text2", wrap=True)
        layout.addWidget(self._icon)
        layout.addWidget(self.line, 1)
        return self._line_row
