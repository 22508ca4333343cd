"""Why a finished record is corrected: a field at the top of the form, not a dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from leadapp.ui.kit.card import Card
from leadapp.ui.kit.error_summary import ToFix
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr

REASON_KEY = "_reason"


class ReasonCard(Card):
    """Shown while correcting; ``needed`` where the kind of record asks for it."""

    changed = Signal()

    def __init__(self, *, needed: bool) -> None:
        super().__init__()
        self._needed = needed
        self.box = Line(placeholder=tr("Wrong time, wrong person, left something out"))
        self.field = Field(
            tr("Why is this corrected?"),
            self.box,
            hint=tr("Stays in the record's history, beside what was there before"),
        )
        column = QVBoxLayout()
        column.addWidget(self.field)
        self.field.set_needed(needed)
        self.body.addLayout(column)
        self.box.textEdited.connect(self._typed)

    @property
    def text(self) -> str:
        """What was given as reason."""
        return self.box.text().strip()

    def to_fix(self) -> ToFix | None:
        """Return what is missing, and say so at the field."""
        if not self._needed or self.text:
            self.field.set_error("")
            return None
        message = tr("Say in a few words why this is corrected")
        self.field.set_error(message)
        return ToFix(REASON_KEY, tr("Why is this corrected?"), message)

    def _typed(self) -> None:
        if self.field.error:
            self.to_fix()
        self.changed.emit()
