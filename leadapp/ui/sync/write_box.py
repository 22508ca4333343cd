"""The questions before one file is written: which records, how much, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.services import syncing
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.segments import Segments
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync.tab import Tab
from leadapp.ui.sync.turns import run_turns
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class WriteBox(QWidget):
    """``written`` brings the names of the files."""

    written = Signal(str)

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self._tab = tab
        self._name = f"{tab.desk.clock.now():%Y-%m-%d}.dvb.txt"
        grid = FormGrid()
        rings = [ring for ring in tab.desk.rings if ring != "sys"]
        self.ring = Combo([Choice(ring, ring_words(ring)) for ring in rings])
        self.ring_field = Field(tr("Which records"), self.ring, needed=True)
        grid.add(self.ring_field, 6)
        self.much = Segments(
            [Choice("new", tr("Not sent yet")), Choice("all", tr("Everything here"))]
        )
        self.much.set_value("new")
        grid.add(Field(tr("How much"), self.much), 6)
        self.out = FileLine(
            "save", tr("Save the file"), kinds=tr("Sync files (*.dvb.txt)"), suggested=self._name
        )
        hint = tr("It is encrypted for the program\u2019s computers: mail it as it is.")
        self.out_field = Field(tr("Save as"), self.out, needed=True, hint=hint)
        grid.add(self.out_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(grid)
        self.go = Button(tr("Write the file"), icon="file-down", role="primary", key="Ctrl+S")
        self.go.clicked.connect(self._write)
        column.addWidget(self.go)

    def start(self) -> None:
        """Put the focus on the first question."""
        self.ring.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        ring, path = self.ring.value(), self.out.value()
        self.ring_field.set_error("" if ring else tr("Choose the records."))
        self.out_field.set_error("" if path else tr("Say where it goes."))
        if not ring:
            self.ring_field.focus_control()
            return
        if path is None:
            self.out_field.focus_control()
            return
        output = path / self._name if path.is_dir() else path
        everything = self.much.value() == "all"
        self.go.setEnabled(False)

        def failed(error: LeadappError) -> None:
            self.go.setEnabled(True)
            self.out_field.set_error(self._tab.words.of(error))
            self.out_field.focus_control()

        def written(files: list[Path]) -> None:
            self.written.emit(", ".join(one.name for one in files))

        turns = syncing.exporting(
            self._tab.desk, RingId(ring), output, everything=everything, mail=True
        )
        run_turns(self._tab.work, turns, written, failed, self)
