"""The head of a person's page: who, what holds for them, one line of facts, what to do."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.services.persons import PersonFacts
from leadapp.ui.days import say_iso
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.people import said
from leadapp.ui.people.preview import Initials
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class PersonHead(QWidget):
    """Follows ``show_person``."""

    note_wanted = Signal()
    start_wanted = Signal()

    def __init__(self, *, notes: bool, starts: bool) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(20), look.px(9), look.px(16), look.px(9))
        row.setSpacing(look.px(12))
        self._initials = Initials(size=46)
        row.addWidget(self._initials)
        words = QVBoxLayout()
        words.setSpacing(look.px(1))
        self._top = QHBoxLayout()
        self._top.setSpacing(look.px(8))
        self._name = Label("", role="figure_small")
        self._top.addWidget(self._name)
        self._top.addStretch(1)
        self._badges: list[Badge] = []
        words.addLayout(self._top)
        self._line = Label("", role="table", tone="text2")
        words.addWidget(self._line)
        row.addLayout(words, 1)
        self.note_button = Button(
            tr("Contact note"), icon="message-square-text", role="primary", key="Ctrl+3"
        )
        self.note_button.clicked.connect(self.note_wanted)
        self.start_button = Button(
            tr("Start a form"),
            icon="clipboard-list",
            role="default" if notes else "primary",
            key="Ctrl+Shift+F",
        )
        self.start_button.clicked.connect(self.start_wanted)
        row.addWidget(self.note_button)
        row.addWidget(self.start_button)
        self.note_button.setVisible(notes)
        self.start_button.setVisible(starts)

    def show_person(self, facts: PersonFacts, today: date, *, narrow: bool) -> None:
        """Show somebody; where it is ``narrow`` the badges stay few."""
        name = said.plain_name(facts)
        self._initials.set_name(name)
        self._name.setText(name)
        seen = say_iso(facts.last_contact, today)
        parts = [
            said.age_said(facts, today),
            tr("Goes by {name}", name=facts.nickname) if facts.nickname else "",
            tr("Last contact {day}", day=seen) if seen else tr("No contact yet"),
        ]
        self._line.setText("    ".join(part for part in parts[: 2 if narrow else 3] if part))
        self._line.setToolTip(", ".join(filter(None, parts)))
        for badge in self._badges:
            self._top.removeWidget(badge)
            badge.hide()
            badge.deleteLater()
        self._badges = self._make_badges(facts, today)[: 2 if narrow else 4]
        for at, badge in enumerate(self._badges):
            self._top.insertWidget(1 + at, badge)

    def _make_badges(self, facts: PersonFacts, today: date) -> list[Badge]:
        words, tone, icon = said.status_said(facts)
        found = [Badge(words, tone=tone, icon=icon)] if words else []
        if facts.side == "care":
            found.append(Badge(tr("Part 2"), tone="part2", icon="shield"))
            words, tone, icon = said.consent_said(facts, today)
            if facts.consent == "none":
                words = tr("No consent")
            found.append(Badge(words, tone=tone, icon=icon))
        if facts.same_as:
            found.append(Badge(tr("Same person?"), tone="warn", icon="copy"))
        return found
