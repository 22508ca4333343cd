"""A PDF on its way to somebody: what it is, for whom, how far it has come. Never its words.

The file itself is sealed to its maker and its receiver; the record names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, texts
from leadapp.kinds.contract import Kind, Record, Row, Summary, Table

_AS_WRITTEN = (
    "what", "copy", "to_user", "to_party", "sealed", "size", "handed", "confirmed",
    "record", "person", "emptied", "keys",
)  # fmt: skip


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; ``to_user`` is a user's id, ``to_party`` someone without the program.

    ``record`` and ``person`` say what it was printed from, ``emptied`` how many entries of
    those were emptied by order by then, ``keys`` whose keys of the receiver's it is sealed to.
    """
    yield "document", {**answers(record, _AS_WRITTEN), "made_at": record.finished_at}


def summary(record: Record) -> Summary:
    """Give what it is and who it is for."""
    return Summary(
        title=record.answer("what") or "Document",
        line=record.answer("to_party"),
        day=event_day(record, "recorded_day"),
        person="",
    )


KIND = Kind(
    name="document",
    title="Document",
    rings=("law", "refer", "supply", "care", "shared"),
    needs=(),
    tables=(Table("document", texts(*_AS_WRITTEN, "made_at")),),
    rows=rows,
    summary=summary,
)
