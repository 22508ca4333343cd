"""Figures, stock by lot and place, the ledger; each figure opens the lines behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.services.desk import Desk
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.naloxone.errands import Seen
from leadapp.ui.naloxone.figures import make_figures, say_figures
from leadapp.ui.naloxone.ledger_card import LedgerCard
from leadapp.ui.naloxone.stock_card import StockCard
from leadapp.ui.naloxone.stock_rows import as_held
from leadapp.ui.theme import theme
from leadapp.ui.work import Work

_PRODUCT = 1
_WITH_ASIDES, _WITH_PRODUCTS = 860, 700


class Board(Scroll):
    """``show_seen(seen)``; then ``show_figure("within_60")`` shows what a figure counts."""

    def __init__(self, desk: Desk, work: Work, day: date) -> None:
        super().__init__(gap=12, stretch=False)
        self.figures = make_figures()
        self.stock = StockCard(day)
        self.ledger = LedgerCard(desk, work, day)
        self.top = QWidget()
        row = QHBoxLayout(self.top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        for figure in self.figures:
            row.addWidget(figure, 1)
            figure.clicked.connect(lambda _on=False, name=figure.name: self.show_figure(name))
        self.body.addWidget(self.top)
        self.body.addWidget(self.stock, 8)
        self.body.addWidget(self.ledger, 7)

    def show_seen(self, seen: Seen) -> None:
        """Show the whole stock."""
        say_figures(self.figures, seen.view)
        self.stock.show_view(seen.view, as_held(seen.surplus))
        self.ledger.show_lots(seen.view.lots)

    def show_figure(self, name: str) -> None:
        """Show the lines behind a number."""
        self.stock.set_filter(name)
        self.stock.focus_list()

    def show_ledger_of(self, lot: str) -> None:
        """Show the lines of one lot."""
        self.ledger.show_lot(lot)
        self.ledger.table.setFocus()

    def set_room(self, wide: int) -> None:
        """Leave out what can be read elsewhere where there is little room."""
        for card in (self.stock, self.ledger):
            card.aside.setVisible(wide >= theme().px(_WITH_ASIDES))
        self.stock.lots.setColumnHidden(_PRODUCT, wide < theme().px(_WITH_PRODUCTS))
