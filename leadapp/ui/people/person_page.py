"""One person: what happened, who may be told, what is due. Opening the page is logged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.casework.due import Due
from leadapp.core.clock import today as day_of_clock
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.words import Words
from leadapp.services import browsing, filling, persons, same_people, showing, today
from leadapp.services.desk import Desk, family_of
from leadapp.services.persons import PersonFacts
from leadapp.services.persons import PersonPage as Facts
from leadapp.services.questions import RecordLine, StoredRecord
from leadapp.services.same_people import Said
from leadapp.services.today import DueLine
from leadapp.ui.drawer import Drawer
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.offering import Offer, offer
from leadapp.ui.people import around
from leadapp.ui.people.head import PersonHead
from leadapp.ui.people.timeline import Item, Timeline
from leadapp.ui.record.opening import open_record
from leadapp.ui.record.reading import OpenedRecord, is_protected
from leadapp.ui.record.view import RecordView
from leadapp.ui.shell.page import Crumb, Page
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

MOST_ITEMS = 2_000
_GROUPS: dict[str, frozenset[str]] = {
    "contacts": frozenset({"contact_note", "cit_contact"}),
    "referrals": frozenset({"referral", "referral_status", "intake", "episode_status"}),
    "consents": frozenset({"consent"}),
}
_LEFT, _RIGHT = 258, 238


@dataclass(frozen=True, slots=True)
class _Everything:
    """All a page shows, fetched at once."""

    stored: tuple[StoredRecord, ...]
    """All records of the person: opening the page opens each."""
    facts: Facts
    lines: tuple[RecordLine, ...]
    due: tuple[DueLine, ...]
    names: dict[str, str]


class PersonPage(Page):
    """``PersonPage(desk, work, words, ring, record)``; its name is ``person:<record>``."""

    place = "people"

    form_wanted = Signal(str, dict)
    start_wanted = Signal(str, str)
    """Choose a form for this person: ring, record."""

    person_wanted = Signal(str, str)
    correct_wanted = Signal(str, str)
    print_wanted = Signal(str, str)
    done = Signal(str, object)
    """What was done, and what undoes it: for the toast."""
    closed = Signal()
    """Esc with nothing open: back to the list."""

    def __init__(
        self,
        desk: Desk,
        work: Work,
        words: Words,
        ring: str,
        record: str,
        *,
        trail: Sequence[Crumb] = (),
    ) -> None:
        super().__init__(f"person:{record}", tr("Person"))
        self._desk, self._work = desk, work
        self.ring, self.record = ring, record
        self._care = family_of(RingId(ring)) == "care"
        self._logged = False
        self._found: _Everything | None = None
        self._writable = frozenset(source.form for source in filling.writable(desk))
        may_note = self._care and "contact_note" in self._writable
        self.head = PersonHead(notes=may_note, starts=bool(self._writable))
        self.head.note_wanted.connect(self._note)
        self.head.start_wanted.connect(self.start)
        self.pills = Pills([], name=tr("Show"))
        self.pills.changed.connect(lambda _name: self._show_items())
        self.timeline = Timeline(desk.clock.now())
        self.timeline.opened.connect(self.open_item)
        self._words = words
        self.view = RecordView(desk, work, words, back=tr("Timeline"))
        self.view.back_wanted.connect(self.back)
        self.view.correct_wanted.connect(lambda one: self.correct_wanted.emit(*one.place))
        self.view.print_wanted.connect(lambda one: self.print_wanted.emit(*one.place))
        self.view.emptied.connect(self.on_shown)
        self._left = Scroll(gap=12)
        self.drawer = Drawer(tr("Due"), width=_RIGHT, parent=self)
        self._right = Scroll(gap=12)
        self._cards: list[Card] = []
        self._build()
        self.set_heading(trail=trail)

    def on_shown(self) -> None:
        """Ask again; the first time, opening is logged before anything is shown."""
        words = tr("Print the record that is open")
        offer(self, Offer("person_print", words, self.view.print_now, "Ctrl+P", "printer"))
        if self._writable:
            start = tr("Start a form for this person")
            offer(self, Offer("person_start", start, self.start, "Ctrl+Shift+F", "clipboard-list"))
        desk, ring, record = self._desk, RingId(self.ring), RecordId(self.record)
        self._work.run(Lane.READER, lambda: _everything(desk, ring, record), self._came, owner=self)

    def changed(self) -> None:
        """Something was saved: ask again if this page is in view."""
        if self.isVisible():
            self.on_shown()

    def start(self) -> None:
        """Ctrl+Shift+F: choose a form for this person."""
        self.start_wanted.emit(self.ring, self.record)

    def new_thing(self) -> None:
        """Ctrl+N: a note, or another form."""
        if self.head.note_button.isVisible():
            self._note()
        else:
            self.start()

    def leave(self) -> bool:
        """Esc: close the drawer, go back to the timeline, or to the list."""
        if self.drawer.close_drawer():
            return True
        if self._middle.currentWidget() is self.view:
            if not self.view.close_question():
                self.back()
            return True
        self.closed.emit()
        return True

    def panes(self) -> Sequence[QWidget]:
        """Head, facts, timeline, due."""
        inside = self.view if self._middle.currentWidget() is self.view else self.timeline
        return (self.head, self._left, inside, self.drawer)

    def open_item(self, key: str) -> None:
        """Open one of the timeline in its place; logged first."""
        ring, _, record = key.partition(" ")
        place = (ring, record)
        open_record(self._desk, self._work, self._words, place, self._opened, self)

    def back(self) -> None:
        """Back to the timeline, at the same item."""
        self._middle.setCurrentIndex(0)
        self._top.show()
        self.view.clear()
        self.timeline.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less in the head where there is little room."""
        super().resizeEvent(event)
        if self._found is not None:
            self._show_head(self._found)

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(20), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(16))
        self._left.setFixedWidth(look.px(_LEFT))
        row.addWidget(self._left)
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.pills, 1)
        top.addWidget(self.drawer.button)
        column.addWidget(self._top)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.timeline)
        self._middle.addWidget(self.view)
        self._middle.addWidget(
            Empty("history", tr("Nothing has happened yet"), tr("What is written appears here."))
        )
        self._middle.addWidget(QWidget())
        self._middle.setCurrentIndex(3)
        column.addWidget(self._middle, 1)
        row.addLayout(column, 1)
        outer.addLayout(row, 1)
        self.drawer.body.addWidget(self._right)
        if self._care:  # nothing is due on the law side: there the drawer is never shown
            self.drawer.dock_in(row)

    # -- answers -------------------------------------------------------------------------

    def _came(self, found: _Everything) -> None:
        if self._logged:
            self._show(found)
            return
        self._logged = True

        def log() -> None:
            for stored in found.stored:
                browsing.viewed(self._desk, stored)

        self._work.run(Lane.WRITER, log, lambda _none: self._show(found, fresh=True), owner=self)

    def _show(self, found: _Everything, *, fresh: bool = False) -> None:
        self._found = found
        self.ring, self.record = found.facts.facts.ring, found.facts.facts.record
        self.set_heading(found.facts.facts.name or tr("No name"))
        self._show_head(found)
        self._show_around(found)
        counts = {
            name: sum(line.kind in kinds for line in found.lines) for name, kinds in _GROUPS.items()
        }
        words = {
            "contacts": tr("Contacts"),
            "referrals": tr("Referral and status"),
            "consents": tr("Consents"),
        }
        other = len(found.lines) - sum(counts.values())
        filters = [Filter("all", tr("All"), len(found.lines))]
        filters += [Filter(name, words[name], count) for name, count in counts.items() if count]
        if other and len(filters) > 1:
            filters.append(Filter("other", tr("Other"), other))
        self.pills.set_filters(filters)
        self._show_items()
        if fresh and self.isVisible():
            self.timeline.setFocus()

    def _show_head(self, found: _Everything) -> None:
        narrow = self.width() < theme().px(900)
        self.head.show_person(found.facts.facts, day_of_clock(self._desk.clock), narrow=narrow)

    def _show_items(self) -> None:
        found = self._found
        if found is None:
            return
        wanted = self.pills.value()
        under: dict[str, str] = {one.record: one.name for one in found.facts.joined}
        items = [
            Item(
                line,
                found.names.get(line.author, ""),
                protected=is_protected(line.ring) and not line.line,
                under=under.get(line.person, ""),
            )
            for line in found.lines
            if _belongs(line.kind, wanted)
        ]
        self.timeline.show_items(items)
        if self._middle.currentWidget() is not self.view:
            self._middle.setCurrentIndex(0 if items else 2)

    def _show_around(self, found: _Everything) -> None:
        for card in self._cards:
            card.hide()
            card.setParent(None)
            card.deleteLater()
        day = day_of_clock(self._desk.clock)
        page, self._cards = found.facts, []
        may = self._desk.may("correct", "person", family_of(RingId(self.ring)))
        correct = (lambda: self.correct_wanted.emit(self.ring, self.record)) if may else None
        left: list[Card | None] = [around.contact_card(page, correct)]
        left += [around.joined_card(page, self._apart(page))]
        left += [around.same_card(page, self.person_wanted.emit)]
        if self._care:
            renew = self._new_consent if "consent" in self._writable else None
            left.append(around.consent_card(page.consents, day, renew))
            change = self._change_status if "episode_status" in self._writable else None
            left.append(around.lead_card(page, day, change))
            due = around.due_card(found.due, day, self._act_on)
            self._right.body.addWidget(due)
            self._cards.append(due)
        for one in left:
            if one is not None:
                self._left.body.addWidget(one)
                self._cards.append(one)

    def _opened(self, opened: OpenedRecord) -> None:
        self.view.show_record(opened)
        self._top.hide()
        self._middle.setCurrentWidget(self.view)
        self.view.focus_first()

    # -- several records of one person ---------------------------------------------------

    def _apart(self, page: Facts) -> Callable[[PersonFacts], object] | None:
        """Return what takes a record out of the person again; ``None`` for who may not."""
        ring = page.facts.ring
        may = all(same_people.may_say(self._desk, ring, one.ring) for one in page.joined)
        return self._take_apart if may else None

    def _take_apart(self, other: PersonFacts) -> None:
        """Take back what joins a record with the others; Undo joins it again."""
        desk = self._desk

        def again(said: tuple[Said, ...]) -> None:
            def job() -> None:
                for one in said:
                    same_people.undo(desk, one)

            self._work.run(Lane.WRITER, job, lambda _none: self.on_shown(), owner=self)

        def done(said: tuple[Said, ...]) -> None:
            self.done.emit(tr("Taken apart: {name}", name=other.name), lambda: again(said))
            self.on_shown()

        self._work.run(
            Lane.WRITER, lambda: same_people.take_out(desk, other.record), done, owner=self
        )

    # -- acting --------------------------------------------------------------------------

    def _note(self) -> None:
        self.form_wanted.emit("contact_note", {"person": self.record})

    def _new_consent(self) -> None:
        self.form_wanted.emit("consent", {"person": self.record})

    def _change_status(self) -> None:
        """Start a change to the status that contact suggests."""
        if self._found is not None:
            page = self._found.facts
            answers = {"status": page.suggested, "last_contact_day": page.last_contact}
            self.form_wanted.emit("episode_status", {"person": self.record, **answers})

    def _act_on(self, line: DueLine) -> None:
        """Start the form that settles what is due."""
        if line.sort is Due.CONSENT:
            self._new_consent()
        elif line.sort is Due.INTAKE and "lead_intake" in self._writable:
            answers = {"person": self.record, "referral": str(line.record)}
            self.form_wanted.emit("lead_intake", answers)
        else:
            self._note()


def _belongs(kind: str, wanted: str) -> bool:
    if wanted in _GROUPS:
        return kind in _GROUPS[wanted]
    return wanted != "other" or not any(kind in kinds for kinds in _GROUPS.values())


def _everything(desk: Desk, ring: RingId, record: RecordId) -> _Everything:
    """Fetch all a person's page shows. Reader lane."""
    browsing.record(desk, record, ring)
    facts = persons.page(desk, record)
    if facts is None:
        raise Refusal("services.no_such_record")
    everyone = (facts.facts, *facts.joined)
    ids = [one.record for one in everyone]
    lines = browsing.timeline(desk, ids, 0, MOST_ITEMS)
    return _Everything(
        stored=tuple(browsing.record(desk, one.record, one.ring) for one in everyone),
        facts=facts,
        lines=tuple(line for line in lines if line.record not in ids),
        due=tuple(today.due(desk, record)),
        names=showing.user_names(desk),
    )
