"""Forms: those in use, those that wait, and files that are checked before they may wait.

A file is read apart from everything else (any number at once, one that is bad stops no other),
compared with the version in use, and kept until somebody approves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog

from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.services import forms_in_use, showing
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import Candidate, Cells, FormLine
from leadapp.ui.admin.forms_acts import FormActs
from leadapp.ui.admin.forms_banners import Banners
from leadapp.ui.admin.forms_loading import ENDINGS, Loading
from leadapp.ui.admin.forms_panel import FormPanel
from leadapp.ui.admin.forms_words import rows, said_when
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Column
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.panel_beside import PanelBeside
from leadapp.ui.kit.table import Table
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

_SIDE, _SIDE_NARROW = 380, 352
_BESIDE_FROM, _ALL_BUT_ONE_FROM, _ROOMY_FROM = 720, 860, 1060
_USED_BY, _RECORDS = 1, 3
"""Columns that give way."""
_PAUSE_MS = 90
"""Going down the list by keys opens only the form one stops at."""


@dataclass(slots=True)
class _Known:
    """What was last heard of the forms."""

    lines: Sequence[FormLine] = ()
    rivals: frozenset[str] = frozenset()
    problems: Sequence[Problem] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class FormsSection(Section):
    """The table at the left, one form at the right."""

    fills = True

    preview_wanted = Signal(object)
    """A ``PreviewPage`` to show; whoever shows it hears its ``closed``."""

    pdf_wanted = Signal(object)
    """A ``PrintedForm`` to print."""

    waiting = Signal(int)
    """How many forms wait for this person: to be approved, or to be chosen between."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("Forms"), desk, work, words, say)
        self._known = _Known()
        self._bad: dict[str, Candidate] = {}
        self._paths: dict[str, Path] = {}
        self._wanted = ""
        """The row to go to once it is there."""
        self._next = ""
        """The row to open once the keys rest."""
        self._shown = ""
        self._panel: FormPanel | None = None
        self._ticket: Ticket | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._open_wanted)
        self.setAcceptDrops(True)
        self._acts = FormActs(
            self,
            used=self._used,
            working=self._say_working,
            show_preview=self.preview_wanted.emit,
            hand_out=self.pdf_wanted.emit,
        )
        self.loading = Loading(desk, work, self)
        self.loading.checked.connect(self._checked)
        self.loading.refused.connect(self.refuse)
        self.loading.busy.connect(self._say_working)
        self._build()

    @property
    def panel(self) -> FormPanel | None:
        """The form that is shown at the right."""
        return self._panel

    # -- Section -------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the forms again."""
        desk = self.desk

        def job() -> _Known:
            lines = forms_in_use.lines(desk)
            rivals = frozenset(one.form for one in forms_in_use.rivals(desk, lines))
            problems = forms_in_use.problems(desk, lines)
            return _Known(lines, rivals, problems, showing.user_names(desk))

        self.work.run(Lane.READER, job, self._show, self.refuse, owner=self)

    def new_thing(self) -> None:
        """Ctrl+N: choose form files to load."""
        kinds = " ".join(f"*{ending}" for ending in ENDINGS)
        chosen, _ = QFileDialog.getOpenFileNames(
            self, tr("Load form files"), "", tr("Forms ({kinds})", kinds=kinds)
        )
        self.load([Path(one) for one in chosen])

    def main_action(self) -> None:
        """Ctrl+S: approve what is shown, or read its file again."""
        if self._panel is None:
            return
        if self._panel.line is None:
            self._read_again()
        else:
            self._panel.approve()

    def leave(self) -> bool:
        """Esc: close a question, then go back to the list."""
        if self._panel is not None and self._panel.close_more():
            return True
        inside = self.window().focusWidget()
        if self._panel is not None and inside is not None and self._panel.isAncestorOf(inside):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Load what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.load(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up columns where there is little room; put the panel below where there is none."""
        super().resizeEvent(event)
        look = theme()
        beside = self.width() >= look.px(_BESIDE_FROM)
        roomy = self.width() >= look.px(_ROOMY_FROM)
        self._beside.set_side(_SIDE if roomy else _SIDE_NARROW)
        self.table.setColumnHidden(_USED_BY, beside and not roomy)
        self.table.setColumnHidden(_RECORDS, beside and self.width() < look.px(_ALL_BUT_ONE_FROM))

    # -- files ---------------------------------------------------------------------------

    def load(self, paths: Sequence[Path]) -> None:
        """Read, check and compare files; a good one is kept, a bad one is shown."""
        self.loading.load(paths)

    def _checked(self, path: Path, candidate: Candidate) -> None:
        key = f"file:{path}"
        self._paths[key] = path
        self._bad.pop(key, None)
        if candidate.blocked:
            self._bad[key] = candidate
            self._wanted = key
            self._show(self._known)
            return
        self.do(lambda: forms_in_use.keep(self.desk, candidate), self._kept)

    def _kept(self, candidate: Candidate) -> None:
        self._wanted = str(candidate.record or "")
        self._shown = ""
        title = candidate.source.title if candidate.source else candidate.name
        self.done(tr("{form} was read and waits to be approved.", form=title))

    def _say_working(self, words: str) -> None:
        if words:
            self.working.say("info", words)
        self.working.setVisible(bool(words))

    def _read_again(self) -> None:
        path = self._paths.get(self._shown)
        if path is not None:
            self.load([path])

    # -- the list ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        self.working = Notice("info", "")
        self.working.hide()
        self.column.addWidget(self.working)
        self.banners = Banners(self.words)
        self.banners.form_wanted.connect(self._go_to_form)
        self.column.addWidget(self.banners)
        self.table = Table(
            [
                Column("form", tr("Form"), 170, stretch=True),
                Column("by", tr("Used by"), 190),
                Column("version", tr("Version"), 100),
                Column("records", tr("Records"), 76, number=True),
                Column("state", tr("Status"), 112),
            ],
            name=tr("Forms of this program"),
        )
        self.table.setMinimumHeight(look.px(170))
        self.table.moved_to.connect(self._moved_to)
        self.table.opened.connect(self._opened)
        self.load_button = Button(tr("Load a form file"), icon="upload", key="Ctrl+N", small=True)
        self.load_button.clicked.connect(self.new_thing)
        drop = Label(tr("or drop files here"), role="table", tone="text2")
        self._beside = PanelBeside(
            self.table, head=[self.load_button, drop], side=_SIDE, below=_BESIDE_FROM
        )
        self.column.addWidget(self._beside, 1)

    def _show(self, known: _Known) -> None:
        self._known = known
        self.banners.show_problems(known.problems)
        self.table.show_rows(rows(known.lines, self._bad, known.rivals))
        waits = sum(one.state == "waits" for one in known.lines)
        self.waiting.emit(waits + len(known.rivals))
        wanted, self._wanted = self._wanted, ""
        if wanted and self.table.go_to(wanted):
            self._moved_to(wanted)
        elif self._is_stale():
            self._moved_to(self.table.current_key())

    def _is_stale(self) -> bool:
        """Return whether what is shown is not as the list says any more."""
        if self._panel is None or self._panel.line is None:
            return self._shown not in self._bad
        return self._panel.line != self._line(self._shown)

    def _go_to_form(self, form: str) -> None:
        here = [one for one in self._known.lines if one.source.form == form and one.shown]
        if here and self.table.go_to(here[0].record):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, key: str) -> FormLine | None:
        return next((one for one in self._known.lines if one.record == key), None)

    # -- one form ------------------------------------------------------------------------

    def _moved_to(self, key: str) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        self._next = key
        self._soon.start()

    def _opened(self, key: str) -> None:
        """Enter: go into the form at the right."""
        if key == self._shown and self._panel is not None:
            self._panel.focusNextPrevChild(True)

    def _open_wanted(self) -> None:
        key, line = self._next, self._line(self._next)
        if key in self._bad:
            self._put(key, self._bad[key], None)
        elif line is not None:
            self._ticket = self.work.run(
                Lane.READER,
                lambda: forms_in_use.again(self.desk, RecordId(key)),
                lambda found: self._put(key, found, line),
                self.refuse,
                owner=self,
            )
        else:
            self._put("", None, None)

    def _put(self, key: str, candidate: Candidate | None, line: FormLine | None) -> None:
        before, inside = self._panel, self.window().focusWidget()
        held = before is not None and inside is not None and before.isAncestorOf(inside)
        self._shown = key
        self._panel = self._make_panel(candidate, line) if candidate is not None else None
        self._beside.put(self._panel)
        if held:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_panel(self, candidate: Candidate, line: FormLine | None) -> FormPanel:
        panel = FormPanel(
            candidate,
            line,
            self.words,
            self._ask_row,
            facts=self._facts(line),
            approver=self.desk.name,
            rival=line is not None
            and line.state == "in_use"
            and line.source.form in self._known.rivals,
        )
        self._acts.serve(panel)
        panel.again_wanted.connect(self._read_again)
        panel.send_back_wanted.connect(self._send_back)
        panel.names_changed.connect(self._compare_names)
        return panel

    def _facts(self, line: FormLine | None) -> str:
        if line is None:
            return tr("Nothing was kept. Mend the file, save it, then read it again.")
        when = said_when(line.at, self.desk.clock.now())
        who = self._known.names.get(str(line.by), "")
        if line.state == "waits":
            return tr("Loaded {when} by {name}", when=when, name=who or tr("someone"))
        if not when:
            return tr("Came with the program")
        said = tr("Approved {when} by {name}", when=when, name=who or tr("someone"))
        return tr("{said}: {why}", said=said, why=line.why) if line.why else said

    def _ask_row(self, problem: Problem, then: Callable[[Cells | None], None]) -> None:
        if self._panel is None:
            return
        data, name = self._panel.candidate.data, self._panel.candidate.name
        self.work.run(
            Lane.CRYPTO,
            lambda: forms_in_use.cells_of(data, name, problem.place),
            then,
            self.refuse,
            owner=self._panel,
        )

    def _compare_names(self, was: Mapping[str, str]) -> None:
        panel = self._panel
        if panel is None:
            return
        self.work.run(
            Lane.READER,
            lambda: forms_in_use.compare(self.desk, panel.candidate, was),
            panel.show_changes,
            self.refuse,
            owner=panel,
        )

    # -- what is done --------------------------------------------------------------------

    def _used(self, words: str, record: RecordId | None) -> None:
        """Something was done to a form: say it, and show the form as it is now."""
        self._say_working("")
        self._wanted, self._shown = str(record or ""), ""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.done(words)

    def _send_back(self) -> None:
        """Put a bad file away, or let a form wait no longer; the toast brings it back."""
        if self._shown in self._bad:
            key, candidate = self._shown, self._bad.pop(self._shown)
            self._show(replace(self._known))
            self.say(
                tr("{file} was put away.", file=candidate.name),
                undo=lambda: self._back(key, candidate),
            )
            return
        line = self._panel.line if self._panel is not None else None
        if line is None:
            return
        record, title = line.record, line.source.title

        def undo() -> None:
            self.do(lambda: forms_in_use.take_back(self.desk, record), lambda _: self.reload())

        def done(_none: None) -> None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.say(tr("{form} waits no longer. Nothing else changed.", form=title), undo=undo)
            self.reload()

        self.do(lambda: forms_in_use.send_back(self.desk, record, "sent back"), done)

    def _back(self, key: str, candidate: Candidate) -> None:
        self._bad[key] = candidate
        self._wanted = key
        self._show(self._known)
