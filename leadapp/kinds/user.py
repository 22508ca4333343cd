"""A user's name and title, so that every device can say who wrote an entry."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table

_AS_WRITTEN = ("name", "title", "agency", "active")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    yield "user", answers(record, _AS_WRITTEN)


def summary(record: Record) -> Summary:
    """Give the name and title."""
    return Summary(
        title=record.answer("name") or "User",
        line=record.answer("title"),
        day=event_day(record, "recorded_day"),
        person="",
        status="inactive" if record.answer("active") in {"no", "0"} else "",
    )


KIND = Kind(
    name="user",
    title="User",
    rings=("shared",),
    needs=(),
    tables=(Table("user", texts(*_AS_WRITTEN)),),
    rows=rows,
    summary=summary,
)
