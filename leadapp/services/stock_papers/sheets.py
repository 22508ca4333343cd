"""Count sheet, kit labels, transfer slip and standing orders, from what the desk has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.kinds.cells import spoken
from leadapp.papers.count_sheet import CountSheet, CountSheetLine, render_count_sheet
from leadapp.papers.labels import Label, LabelPaper, render_labels
from leadapp.papers.standing_orders import (
    StandingOrderLine,
    StandingOrders,
    render_standing_orders,
)
from leadapp.papers.transfer_slip import SlipLine, TransferSlip, render_transfer_slip
from leadapp.services.desk import Desk
from leadapp.services.stock_papers.books import Books, product_labels
from leadapp.services.stock_papers.wording import StockPaper, day_words, press, stamp

MOST_LABELS = 900


class Order(Protocol):
    """What the register's paper asks of a standing order."""

    @property
    def order_type(self) -> str:
        """Return the code of its sort."""

    @property
    def prescriber(self) -> str:
        """Return who signed it."""

    @property
    def organisation(self) -> str:
        """Return whom it is for."""

    @property
    def products(self) -> tuple[str, ...]:
        """Return the codes of what it covers."""

    @property
    def first_day(self) -> str:
        """Return the ISO day it begins."""

    @property
    def last_day(self) -> str:
        """Return the ISO day it ends, "" for none."""

    @property
    def signed_file(self) -> str:
        """Return where the signed order is."""

    @property
    def protocol(self) -> str:
        """Return which version of the protocol it refers to."""

    @property
    def state(self) -> str:
        """Return whether it is in force."""


def count_sheet(desk: Desk, place: str, *, blind: bool = False) -> StockPaper:
    """Return the sheet to count ``place`` (its record or name) with. Reader lane.

    ``blind`` leaves out what the books say.
    """
    desk.require("print", "movement", "shared")
    books = Books(desk)
    where = books.place_called(place)
    held = [(books.lot(lot), doses) for (lot, at), doses in books.held().items() if at == where]
    lines = tuple(
        CountSheetLine(lot.number, lot.product, day_words(lot.expiry), lot.doses_per_kit, doses)
        for lot, doses in sorted(held, key=lambda one: (one[0].expiry or "9", one[0].number))
    )
    ink, made = press(), stamp(desk)
    until = ink.say("books_until", when=ink.moment(made.printed_at))
    sheet = CountSheet(made, books.place(where).name, until, lines, blind)
    return StockPaper(render_count_sheet(sheet, ink), f"count-sheet-{where[:8]}.pdf")


def labels(desk: Desk, lot: str, count: int, *, start: int = 1) -> StockPaper:
    """Return ``count`` labels of ``lot`` (its record or number), from label ``start`` on.

    Reader lane.
    """
    desk.require("print", "movement", "shared")
    if not 1 <= count <= MOST_LABELS:
        raise Refusal("services.label_count", most=MOST_LABELS)
    books, ink = Books(desk), press()
    found = books.lot(books.lot_called(lot))
    each = found.doses_per_kit
    doses = ink.say("label_one_dose") if each == 1 else ink.say("label_doses", count=each)
    label = Label(
        lot_number=found.number,
        product=found.product,
        last_day=day_words(found.expiry),
        county=desk.device.county,
        contents=doses if each else "",
    )
    pdf = render_labels(LabelPaper(stamp(desk), (label,) * count, start), ink)
    return StockPaper(pdf, f"labels-{found.id[:8]}.pdf")


def transfer_slip(desk: Desk, from_place: str, to_place: str, day: str) -> StockPaper:
    """Return the slip of all that goes from one place to another on ``day``. Reader lane."""
    desk.require("print", "movement", "shared")
    books = Books(desk)
    start, end = books.place_called(from_place), books.place_called(to_place)
    moved = books.transferred(start, end, day)
    if not moved:
        raise Refusal("services.nothing_moved", day=day_words(day))
    lines = tuple(
        SlipLine(lot.number, lot.product, day_words(lot.expiry), kits, doses)
        for lot, kits, doses in ((books.lot(one.lot), one.kits or 0, one.doses) for one in moved)
    )
    slip = TransferSlip(
        stamp=stamp(desk),
        from_name=books.place(start).name,
        to_name=books.place(end).name,
        day=day_words(day),
        lines=lines,
        number=moved[0].id[:8],
    )
    return StockPaper(render_transfer_slip(slip, press()), f"transfer-{moved[0].id[:8]}.pdf")


def standing_orders(desk: Desk, orders: Iterable[Order]) -> StockPaper:
    """Return the register of ``orders``, as ``stock.standing_orders`` gives them. Reader lane."""
    desk.require("print", "standing_order", "shared")
    labels = product_labels(desk)
    lines = tuple(
        StandingOrderLine(
            sort=spoken(order.order_type),
            prescriber=order.prescriber,
            organisation=order.organisation,
            products=_products(order.products, labels),
            starts=day_words(order.first_day),
            ends=day_words(order.last_day),
            state=spoken(order.state),
            reference=order.signed_file,
            protocol=order.protocol,
        )
        for order in orders
    )
    as_of = day_words(today(desk.clock).isoformat())
    paper = StandingOrders(stamp(desk), as_of, lines)
    return StockPaper(render_standing_orders(paper, press()), "standing-orders.pdf")


def _products(codes: Sequence[str], labels_of: dict[str, str]) -> str:
    return ", ".join(labels_of.get(code, spoken(code)) for code in codes)
