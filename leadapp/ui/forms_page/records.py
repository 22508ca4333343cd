"""The records of one form as a list: found by words, days and who, fetched as it scrolls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.clock import today
from leadapp.core.ids import FormId
from leadapp.services import browsing, persons
from leadapp.services.desk import Desk
from leadapp.services.kept import Order, RecordLine, RecordQuery
from leadapp.services.showing import user_names
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Answer, Cell, Column, Row
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import SearchLine
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.typed_dates import Typed, say_day
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_PAUSE_MS = 120
_COLUMNS = (
    Column("title", "Record", 150, stretch=True),
    Column("day", "Day", 112, sortable=True),
    Column("author", "Who", 130),
    Column("state", "State", 96),
)
_STATE = 3
"""Shown only where some record of the list has one."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A page of the list, how many there are, who wrote them and whom they are about."""

    lines: list[RecordLine]
    count: int
    users: dict[str, str]
    people: dict[str, str]


class RecordsPane(QWidget):
    """``show_form(form, title)``; ``opened`` when a record is to be read."""

    opened = Signal(str)
    """``ring/record`` of the record."""

    start_wanted = Signal()

    def __init__(self, desk: Desk, work: Work) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self._query = RecordQuery(limit=100)
        self._turn = 0
        self._names: dict[str, str] = {}
        self._form_title = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addLayout(self._head())
        column.addLayout(self._filters())
        self.table = Table(_COLUMNS, name=tr("Records"), two_lines=True)
        self.table.opened.connect(self.opened.emit)
        self.table.sort_wanted.connect(self._sort)
        column.addWidget(self.table, 1)
        self.table.paged.loaded.connect(self._count_came)

    def show_form(self, form: FormId, title: str, *, may_start: bool) -> None:
        """Show the records of ``form``, all of them."""
        self._form_title = title
        self._title.setText(title)
        self.start.setVisible(may_start)
        self.start.set_words(tr("Start {form}", form=title))
        if (form,) != self._query.forms:
            self._query = replace(self._query, forms=(form,))
            self.ask()

    def ask(self) -> None:
        """Ask again with the present filters."""
        self._pause.stop()
        query = self._filtered()
        self._turn += 1
        turn = self._turn
        total: list[int] = []
        self.table.setColumnHidden(_STATE, True)

        def fetch(offset: int, limit: int, done: Answer) -> None:
            self._fetch(replace(query, offset=offset, limit=limit), turn, total, done)

        self.table.set_fetch(fetch)

    def _fetch(self, query: RecordQuery, turn: int, total: list[int], done: Answer) -> None:
        desk = self._desk

        def job() -> _Found:
            users = {} if total else user_names(desk)
            count = total[0] if total else browsing.count(desk, query)
            lines = browsing.records(desk, query)
            people = persons.names(desk, {line.person for line in lines})
            return _Found(lines, count, users, people)

        def came(found: _Found) -> None:
            if turn != self._turn:
                return
            self._names = found.users or self._names
            total[:] = [found.count]
            day, form = today(desk.clock), self._form_title
            rows = [
                line_row(line, form, found.people.get(line.person, ""), self._names, day)
                for line in found.lines
            ]
            if any(row.cells[_STATE].text for row in rows):
                self.table.setColumnHidden(_STATE, False)
            done(rows, found.count)

        self._work.run(Lane.READER, job, came, owner=self)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._title = Label("", role="pane_title")
        self._count = Label("", role="table", tone="text2")
        self.start = Button("", icon="plus", role="primary", key="Ctrl+N")
        self.start.clicked.connect(self.start_wanted.emit)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.start)
        return row

    def _filters(self) -> QVBoxLayout:
        rows, row = QVBoxLayout(), QHBoxLayout()
        rows.setSpacing(theme().px(8))
        row.setSpacing(theme().px(8))
        self.search = SearchLine(tr("Search these records"))
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self._pills = Pills(
            [
                Filter("all", tr("All")),
                Filter("mine", tr("Mine")),
                Filter("check", tr("To check")),
                Filter("void", tr("Void")),
            ],
            name=tr("Which records"),
        )
        self._pills.changed.connect(lambda _name: self.ask())
        self._since = self._day_box(tr("From day"))
        self._until = self._day_box(tr("Up to day"))
        row.addWidget(self.search, 3)
        for box, words in ((self._since, tr("From")), (self._until, tr("to"))):
            row.addWidget(Label(words, role="table", tone="text2"))
            row.addWidget(box, 2)
        rows.addLayout(row)
        rows.addWidget(self._pills)
        return rows

    def _day_box(self, name: str) -> DateBox:
        box = DateBox(self._desk.clock)
        box.setAccessibleName(name)
        box.setMinimumWidth(theme().px(112))
        box.setMaximumWidth(theme().px(150))
        box.changed.connect(lambda _typed: self._pause.start())
        return box

    def _filtered(self) -> RecordQuery:
        chosen = self._pills.value()
        return replace(
            self._query,
            text=self.search.text().strip(),
            first_day=_iso(self._since.typed()),
            last_day=_iso(self._until.typed()),
            author=self._desk.user if chosen == "mine" else None,
            voided=chosen == "void",
            with_problems=True if chosen == "check" else None,
        )

    def _sort(self, column: str, descending: bool) -> None:
        order: Order = "changed" if column == "day" and descending else "day"
        self._query = replace(self._query, order=order)
        self.ask()

    def _count_came(self, count: int) -> None:
        one = tr("1 record")
        self._count.setText(one if count == 1 else tr("{count} records", count=f"{count:,}"))


def line_row(line: RecordLine, form: str, person: str, names: dict[str, str], day: date) -> Row:
    """Return a record as a row: who, or what tells it apart, before the form's own title."""
    own = "" if line.title == form else line.title
    said = [words for words in (person, own, line.line) if words] or [line.title]
    return Row(
        f"{line.ring}/{line.record}",
        (
            Cell(said[0], ", ".join(said[1:]), bold=True),
            Cell(_day(line.day, day)),
            Cell(names.get(line.author, "")),
            _state(line),
        ),
        muted=line.voided,
    )


def _state(line: RecordLine) -> Cell:
    if line.voided:
        return Cell(tr("Void"), badge="err")
    if line.conflicted:
        return Cell(tr("Differs"), badge="warn")
    if line.problems:
        return Cell(tr("To check"), badge="warn")
    if line.waiting:
        return Cell(tr("Waiting"), badge="neutral")
    return Cell()


def _day(text: str, day: date) -> str:
    try:
        return say_day(datetime.fromisoformat(text).date(), day) if text else ""
    except ValueError:
        return text


def _iso(typed: Typed | None) -> str:
    return typed.day.isoformat() if typed and typed.day else ""
