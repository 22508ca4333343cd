"""A standing order: the prescriber's leave to hand naloxone out, with its days."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

TYPES = ("dispensing", "distribution", "statewide")
_AS_ASKED = ("order_type", "prescriber", "organisation", "products", "signed_file", "protocol")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; without a last day the order holds until one is written."""
    cells = answers(record, _AS_ASKED)
    cells["first_day"] = day(record.answer("first_day"))
    cells["last_day"] = day(record.answer("last_day"))
    yield "standing_order", cells


def summary(record: Record) -> Summary:
    """Give the sort of order and whose it is."""
    last = day(record.answer("last_day"))
    return Summary(
        title=joined("Standing order", spoken(record.answer("order_type"))),
        line=joined(record.answer("organisation"), f"to {last}" if last else ""),
        day=event_day(record, "first_day"),
        person="",
    )


KIND = Kind(
    name="standing_order",
    title="Standing order",
    rings=("shared",),
    needs=(
        Need("order_type", ("select_one",), TYPES, "The register is by sort of order."),
        Need("prescriber", ("text",), why="An order is someone's."),
        Need("organisation", ("text",), why="An order is for someone."),
        Need("products", ("select_multiple",), why="An order names its products."),
        Need("first_day", ("date",), why="A hand-out needs an order in force."),
        Need("last_day", ("date",), why="Some orders end."),
        Need("signed_file", ("text",), why="The signed paper must be found."),
        Need("protocol", ("text",), why="Protocols come in versions."),
    ),
    tables=(Table("standing_order", texts(*_AS_ASKED, "first_day", "last_day")),),
    rows=rows,
    summary=summary,
)
