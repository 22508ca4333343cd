"""The ledger: one line a movement, fetched a page at a time, corrected and never erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerLine, LedgerQuery, LotLine
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Answer
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone.ledger_rows import ledger_columns, ledger_row
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_ALL = "all"
_MOST_KNOWN = 20_000


class LedgerCard(Card):
    """``LedgerCard(desk, work, today)``; ``show_lot`` and ``show_moves`` narrow it."""

    undo_wanted = Signal(object)
    """Take a line back: the ``LedgerLine``."""

    moved_to = Signal(object)
    """The ``LedgerLine`` chosen, or None."""

    def __init__(self, desk: Desk, work: Work, today: date) -> None:
        super().__init__(
            tr("Ledger"), aside=tr("in doses; never erased, only corrected"), margin=12
        )
        self._desk, self._work, self._today = desk, work, today
        self._query = LedgerQuery()
        self._total = 0
        self._known: dict[str, LedgerLine] = {}
        self.table = Table(ledger_columns(), name=tr("Ledger"), framed=False)
        self.table.setMinimumHeight(theme().px(102))
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.table.remove_wanted.connect(self._undo)
        self.table.moved_to.connect(self._moved)
        self.lots = Combo([Choice(_ALL, tr("All lots"))])
        self.lots.set_question(tr("Lot in the ledger"))
        self.lots.set_value(_ALL)
        self.lots.setFixedWidth(theme().px(150))
        self.lots.changed.connect(lambda lot: self.show_lot(str(lot or _ALL)))
        self.undo_button = Button(tr("Undo line"), icon="undo-2", key="Del", small=True)
        self.undo_button.clicked.connect(lambda _on=False: self._undo(self.table.current_key()))
        self.head.addWidget(self.lots)
        self.head.addWidget(self.undo_button)
        self.body.addWidget(self.table, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_lots(self, lots: Sequence[LotLine]) -> None:
        """Offer these lots in the filter."""
        chosen = self.lots.value()
        found = [Choice(one.lot, one.lot_number) for one in lots]
        self.lots.set_choices([Choice(_ALL, tr("All lots")), *found])
        self.lots.set_value(chosen or _ALL)

    def ask(self) -> None:
        """Ask again."""
        self.table.set_fetch(partial(self._page, self._query))

    def show_lot(self, lot: str) -> None:
        """Show one lot's lines, or all."""
        self.lots.set_value(lot)
        self._query = replace(self._query, lot="" if lot == _ALL else lot)
        self.ask()

    def show_moves(self, moves: tuple[str, ...], first_day: str = "", last_day: str = "") -> None:
        """Show some kinds of movement in some days; nothing given shows all."""
        self._query = replace(self._query, moves=moves, first_day=first_day, last_day=last_day)
        self.set_aside(
            tr("some kinds only; F5 shows all")
            if moves
            else tr("in doses; never erased, only corrected")
        )
        self.ask()

    @property
    def narrowed(self) -> bool:
        """Whether only some kinds are shown."""
        return bool(self._query.moves)

    def chosen(self) -> LedgerLine | None:
        """Return the line chosen."""
        return self._known.get(self.table.current_key())

    def _page(self, query: LedgerQuery, offset: int, limit: int, done: Answer) -> None:
        desk = self._desk

        def job() -> tuple[tuple[LedgerLine, ...], int]:
            lines = stock.ledger(desk, replace(query, offset=offset, limit=limit))
            if offset:
                return lines, -1
            return lines, len(lines) if len(lines) < limit else stock.ledger_count(desk, query)

        def came(found: tuple[tuple[LedgerLine, ...], int]) -> None:
            lines, total = found
            if query != self._query:
                return
            if offset == 0:
                self._total = total
            if offset == 0 or len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known |= {str(line.movement): line for line in lines}
            done([ledger_row(line, self._today) for line in lines], self._total)
            if offset == 0:
                self._moved(self.table.current_key())

        self._work.run(Lane.READER, job, came, owner=self)

    def _moved(self, key: str) -> None:
        line = self._known.get(key)
        self.undo_button.setEnabled(may_undo(line))
        self.moved_to.emit(line)

    def _undo(self, key: str) -> None:
        line = self._known.get(key)
        if may_undo(line):
            self.undo_wanted.emit(line)


def may_undo(line: LedgerLine | None) -> bool:
    """Return whether a line can be taken back: it is none that does so, and still stands."""
    return line is not None and not line.reversed and not line.reverses
