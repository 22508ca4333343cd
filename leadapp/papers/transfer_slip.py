"""The slip that goes with doses from one place to another, signed at both ends."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.press import Press
from leadapp.papers.stock_frame import Stamp, Table, end, number, open_sheet, sign_rows, table_rows


@dataclass(frozen=True, slots=True)
class SlipLine:
    """What goes of one lot: kits as written and doses, two numbers."""

    lot_number: str
    product: str
    last_day: str
    kits: int
    doses: int


@dataclass(frozen=True, slots=True)
class TransferSlip:
    """Doses on their way on one day."""

    stamp: Stamp
    from_name: str
    to_name: str
    day: str
    lines: tuple[SlipLine, ...]
    number: str = ""
    """The first movement's short number, to find it again."""


def render_transfer_slip(slip: TransferSlip, press: Press) -> bytes:
    """Return the PDF of a transfer slip."""
    title = press.say("transfer_slip", start=slip.from_name, to=slip.to_name)
    right = (slip.day, press.say("slip_number", number=slip.number) if slip.number else "")
    paper = open_sheet(slip.stamp, press, title, right, press.say("slip_told"))
    names = ("lot", "product", "last_day", "kits", "doses")
    rows = [
        (one.lot_number, one.product, one.last_day, number(one.kits), number(one.doses))
        for one in slip.lines
    ]
    kits, doses = sum(one.kits for one in slip.lines), sum(one.doses for one in slip.lines)
    if rows:
        rows.append((press.say("all_lots"), "", "", number(kits), number(doses)))
    table = Table(
        tuple(press.say(f"col_{name}") for name in names),
        (2, 2, 1.6, 0.8, 0.8),
        tuple(rows),
        figures=frozenset({3, 4}),
        total=True,
    )
    paper.rows += table_rows(paper, table)
    paper.rows += sign_rows(paper, (press.say("handed_by"), press.say("received_by")))
    return end(paper, slip.stamp, title)
