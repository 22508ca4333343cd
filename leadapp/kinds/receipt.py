"""That a PDF came to the person it was for: which one, by the hash of its bytes."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table

_AS_WRITTEN = ("document", "hash")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    yield "receipt", answers(record, _AS_WRITTEN)


def summary(record: Record) -> Summary:
    """Say no more than that something came."""
    return Summary("Receipt", "", event_day(record, "recorded_day"), "")


KIND = Kind(
    name="receipt",
    title="Receipt",
    rings=("law", "refer", "supply", "care", "shared"),
    needs=(),
    tables=(Table("receipt", texts(*_AS_WRITTEN), indexes=(("document",),)),),
    rows=rows,
    summary=summary,
)
