"""The register of standing orders: which order covers what, from when, until when."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.press import Press
from leadapp.papers.stock_frame import Stamp, Table, end, open_sheet, table_rows


@dataclass(frozen=True, slots=True)
class StandingOrderLine:
    """One order, every field as it is read; no ``products`` is all of them."""

    sort: str
    prescriber: str
    organisation: str
    products: str
    starts: str
    ends: str
    state: str
    reference: str = ""
    """Where the signed paper is kept."""
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """The register as of a day."""

    stamp: Stamp
    as_of: str
    lines: tuple[StandingOrderLine, ...]


def render_standing_orders(paper: StandingOrders, press: Press) -> bytes:
    """Return the PDF of the register."""
    title = press.say("standing_orders")
    told = press.say("standing_orders_told")
    sheet = open_sheet(paper.stamp, press, title, (press.say("as_of", day=paper.as_of),), told)
    names = (
        "order",
        "prescriber",
        "organisation",
        "products",
        "starts",
        "ends",
        "state",
        "kept_at",
    )
    rows = tuple(
        (
            one.sort,
            one.prescriber,
            one.organisation,
            one.products or press.say("any_product"),
            one.starts,
            one.ends,
            one.state,
            _kept_at(one, press),
        )
        for one in paper.lines
    )
    table = Table(
        tuple(press.say(f"col_{name}") for name in names),
        (1.1, 1.5, 1.8, 1.4, 1.0, 1.0, 0.9, 1.5),
        rows,
    )
    sheet.rows += table_rows(sheet, table)
    return end(sheet, paper.stamp, title)


def _kept_at(one: StandingOrderLine, press: Press) -> str:
    protocol = press.say("protocol", version=one.protocol) if one.protocol else ""
    return ", ".join(filter(None, (one.reference, protocol)))
