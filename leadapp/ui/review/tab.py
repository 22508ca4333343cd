"""The Review tab of Sync: the records in which computers differ, and one of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.forms.session import Submission
from leadapp.services import browsing, filling
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Filling, Saved
from leadapp.services.kept import StoredRecord, Written
from leadapp.services.rules import Known
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Cell, Column, Row, band
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.table import Table
from leadapp.ui.review import said
from leadapp.ui.review.said import Opened, Waiting
from leadapp.ui.review.sheet import ReviewSheet
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
_BAND = "differ"


class ReviewTab(Tab):
    """``ReviewTab(desk, work, words)``: choose a record left, its answers right, Ctrl+S saves."""

    def __init__(self, desk: Desk, work: Work, words: Words) -> None:
        super().__init__("review", tr("Review"), desk, work, words)
        self.sheet: ReviewSheet | None = None
        self.opened: Opened | None = None
        self._waiting: list[Waiting] = []
        self._empty = Empty(
            "circle-check",
            tr("Nothing to review"),
            tr("What two computers change at the same time waits here after a sync."),
        )
        self.column.addWidget(self._empty, 1)
        self._main = QWidget()
        row = QHBoxLayout(self._main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(16))
        row.addWidget(self._list())
        row.addLayout(self._right(), 1)
        self.column.addWidget(self._main, 1)
        self._main.hide()

    def reload(self) -> None:
        """Ask which records wait."""
        self._read(lambda: said.waiting(self.desk), self._came)

    def main_action(self) -> None:
        """Save the choices and go to the next record."""
        if self.opened is None or self.sheet is None or not self.opened.may_settle:
            return
        self.save.setEnabled(False)
        if self.sheet.voids():
            self._void(self.opened.stored)
        else:
            self._settle(self.opened.stored, self.sheet.choices())

    def leave(self) -> bool:
        """Skip the record in view; False when it is the last one."""
        return self._step(+1)

    def panes(self) -> Sequence[QWidget]:
        """The list, then the record."""
        return (self.table, self._body)

    def _list(self) -> Table:
        self.table = Table(
            [Column("record", tr("To review"), 250, stretch=True)],
            name=tr("To review"),
            two_lines=True,
        )
        self.table.setFixedWidth(theme().px(270))
        self.table.setMinimumHeight(theme().px(420))
        self.table.moved_to.connect(self._moved_to)
        self.table.opened.connect(lambda _key: self._start())
        return self.table

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(theme().px(10))
        self._title = Label("", role="pane_title", wrap=True)
        self._facts = Label("", role="table", tone="text2", wrap=True)
        right.addWidget(self._title)
        right.addWidget(self._facts)
        self._body = QWidget()
        self._holder = QVBoxLayout(self._body)
        self._holder.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._body)
        foot = QHBoxLayout()
        self.skip = Button(tr("Skip for now"), key="Esc")
        self.save = Button(tr("Save choices, next"), icon="check", role="primary", key="Ctrl+S")
        self.skip.clicked.connect(self.leave)
        self.save.clicked.connect(self.main_action)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.save)
        right.addLayout(foot)
        right.addStretch(1)
        return right

    def _came(self, waiting: list[Waiting]) -> None:
        self._waiting = waiting
        self.set_count(len(waiting))
        self._empty.setVisible(not waiting)
        self._main.setVisible(bool(waiting))
        title = tr("Changed on two computers · {n}", n=len(waiting))
        rows = [Row(one.key, (Cell(one.title, one.words, bold=True),)) for one in waiting]
        self.table.show_rows([band(_BAND, title), *rows] if rows else [])
        if not waiting:
            self._close()
        elif self.opened is None or self.table.current_key() == "":
            self.table.go_to_first()

    def _moved_to(self, key: str) -> None:
        one = next((one for one in self._waiting if one.key == key), None)
        if one is None:
            return
        self._read(lambda: browsing.record(self.desk, one.record, one.ring), self._view)

    def _view(self, stored: StoredRecord) -> None:
        """Log the view, then show it: nothing protected is shown that was not logged."""
        self.ask(lambda: browsing.viewed(self.desk, stored), lambda _none: self._word(stored))

    def _word(self, stored: StoredRecord) -> None:
        self._read(lambda: said.opened(self.desk, stored), self._show)

    def _show(self, opened: Opened) -> None:
        self._close()
        self.opened = opened
        self._title.setText(opened.title)
        self._facts.setText(
            opened.facts
            if opened.may_settle
            else tr("{facts} Someone who may correct it chooses.", facts=opened.facts)
        )
        self.sheet = ReviewSheet(opened)
        self._holder.addWidget(self.sheet)
        self.save.setEnabled(opened.may_settle)
        self.skip.setEnabled(len(self._waiting) > 1)

    def _start(self) -> None:
        if self.sheet is not None:
            self.sheet.start()

    def _close(self) -> None:
        self.opened = None
        if self.sheet is not None:
            self._holder.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None

    def _step(self, by: int) -> bool:
        keys = [one.key for one in self._waiting]
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
        self.notice.hide()
        self._close()
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self.work.run(Lane.READER, job, done, self.refuse, owner=self)
