"""The Forms page: forms to start, drafts to go on with, and the records of the chosen form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.core.ids import DraftId, FormId
from leadapp.core.words import Words
from leadapp.services import filling as filling_
from leadapp.services import printing
from leadapp.services import today as today_
from leadapp.services.desk import Desk
from leadapp.services.rules import Known
from leadapp.services.shelf import FormSource
from leadapp.ui.forms_page.records import RecordsPane
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.typed_dates import say_moment
from leadapp.ui.offering import Offer, offer
from leadapp.ui.record.opening import open_record
from leadapp.ui.record.paper import record_paper
from leadapp.ui.record.reading import OpenedRecord
from leadapp.ui.record.view import RecordView
from leadapp.ui.shell.page import Page, PaperOut
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_SIDE = 300
_WIDE_FROM = 900
_MOST_LINES = 9


class FormsPage(Page):
    """``FormsPage(desk, work, words, say)``; what is started or opened goes up as a wish."""

    start_wanted = Signal(str, object)
    """A form, and answers to begin with (a mapping by question name)."""

    draft_wanted = Signal(str)
    """A draft to go on with."""

    correct_wanted = Signal(str, str)
    """Record and ring to correct."""

    pdf_wanted = Signal(object)
    """A ``PrintedForm`` to print."""

    changed = Signal(object)
    """``Written``: a record was voided; pages that show it ask again."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__("forms", tr("Forms"))
        self._desk, self._work, self._words, self._say = desk, work, words, say
        self._forms: dict[str, FormSource] = {}
        self._writable: frozenset[str] = frozenset()
        self.forms = _lines_table(tr("Forms"))
        self.drafts = _lines_table(tr("My drafts"), two_lines=True)
        self.records = RecordsPane(desk, work)
        self.record = RecordView(desk, work, words, back=tr("Back to list"), voids=True)
        self._right = QStackedWidget()
        self._build()
        self._connect()

    def on_shown(self) -> None:
        """Ask again for everything here; the focus starts on the forms."""
        words = tr("Print the record")
        offer(self, Offer("forms_print", words, self.print_here, "Ctrl+P", "printer"))
        self._ask_forms()
        self._ask_drafts()
        if self._right.currentWidget() is self.records:
            self.records.ask()
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_action(self) -> None:
        """Ctrl+S does nothing where nothing is to be finished."""

    def new_thing(self) -> None:
        """Start the chosen form."""
        self._start(self.forms.current_key())

    def focus_search(self) -> None:
        """Go to the search box of the records."""
        self._show_list()
        self.records.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> bool:
        """Close the question, then the record; the list is where it was."""
        if self._right.currentWidget() is not self.record:
            return False
        if not self.record.close_question():
            self._show_list()
        return True

    def panes(self) -> Sequence[QWidget]:
        """Forms, drafts, and what is at the right."""
        return (self.forms, self.drafts, self._right)

    def print_here(self) -> None:
        """Ctrl+P: print the record that is open."""
        if self._right.currentWidget() is self.record and self.record.opened is not None:
            self._print(self.record.opened)

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: the paper of the record that is open."""
        opened = self.record.opened if self._right.currentWidget() is self.record else None
        return opened is not None and record_paper(
            self._desk, self._work, opened, give, self._refused, self
        )

    def open_record(self, record: str, ring: str) -> None:
        """Open a record in place of the list; seeing it is logged before it is shown."""
        open_record(
            self._desk,
            self._work,
            self._words,
            (ring, record),
            self._show_record,
            self,
            failed=self._refused,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left pane's room to the records where there is little."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(_WIDE_FROM)
        self._side.setFixedWidth(theme().px(_SIDE if wide else 230))

    def _build(self) -> None:
        look = theme()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        outer.setSpacing(look.px(10))
        row = QHBoxLayout()
        row.setSpacing(look.px(14))
        self._side = Scroll()
        self._side.setFixedWidth(look.px(_SIDE))
        self._forms_card = Card(tr("Start a form"), margin=12)
        self._forms_card.body.addWidget(self.forms)
        self._drafts_card = Card(tr("My drafts"), margin=12)
        self._drafts_card.body.addWidget(self.drafts)
        self._no_drafts = Label(tr("Nothing unfinished"), role="table", tone="text2")
        self._drafts_card.body.addWidget(self._no_drafts)
        hint = tr("Delete discards a draft; it is kept 30 days")
        self._drafts_hint = Label(hint, role="caption", tone="text2", wrap=True)
        self._drafts_card.body.addWidget(self._drafts_hint)
        self._gone_card = Card(tr("Discarded"), margin=12)
        self.gone = _lines_table(tr("Discarded drafts"), two_lines=True)
        self._gone_card.body.addWidget(self.gone)
        hint = tr("Enter brings a draft back")
        self._gone_card.body.addWidget(Label(hint, role="caption", tone="text2", wrap=True))
        for card in (self._drafts_card, self._forms_card, self._gone_card):
            self._side.body.addWidget(card)
        row.addWidget(self._side)
        self._right.addWidget(self.records)
        self._right.addWidget(self.record)
        row.addWidget(self._right, 1)
        outer.addLayout(row, 1)

    def _connect(self) -> None:
        self.forms.opened.connect(self._start)
        self.forms.moved_to.connect(self._form_chosen)
        self.drafts.opened.connect(self.draft_wanted.emit)
        self.drafts.remove_wanted.connect(self._discard)
        self.gone.opened.connect(self._bring_back)
        self.records.opened.connect(self._record_wanted)
        self.records.start_wanted.connect(self.new_thing)
        self.record.back_wanted.connect(self._show_list)
        self.record.correct_wanted.connect(self._correct)
        self.record.void_wanted.connect(self._void)
        self.record.print_wanted.connect(self._print)
        self.record.emptied.connect(self.records.ask)

    def _ask_forms(self) -> None:
        desk = self._desk
        self._writable = frozenset(source.form for source in filling_.writable(desk))
        self._forms = {source.form: source for source in desk.shelf if self._shown(source)}
        rows = [self._form_row(source) for source in self._forms.values()]
        rows.sort(key=lambda row: row.key not in self._writable)
        _fit(self.forms, rows)

    def _shown(self, source: FormSource) -> bool:
        family = source.family(self._desk.side) or "shared"
        return source.form in self._writable or self._desk.may("list", source.kind, family)

    def _form_row(self, source: FormSource) -> Row:
        can = source.form in self._writable
        cell = Cell(source.title, bold=can, icon="file-pen" if can else "eye")
        return Row(source.form, (cell,), muted=not can)

    def _form_chosen(self, form: str) -> None:
        source = self._forms.get(form)
        if source is not None:
            self._show_list()
            self.records.show_form(FormId(form), source.title, may_start=form in self._writable)

    def _start(self, form: str) -> None:
        if form in self._writable:
            self.start_wanted.emit(form, {})

    def _ask_drafts(self) -> None:
        desk = self._desk

        def job() -> tuple[list[today_.DraftLine], list[tuple[DraftId, str, int]]]:
            gone = [
                (
                    draft.id,
                    draft.title.strip(" ,") or _title(desk, draft.form, draft.hash),
                    draft.changed_ms,
                )
                for draft in desk.drafts.discarded(desk.user)
            ]
            return today_.my_drafts(desk), gone

        self._work.run(Lane.DRAFTS, job, self._drafts_came, self._refused, owner=self)

    def _drafts_came(
        self, found: tuple[list[today_.DraftLine], list[tuple[DraftId, str, int]]]
    ) -> None:
        mine, gone = found
        _fit(self.drafts, [self._draft_row(line) for line in mine])
        _fit(self.gone, [Row(key, (Cell(words, self._when(ms)),)) for key, words, ms in gone])
        self.drafts.setVisible(bool(mine))
        self._drafts_hint.setVisible(bool(mine))
        self._no_drafts.setVisible(not mine)
        self._gone_card.setVisible(bool(gone))
        self._drafts_card.set_aside(str(len(mine)) if mine else "")

    def _draft_row(self, line: today_.DraftLine) -> Row:
        kind = tr("Correction") if line.correcting else tr("{count} answers", count=line.answers)
        sub = tr("{how_far}, {when}", how_far=kind, when=self._when(line.changed_ms))
        return Row(line.draft, (Cell(line.about.strip(" ,") or line.title, sub, bold=True),))

    def _when(self, milliseconds: int) -> str:
        now = self._desk.clock.now()
        moment = datetime.fromtimestamp(milliseconds / 1000, now.tzinfo)
        return say_moment(moment, today(self._desk.clock))

    def _discard(self, draft: str) -> None:
        desk = self._desk
        self._work.run(
            Lane.DRAFTS,
            lambda: filling_.forget(desk, DraftId(draft)),
            lambda _none: self._discarded(draft),
            self._refused,
            owner=self,
        )

    def _discarded(self, draft: str) -> None:
        self._say(tr("Draft discarded. It is kept 30 days"), undo=lambda: self._bring_back(draft))
        self._ask_drafts()

    def _bring_back(self, draft: str) -> None:
        desk = self._desk
        self._work.run(
            Lane.DRAFTS,
            lambda: desk.drafts.bring_back(DraftId(draft)),
            lambda _none: self._ask_drafts(),
            self._refused,
            owner=self,
        )

    def _record_wanted(self, key: str) -> None:
        ring, _slash, record = key.partition("/")
        self.open_record(record, ring)

    def _show_record(self, opened: OpenedRecord) -> None:
        self.record.show_record(opened)
        self._right.setCurrentWidget(self.record)
        self.record.focus_first()

    def _show_list(self) -> None:
        if self._right.currentWidget() is self.record:
            self._right.setCurrentWidget(self.records)
            self.records.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _correct(self, opened: OpenedRecord) -> None:
        self.correct_wanted.emit(opened.stored.record, opened.stored.ring)

    def _void(self, opened: OpenedRecord, reason: str) -> None:
        desk, stored, work = self._desk, opened.stored, self._work

        def voided(written: object) -> None:
            self._say(tr("Voided: {title}", title=opened.title))
            self.changed.emit(written)
            self.records.ask()
            self._show_list()

        def gathered(known: Known) -> None:
            work.run(
                Lane.WRITER,
                lambda: filling_.void(desk, stored, known, reason=reason),
                voided,
                self._refused,
                owner=self,
            )

        work.run(
            Lane.READER,
            lambda: filling_.undone_by_void(desk, stored),
            gathered,
            self._refused,
            owner=self,
        )

    def _print(self, opened: OpenedRecord) -> None:
        desk, stored, work = self._desk, opened.stored, self._work

        def logged(paper: printing.PrintedForm) -> None:
            work.run(
                Lane.WRITER,
                lambda: printing.printed(desk, stored),
                lambda _none: self.pdf_wanted.emit(paper),
                self._refused,
                owner=self,
            )

        work.run(
            Lane.READER, lambda: printing.filled(desk, stored), logged, self._refused, owner=self
        )

    def _refused(self, error: LeadappError) -> None:
        self._say(self._words.of(error))


def _title(desk: Desk, form: str, definition_hash: str) -> str:
    try:
        return desk.shelf.source(form, definition_hash).title
    except LeadappError:
        return form


def _lines_table(name: str, *, two_lines: bool = False) -> Table:
    """Return a list of one column, as high as its lines."""
    table = Table(
        (Column("title", name, stretch=True),), name=name, two_lines=two_lines, framed=False
    )
    table.horizontalHeader().hide()
    return table


def _fit(table: Table, rows: Sequence[Row]) -> None:
    table.show_rows(rows)
    shown = max(1, min(len(rows), _MOST_LINES))
    table.setFixedHeight(shown * table.verticalHeader().defaultSectionSize() + 2)
