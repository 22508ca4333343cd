"""A file that came: looked at first, then taken in, or adopted where its computer was shut out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.services import syncing
from leadapp.services.syncing import Inspected, RingReport, leaving
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync import said
from leadapp.ui.sync.runner import Runner
from leadapp.ui.sync.tab import Tab
from leadapp.ui.sync.turns import Turn, run_turns
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class TakeBox(QWidget):
    """``taken`` brings what to say, headline and text, once entries came in."""

    taken = Signal(str, str)

    def __init__(self, tab: Tab, runner: Runner) -> None:
        super().__init__()
        self._tab, self._runner = tab, runner
        self.busy = False
        """Whether it is taking in: closing it would break that off."""
        kinds = tr("Sync files (*.dvb *.txt);;All files (*)")
        self.file = FileLine("open", tr("Choose the file"), kinds=kinds)
        self.file_field = Field(tr("File"), self.file, needed=True)
        self.file.settled.connect(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self.file_field)
        look = Button(tr("Look at it first"), icon="eye")
        look.clicked.connect(self.look)
        column.addWidget(look)
        self._seen = QVBoxLayout()
        self._seen.setSpacing(theme().px(10))
        column.addLayout(self._seen)

    def start(self) -> None:
        """Put the focus on the first question."""
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what was found in view as it is laid out."""
        super().resizeEvent(event)
        if self._seen.count():
            bring_into_view(self)

    def look(self) -> None:
        """Say what the file is, and take nothing."""
        path = self.file.value()
        self.file_field.set_error("" if path else tr("Choose the file."))
        if path is None:
            self.file_field.focus_control()
            return
        turns = syncing.inspecting(self._tab.desk, path)
        run_turns(self._tab.work, turns, lambda seen: self._show(path, seen), self._refused, self)

    def _show(self, path: Path, seen: Inspected) -> None:
        self._empty_seen()
        title = tr("{name}: {ring}", name=path.name, ring=ring_words(seen.ring))
        adopts = bool(seen.to_adopt) and leaving.may_adopt(self._tab.desk)
        self._notice = Notice("warn" if seen.to_adopt else "info", title, _what_it_is(seen, adopts))
        self._seen.addWidget(self._notice)
        if adopts:
            self._ask_why(path, seen)
        else:
            go = Button(tr("Take it in"), icon="download", role="primary")
            go.clicked.connect(lambda: self._take(path, go))
            self._seen.addWidget(go)
            go.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- taking in -----------------------------------------------------------------------

    def _take(self, path: Path, go: Button) -> None:
        def taken(report: RingReport) -> None:
            title = tr("Taken in: {entries} new", entries=said.entries(report.entries_in))
            self._over(title, said.what_waits(report))

        if self._may_begin(go):
            turns = syncing.importing(self._tab.desk, path)
            run_turns(self._tab.work, turns, taken, self._refused, self, self._told)

    def _ask_why(self, path: Path, seen: Inspected) -> None:
        why = Line(placeholder=tr("Dan called: his own work"))
        field = Field(tr("Why may it count?"), why, needed=True)
        field.setMaximumWidth(theme().px(620))
        go = Button(tr("Adopt it"), icon="badge-check", role="primary")
        why.returnPressed.connect(lambda: self._adopt(path, seen, field, why, go))
        go.clicked.connect(lambda: self._adopt(path, seen, field, why, go))
        self._seen.addWidget(field)
        self._seen.addWidget(go)
        why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _adopt(self, path: Path, seen: Inspected, field: Field, why: Line, go: Button) -> None:
        reason = why.text().strip()
        field.set_error("" if reason else tr("Say why you vouch for it."))
        if not reason:
            field.focus_control()
            return

        def adopted(_report: RingReport) -> None:
            title = tr("Adopted: {entries}", entries=said.entries(seen.to_adopt))
            text = tr("What is in it counts now. Sync, so that it does on the other computers too.")
            self._over(title, text)

        if self._may_begin(go):
            turns = leaving.adopting(self._tab.desk, path, reason)
            run_turns(self._tab.work, turns, adopted, self._refused, self, self._told)

    def _may_begin(self, go: Button) -> bool:
        """Begin, unless an exchange is under way: one thing at a time brings entries in."""
        begins = self.busy = self._runner.hold()
        if begins:
            go.setEnabled(False)
        else:
            self.file_field.set_error(tr("A sync is under way. Do this when it is through."))
        return begins

    def _told(self, turn: Turn) -> None:
        if turn.total:
            done, total = f"{turn.done:,}", f"{turn.total:,}"
            words = tr("{done} of {all} entries. Work can go on meanwhile.", done=done, all=total)
            self._notice.say("info", tr("Taking it in"), words)

    def _over(self, title: str, text: str) -> None:
        self._end()
        self.taken.emit(title, text)

    def _end(self) -> None:
        if self.busy:
            self.busy = False
            self._runner.let_go()

    def _refused(self, error: LeadappError) -> None:
        self._end()
        self._empty_seen()
        self.file_field.set_error(self._tab.words.of(error))
        self.file_field.focus_control()

    def _empty_seen(self) -> None:
        while item := self._seen.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _what_it_is(seen: Inspected, adopts: bool) -> str:
    people = ", ".join(seen.people) or tr("a computer not known here yet")
    new = said.entries(seen.new) if seen.new else tr("none")
    text = tr(
        "From {people}. {all} in it; new here: {new}.",
        people=people, all=said.entries(seen.entries), new=new,
    )  # fmt: skip
    if seen.files:
        files = tr("1 attached file") if seen.files == 1 else tr("{n} files", n=f"{seen.files:,}")
        text += " " + tr("With {files}.", files=files)
    if not seen.to_adopt:
        return text
    count = said.entries(seen.to_adopt)
    out = tr("That computer was shut out: {count} of it count nowhere yet.", count=count)
    if seen.to_adopt == 1:
        out = tr("That computer was shut out: {count} of it counts nowhere yet.", count=count)
    more = (
        tr("Ask who wrote it and what it is. Adopt it only if you vouch for it.")
        if adopts
        else tr("A coordinator may adopt it; taken in here, it is kept aside.")
    )
    return " ".join((text, out, more))
