"""What people changed side by side in one record: who wrote what, and what stood there before.

Reader lane. Settling it is a correction (``filling.settle``); both values stay in the
record's history for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadapp.core.ids import EntryHash, LogId, UserId
from leadapp.journal.entry import DELETED
from leadapp.journal.fold import Candidate
from leadapp.services.desk import Desk
from leadapp.store.queries import HistoryItem, StoredRecord


@dataclass(frozen=True, slots=True)
class Side:
    """One computer's hand in the record: who wrote there last, and when (milliseconds)."""

    log: LogId
    here: bool
    """Whether it was written on this computer."""
    author: UserId
    t_ms: int


@dataclass(frozen=True, slots=True)
class Contested:
    """An answer with several values. ``given`` is by side; a side that wrote none has none."""

    key: str
    before: str
    given: Mapping[LogId, str]
    shown: str
    """What the record shows until somebody chooses: the latest."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A record in conflict: its sides, this computer's first, and the answers they differ in."""

    stored: StoredRecord
    sides: tuple[Side, ...]
    contested: tuple[Contested, ...]

    @property
    def newest(self) -> LogId:
        """Return the side that wrote last."""
        return max(self.sides, key=lambda side: side.t_ms).log


def compare(desk: Desk, stored: StoredRecord) -> Compared:
    """Return what differs in a record this person may view (``browsing.record``)."""
    written = {item.entry: item for item in desk.reader.history(stored.ring, stored.record)}
    own = {log.log for log in desk.reader.logs(stored.ring) if log.own}
    entries = [one.entry for found in stored.conflicts.values() for one in found]
    contested = tuple(
        _contested(desk, stored, key, found, written) for key, found in stored.conflicts.items()
    )
    return Compared(stored, _sides(entries, written, own), contested)


def needs_void(contested: Contested) -> bool:
    """Return whether the answer is the record itself: voided there, changed here."""
    return contested.key == DELETED


def _contested(
    desk: Desk,
    stored: StoredRecord,
    key: str,
    candidates: Iterable[Candidate],
    written: Mapping[EntryHash, HistoryItem],
) -> Contested:
    found = list(candidates)
    entries = [one.entry for one in found]
    before = desk.reader.before(stored.ring, stored.record, entries)
    given: dict[LogId, str] = {}
    for one in found:  # the latest first: what a side wrote last is its value
        given.setdefault(written[one.entry].log, one.value)
    return Contested(key, before.get(key, ""), given, found[0].value)


def _sides(
    entries: Iterable[EntryHash], written: Mapping[EntryHash, HistoryItem], own: set[LogId]
) -> tuple[Side, ...]:
    last: dict[LogId, HistoryItem] = {}
    for entry in entries:
        item = written[entry]
        if item.log not in last or item.t_ms > last[item.log].t_ms:
            last[item.log] = item
    sides = [Side(log, log in own, item.author, item.t_ms) for log, item in last.items()]
    return tuple(sorted(sides, key=lambda side: (not side.here, side.t_ms, side.log)))
