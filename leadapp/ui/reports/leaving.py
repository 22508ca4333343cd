"""A report leaves the screen: printed, saved or given to the outbox, each logged before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from leadapp.core.files import write_whole
from leadapp.core.words import Words
from leadapp.services import reporting
from leadapp.services.desk import Desk
from leadapp.services.reporting import Report
from leadapp.ui import printer as printing
from leadapp.ui.reports.copies import PUBLICATION, SUBMISSION, CopyChoice
from leadapp.ui.reports.running import Paper
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

ChooseFile = Callable[[QWidget, str], str]


def ask_file(parent: QWidget, name: str) -> str:
    """Ask where to save; "" for nowhere."""
    path, _kind = QFileDialog.getSaveFileName(parent, tr("Save PDF"), name, tr("PDF (*.pdf)"))
    return path


class Leaving(QObject):
    """``print_it``, ``save`` and ``give`` of a report and its paper; ``said`` tells what was done."""

    said = Signal(str)

    def __init__(
        self, page: QWidget, desk: Desk, work: Work, words: Words, choose_file: ChooseFile
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._work, self._words = page, desk, work, words
        self._choose_file = choose_file

    def why_not(self, report: Report | None, paper: Paper | None, copy: CopyChoice) -> str:
        """Return what is missing before the paper may leave, in words."""
        if report is None or paper is None:
            return tr("There is no page to print.")
        if report.part != "all":
            return tr("The other pages are being counted.")
        if copy.sort == SUBMISSION and not copy.funder:
            return tr("Write for which funder it is.")
        if copy.sort != report.copy.sort:
            return tr("The page is being made.")
        if copy.sort != PUBLICATION:
            return ""
        if not reporting.may_publish(self._desk):
            return self._words.say("services.publication_by_whom")
        if report.gives_away:
            return self._words.say("services.publication_gives_away")
        return "" if copy.reviewed else tr("Read every page, then tick it.")

    def print_it(self, report: Report, paper: Paper, *, reviewed: bool) -> None:
        """Print: one press, no question where there is a default printer."""
        if not printing.has_printer():
            self.said.emit(tr("No printer is set up on this computer. Save the PDF instead."))
            self.save(report, paper, reviewed=reviewed)
            return
        printer = printing.choose_printer(self._page)
        if printer is None:
            return
        title = reporting.file_name(report)

        def go() -> None:
            self._work.run(
                Lane.CRYPTO,
                lambda: printing.print_on(paper.pdf, printer, title),
                lambda pages: self.said.emit(tr("Sent {pages} pages to the printer", pages=pages)),
                owner=self._page,
            )

        self._release(report, "print", go, reviewed=reviewed)

    def save(self, report: Report, paper: Paper, *, reviewed: bool) -> None:
        """Save the PDF where a person says."""
        chosen = self._choose_file(self._page, reporting.file_name(report))
        if not chosen:
            return
        path = Path(chosen)

        def go() -> None:
            self._work.run(
                Lane.CRYPTO,
                lambda: write_whole(path, paper.pdf),
                lambda _none: self.said.emit(tr("Saved {name}", name=path.name)),
                owner=self._page,
            )

        self._release(report, "export", go, reviewed=reviewed)

    def give(
        self, report: Report, paper: Paper, to: Callable[[PaperOut], None], *, reviewed: bool
    ) -> None:
        """Give it to the outbox as the copy it is."""
        what = tr("{report}, {period}", report=report.title, period=report.period.label)
        copy = report.copy
        out = PaperOut(what, paper.pdf, report.families, copy=copy.sort, party=copy.funder)
        if copy.is_published:
            self._release(report, "export", lambda: to(out), reviewed=reviewed)
        else:
            to(out)

    def _release(
        self, report: Report, act: str, then: Callable[[], None], *, reviewed: bool
    ) -> None:
        """Log that numbers leave the screen; only then let them."""
        desk = self._desk
        self._work.run(
            Lane.WRITER,
            lambda: reporting.release(desk, report, act, reviewed=reviewed),
            lambda _none: then(),
            lambda error: self.said.emit(self._words.of(error)),
            owner=self._page,
        )
