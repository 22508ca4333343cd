"""A shelf counted: what was there, lot by lot. What the books said is never written."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import event_day, joined, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table


def rows(record: Record) -> Iterator[Row]:
    """Give the count's row, and one row a lot."""
    yield "stock_count", {"place": record.answer("place")}
    for line in record.copies("lines"):
        counted = whole(line.get("counted", ""))
        yield "stock_count_line", {"lot_id": line.get("lot", ""), "counted": counted}


def summary(record: Record) -> Summary:
    """Give how many lots and doses were counted."""
    counted = [whole(line.get("counted", "")) or 0 for line in record.copies("lines")]
    return Summary(
        title="Stock count",
        line=joined(f"{len(counted)} lots", f"{sum(counted)} doses"),
        day=event_day(record, "day"),
        person="",
    )


KIND = Kind(
    name="stock_count",
    title="Stock count",
    rings=("shared",),
    needs=(
        Need("day", ("date",), why="Counts are due by month."),
        Need("place", ("select_one",), why="One place is counted at a time."),
        Need("lines", ("repeat",), why="A count is lot by lot."),
        Need("lot", ("select_one",), why="A count is lot by lot."),
        Need("counted", ("integer",), why="It is what was there."),
    ),
    tables=(
        Table("stock_count", texts("place"), indexes=(("place",),)),
        Table("stock_count_line", texts("lot_id") + wholes("counted"), child=True),
    ),
    rows=rows,
    summary=summary,
)
