"""A setting of the program that every device shares."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, spoken, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    yield "setting", answers(record, ("name", "value"))


def summary(record: Record) -> Summary:
    """Give the setting's name; its value stays in the record."""
    return Summary(
        title=spoken(record.answer("name")) or "Setting",
        line="",
        day=event_day(record, "recorded_day"),
        person="",
    )


KIND = Kind(
    name="setting",
    title="Setting",
    rings=("shared",),
    needs=(),
    tables=(Table("setting", texts("name", "value"), indexes=(("name",),)),),
    rows=rows,
    summary=summary,
)
