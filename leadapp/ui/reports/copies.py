"""Which copy: whole within the program, exact for one funder, or for everybody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.option import Chip
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

INTERNAL, SUBMISSION, PUBLICATION = "internal", "submission", "publication"


class CopyChoice(QWidget):
    """``sort``, ``funder`` and ``reviewed`` are what is chosen."""

    changed = Signal()
    """Another copy, or another funder."""

    ticked = Signal()
    """Whether it was read is another answer."""

    def __init__(self) -> None:
        super().__init__()
        self.box = Combo(
            [
                Choice(INTERNAL, tr("Internal")),
                Choice(SUBMISSION, tr("Submission")),
                Choice(PUBLICATION, tr("Publication")),
            ],
            filter_by_typing=False,
        )
        self.box.set_value(INTERNAL)
        self.box.changed.connect(lambda _name: self._chosen())
        self.words = Label("", role="caption", tone="text2", wrap=True)
        self.line = Line(placeholder=tr("State block grant"))
        self.line.editingFinished.connect(self._named)
        self._funder = Field(tr("For which funder"), self.line, needed=True)
        self._told = ""
        # Whoever shows this puts it beside what lets the paper out.
        self.tick = Chip(tr("I have read every page"))
        self.tick.toggled.connect(lambda _on: self.ticked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        for part in (Field(tr("Copy"), self.box), self.words, self._funder):
            column.addWidget(part)
        self._settle()

    @property
    def sort(self) -> str:
        """Return which copy."""
        return self.box.value() or INTERNAL

    @property
    def funder(self) -> str:
        """Return for whom a submission is."""
        return self.line.text().strip()

    @property
    def reviewed(self) -> bool:
        """Return whether a person says that they read the publication copy."""
        return self.tick.isChecked()

    def set_sort(self, sort: str) -> None:
        """Show another copy without telling."""
        self.box.set_value(sort)
        self.untick()
        self._settle()

    def untick(self) -> None:
        """Nobody has read what is shown now."""
        self.tick.blockSignals(True)
        self.tick.setChecked(False)
        self.tick.blockSignals(False)

    def _chosen(self) -> None:
        self.untick()
        self._settle()
        self._told = self.funder
        self.changed.emit()

    def _named(self) -> None:
        if self.sort == SUBMISSION and self.funder != self._told:
            self._told = self.funder
            self.changed.emit()

    def _settle(self) -> None:
        self._funder.setVisible(self.sort == SUBMISSION)
        self.tick.setVisible(self.sort == PUBLICATION)
        self.words.setText(
            {
                SUBMISSION: tr("Every number, exact, for one funder alone. No names."),
                PUBLICATION: tr(
                    "For everybody, of one period that has ended. Small counts are hidden."
                ),
            }.get(self.sort, tr("Every number as it is counted. No names."))
        )
