"""Why is a record void? Asked in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr


class VoidBar(Card):
    """``wanted`` with the reason, or ``dropped``."""

    wanted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = Line(placeholder=tr("Entered twice, wrong person"))
        self._field = Field(
            tr("Why is this record void?"),
            self._box,
            hint=tr("It stays readable with this reason, and is counted no more"),
        )
        self.body.addWidget(self._field)
        self._field.set_needed(True)
        row = QHBoxLayout()
        drop = Button(tr("Keep the record"), small=True)
        go = Button(tr("Void the record"), icon="ban", role="danger", small=True)
        drop.clicked.connect(self.dropped.emit)
        go.clicked.connect(self._go)
        self._box.returnPressed.connect(self._go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(go)
        self.body.addLayout(row)

    def start(self) -> None:
        """Ask anew."""
        self._box.set_value("")
        self._field.set_error("")
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        reason = self._box.text().strip()
        self._field.set_error("" if reason else tr("Say in a few words why it is void"))
        if reason:
            self.wanted.emit(reason)
