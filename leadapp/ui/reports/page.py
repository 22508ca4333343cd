"""Reports: choose one and its period, see the true page, open any number, print it with one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.measures.periods import named
from leadapp.services import previewing, reporting
from leadapp.services.desk import Desk
from leadapp.services.previewing import PagePicture
from leadapp.services.reporting import Report
from leadapp.ui.drawer import Drawer
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.pane_focus import enter, holds
from leadapp.ui.offering import Offer, offer
from leadapp.ui.reports import running
from leadapp.ui.reports.copies import INTERNAL
from leadapp.ui.reports.figure_pane import FigurePane, Told
from leadapp.ui.reports.leaving import ChooseFile, Leaving, ask_file
from leadapp.ui.reports.running import Fixes, Paper, Wanted
from leadapp.ui.reports.sheet import PageView, Spot
from leadapp.ui.reports.side import Side
from leadapp.ui.reports.tools import PageTools
from leadapp.ui.shell.page import Page, PaperOut
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

_SIDE, _SIDE_NARROW, _PANE = 222, 196, 392

T = TypeVar("T")


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
        self._leaving = Leaving(self, desk, work, words, choose_file)
        self._leaving.said.connect(self.said)
        self._report: Report | None = None
        self._paper: Paper | None = None
        self._fixes = Fixes((), 0)
        self._at = 0
        self._open: Spot | None = None
        self._then: Callable[[], None] | None = None
        self._tickets: dict[str, Ticket] = {}
        self._read_code = ""
        """The check code of the paper that a person says they have read."""
        self.side = Side(desk.clock, reporting.offered(desk))
        self.side.report_chosen.connect(lambda _name: self._chosen())
        self.side.period_chosen.connect(lambda _period: self._chosen())
        self.side.copy.changed.connect(self._chosen)
        self.side.copy.ticked.connect(self._ticked)
        self.side.print_wanted.connect(self.print_now)
        self.side.save_wanted.connect(self.save_pdf)
        self.view = PageView()
        self.view.opened.connect(self.open_spot)
        self.view.scale_wanted.connect(self._draw)
        self.pane = FigurePane(today(desk.clock))
        self.pane.record_wanted.connect(self.record_wanted)
        self.pane.fixes_wanted.connect(self.show_fixes)
        self.drawer = Drawer(tr("Numbers"), width=_PANE, parent=self)
        self.drawer.body.addWidget(self.pane)
        self.tools = PageTools(self.drawer.button)
        self.tools.turned.connect(self.turn)
        self.tools.zoomed.connect(self.view.zoom)
        self.view.zoom_changed.connect(self.tools.say_size)
        self._build()
        badge = Badge(tr("No names in this report"), tone="ok", icon="check")
        self.set_heading(badges=[badge])
        theme().changed.connect(self.tools.say_dimmed)

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
        """Show the summary of a month ("2026-10"); then the records to fix, or print it."""
        self.side.choose("monthly")
        self._show(which)
        self._then = self.print_now if print_now else self.show_fixes if fixes else None

    def _show(self, which: str) -> None:
        self.side.period.set_period(named(which))
        self.side.copy.set_sort(INTERNAL)
        self._chosen()

    @property
    def wanted(self) -> Wanted:
        """Return what is chosen."""
        copy = self.side.copy
        return Wanted(self.side.name, self.side.period.value(), copy.sort, copy.funder)

    def main_action(self) -> None:
        """Ctrl+S: save the PDF."""
        self.save_pdf()

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: the copy in view, once it is logged that it leaves."""
        if self._report is None or self._paper is None or self._why_not():
            return False
        reviewed = self.side.copy.reviewed
        self._leaving.give(self._report, self._paper, give, reviewed=reviewed)
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
                self._show(which)
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
        """Ctrl+P: print the copy in view."""
        found = self._ready()
        if found is not None:
            self._leaving.print_it(*found, reviewed=self.side.copy.reviewed)

    def save_pdf(self) -> None:
        """Save the copy in view."""
        found = self._ready()
        if found is not None:
            self._leaving.save(*found, reviewed=self.side.copy.reviewed)

    def _ready(self) -> tuple[Report, Paper] | None:
        """Return what may leave; else say what is missing."""
        why = self._why_not()
        if self._report is None or self._paper is None or why:
            self.said.emit(why)
            return None
        return self._report, self._paper

    def _why_not(self) -> str:
        return self._leaving.why_not(self._report, self._paper, self.side.copy)

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
        column.addWidget(self.tools)
        self._stack = QStackedWidget()
        self._waiting = Empty("loader", tr("Making the report"), "")
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        self._nothing = Empty("circle-alert", "", "")
        self._stack.addWidget(self._nothing)
        column.addWidget(self._stack, 1)
        row.addWidget(self._middle, 1)
        self.drawer.dock_in(row)
        self.side.set_ready(False, tr("The page is being made."))
        self.tools.say_dimmed()

    # -- answers -------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Show what is chosen now, from its first page."""
        self._open = None
        self._then = None
        self._at = 0
        self.pane.show_hint()
        self.side.set_ready(False, tr("The page is being made."))
        self._run()

    def _run(self) -> None:
        desk = self._desk
        if not self.side.name:
            self._say_nothing(
                tr("No report here"), tr("You may count no records on this computer.")
            )
            return
        wanted = self.wanted
        self._once(
            "run", Lane.READER, lambda: running.soonest(desk, wanted), self._ran, self._refused
        )
        self._once(
            "fixes", Lane.READER, lambda: running.fixes(desk, wanted.period), self._fixes_came
        )

    def _ran(self, report: Report) -> None:
        self._report = report
        desk, wanted = self._desk, self.wanted
        if report.part != "all":
            self._once(
                "run", Lane.READER, lambda: running.whole(desk, wanted), self._ran, self._refused
            )
        self.set_heading(report.title, aside=report.period.label)
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
        if paper.check_code != self._read_code:
            self.side.copy.untick()
        self._settle()
        self._show_page(min(self._at, len(paper.sizes) - 1))
        if self._report is not None and self._report.part == "all":
            then, self._then = self._then, None
            if then is not None:
                then()

    def _ticked(self) -> None:
        self._read_code = self._paper.check_code if self._paper is not None else ""
        self._settle()

    def _settle(self) -> None:
        why = self._why_not()
        self.side.set_ready(not why, why)

    def _refused(self, error: LeadappError) -> None:
        self._paper = None
        self._say_nothing(tr("There is no page for this"), self._words.of(error))
        self.side.set_ready(False, tr("There is no page to print."))

    def _say_nothing(self, title: str, why: str) -> None:
        self._nothing.say(title, why)
        self._stack.setCurrentWidget(self._nothing)
        self.tools.say_no_page()

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
        self.tools.say_page(at, len(paper.sizes))

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
