"""One file by mail or by hand: written from what was not sent, or looked at and taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.services import syncing
from leadapp.services.syncing import Inspected, RingReport
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.kit.segments import Segments
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync import said
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane


class OneFile(Card):
    """Two buttons; each opens its few questions below. ``taken`` when entries came in."""

    taken = Signal()

    def __init__(self, tab: Tab, parent: QWidget | None = None) -> None:
        aside = tr("Where no stick and no folder is shared")
        super().__init__(tr("One file, by mail or by hand"), aside=aside, parent=parent)
        self._tab = tab
        self._box: QWidget | None = None
        self.write = Button(tr("Write a file"), icon="file-down", small=True)
        self.write.clicked.connect(self.ask_write)
        self.take = Button(tr("Take a file in"), icon="download", small=True)
        self.take.clicked.connect(self.ask_take)
        self.head.addWidget(self.write)
        self.head.addWidget(self.take)
        self._room = QVBoxLayout()
        self.body.addLayout(self._room)

    def close_box(self) -> bool:
        """Close what is asked; False when nothing is."""
        was_open = self._box is not None
        inside = self._box is not None and self._box.isAncestorOf(self.focusWidget() or self)
        self._put(None)
        if was_open and inside:
            self.write.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    # -- writing -------------------------------------------------------------------------

    def ask_write(self) -> None:
        """Ask which records, how much, and where to."""
        box, column = _box()
        grid = FormGrid()
        rings = [ring for ring in self._tab.desk.rings if ring != "sys"]
        self.ring = Combo([Choice(ring, ring_words(ring)) for ring in rings])
        self.ring_field = Field(tr("Which records"), self.ring, needed=True)
        grid.add(self.ring_field, 6)
        self.much = Segments(
            [Choice("new", tr("Not sent yet")), Choice("all", tr("Everything here"))]
        )
        self.much.set_value("new")
        grid.add(Field(tr("How much"), self.much), 6)
        name = f"{self._tab.desk.clock.now():%Y-%m-%d}.dvb.txt"
        self.out = FileLine(
            "save", tr("Save the file"), kinds=tr("Sync files (*.dvb.txt)"), suggested=name
        )
        hint = tr("It is encrypted for the program\u2019s computers: mail it as it is.")
        self.out_field = Field(tr("Save as"), self.out, needed=True, hint=hint)
        grid.add(self.out_field)
        column.addWidget(grid)
        go = Button(tr("Write the file"), icon="file-down", role="primary")
        go.clicked.connect(lambda: self._write(name))
        column.addWidget(go)
        self._put(box)
        self.ring.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, name: str) -> None:
        ring, path = self.ring.value(), self.out.value()
        self.ring_field.set_error("" if ring else tr("Choose the records."))
        self.out_field.set_error("" if path else tr("Say where it goes."))
        if not ring:
            self.ring_field.focus_control()
            return
        if path is None:
            self.out_field.focus_control()
            return
        output = path / name if path.is_dir() else path
        desk, everything = self._tab.desk, self.much.value() == "all"

        def failed(error: LeadappError) -> None:
            self.out_field.set_error(self._tab.words.of(error))
            self.out_field.focus_control()

        def written(files: list[Path]) -> None:
            names = ", ".join(one.name for one in files)
            text = tr("Who takes it in has these entries. They count as sent once you sync.")
            self._say(Notice("ok", tr("Written: {names}", names=names), text))

        self._tab.work.run(
            Lane.WRITER,
            lambda: syncing.export_bundles(
                desk, RingId(ring), output, everything=everything, mail=True
            ),
            written,
            failed,
            owner=self,
        )

    # -- taking in -----------------------------------------------------------------------

    def ask_take(self) -> None:
        """Ask for the file; it is looked at before anything is taken."""
        box, column = _box()
        kinds = tr("Sync files (*.dvb *.txt);;All files (*)")
        self.file = FileLine("open", tr("Choose the file"), kinds=kinds)
        self.file_field = Field(tr("File"), self.file, needed=True)
        self.file.settled.connect(self.look)
        column.addWidget(self.file_field)
        look = Button(tr("Look at it first"), icon="eye")
        look.clicked.connect(self.look)
        column.addWidget(look)
        self._seen = QVBoxLayout()
        column.addLayout(self._seen)
        self._put(box)
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Say what the file is, and take nothing."""
        path, desk = self.file.value(), self._tab.desk
        self.file_field.set_error("" if path else tr("Choose the file."))
        if path is None:
            self.file_field.focus_control()
            return
        self._tab.work.run(
            Lane.WRITER,
            lambda: syncing.inspect_bundle(desk, path),
            lambda seen: self._show_seen(path, seen),
            self._refused,
            owner=self,
        )

    def _show_seen(self, path: Path, seen: Inspected) -> None:
        self._empty_seen()
        title = tr("{name}: {ring}", name=path.name, ring=ring_words(seen.ring))
        people = ", ".join(seen.people) or tr("a computer not known here yet")
        new = said.entries(seen.new) if seen.new else tr("none")
        text = tr(
            "From {people}. {all} in it; new here: {new}.",
            people=people, all=said.entries(seen.entries), new=new,
        )  # fmt: skip
        self._seen.addWidget(Notice("info", title, text))
        take = Button(tr("Take it in"), icon="download", role="primary")
        take.clicked.connect(lambda: self._take(path))
        self._seen.addWidget(take)
        bring_into_view(self)
        take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, path: Path) -> None:
        desk = self._tab.desk
        self._tab.work.run(
            Lane.WRITER,
            lambda: syncing.import_bundle(desk, path),
            self._taken,
            self._refused,
            owner=self,
        )

    def _taken(self, report: RingReport) -> None:
        title = tr("Taken in: {entries} new", entries=said.entries(report.entries_in))
        self._say(Notice("ok", title, said.what_waits(report)))
        self.taken.emit()

    def _refused(self, error: LeadappError) -> None:
        self._empty_seen()
        self.file_field.set_error(self._tab.words.of(error))
        self.file_field.focus_control()

    # -- the room below ------------------------------------------------------------------

    def _say(self, notice: Notice) -> None:
        box, column = _box()
        column.addWidget(notice)
        self._put(box)
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty_seen(self) -> None:
        while item := self._seen.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _put(self, box: QWidget | None) -> None:
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self._box = box
        if box is not None:
            self._room.addWidget(box)
            box.show()
            bring_into_view(self)


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(10))
    return box, column
