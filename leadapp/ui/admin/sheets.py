"""Recovery pages: a new one for a ring whose page is lost, or was never printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.services.recovery_paper import Page as SafePage
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.ring_names import ring_words
from leadapp.ui.unlock.recovery_pages import Printing, RecoveryPages
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_WIDE = 680


class SheetsSection(Section):
    """One line a ring this person holds; making a page shows it here until it is on paper."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("Recovery pages"), desk, work, words, say)
        self._open: Card | None = None
        card = Card(tr("Pages that open records without a password"))
        text = tr(
            "Each part of the program has one page with one keeper. If a page is lost, make a new"
            " one: the old page then opens nothing new on this computer."
        )
        card.body.addWidget(Label(text, wrap=True))
        for ring in desk.rings:
            card.body.addLayout(self._row(ring))
        self.put(card, _WIDE)
        self.column.addStretch(1)

    def leave(self) -> bool:
        """Close the page that is shown."""
        was_open = self._open is not None
        self._close()
        return was_open

    def _row(self, ring: RingId) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(ring_words(ring), bold=True, wrap=True), 1)
        make = Button(tr("Make a new page"), icon="key-round", small=True)
        make.setAccessibleName(tr("Make a new page of {ring}", ring=ring_words(ring)))
        make.clicked.connect(lambda: self._make(ring))
        row.addWidget(make)
        return row

    def _make(self, ring: RingId) -> None:
        self.do(lambda: accounts.new_recovery_page(self.desk, ring), self._show)

    def _show(self, page: SafePage) -> None:
        self._close()
        card = Card(tr("Print it now: it is shown once"))
        printing = Printing(self.desk.device.county, self.desk.name, self.desk.clock)
        pages = RecoveryPages([page], printing, work=self.work, words=self.words)
        pages.confirmed.connect(self._on_paper)
        card.body.addWidget(pages)
        self.put(card, _WIDE, 1)
        self._open = card
        pages.setFocus()

    def _on_paper(self) -> None:
        self._close()
        self.say(tr("The new page is on paper. Destroy the old one."))

    def _close(self) -> None:
        if self._open is not None:
            self._open.hide()
            self._open.deleteLater()
            self._open = None
