"""Finding a person: results at each key, and what to do with the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.clock import today as day_of_clock
from leadapp.core.ids import RecordId
from leadapp.core.text import fold
from leadapp.services import browsing, filling, persons, questions, today
from leadapp.services.desk import Desk, family_of
from leadapp.services.persons import PersonFacts
from leadapp.services.today import DueLine
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Answer, Row, band
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import SearchLine
from leadapp.ui.kit.table import Table
from leadapp.ui.people import said
from leadapp.ui.people.marking import MarkedNames, marked
from leadapp.ui.people.new_person import NewPerson
from leadapp.ui.people.preview import Preview
from leadapp.ui.shell.page import Page
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

MOST_FOUND = 100
"""So many of a search are put in order, best first; more are asked to be narrowed."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One page of people."""

    people: tuple[PersonFacts, ...]
    total: int


class PeoplePage(Page):
    """``PeoplePage(desk, work)``."""

    person_wanted = Signal(str, str)
    """Open the person's page: ring, record."""

    form_wanted = Signal(str, dict)
    """Start this form, with these answers by question name."""

    start_wanted = Signal(str, str)
    """Choose a form for this person: ring, record."""

    def __init__(self, desk: Desk, work: Work) -> None:
        super().__init__("people", tr("People"))
        self._desk, self._work = desk, work
        self._ticket: Ticket | None = None
        self._asked = 0
        self._known: dict[str, PersonFacts] = {}
        self._due: dict[RecordId, DueLine] = {}
        self._writable = frozenset(source.form for source in filling.writable(desk))
        self.search = SearchLine(tr("Name, nickname or phone"))
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        self.said = Label("", role="table", tone="text2")
        self._care = any(family_of(ring) == "care" for ring in persons.rings_of_people(desk))
        self.table = Table(said.columns(care=self._care), name=tr("People"))
        self.table.setColumnHidden(4, not self._care)
        self._marks = MarkedNames(self.table)
        self.table.setItemDelegateForColumn(0, self._marks)
        self.table.opened.connect(self._open)
        self.table.moved_to.connect(self._moved)
        self.table.letters_typed.connect(self._type_on)
        self.preview = Preview(notes="contact_note" in self._writable, starts=bool(self._writable))
        self.preview.open_wanted.connect(lambda: self._open(self.table.current_key()))
        self.preview.start_wanted.connect(self._start)
        self.preview.note_wanted.connect(self._note)
        self.new = NewPerson(desk, work)
        self.new.left.connect(self._leave_new)
        self.new.person_wanted.connect(self.person_wanted)
        self.new.form_wanted.connect(self.form_wanted)
        self._build()

    def on_shown(self) -> None:
        """The search box has the focus; the list is asked again."""
        self._ask_due()
        if self._stack.currentIndex() == 0:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.selectAll()

    def changed(self) -> None:
        """Something was saved: ask again if this page is in view."""
        if self.isVisible():
            self._ask_due()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._leave_new()

    def new_thing(self) -> None:
        """Ctrl+N: who is close first."""
        if self.new.may_add:
            self._stack.setCurrentWidget(self.new)
            self.new.begin(self.search.text())

    def leave(self) -> bool:
        """Esc: back from a new person."""
        if self._stack.currentIndex() == 1:
            self._leave_new()
            return True
        return False

    def panes(self) -> Sequence[QWidget]:
        """Search, list, the person chosen."""
        if self._stack.currentIndex() == 1:
            return (self.new,)
        return (self.search, self.table, self.preview)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search box, arrows move in the list and Enter opens."""
        if watched is self.search and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp,
            ):  # fmt: skip
                self.table.keyPressEvent(event)
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Return, Qt.Key.Key_Enter,
            ):  # fmt: skip
                self._open(self.table.current_key())
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns where there is little room; the strip below says them."""
        super().resizeEvent(event)
        width = self.width()
        self.table.setColumnHidden(2, width < theme().px(1080))
        self.table.setColumnHidden(5, width < theme().px(940))
        self.preview.setVisible(self.height() > theme().px(340))

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        finding = QWidget()
        column = QVBoxLayout(finding)
        column.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        column.setSpacing(look.px(10))
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self.search, 1)
        self.new_button = Button(tr("New person"), icon="user-plus", role="primary", key="Ctrl+N")
        self.new_button.clicked.connect(self.new_thing)
        if not self.new.may_add:
            self.new_button.hide()
        top.addWidget(self.new_button)
        column.addLayout(top)
        column.addWidget(self.said)
        self._results = QStackedWidget()
        self._results.addWidget(self.table)
        self._empty = Empty("users", "", "")
        self._results.addWidget(self._empty)
        column.addWidget(self._results, 1)
        column.addWidget(self.preview)
        self._stack.addWidget(finding)
        self._stack.addWidget(self.new)

    # -- asking --------------------------------------------------------------------------

    def _typed(self) -> None:
        self._marks.typed = self.search.text()
        self._ask()

    def _ask(self) -> None:
        """Ask for the text typed; what an older text brings is dropped."""
        if self._ticket is not None:
            self._ticket.drop()
        text = self.search.text().strip()
        if fold(text):
            self._search(text)
        else:
            self.table.set_fetch(self._page)

    def _ask_due(self) -> None:
        """Ask what is due, which is the same at every key, then for the list."""
        desk = self._desk

        def came(lines: list[DueLine]) -> None:
            self._due = said.first_due(lines)
            self._ask()

        self._work.run(Lane.READER, lambda: today.due(desk), came, owner=self)

    def _search(self, text: str) -> None:
        desk = self._desk

        def job() -> _Found:
            return _look_up(desk, text, 0, MOST_FOUND)

        self._ticket = self._work.run(
            Lane.READER, job, lambda found: self._found(text, found), owner=self
        )

    def _page(self, offset: int, limit: int, done: Answer) -> None:
        """Fetch a page of everybody as the list is scrolled to it."""
        desk = self._desk

        def came(found: _Found) -> None:
            if fold(self.search.text()):
                return
            self._keep(found, fresh=offset == 0)
            if offset == 0:
                self._show(found.total)
                words = (
                    tr("1 person")
                    if found.total == 1
                    else tr("{count} people", count=f"{found.total:,}")
                )
                self.said.setText(words)
            done(self._rows(found.people), found.total)
            if offset == 0:
                self._moved(self.table.current_key())

        ticket = self._work.run(
            Lane.READER, lambda: _look_up(desk, "", offset, limit), came, owner=self
        )
        if offset == 0:
            self._ticket = ticket

    def _found(self, text: str, found: _Found) -> None:
        self._keep(found, fresh=True)
        first = [one for one in found.people if marked(one.name, text)]
        other = [one for one in found.people if not marked(one.name, text)]
        rows = self._rows(first)
        if other and first:
            words = tr("Other name, nickname or phone matches")
            rows.append(band("other", f"{words} \N{MIDDLE DOT} {len(other)}"))
        rows += self._rows(other)
        self.said.setText(self._how_many(text, found))
        announce(self.table, self.said.text())
        self._show(len(found.people), text)
        self.table.show_rows(rows)
        self.table.go_to_first()
        self._moved(self.table.current_key())

    def _how_many(self, text: str, found: _Found) -> str:
        if found.total > len(found.people):
            return tr(
                "The first {shown} of {count}. Type more letters.",
                shown=len(found.people),
                count=f"{found.total:,}",
            )
        if found.total == 1:
            return tr(
                "1 person matches \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}",
                text=text,
            )
        return tr(
            "{count} people match \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}",
            count=found.total,
            text=text,
        )

    def _keep(self, found: _Found, *, fresh: bool) -> None:
        if fresh:
            self._known.clear()
        self._known |= {one.record: one for one in found.people}

    def _rows(self, people: Sequence[PersonFacts]) -> list[Row]:
        day = day_of_clock(self._desk.clock)
        return [said.row(one, self._due_of(one), day) for one in people]

    def _due_of(self, facts: PersonFacts) -> DueLine | None:
        """Return what is due first, on whichever record of the person."""
        lines = (self._due[one] for one in facts.everyone if one in self._due)
        return min(lines, key=lambda line: line.day, default=None)

    def _show(self, count: int, text: str = "") -> None:
        if not count:
            fact = (
                tr(
                    "No one matches \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}",
                    text=text,
                )
                if text
                else tr("No people yet")
            )
            how = tr("Try a part of the name or a phone number, or add a new person (Ctrl+N).")
            self._empty.say(fact, how if self.new.may_add else "")
        self._results.setCurrentIndex(0 if count else 1)
        self.preview.setEnabled(bool(count))
        tall = self.height() > theme().px(340)
        self.preview.setVisible(bool(count) and tall)

    # -- acting --------------------------------------------------------------------------

    def _moved(self, key: str) -> None:
        facts = self._known.get(key)
        if facts is not None:
            self.preview.show_person(facts, self._due_of(facts), day_of_clock(self._desk.clock))

    def _type_on(self, letter: str) -> None:
        """A letter typed in the list goes on in the search box."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letter)

    def _open(self, key: str) -> None:
        facts = self._known.get(key)
        if facts is not None:
            self.person_wanted.emit(facts.ring, facts.record)

    def _start(self) -> None:
        facts = self._known.get(self.table.current_key())
        if facts is not None:
            self.start_wanted.emit(facts.ring, facts.record)

    def _note(self) -> None:
        facts = self._known.get(self.table.current_key())
        if facts is not None and facts.side == "care":
            self.form_wanted.emit("contact_note", {"person": facts.record})

    def _leave_new(self) -> None:
        self._stack.setCurrentIndex(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _look_up(desk: Desk, text: str, offset: int, limit: int) -> _Found:
    """Return a page of people with all a row shows. Reader lane."""
    query = questions.people(text, offset, limit)
    hidden = () if fold(text) else persons.hidden(desk)  # joined names are still found
    rings = persons.rings_of_people(desk)
    lines = browsing.records(desk, replace(query, without=hidden))
    lines = [line for line in lines if line.ring in rings]
    known = persons.facts(desk, lines)
    total = len(lines)
    if total == limit or offset:
        total = browsing.count(desk, query) - len(hidden)
    return _Found(people=tuple(known.values()), total=total - len(lines) + len(known))
