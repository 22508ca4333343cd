"""Past exchanges of this computer: when, where, what came and went, what was wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.services.syncing import past
from leadapp.services.syncing.past import PastSync
from leadapp.ui.days import say_moment
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.table import Table
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class HistoryTab(Tab):
    """A table, newest first."""

    fills = True

    def __init__(self, desk: Desk, work: Work, words: Words) -> None:
        super().__init__("history", tr("History"), desk, work, words)
        self.table = Table(
            [
                Column("when", tr("When"), 170),
                Column("target", tr("Where"), 150),
                Column("came", tr("Came in"), 90, number=True),
                Column("went", tr("Went out"), 90, number=True),
                Column("how", tr("How it went"), 260, stretch=True),
            ],
            name=tr("Past exchanges"),
            two_lines=True,
        )
        self.table.setMinimumHeight(theme().px(300))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Empty(
                "history",
                tr("Nothing was synced from this computer yet"),
                tr("Each exchange is listed here: when, where, what came and what went."),
            )
        )
        self._stack.hide()  # until it is known whether there is any
        self.column.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Ask for them again."""
        desk = self.desk
        self.ask(lambda: past.past(desk), self._show)

    def panes(self) -> list[QWidget]:
        """The table."""
        return [self._stack]

    def _show(self, found: list[PastSync]) -> None:
        self._stack.show()
        self._stack.setCurrentIndex(0 if found else 1)
        self.table.show_rows([self._row(str(number), one) for number, one in enumerate(found)])

    def _row(self, key: str, one: PastSync) -> Row:
        now = self.desk.clock.now()
        how, more, tone = how_it_went(one, self.words.of)
        return Row(
            key,
            (
                Cell(say_moment(one.moment.astimezone(now.tzinfo), now), bold=True),
                Cell(one.target),
                Cell(f"{one.entries_in:,}"),
                Cell(f"{one.entries_out:,}"),
                Cell(how, more, tone=tone),
            ),
        )


def how_it_went(one: PastSync, say: Callable[..., str]) -> tuple[str, str, str]:
    """Return the words, a second line and the colour of how an exchange went."""
    blocking = [problem for problem in one.problems if problem.blocks]
    first = say(one.problems[0]) if one.problems else ""
    if one.stopped:
        return tr("Stopped half way"), first, "text"
    if blocking:
        return tr("Not all went well"), say(blocking[0]), "err"
    if one.problems:
        return tr("Done, with a note"), first, "text"
    if one.only_here:
        return tr("Done"), tr("{count} entries were still only here", count=one.only_here), "text"
    return tr("Done"), "", "text"
