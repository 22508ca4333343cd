"""The Review tab of Sync: records in which computers differ, and those that may be one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.forms.session import Submission
from leadapp.services import browsing, filling, same_people
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Filling, Saved
from leadapp.services.kept import StoredRecord, Written
from leadapp.services.rules import Known
from leadapp.services.same_people import Said
from leadapp.services.verdicts import Verdict
from leadapp.ui.kit.cells import Cell, Column, Row, band
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.table import Table
from leadapp.ui.review import pairs, said
from leadapp.ui.review.pair_sheet import PairSheet
from leadapp.ui.review.pairs import OpenedTwins, Twins
from leadapp.ui.review.pane import ReviewFoot, ReviewPane
from leadapp.ui.review.said import Opened, Waiting
from leadapp.ui.review.sheet import ReviewSheet
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
_BAND, _TWINS_BAND = "differ", "twins"
_Found = tuple[list[Waiting], list[Twins], int]


class ReviewTab(Tab):
    """``ReviewTab(desk, work, words)``: choose left, look right, Ctrl+S says what is so."""

    done = Signal(str, object)
    """What was done, and what undoes it: for the toast."""

    fills = True

    def __init__(self, desk: Desk, work: Work, words: Words) -> None:
        super().__init__("review", tr("Review"), desk, work, words)
        self.sheet: ReviewSheet | None = None
        self.opened: Opened | None = None
        self.pair_sheet: PairSheet | None = None
        self.twins: Twins | None = None
        """The pair in view; then ``opened`` is none."""
        self._waiting: list[Waiting] = []
        self._twins: list[Twins] = []
        self._coming = ""
        """What is being opened: opening is logged once."""
        self._place = 0
        self._starts = False
        """Whether the focus is to go into the list once it is there."""
        self._empty = Empty(
            "circle-check",
            tr("Nothing to review"),
            tr("What two computers changed, and people who may be recorded twice, wait here."),
        )
        self.column.addWidget(self._empty, 1)
        self._main = QWidget()
        row = QHBoxLayout(self._main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(16))
        self.pane = ReviewPane()
        self.pane.stepped.connect(self._step)
        row.addWidget(self._list())
        row.addWidget(self.pane, 1)
        self.column.addWidget(self._main, 1)
        self._main.hide()
        self._empty.hide()  # until it is known whether anything waits
        self._make_foot()

    def reload(self) -> None:
        """Ask what waits."""
        desk, words = self.desk, self.words

        def job() -> _Found:
            return (said.waiting(desk), *pairs.waiting(desk, words))

        self._read(job, self._came)

    def start(self) -> None:
        """Go into the list, at once or when it comes."""
        self._starts = True
        if self._main.isVisible():
            self._go_into_list()

    def _go_into_list(self) -> None:
        self._starts = False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        """The digits choose everything from one side, wherever the focus is."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.sheet is not None and plain and self.sheet.use_all(event.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A list takes digits for itself: it would look for a name that begins so."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.take_key(event)
        return super().eventFilter(watched, event)

    def main_action(self) -> None:
        """Save the choices, or say that the two are one; then the next."""
        if self.twins is not None:
            self._judge(self.twins, "same")
            return
        if self.opened is None or self.sheet is None or not self.opened.may_settle:
            return
        self.save.setEnabled(False)
        if self.sheet.voids():
            self._void(self.opened.stored)
        else:
            self._settle(self.opened.stored, self.sheet.choices())

    def leave(self) -> bool:
        """Skip what is in view; False when it is the last."""
        return self._step(+1)

    def panes(self) -> Sequence[QWidget]:
        """The list, then the record."""
        return (self.table, self.pane)

    def _list(self) -> Table:
        self.table = Table(
            [Column("record", tr("To review"), 250, stretch=True)],
            name=tr("To review"),
            two_lines=True,
        )
        self.table.setFixedWidth(theme().px(270))
        self.table.setMinimumHeight(theme().px(220))
        self.table.moved_to.connect(self._moved_to)
        self.table.opened.connect(lambda _key: self._start())
        self.table.installEventFilter(self)
        return self.table

    def _make_foot(self) -> None:
        self.foot = foot = ReviewFoot()
        self.save = foot.save
        foot.skip.clicked.connect(self.leave)
        foot.save.clicked.connect(self.main_action)
        foot.apart.clicked.connect(self._not_the_same)
        foot.hide()
        QShortcut(
            QKeySequence("Ctrl+D"),
            self,
            self._not_the_same,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _came(self, found: _Found) -> None:
        self._waiting, self._twins, twins = found
        count = len(self._waiting) + twins
        self._empty.setVisible(not count)
        self._main.setVisible(bool(count))
        if self.foot is not None:
            self.foot.setVisible(bool(count))
        if count and self._starts:
            self._go_into_list()
        self.says = said.what_waits(len(self._waiting), twins)
        self.set_count(count)
        keys, shown = self._keys(), self._shown_key()
        if shown not in keys:
            self._close()
        self.table.show_rows(self._rows(twins))
        if shown in keys:
            self.table.go_to(shown)
        elif keys:
            if not self.table.go_to(keys[min(self._place, len(keys) - 1)]):
                self.table.go_to_first()
            self._moved_to(self.table.current_key())

    def _rows(self, twins: int) -> list[Row]:
        """Return both bands, each with what is in it."""
        rows: list[Row] = []
        if self._waiting:
            rows.append(band(_BAND, tr("Changed on two computers · {n}", n=len(self._waiting))))
            rows += [
                Row(one.key, (Cell(one.title, one.words, bold=True),)) for one in self._waiting
            ]
        if self._twins:
            rows.append(band(_TWINS_BAND, tr("May be the same person · {n}", n=f"{twins:,}")))
            rows += [
                Row(
                    one.key,
                    (Cell(one.pair.names[0], f"{one.pair.names[1]}. {one.sign}", bold=True),),
                )
                for one in self._twins
            ]
        return rows

    def _keys(self) -> list[str]:
        return [one.key for one in self._waiting] + [one.key for one in self._twins]

    def _shown_key(self) -> str:
        """Return the key of what is in view."""
        if self.twins is not None:
            return self.twins.key
        stored = self.opened.stored if self.opened is not None else None
        return f"{stored.ring}/{stored.record}" if stored is not None else ""

    def _moved_to(self, key: str) -> None:
        if key in (self._shown_key(), self._coming):
            return
        self._coming = key
        twins = next((one for one in self._twins if one.key == key), None)
        if twins is not None:
            self._read(
                lambda: pairs.both(self.desk, twins.pair), lambda two: self._view_both(twins, two)
            )
        one = next((one for one in self._waiting if one.key == key), None)
        if one is not None:
            self._read(lambda: browsing.record(self.desk, one.record, one.ring), self._view)

    def _view_both(self, twins: Twins, two: tuple[StoredRecord, StoredRecord]) -> None:
        """Log that both are looked at, then show them."""
        desk = self.desk

        def log() -> None:
            for stored in two:
                browsing.viewed(desk, stored)

        def word(_none: None) -> None:
            self._read(lambda: pairs.opened(desk, twins, two), self._show_twins)

        self.ask(log, word)

    def _show_twins(self, opened: OpenedTwins) -> None:
        if self.table.current_key() != opened.twins.key:
            return
        self._close()
        self.twins = opened.twins
        self.pair_sheet = PairSheet(opened)
        title = tr("Are these one person?")
        self._show_in_pane(title, opened.twins.words, self.pair_sheet, may_settle=True)

    def _show_in_pane(
        self, title: str, facts: str, sheet: ReviewSheet | PairSheet, *, may_settle: bool
    ) -> None:
        keys, here = self._keys(), self._shown_key()
        self.pane.show_sheet(title, facts, sheet)
        if here in keys:
            self.pane.show_place(keys.index(here) + 1, len(keys))
        if isinstance(self.foot, ReviewFoot):
            stops = [self.table, *self.pane.stops(), *sheet.stops(), *self.foot.stops()]
            for before, after in pairwise(stops):
                self.setTabOrder(before, after)
            self.foot.show_for(
                twins=self.twins is not None, others=len(keys) > 1, may_settle=may_settle
            )

    def _not_the_same(self) -> None:
        if self.twins is not None:
            self._judge(self.twins, "different")

    def _judge(self, twins: Twins, verdict: Verdict) -> None:
        """Say what is so of the two; Undo takes it back."""
        desk, pair = self.desk, twins.pair
        self._place = self._keys().index(twins.key) if twins.key in self._keys() else 0
        one, other = pair.names
        words = (
            tr("One person: {one} and {other}", one=one, other=other)
            if verdict == "same"
            else tr("Not one person: {one} and {other}", one=one, other=other)
        )

        def undo(was: Said) -> None:
            self.ask(lambda: same_people.undo(desk, was), lambda _said: self.reload())

        def done(was: Said) -> None:
            self.done.emit(words, lambda: undo(was))
            self._settled()

        self.save.setEnabled(False)
        self.ask(lambda: same_people.say(desk, pair.one, pair.other, verdict), done)

    def _view(self, stored: StoredRecord) -> None:
        """Log the view, then show it: nothing protected is shown that was not logged."""
        self.ask(lambda: browsing.viewed(self.desk, stored), lambda _none: self._word(stored))

    def _word(self, stored: StoredRecord) -> None:
        self._read(lambda: said.opened(self.desk, stored), self._show)

    def _show(self, opened: Opened) -> None:
        self._close()
        self.opened = opened
        facts = opened.facts
        if not opened.may_settle:
            facts = tr("{facts} Someone who may correct it chooses.", facts=facts)
        self.sheet = ReviewSheet(opened)
        self._show_in_pane(opened.title, facts, self.sheet, may_settle=opened.may_settle)

    def _start(self) -> None:
        if self.sheet is not None:
            self.sheet.start()

    def _close(self) -> None:
        self.opened = self.twins = None
        self._coming = ""
        self.pane.clear()
        self.sheet = self.pair_sheet = None

    def _step(self, by: int) -> bool:
        keys = self._keys()
        here = self.table.current_key()
        if len(keys) < 2 or here not in keys:
            return False
        self.table.go_to(keys[(keys.index(here) + by) % len(keys)])
        return True

    def _settle(self, stored: StoredRecord, choices: dict[str, str]) -> None:
        desk = self.desk
        lookup = desk.lookup(family_of(stored.ring))

        def prepare() -> tuple[Filling, Submission, Known]:
            work, submission = filling.settle(desk, stored, choices, lookup=lookup)
            return work, submission, filling.gather(desk, work, submission)

        def write(made: tuple[Filling, Submission, Known]) -> None:
            reason = tr("Chosen after two computers changed it")
            self.ask(lambda: filling.save(desk, *made, reason=reason), self._saved)

        self._read(prepare, write)

    def _void(self, stored: StoredRecord) -> None:
        desk, reason = self.desk, tr("Voided after two computers changed it")
        self._read(
            lambda: filling.undone_by_void(desk, stored),
            lambda known: self.ask(
                lambda: filling.void(desk, stored, known, reason=reason), self._saved
            ),
        )

    def _saved(self, _written: Saved | Written) -> None:
        self._place = 0
        self._settled()

    def _settled(self) -> None:
        """Go on to what waits next."""
        self.notice.hide()
        self._close()
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self.work.run(Lane.READER, job, done, self.refuse, owner=self)
