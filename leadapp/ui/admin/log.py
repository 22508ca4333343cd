"""The log of accesses: who opened, searched, printed or took out what, a month at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.core.clock import today
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.measures.periods import named
from leadapp.services import access_log, showing
from leadapp.services.access_log import Log, LogLine, LogPaper
from leadapp.services.desk import Desk
from leadapp.ui.admin.section import Section
from leadapp.ui.days import say_clock, say_date
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.table import Table
from leadapp.ui.reports.periods import newest_first
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_PART, _MONTH = 320, 190


class LogSection(Section):
    """Which part and which month, then the lines; reading and printing are logged first."""

    fills = True
    pdf_wanted = Signal(object)
    """A ``LogPaper`` to print."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("Log"), desk, work, words, say)
        look, day = theme(), today(desk.clock)
        rings = access_log.readable(desk)
        self.ring = Combo([Choice(ring, ring_words(ring)) for ring in rings])
        self.ring.set_value(rings[-1])
        self.month = Combo([Choice(one.name, one.label) for one in newest_first("month", day)])
        self.month.set_value(newest_first("month", day)[0].name)
        self.show_button = Button(tr("Show the log"), icon="history", role="primary", key="Ctrl+S")
        self.print_button = Button(tr("Print"), icon="printer")
        self.show_button.clicked.connect(self.main_action)
        self.print_button.clicked.connect(self._print)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        for words_, box, width in (
            (tr("Records"), self.ring, _PART),
            (tr("Month"), self.month, _MONTH),
        ):
            field = Field(words_, box)
            field.setFixedWidth(look.px(width))
            row.addWidget(field)
        for button in (self.show_button, self.print_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.column.addLayout(row)
        self.said = Label(tr("Showing and printing the log is logged too."), role="table")
        self.column.addWidget(self.said)
        columns = (
            Column("when", tr("When"), 165),
            Column("who", tr("Who"), 135),
            Column("act", tr("What"), 110),
            Column("record", tr("Record"), 185),
            Column("why", tr("Why"), stretch=True),
        )
        self.table = Table(columns, name=tr("Log"))
        self.table.hide()
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)

    def main_action(self) -> None:
        """Show the log of what is chosen."""
        self._read(self._show)

    def _print(self) -> None:
        def paper(log: Log) -> None:
            self.work.run(
                Lane.READER,
                lambda: access_log.paper(self.desk, log),
                lambda made: self._hand_out(log, made),
                self.refuse,
                owner=self,
            )

        self._read(paper, show=False)

    def _hand_out(self, log: Log, made: LogPaper) -> None:
        self.do(
            lambda: access_log.was_printed(self.desk, log),
            lambda _none: self.pdf_wanted.emit(made),
        )

    def _read(self, then: Callable[[Log], None], *, show: bool = True) -> None:
        """Fetch what is chosen; where it is shown, that is logged first."""
        ring, period = RingId(self.ring.value() or ""), named(self.month.value() or "")
        self.notice.hide()

        def read() -> Log:
            names = showing.user_names(self.desk)
            return access_log.access_log(self.desk, ring, period, names)

        def found(log: Log) -> None:
            if show:
                self.do(lambda: access_log.was_read(self.desk, log), lambda _none: then(log))
            else:
                then(log)

        self.work.run(Lane.READER, read, found, self.refuse, owner=self)

    def _show(self, log: Log) -> None:
        lines = log.lines[::-1]
        self.table.setVisible(bool(lines))
        self.table.show_rows([_row(at, line) for at, line in enumerate(lines)])
        self.said.setText(_said(len(lines)))
        if lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _said(count: int) -> str:
    if not count:
        return tr("Nothing is in the log of this month.")
    return tr("1 line") if count == 1 else tr("{count} lines, newest first", count=f"{count:,}")


def _row(at: int, line: LogLine) -> Row:
    when = f"{say_date(line.at.date())}, {say_clock(line.at)}"
    return Row(
        str(at),
        (Cell(when), Cell(line.who, bold=True), Cell(line.act), Cell(line.record), Cell(line.why)),
    )
