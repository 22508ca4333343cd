"""The standing-order register (NX-4): which orders there are, and which are in force today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.kinds.cells import spoken
from leadapp.services.stock import StandingOrder
from leadapp.ui.days import day_of, say_date
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_IN_FORCE = ("in_force", "ending")


class OrdersView(MiddleView):
    """``show_orders(orders)``."""

    add_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, *, may_add: bool) -> None:
        super().__init__(Card(tr("Standing orders")))
        self._products: Mapping[str, str] = {}
        self._may_add = may_add
        self.summary = Label("", role="table", wrap=True)
        self.orders = Table(_columns(), name=tr("Standing orders"), two_lines=True, framed=False)
        self.add_button = Button(tr("Add an order"), icon="plus", role="primary", key="Ctrl+S")
        self._build()

    def set_products(self, labels: Mapping[str, str]) -> None:
        """Say what the county calls its products, by code."""
        self._products = labels

    def show_orders(self, orders: Sequence[StandingOrder]) -> None:
        """Show the register, the newest order first."""
        in_force = [one for one in orders if one.state in _IN_FORCE]
        number = len(in_force)
        self.card.set_aside(
            tr("1 in force today") if number == 1 else tr("{count} in force today", count=number)
        )
        self.summary.setText(self._summary(in_force))
        self.summary.set_tone("text2" if in_force else "warn")
        self.orders.show_rows([self._row(one) for one in orders])
        self.orders.go_to_first()
        self.orders.setFocus()
        announce(self, f"{self.card.title.text()}, {self.card.aside.text()}")

    def main_action(self) -> None:
        """Ctrl+S: add an order."""
        if self._may_add:
            self.say_no("")
            self.add_wanted.emit()
        else:
            self.say_no(tr("Your account does not add orders. The stock manager does."))

    def _summary(self, in_force: Sequence[StandingOrder]) -> str:
        if not in_force:
            return tr("No order is in force today: hand-outs are recorded with a warning.")
        if any(not one.products for one in in_force):
            return tr("Every product is covered today.")
        codes = sorted({code for one in in_force for code in one.products})
        return tr("Covered today: {products}.", products=self._names(codes))

    def _names(self, codes: Sequence[str]) -> str:
        return ", ".join(self._products.get(code, spoken(code)) for code in codes)

    def _row(self, one: StandingOrder) -> Row:
        protocol = tr("protocol {version}", version=one.protocol) if one.protocol else ""
        kept = ", ".join(filter(None, (one.signed_file, protocol)))
        return Row(
            str(one.record),
            (
                Cell(tr(spoken(one.order_type)), bold=True),
                Cell(one.organisation, sub=one.prescriber),
                Cell(self._names(one.products) or tr("Every product"), sub=kept),
                Cell(_date(one.first_day, tr("No day"))),
                Cell(_date(one.last_day, tr("No end"))),
                _said(one),
            ),
            muted=one.state == "ended",
        )

    def _build(self) -> None:
        look = theme()
        body = self.card.body
        body.addWidget(self.summary)
        self.orders.setMinimumHeight(look.px(130))
        body.addWidget(self.orders, 1)
        body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.back_button())
        printing = Button(tr("Print register"), icon="printer")
        printing.clicked.connect(lambda _on=False: self.print_wanted.emit())
        row.addWidget(printing)
        row.addStretch(1)
        self.add_button.clicked.connect(lambda _on=False: self.main_action())
        row.addWidget(self.add_button)
        body.addLayout(row)
        self.add_button.setVisible(self._may_add)


def _columns() -> tuple[Column, ...]:
    return (
        Column("sort", tr("Kind"), 96),
        Column("for", tr("For, and who signed"), 180, stretch=True),
        Column("products", tr("Products, paper"), 160),
        Column("first", tr("From"), 96),
        Column("last", tr("Last day"), 96),
        Column("said", "", 92),
    )


def _date(iso: str, unknown: str) -> str:
    day = day_of(iso)
    return unknown if day is None else say_date(day)


def _said(one: StandingOrder) -> Cell:
    match one.state:
        case "in_force":
            return Cell(tr("In force"), badge="ok")
        case "ending":
            return Cell(tr("Ends soon"), badge="warn")
        case "ended":
            return Cell(tr("Ended"), badge="neutral")
        case _:
            return Cell(tr("Not begun"), badge="neutral")
