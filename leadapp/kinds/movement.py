"""A stock movement: doses of one lot going out of one place into another.

It has no text, no person and no pointer to the form that made it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Kind, Leg, Need, Record, Row, Summary, Table, Total

MOVES = (
    "received", "transferred", "issued", "given", "left_behind", "used", "returned", "expired",
    "damaged", "lost", "stolen", "recalled", "destroyed", "donated", "training", "adjusted",
)  # fmt: skip
PLACES = (
    "supplier", "public", "used", "expired", "damaged", "lost", "stolen", "destroyed", "donated",
    "training", "counted",
)  # fmt: skip
"""Fixed places beside the county's own: where doses come from or end."""
_AS_ASKED = (
    "from_place", "to_place", "move", "reason", "approver", "override_reason", "reverses",
    "replaces",
)  # fmt: skip
BALANCE = Total(
    "balance",
    keys=("lot_id", "place"),
    amounts=("doses", "kits"),
    legs=(Leg(("lot_id", "to_place"), 1, counts=True), Leg(("lot_id", "from_place"), -1)),
)
"""What each place has of each lot. ``lines`` are the movements into it."""
BALANCE_OF_MONTH = Total(
    "balance_of_month",
    keys=("lot_id", "month", "place"),
    amounts=("doses", "kits"),
    legs=(
        Leg(("lot_id", "month", "to_place"), 1, counts=True),
        Leg(("lot_id", "month", "from_place"), -1),
    ),
)
"""What a month added; all months up to one give the balance at its end."""
CHANGE_OF_MONTH = Total(
    "change_of_month",
    keys=("lot_id", "month"),
    amounts=("shelf_change",),
    legs=(Leg(("lot_id", "month"), 1, counts=True),),
)
"""What a month added to our shelves of each lot, and how many movements it had."""


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; a flag that is not set is 0."""
    cells = answers(record, _AS_ASKED)
    cells["lot_id"] = record.answer("lot")
    cells["doses"] = whole(record.answer("doses")) or 0
    cells["kits"] = whole(record.answer("kits"))
    cells["shelf_change"] = shelf_change(
        record.answer("from_place"), record.answer("to_place"), whole(record.answer("doses")) or 0
    )
    for flag in ("shortfall", "override"):
        cells[flag] = 1 if record.answer(flag) in {"1", "yes"} else 0
    yield "movement", cells


def shelf_change(from_place: str, to_place: str, doses: int) -> int:
    """Return what a movement adds to the county's own shelves; 0 between two of them."""
    return doses * ((to_place not in PLACES) - (from_place not in PLACES))


def summary(record: Record) -> Summary:
    """Give what moved."""
    return Summary(
        title=spoken(record.answer("move")) or "Stock movement",
        line=joined(f"{whole(record.answer('doses')) or 0} doses", spoken(record.answer("reason"))),
        day=event_day(record, "day"),
        person="",
        status="shortfall" if record.answer("shortfall") in {"1", "yes"} else "",
    )


KIND = Kind(
    name="movement",
    title="Stock movement",
    rings=("shared",),
    needs=(
        Need("day", ("date",), why="The ledger is by day."),
        Need("lot", ("select_one",), why="Balances are by lot."),
        Need("from_place", ("select_one",), why="Balances are by place."),
        Need("to_place", ("select_one",), why="Balances are by place."),
        Need("move", ("select_one",), MOVES, "The ledger is by kind of movement."),
        Need("doses", ("integer",), why="Balances are in doses."),
        Need("kits", ("integer",), why="Kits are reported."),
        Need("reason", ("select_one",), why="Losses and counts need a reason."),
        Need("approver", ("text", "hidden", "select_one"), why="Losses need a second person."),
        Need("shortfall", ("hidden", "text", "select_one"), why="A hand-out is never blocked."),
        Need("override", ("hidden", "text", "select_one"), why="An override is shown."),
        Need("reverses", ("hidden", "text"), why="Corrections are movements too."),
        Need("replaces", ("hidden", "text"), why="Corrections are movements too."),
    ),
    tables=(
        Table(
            "movement",
            texts("lot_id", *_AS_ASKED)
            + wholes("doses", "kits", "shelf_change", "shortfall", "override"),
            indexes=(
                ("lot_id", "day"),
                ("from_place", "day"),
                ("to_place", "day"),
                ("move", "day"),
                ("reverses",),
                ("replaces",),
            ),
            totals=(BALANCE, BALANCE_OF_MONTH, CHANGE_OF_MONTH),
        ),
    ),
    rows=rows,
    summary=summary,
)
