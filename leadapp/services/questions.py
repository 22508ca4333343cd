"""Questions that lists ask of ``browsing``, and the values they get, for who must not know the store."""

from __future__ import annotations

from leadapp.measures.periods import Period
from leadapp.store.queries import RecordLine, RecordQuery, StoredRecord

__all__ = ["RecordLine", "RecordQuery", "StoredRecord", "people", "to_fix"]


def people(text: str, offset: int, limit: int) -> RecordQuery:
    """Ask for people by name; all of them where ``text`` is blank."""
    return RecordQuery(kinds=("person",), text=text, order="title", offset=offset, limit=limit)


def to_fix(period: Period, limit: int = 200) -> RecordQuery:
    """Ask for the records of ``period`` that have an open problem."""
    return RecordQuery(
        with_problems=True,
        first_day=period.start.isoformat(),
        last_day=period.last_day.isoformat(),
        limit=limit,
    )
