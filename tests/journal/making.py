"""Entries made by hand for tests: several devices write one record, knowing what they know."""

from __future__ import annotations

from collections.abc import Iterable

from leadapp.core.ids import FormId, LogId, RecordId, RingId, UserId
from leadapp.journal.entry import Entry, write_entry

RECORD = RecordId("r" * 22)


def written(
    values: dict[str, str],
    *parents: Entry,
    t: int = 0,
    op: str = "save",
    by: str = "ann",
    seq: int = 1,
    prev: str = "",
    log: str = "",
    record: RecordId = RECORD,
) -> Entry:
    """Return an entry of ``record`` whose author saw ``parents`` as its heads."""
    return write_entry(
        ring=RingId("care"),
        log=LogId(log or f"log-of-{by}"),
        seq=seq,
        prev=prev,
        t_ms=t,
        author=UserId(by),
        record=record,
        form=FormId("intake"),
        form_version="1",
        parents=tuple(parent.short for parent in parents),
        op=op,
        values=values,
        salt=bytes(16),
    )


def chain(count: int, *, by: str = "ann") -> list[Entry]:
    """Return ``count`` entries of one log, each on top of the one before."""
    made: list[Entry] = []
    for n in range(1, count + 1):
        before = made[-1:]
        prev = made[-1].hash if made else ""
        made.append(written({"n": str(n)}, *before, t=n, by=by, seq=n, prev=prev))
    return made


def by_hash(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return ``entries`` by whole hash."""
    return {entry.hash: entry for entry in entries}
