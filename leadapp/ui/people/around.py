"""What stands at both sides of a person's timeline: how to reach, consent, LEAD, what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from leadapp.services.persons import ConsentLine, PersonFacts, PersonPage
from leadapp.services.today import DueLine
from leadapp.ui.days import day_of, say_date, say_day, say_late
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.people import said
from leadapp.ui.theme import theme
from leadapp.ui.today.due_rows import what
from leadapp.ui.words import tr

Press = Callable[[], object]


def contact_card(page: PersonPage, correct: Press | None) -> Card:
    """Return how to reach a person."""
    card = Card(tr("Contact"))
    card.body.setSpacing(theme().px(6))
    if correct is not None:
        edit = Button(tr("Correct"), role="quiet", small=True)
        edit.setAccessibleName(tr("Correct name, birth date or phone"))
        edit.clicked.connect(lambda _on=False: correct())
        card.head.addWidget(edit)
    facts = page.facts
    _fact(card, tr("Phone"), facts.phone or tr("No phone"))
    if facts.nickname:
        _fact(card, tr("Goes by"), facts.nickname)
    if page.sex:
        _fact(card, tr("Sex or gender"), page.sex.replace("_", " ").capitalize())
    return card


def joined_card(
    page: PersonPage, take_apart: Callable[[PersonFacts], object] | None
) -> Card | None:
    """Return the further records of the person; ``None`` where there is one record."""
    if not page.joined:
        return None
    card = Card(tr("Also recorded as"))
    card.body.setSpacing(theme().px(4))
    for other in page.joined:
        words = f"{other.name or tr('No name')}\n{said.born_said(other)}"
        card.body.addWidget(Label(words, role="table", wrap=True))
        if take_apart is not None:
            button = Button(tr("Take apart"), role="quiet", small=True)
            button.setAccessibleName(tr("Take apart {name}", name=other.name))
            button.clicked.connect(lambda _on=False, one=other: take_apart(one))
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def same_card(page: PersonPage, open_it: Callable[[str, str], object]) -> Card | None:
    """Return who may be the same person; ``None`` for nobody."""
    if not page.same:
        return None
    card = Card(tr("Same person?"))
    card.body.setSpacing(theme().px(4))
    for other in page.same[:4]:
        row = QHBoxLayout()
        words = Label(f"{other.name}\n{said.born_said(other)}", role="table", wrap=True)
        row.addWidget(words, 1)
        link = Button(tr("Open"), role="quiet", small=True)
        link.setAccessibleName(tr("Open {name}", name=other.name))
        link.clicked.connect(
            lambda _on=False, ring=other.ring, record=other.record: open_it(ring, record)
        )
        row.addWidget(link)
        card.body.addLayout(row)
    return card


def consent_card(lines: Sequence[ConsentLine], today: date, renew: Press | None) -> Card:
    """Return who may be told, and until when."""
    card = Card(tr("Consent to share"))
    card.body.setSpacing(theme().px(7))
    if not lines:
        card.body.addWidget(Label(tr("None yet. Nothing may be told."), role="table", wrap=True))
    for line in lines:
        words, tone = said.consent_end_said(line, today)
        icon = {"ok": "check", "warn": "triangle-alert"}.get(tone, "circle-alert")
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Icon(icon, "warn_icon" if tone == "warn" else tone, 16), 0, top)
        name = Label(line.to, role="table", bold=True, wrap=True)
        name.setToolTip(", ".join(one.replace("_", " ") for one in line.categories))
        row.addWidget(name, 1)
        row.addWidget(Label(words, role="caption", tone=tone), 0, top)
        card.body.addLayout(row)
    if renew is not None:
        live = any(line.state == "live" for line in lines)
        button = Button(
            tr("New consent") if live or not lines else tr("Renew consent"),
            icon="signature",
            small=True,
        )
        button.clicked.connect(lambda _on=False: renew())
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def lead_card(page: PersonPage, today: date, change: Press | None = None) -> Card | None:
    """Return the facts of the present stay; ``None`` where there is none.

    Where contact suggests another status, ``change`` sets it.
    """
    since, referred = day_of(page.since), day_of(page.referred_day)
    if since is None and referred is None:
        return None
    card = Card(tr("LEAD"))
    card.body.setSpacing(theme().px(6))
    if since is not None:
        days = (today - since).days
        length = tr("1 day") if days == 1 else tr("{days} days", days=f"{days:,}")
        _fact(card, tr("In the program since"), f"{say_date(since)}, {length}")
    if page.stays > 1:
        _fact(card, tr("Stays in the program"), f"{page.stays:,}")
    if referred is not None:
        words = say_date(referred, today)
        by = page.referred_by
        _fact(card, tr("Referred"), f"{by[:1].upper()}{by[1:]}, {words}" if by else words)
    if page.suggested:
        _fact(card, tr("Status suggested"), said.suggestion_said(page.suggested))
        if change is not None:
            button = Button(tr("Change status"), icon="flag", small=True)
            button.clicked.connect(lambda _on=False: change())
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


class DueButton(QAbstractButton):
    """One thing that is due; press to do something about it."""

    def __init__(self, line: DueLine, today: date) -> None:
        super().__init__()
        self.line = line
        late = say_late(line.day, today)
        day = tr("Today") if line.day == today else say_day(line.day, today)
        self._sub = ", ".join(filter(None, (day, late)))
        self._tone = "err" if late else "text2"
        self.setText(what(line))
        self.setAccessibleName(f"{self.text()}, {self._sub}")
        self.setToolTip(self.text())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return two lines."""
        return QSize(theme().px(180), theme().px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw an icon and two lines."""
        painter, look = QPainter(self), theme()
        if self.underMouse():
            draw_box(painter, self.rect(), fill="row_hover")
        size, middle = look.px(17), self.height() / 2
        tone = "err" if self._tone == "err" else "text2"
        draw_icon(painter, "calendar-clock", tone, QRectF(0, round(middle - size / 2), size, size))
        left = look.px(26)
        upper = QRectF(left, middle - look.px(18), self.width() - left, look.px(19))
        bold = look.font(look.tokens.type.label, 600)
        draw_text(painter, upper, self.text(), tone="text", font=bold)
        lower = QRectF(left, middle + look.px(1), self.width() - left, look.px(17))
        small = look.font(look.tokens.type.caption)
        draw_text(painter, lower, self._sub, tone=self._tone, font=small)


def due_card(lines: Sequence[DueLine], today: date, press: Callable[[DueLine], object]) -> Card:
    """Return what is due for a person."""
    card = Card(tr("Due"))
    card.body.setSpacing(theme().px(4))
    if not lines:
        card.body.addWidget(Label(tr("Nothing is due."), role="table", tone="text2", wrap=True))
    for line in lines:
        button = DueButton(line, today)
        button.clicked.connect(lambda _on=False, one=line: press(one))
        card.body.addWidget(button)
    return card


def _fact(card: Card, title: str, value: str) -> None:
    card.body.addWidget(Label(title, role="caption", tone="text2"))
    shown = Label(value, role="table", wrap=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    card.body.addWidget(shown)
