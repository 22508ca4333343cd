"""The strip below the list: who is chosen, how to reach them, and what to do next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.services.persons import PersonFacts
from leadapp.services.today import DueLine
from leadapp.ui.days import say_iso
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_text
from leadapp.ui.kit.label import Label
from leadapp.ui.people import said
from leadapp.ui.theme import theme
from leadapp.ui.today.due_rows import what
from leadapp.ui.words import tr


class Initials(QWidget):
    """A round mark with a person's initials; the name stands beside it."""

    def __init__(self, name: str = "", size: int = 44) -> None:
        super().__init__()
        self._size = size
        self._letters = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show the initials of ``name`` ("Terri-Lynn Osgood")."""
        words = name.split()
        self._letters = "".join(word[0].upper() for word in (words[:1] + words[-1:])[: len(words)])
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(theme().px(self._size), theme().px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter, look = QPainter(self), theme()
        rect = QRectF(self.rect())
        draw_box(painter, rect, fill="tint2", radius=rect.width() / 2)
        font = look.font(look.tokens.type.card_title, 700)
        draw_text(painter, rect, self._letters, tone="text", font=font, align=CENTRE)


class Preview(Card):
    """Follows the chosen row."""

    open_wanted = Signal()
    start_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, *, notes: bool, starts: bool) -> None:
        super().__init__()
        self.setAccessibleName(tr("The person chosen"))
        look = theme()
        self._initials = Initials()
        self._name = Label("", role="pane_title")
        self._line = Label("", role="table", tone="text2")
        self.open_button = Button(
            tr("Open"), icon="arrow-right", role="primary", key="Enter", small=True
        )
        self.open_button.clicked.connect(self.open_wanted)
        self.start_button = Button(tr("Start a form"), icon="clipboard-list", small=True)
        self.start_button.clicked.connect(self.start_wanted)
        if not starts:
            self.start_button.hide()
        self.note_button = Button(tr("Contact note"), icon="message-square-text", small=True)
        self.note_button.clicked.connect(self.note_wanted)
        if not notes:
            self.note_button.hide()
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self._initials)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        top.addLayout(words, 1)
        for button in (self.open_button, self.start_button, self.note_button):
            top.addWidget(button)
        self.body.addLayout(top)
        self._rule = rule()
        self.body.addWidget(self._rule)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(look.px(20))
        self._cells: list[QWidget] = []
        self.body.addLayout(self._facts)

    def show_person(self, facts: PersonFacts, due: DueLine | None, today: date) -> None:
        """Show somebody."""
        name = said.plain_name(facts)
        self._initials.set_name(name)
        self._name.setText(name)
        self._line.setText(said.age_said(facts, today))
        for cell in self._cells:
            self._facts.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = self._make_cells(facts, due, today)
        for cell in self._cells:
            self._facts.addWidget(cell, 1)

    def _make_cells(self, facts: PersonFacts, due: DueLine | None, today: date) -> list[QWidget]:
        last = say_iso(facts.last_contact, today, tr("None yet"))
        cells = [
            _fact(tr("Goes by"), facts.nickname or tr("No other name")),
            _fact(tr("Reach at"), facts.phone or tr("No phone")),
            _fact(tr("Last contact"), last),
        ]
        if facts.side == "care":
            words = what(due) if due else tr("Nothing")
            cells.append(_fact(tr("Due"), words))
            words, tone, icon = said.consent_said(facts, today)
            cells.append(_fact(tr("Consent to share"), Badge(words, tone=tone, icon=icon)))
            cells.append(_fact(tr("Protected"), Badge(tr("Part 2"), tone="part2", icon="shield")))
        return cells


def _fact(title: str, value: str | QWidget) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(2))
    column.addWidget(Label(title, role="caption", tone="text2"))
    shown = Label(value, role="table", wrap=True) if isinstance(value, str) else value
    column.addWidget(
        shown, 0, Qt.AlignmentFlag.AlignLeft if not isinstance(value, str) else Qt.AlignmentFlag(0)
    )
    column.addStretch(1)
    return cell
