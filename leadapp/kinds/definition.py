"""A form definition in use, or once in use; its text stays in the record."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, joined, spoken, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table

_AS_WRITTEN = (
    "form", "version", "hash", "kind", "rings", "state", "source_type", "approved_by", "why",
)  # fmt: skip


def rows(record: Record) -> Iterator[Row]:
    """Give the one row, without the definition's text."""
    yield "definition", answers(record, _AS_WRITTEN)


def summary(record: Record) -> Summary:
    """Give the form and its version."""
    state = record.answer("state")
    return Summary(
        title=spoken(record.answer("form")) or "Form",
        line=joined(record.answer("version"), spoken(state)),
        day=event_day(record, "recorded_day"),
        person="",
        status=state,
    )


KIND = Kind(
    name="definition",
    title="Form definition",
    rings=("shared",),
    needs=(),
    tables=(Table("definition", texts(*_AS_WRITTEN), indexes=(("form", "version"),)),),
    rows=rows,
    summary=summary,
)
