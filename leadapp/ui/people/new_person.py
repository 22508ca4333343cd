"""Adding a person: who is close by what was typed is shown first, so that nobody is there twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.casework.matching import Likeness
from leadapp.core.ids import RingId
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.services import filling, persons
from leadapp.services.desk import Desk, family_of
from leadapp.services.persons import Near
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.typed_dates import Direction, Part
from leadapp.ui.people import said
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

_PAUSE_MS = 120


class NewPerson(QWidget):
    """``begin("osg")`` empties it; people who are close follow each key."""

    left = Signal()
    person_wanted = Signal(str, str)
    form_wanted = Signal(str, dict)

    def __init__(self, desk: Desk, work: Work) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self._ticket: Ticket | None = None
        self._near: dict[str, Near] = {}
        self._words = load_words(resources() / "words")
        self.ring, self.form = _where(desk)
        self.setAccessibleName(tr("New person"))
        self.last, self.first, self.phone = Line(), Line(), Line()
        self.born = DateBox(desk.clock, direction=Direction.PAST)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        for box in (self.last, self.first, self.phone):
            box.textEdited.connect(lambda _text: self._pause.start())
        self.born.changed.connect(lambda _typed: self._pause.start())
        self.table = Table(_columns(), name=tr("People who are close"), two_lines=True)
        self.table.opened.connect(self._open)
        self._said = Label("", role="table", tone="text2", wrap=True)
        self.add_button = Button(tr("Add a new person"), icon="user-plus", role="primary")
        self.add_button.clicked.connect(self._add)
        self.open_button = Button(tr("Open this person"), icon="arrow-right", key="Enter")
        self.open_button.clicked.connect(lambda: self._open(self.table.current_key()))
        self._build()

    @property
    def may_add(self) -> bool:
        """Return whether this person may add people here."""
        return self.ring is not None

    def begin(self, typed: str) -> None:
        """Start over with what was typed in the search box."""
        last, _, first = typed.strip().partition(" ")
        before, comma, after = typed.partition(",")
        if comma:
            last, first = before, after
        digits = sum(letter.isdigit() for letter in typed) > len(typed) / 2
        self.last.set_value("" if digits else _cased(last.strip(" ,")))
        self.first.set_value("" if digits else _cased(first.strip()))
        self.phone.set_value(typed.strip() if digits else "")
        self.born.set_typed(None)
        self._show([])
        self.last.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def _build(self) -> None:
        look = theme()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        outer.setSpacing(look.px(12))
        card = Card(tr("New person"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        fields = (
            Field(tr("Last name"), self.last),
            Field(tr("First name"), self.first),
            Field(tr("Birth date"), self.born),
            Field(tr("Phone"), self.phone),
        )
        for at, one in enumerate(fields):
            grid.addWidget(one, 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
        card.body.addLayout(grid)
        outer.addWidget(card)
        outer.addWidget(self._said)
        outer.addWidget(self.table, 1)
        row = QHBoxLayout()
        back = Button(tr("Back to the list"), icon="arrow-left", key="Esc")
        back.clicked.connect(self.left)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.add_button)
        outer.addLayout(row)

    def _ask(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        if self.ring is None:
            return
        ask = partial(
            persons.near,
            self._desk,
            self.ring,
            last=self.last.value(),
            first=self.first.value(),
            birth_day=self._born(),
            phone=self.phone.value(),
        )
        self._ticket = self._work.run(Lane.READER, ask, self._show, owner=self)

    def _born(self) -> str:
        typed = self.born.typed()
        day = typed.day if typed is not None and typed.part is Part.DAY else None
        return day.isoformat() if day is not None else ""

    def _show(self, near: list[Near]) -> None:
        self._near = {one.person.record: one for one in near}
        self.table.show_rows(
            [
                Row(
                    one.person.record,
                    (
                        Cell(one.person.name, bold=True),
                        Cell(said.born_said(one.person)),
                        Cell(_sure(one.likeness), badge="warn"),
                        Cell(", ".join(self._words.say(code) for code in one.why)),
                    ),
                )
                for one in near
            ]
        )
        typed = bool(self.last.value().strip() or self.first.value().strip())
        self._said.setText(_sentence(len(near), typed=typed))
        self.open_button.setVisible(bool(near))
        words = tr("None of these, add a new person") if near else tr("Add a new person")
        self.add_button.set_words(words)

    def _open(self, key: str) -> None:
        one = self._near.get(key)
        if one is not None:
            self.person_wanted.emit(one.person.ring, one.person.record)

    def _add(self) -> None:
        answers = {
            "last_name": self.last.value().strip(),
            "first_name": self.first.value().strip(),
            "birth_day": self._born(),
            "phone": self.phone.value().strip(),
        }
        self.form_wanted.emit(self.form, {name: text for name, text in answers.items() if text})


def _where(desk: Desk) -> tuple[RingId | None, str]:
    """Return the ring and form of a person of this desk's own side."""
    form, family = ("person_law", "law") if desk.side == "law" else ("person_care", "care")
    may = any(source.form == form for source in filling.writable(desk))
    rings = [ring for ring in persons.rings_of_people(desk) if family_of(ring) == family]
    return (rings[0], form) if may and rings else (None, form)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", tr("Name"), 220),
        Column("born", tr("Born"), 120),
        Column("sure", tr("How sure"), 130),
        Column("why", tr("Why"), stretch=True),
    )


def _sure(likeness: Likeness) -> str:
    return {
        Likeness.SURE: tr("Very likely"),
        Likeness.LIKELY: tr("Likely"),
        Likeness.POSSIBLE: tr("Possible"),
    }[likeness]


def _sentence(count: int, *, typed: bool) -> str:
    if not typed:
        return tr("Type a name. People who are close are shown here first.")
    if not count:
        return tr("Nobody here is close to that name.")
    if count == 1:
        return tr("1 person is close. Open them if it is the same person.")
    return tr("{count} people are close. Open one if it is the same person.", count=count)


def _cased(word: str) -> str:
    return word[:1].upper() + word[1:]
