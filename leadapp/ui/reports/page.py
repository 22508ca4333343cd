"""Reports: choose a month, see the true page, open any number, print it with one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.core.files import write_whole
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.measures.periods import month
from leadapp.services import previewing, reporting
from leadapp.services.desk import Desk
from leadapp.services.previewing import PagePicture
from leadapp.services.reporting import Report
from leadapp.ui.drawer import Drawer
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.pane_focus import enter, holds
from leadapp.ui.offering import Offer, offer
from leadapp.ui.reports import printing, running
from leadapp.ui.reports.figure_pane import FigurePane, Told
from leadapp.ui.reports.running import Fixes, Paper
from leadapp.ui.reports.sheet import PageView, Spot
from leadapp.ui.reports.side import Side
from leadapp.ui.shell.page import Page, PaperOut
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

MONTHS = 25
_SIDE, _SIDE_NARROW, _PANE = 222, 196, 392

T = TypeVar("T")
ChooseFile = Callable[[QWidget, str], str]


def ask_file(parent: QWidget, name: str) -> str:
    """Ask where to save; "" for nowhere."""
    path, _kind = QFileDialog.getSaveFileName(parent, tr("Save PDF"), name, tr("PDF (*.pdf)"))
    return path


class ReportsPage(Page):
    """``ReportsPage(desk, work, words)``; the last full month is shown first."""

    record_wanted = Signal(str, str)
    """Open a record: ring, record."""

    said = Signal(str)
    """For the toast: what was done."""

    def __init__(
        self, desk: Desk, work: Work, words: Words, *, choose_file: ChooseFile = ask_file
    ) -> None:
        super().__init__("reports", tr("Monthly summary"))
        self._desk, self._work, self._words = desk, work, words
        self._choose_file = choose_file
        day = today(desk.clock)
        months = running.months_back(f"{day:%Y-%m}", MONTHS)
        self._month = f"{months[1].start:%Y-%m}"
        self._report: Report | None = None
        self._paper: Paper | None = None
        self._fixes = Fixes((), 0)
        self._at = 0
        self._open: Spot | None = None
        self._then: Callable[[], None] | None = None
        self._tickets: dict[str, Ticket] = {}
        self.side = Side(months, months[0])
        self.side.month.set_value(self._month)
        self.side.month_chosen.connect(self.show_month)
        self.side.print_wanted.connect(self.print_now)
        self.side.save_wanted.connect(self.save_pdf)
        self.view = PageView()
        self.view.opened.connect(self.open_spot)
        self.view.scale_wanted.connect(self._draw)
        self.view.zoom_changed.connect(self._zoomed)
        self.pane = FigurePane(day)
        self.pane.record_wanted.connect(self.record_wanted)
        self.pane.fixes_wanted.connect(self.show_fixes)
        self.drawer = Drawer(tr("Numbers"), width=_PANE, parent=self)
        self.drawer.body.addWidget(self.pane)
        self._build()
        badge = Badge(tr("No names in this report"), tone="ok", icon="check")
        self.set_heading(badges=[badge])
        theme().changed.connect(self._say_dimmed)

    def on_shown(self) -> None:
        """Run the report again: records may have changed."""
        view = self.view
        offer(
            self,
            Offer("report_print", tr("Print the report"), self.print_now, "Ctrl+P", "printer"),
            Offer("report_save", tr("Save the report as PDF"), self.save_pdf, icon="file-down"),
            Offer("report_next", tr("Next page of the report (PgDn)"), lambda: self.turn(1)),
            Offer("report_before", tr("Page before (PgUp)"), lambda: self.turn(-1)),
            Offer("report_larger", tr("Larger page (+)"), lambda: view.zoom(1), icon="zoom-in"),
            Offer("report_smaller", tr("Smaller page (-)"), lambda: view.zoom(-1), icon="zoom-out"),
            Offer("report_fit", tr("Fit page (0)"), lambda: view.zoom(0), icon="maximize"),
        )
        self._run()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the focus start at the choice of reports, and later where it was."""
        super().showEvent(event)
        if self.focusWidget() is None:
            enter(self.side)

    def changed(self) -> None:
        """Something was saved: run it again if this page is in view."""
        if self.isVisible():
            self._run()

    def show_month(self, which: str, *, fixes: bool = False, print_now: bool = False) -> None:
        """Show a month ("2026-10"); then the records to fix, or print it."""
        self._month = which
        self.side.month.set_value(which)
        self._open = None
        self._then = self.print_now if print_now else self.show_fixes if fixes else None
        self.pane.show_hint()
        self._run()

    def main_action(self) -> None:
        """Ctrl+S: save the PDF."""
        self.save_pdf()

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: the report in view."""
        report, paper = self._report, self._paper
        if report is None or paper is None or report.part != "all":
            return False
        what = tr("Monthly summary, {month}", month=report.period.label)
        give(PaperOut(what, paper.pdf, report.families))
        return True

    def leave(self) -> bool:
        """Esc: close the drawer, back to the number on the page."""
        if not self.drawer.close_drawer():
            return False
        for button in self.view.spots:
            if button.spot == self._open:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Choice, page, number."""
        return (self.side, self._middle, self.drawer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom."""
        match event.key():
            case Qt.Key.Key_PageDown:
                self.turn(1)
            case Qt.Key.Key_PageUp:
                self.turn(-1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.view.zoom(1)
            case Qt.Key.Key_Minus:
                self.view.zoom(-1)
            case Qt.Key.Key_0:
                self.view.zoom(0)
            case _:
                super().keyPressEvent(event)

    def turn(self, by: int) -> None:
        """Go to another page."""
        if self._paper is not None:
            at = min(max(self._at + by, 0), len(self._paper.sizes) - 1)
            if at != self._at:
                inside = holds(self.view, self.window().focusWidget())
                self._show_page(at)
                if inside and self.view.spots:
                    self.view.spots[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_spot(self, spot: Spot) -> None:
        """Open a number; a month of a chart opens that month's report."""
        report = self._report
        if report is None:
            return
        if running.column_of(report, spot.column) is None:
            which = running.month_of(report, spot)
            if which:
                self.show_month(which)
            return
        self._open = spot
        self.view.mark(spot)
        desk = self._desk
        self._once(
            "figure",
            Lane.READER,
            lambda: running.told(desk, report, spot),
            self._told,
        )

    def show_fixes(self) -> None:
        """Show the records to fix at the right."""
        self._open = None
        self.view.mark(None)
        self.pane.show_fixes(self._fixes.lines, self._fixes.total)
        self.drawer.open_drawer(focus=True)

    def print_now(self) -> None:
        """Print: one press, no question where there is a default printer."""
        paper = self._paper
        if paper is None:
            return
        if not printing.has_printer():
            self.said.emit(tr("No printer is set up on this computer. Save the PDF instead."))
            self.save_pdf()
            return
        printer = printing.choose_printer(self)
        if printer is None:
            return
        title = self.file_name()
        self._once(
            "print",
            Lane.CRYPTO,
            lambda: printing.print_pdf(paper.pdf, printer, title),
            lambda pages: self._done("print", tr("Sent {pages} pages to the printer", pages=pages)),
        )

    def save_pdf(self) -> None:
        """Save the PDF where a person says."""
        paper = self._paper
        chosen = self._choose_file(self, self.file_name()) if paper is not None else ""
        if paper is None or not chosen:
            return
        path = Path(chosen)
        self._once(
            "save",
            Lane.CRYPTO,
            lambda: write_whole(path, paper.pdf),
            lambda _none: self._done("export", tr("Saved {name}", name=path.name)),
        )

    def file_name(self) -> str:
        """Return what the file is called."""
        return f"monthly-summary-{self._month}.pdf"

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(20), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(16))
        self.side.setFixedWidth(look.px(_SIDE))
        row.addWidget(self.side)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addLayout(self._tools())
        self._stack = QStackedWidget()
        self._waiting = Empty("loader", tr("Making the report"), "")
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        column.addWidget(self._stack, 1)
        row.addWidget(self._middle, 1)
        self.drawer.dock_in(row)
        self.side.set_ready(False, tr("The page is being made."))
        self._say_dimmed()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self._before = IconButton("chevron-left", tr("Page before"), key="PgUp")
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after = IconButton("chevron-right", tr("Next page"), key="PgDown")
        self._after.clicked.connect(lambda: self.turn(1))
        self._where = Label("", role="table", bold=True)
        self._dimmed = Label(tr("Dimmed for night"), role="caption", tone="text2")
        self._size = Label(tr("Fit page"), role="table")
        smaller = IconButton("zoom-out", tr("Smaller"), key="-")
        smaller.clicked.connect(lambda: self.view.zoom(-1))
        larger = IconButton("zoom-in", tr("Larger"), key="+")
        larger.clicked.connect(lambda: self.view.zoom(1))
        fit = IconButton("maximize", tr("Fit page"), key="0")
        fit.clicked.connect(lambda: self.view.zoom(0))
        for widget in (self._before, self._where, self._after):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._dimmed)
        for tool in (smaller, self._size, larger, fit, self.drawer.button):
            row.addWidget(tool)
        return row

    # -- answers -------------------------------------------------------------------------

    def _run(self) -> None:
        desk, which = self._desk, self._month
        period = month(which)

        def soonest() -> Report:
            return reporting.monthly(desk, which, part=reporting.soonest_part(desk))

        self._once("run", Lane.READER, soonest, self._ran, self._refused)
        self._once("fixes", Lane.READER, lambda: running.fixes(desk, period), self._fixes_came)

    def _ran(self, report: Report) -> None:
        self._report = report
        desk, which = self._desk, self._month
        if report.part != "all":
            self._once(
                "run", Lane.READER, lambda: reporting.monthly(desk, which), self._ran, self._refused
            )
        self.set_heading(aside=report.period.label)
        self._once(
            "paper",
            Lane.CRYPTO,
            lambda: running.paper_of(desk, report),
            self._laid_out,
            self._refused,
        )
        self.pane.show_cautions(report.cautions, self._fixes.total)
        if self._open is not None:
            self.open_spot(self._open)

    def _laid_out(self, paper: Paper) -> None:
        self._paper = paper
        self._stack.setCurrentIndex(1)
        whole = self._report is not None and self._report.part == "all"
        self.side.set_ready(whole, "" if whole else tr("The other pages are being counted."))
        self._show_page(min(self._at, len(paper.sizes) - 1))
        if whole:
            then, self._then = self._then, None
            if then is not None:
                then()

    def _refused(self, error: LeadappError) -> None:
        self._paper = None
        self._waiting.say(tr("No report for this month"), self._words.of(error))
        self._stack.setCurrentIndex(0)
        self.side.set_ready(False, tr("There is no page to print."))

    def _fixes_came(self, found: Fixes) -> None:
        self._fixes = found
        if self._report is not None:
            self.pane.show_cautions(self._report.cautions, found.total)

    def _show_page(self, at: int) -> None:
        paper = self._paper
        if paper is None:
            return
        self._at = at
        spots = [spot for spot in paper.spots if spot.page == at]
        self.view.show_page(at, paper.sizes[at], spots)
        self.view.mark(self._open)
        pages = len(paper.sizes)
        self._where.setText(tr("Page {page} of {pages}", page=at + 1, pages=pages))
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at < pages - 1)

    def _draw(self, page: int, scale: float) -> None:
        paper = self._paper
        if paper is not None:
            draw = partial(previewing.draw_page, paper.pdf, page, scale)
            self._once("draw", Lane.CRYPTO, draw, self._drawn)

    def _drawn(self, picture: PagePicture) -> None:
        self.view.show_picture(picture)

    def _told(self, told: Told) -> None:
        self.pane.show_figure(told)
        if not self.drawer.docked:
            self.drawer.open_drawer(focus=True)

    def _done(self, act: str, words: str) -> None:
        """Log that numbers left the screen, then say so."""
        desk = self._desk
        self._work.run(
            Lane.WRITER,
            lambda: desk.note(act, RingId("shared")),
            lambda _none: self.said.emit(words),
            owner=self,
        )

    def _zoomed(self, words: str) -> None:
        self._size.setText(words or tr("Fit page"))

    def _say_dimmed(self) -> None:
        self._dimmed.setVisible(theme().night)

    def _once(
        self,
        name: str,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LeadappError], None] | None = None,
    ) -> None:
        """Run a job; what an older one of the same name brings is dropped."""
        older = self._tickets.get(name)
        if older is not None:
            older.drop()
        self._tickets[name] = self._work.run(lane, job, done, failed, owner=self)
