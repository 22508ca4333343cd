"""Recovery pages on their way to paper: print or save each, then type a part back.

The pages themselves are in memory only; what shows here is their names.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.words import Words
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import rule
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.paper_out import print_pdf, save_pdf
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

if TYPE_CHECKING:
    from leadapp.services.recovery_paper import Page, PrintedPage

_GROUPS = 13
"""The groups of the code itself; the fourteenth only checks the others."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What stands on a recovery page beside its code."""

    county: str
    printed_by: str
    clock: Clock


class RecoveryPages(QWidget):
    """``pages.confirmed`` once every part asked for was typed back.

    ``asked`` names which group of which page; without it one group of each page is asked.
    """

    confirmed = Signal()
    typed = Signal(str, int, str)
    """Page, group and text of a part that was typed back and is right."""

    def __init__(
        self,
        pages: Sequence[Page],
        printing: Printing,
        *,
        work: Work,
        words: Words,
        asked: Sequence[tuple[str, int]] | None = None,
        choose: Callable[[int], int] = secrets.randbelow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._printing, self._work, self._words = printing, work, words
        wanted = (
            dict(asked) if asked is not None else {page.name: 1 + choose(_GROUPS) for page in pages}
        )
        self._waiting = set(wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self._wrong = Notice("err", "")
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.boxes: dict[str, Line] = {}
        # What is asked for stands last: typing it may end this page, and no other is shown again.
        for number, page in enumerate(sorted(pages, key=lambda page: page.name in wanted)):
            if number:
                column.addWidget(rule())
            column.addLayout(self._row(page))
            if page.name in wanted:
                column.addLayout(self._back(page, wanted[page.name]))
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            self.setFocusProxy(self._first_button)

    @property
    def all_back(self) -> bool:
        """Whether every part asked for was typed back."""
        return not self._waiting

    def focus_missing(self) -> None:
        """Put the focus where a part is still to be typed."""
        for name in self._waiting:
            self.boxes[name].setFocus()
            return

    def _row(self, page: Page) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        opens = ring_words(page.name)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(tr("Page of {opens}", opens=opens), bold=True, wrap=True))
        row.addLayout(words, 1)
        printing = Button(tr("Print"), icon="printer", small=True)
        printing.setAccessibleName(tr("Print the page of {opens}", opens=opens))
        saving = Button(tr("Save PDF"), icon="file-down", small=True)
        saving.setAccessibleName(tr("Save the page of {opens} as a PDF", opens=opens))
        printing.clicked.connect(lambda: self._draw(page, self._print))
        saving.clicked.connect(lambda: self._draw(page, self._save))
        if not hasattr(self, "_first_button"):
            self._first_button = printing
        row.addWidget(printing)
        row.addWidget(saving)
        return row

    def _back(self, page: Page, group: int) -> QVBoxLayout:
        """Return the box to type one group of the printed page into."""
        column = QVBoxLayout()
        box = Line()
        box.setMaximumWidth(theme().px(220))
        opens = ring_words(page.name)
        label = tr("Type group {number} from the page of {opens}", number=group, opens=opens)
        field = Field(label, box, needed=True)
        self.boxes[page.name] = box
        box.editingFinished.connect(lambda: self._check(page, group, box, field))
        column.addWidget(field)
        return column

    def _check(self, page: Page, group: int, box: Line, field: Field) -> None:
        if not box.text().strip() or page.name not in self._waiting:
            return
        try:
            page.confirm(group, box.text())
        except Refusal as refusal:
            field.set_error(self._words.of(refusal))
            return
        field.set_error("")
        field.set_echo(tr("That is it"))
        box.setReadOnly(True)
        self._waiting.discard(page.name)
        announce(self, tr("That is it"))
        self.typed.emit(page.name, group, box.text())
        if self.all_back:
            self.confirmed.emit()

    def _draw(self, page: Page, then: Callable[[PrintedPage], None]) -> None:
        printing = self._printing

        def job() -> PrintedPage:
            from leadapp.services import recovery_paper  # loaded on its lane, when needed

            return recovery_paper.paper(
                page,
                county=printing.county,
                opens=ring_words(page.name),
                printed_by=printing.printed_by,
                at=printing.clock.now(),
            )

        self._wrong.hide()
        self._work.run(Lane.READER, job, then, self._failed, owner=self)

    def _print(self, page: PrintedPage) -> None:
        title = tr("Recovery page")
        print_pdf(self, self._work, page.pdf, title, lambda: None, self._failed)

    def _save(self, page: PrintedPage) -> None:
        said = tr("Saved. Give the file to its keeper and delete it from this computer.")
        save_pdf(self, self._work, page.pdf, page.name, lambda: self._say(said), self._failed)

    def _say(self, words: str) -> None:
        self._wrong.say("ok", words)
        self._wrong.show()

    def _failed(self, error: LeadappError) -> None:
        code = "ui.no_printer_for_page" if error.code == "ui.no_printer" else ""
        self._wrong.say("err", self._words.say(code) if code else self._words.of(error))
        self._wrong.show()
