"""An agency that takes part: sheriff, police, prosecutor, provider, health department."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, spoken, texts
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = ("name", "agency_kind", "short_name", "ring_name", "active")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    yield "agency", answers(record, _AS_ASKED)


def summary(record: Record) -> Summary:
    """Give the name and what sort of agency it is."""
    return Summary(
        title=record.answer("name") or "Agency",
        line=spoken(record.answer("agency_kind")),
        day=event_day(record, "recorded_day"),
        person="",
        status="closed" if record.answer("active") == "no" else "",
    )


KIND = Kind(
    name="agency",
    title="Agency",
    rings=("shared",),
    needs=(
        Need("name", ("text",), why="It is chosen by name."),
        Need("agency_kind", ("select_one",), ("sheriff", "police"), "Reports count by kind."),
    ),
    tables=(Table("agency", texts(*_AS_ASKED)),),
    rows=rows,
    summary=summary,
)
