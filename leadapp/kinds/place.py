"""A place: where naloxone is kept, and where people are taken."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = ("name", "place_kind", "agency", "active", "town")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    yield "place", {**answers(record, _AS_ASKED), "minimum": whole(record.answer("minimum"))}


def summary(record: Record) -> Summary:
    """Give the name and what sort of place it is."""
    return Summary(
        title=record.answer("name") or "Place",
        line=joined(spoken(record.answer("place_kind")), record.answer("town")),
        day=event_day(record, "recorded_day"),
        person="",
        status="closed" if record.answer("active") == "no" else "",
    )


KIND = Kind(
    name="place",
    title="Place",
    rings=("shared",),
    needs=(
        Need("name", ("text",), why="It is chosen by name."),
        Need("place_kind", ("select_one",), ("store", "vehicle", "facility"), "Lists are by kind."),
        Need("agency", ("select_one",), why="Stock is counted by agency."),
        Need("minimum", ("integer",), why="Low stock is shown."),
    ),
    tables=(Table("place", texts(*_AS_ASKED) + wholes("minimum")),),
    rows=rows,
    summary=summary,
)
