"""The papers of the page: asks which, then prints it or saves it as PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.services import stock_papers
from leadapp.services.desk import Desk
from leadapp.ui.naloxone.papers import (
    Chosen,
    Paper,
    Say,
    hand_out_paper,
    paper_menu,
    papers,
    pop_up,
    register,
)
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

    def ask_which(self, chosen: Chosen, button: QWidget, *, save: bool = False) -> None:
        """Ask which paper; then print it, or save it as PDF."""
        found = papers(self._desk, chosen, today(self._desk.clock))
        menu = paper_menu(self._page, found, partial(self.send, save=save), save=save)
        at = button if button.isVisible() else self._page
        corner = at.rect().bottomLeft() if at is button else at.rect().center()
        pop_up(menu, at.mapToGlobal(corner))

    def send(self, wanted: Paper, *, save: bool = False) -> None:
        """Make one paper, then print or save it."""
        hand_out_paper(
            self._page,
            self._desk,
            self._work,
            wanted,
            save=save,
            say=self._say,
            failed=self._failed,
        )

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
