"""What somebody said of two persons: that they are one, that they are not, or neither any more.

Nothing else is rewritten by it: who counts the two as one asks for these records.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table

_AS_WRITTEN = ("person", "other", "verdict")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; ``verdict`` is ``same``, ``different``, or "" where it was taken back."""
    yield "same_person", answers(record, _AS_WRITTEN)


def summary(record: Record) -> Summary:
    """Say no more than what was asked; it stands in nobody's timeline."""
    return Summary("Same person", "", event_day(record, "recorded_day"), "")


KIND = Kind(
    name="same_person",
    title="Same person",
    rings=("law", "care"),
    needs=(),
    tables=(Table("same_person", texts(*_AS_WRITTEN)),),
    rows=rows,
    summary=summary,
)
