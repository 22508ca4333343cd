"""The papers of the page: asks which, then prints it, saves it or gives it to the outbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.journal.rings import SHARED
from leadapp.services import stock_papers
from leadapp.services.desk import Desk
from leadapp.ui.naloxone.papers import (
    Chosen,
    FilledForm,
    Made,
    Paper,
    Say,
    Way,
    make_paper,
    paper_menu,
    papers,
    pop_up,
    register,
)
from leadapp.ui.paper_out import print_pdf, save_pdf
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class Printing:
    """``Printing(page, desk, work, say, failed)``; ``ask_which(chosen, button)``."""

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        work: Work,
        say: Say,
        failed: Callable[[LeadappError], None],
    ) -> None:
        self._page, self._desk, self._work = page, desk, work
        self._say, self._failed = say, failed
        self.give: Callable[[PaperOut], None] = lambda _paper: None
        """Takes a paper for the outbox."""

    def ask_which(self, chosen: Chosen, button: QWidget, way: Way = Way.PRINT) -> None:
        """Ask which paper; then print it, save it as PDF, or give it to the outbox."""
        found = papers(self._desk, chosen, today(self._desk.clock))
        menu = paper_menu(self._page, found, partial(self.send, way=way), way)
        at = button if button.isVisible() else self._page
        corner = at.rect().bottomLeft() if at is button else at.rect().center()
        pop_up(menu, at.mapToGlobal(corner))

    def send(self, wanted: Paper, way: Way = Way.PRINT) -> None:
        """Make one paper, then hand it out."""
        out = {Way.PRINT: self._print, Way.SAVE: self._save, Way.SEND: self._give_away}[way]
        make_paper(self._page, self._desk, self._work, wanted, partial(out, wanted), self._failed)

    def _print(self, wanted: Paper, paper: Made) -> None:
        done = partial(self._say, tr("Sent to the printer: {what}", what=wanted.words))
        print_pdf(self._page, self._work, paper.pdf, paper.name, done, self._failed)

    def _save(self, _wanted: Paper, paper: Made) -> None:
        done = partial(self._say, tr("Saved {name}", name=paper.name))
        save_pdf(self._page, self._work, paper.pdf, paper.name, done, self._failed)

    def _give_away(self, wanted: Paper, paper: Made) -> None:
        family = paper.family if isinstance(paper, FilledForm) else SHARED
        self.give(PaperOut(wanted.words, paper.pdf, (family,)))

    def count_sheet(self, place: str) -> None:
        """Print the sheet to count a place with."""
        make = partial(stock_papers.count_sheet, self._desk, place)
        self.send(Paper(tr("Count sheet"), make))

    def recall_list(self, lot: str) -> None:
        """Print who had a lot."""
        self.send(Paper(tr("Recall list"), partial(stock_papers.recall_list, self._desk, lot)))

    def order_register(self) -> None:
        """Print the standing orders."""
        day = today(self._desk.clock).isoformat()
        self.send(Paper(tr("Standing-order register"), partial(register, self._desk, day)))
