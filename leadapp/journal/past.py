"""Who knew of what: entries of one record put in causal order, with what each descends from.

Clocks play no part beyond ordering what is truly side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from leadapp.journal.entry import FOLDED_OPS, Entry


@dataclass(frozen=True, slots=True)
class Past:
    """Entries in an order where parents come first.

    ``before[n]`` has bit ``m`` set when entry ``n`` descends from entry ``m``.
    ``waiting`` says that a parent is named which is not here yet.
    """

    entries: tuple[Entry, ...]
    before: tuple[int, ...]
    waiting: bool

    def heads(self) -> tuple[int, ...]:
        """Return the places of the entries nobody descends from."""
        known = 0
        for mask in self.before:
            known |= mask
        return tuple(n for n in range(len(self.entries)) if not known >> n & 1)

    def rank(self, place: int) -> tuple[int, str]:
        """Return what orders entries that did not know of each other: moment, then hash."""
        entry = self.entries[place]
        return (entry.t_ms, entry.hash)

    def behind(self, place: int) -> list[Entry]:
        """Return what the entry at ``place`` descends from, in order."""
        mask = self.before[place]
        return [entry for n, entry in enumerate(self.entries) if mask >> n & 1]


def past_of(entries: Iterable[Entry]) -> Past:
    """Return the causal order of ``entries``; doubles and other ops are left out.

    The order is the same whatever order they came in: among entries that are ready,
    the smallest (moment, hash) comes first.
    """
    known = {entry.short: entry for entry in entries if entry.op in FOLDED_OPS}
    children: dict[str, list[str]] = {}
    missing: dict[str, int] = {}
    waiting = False
    for short, entry in known.items():
        here = {parent for parent in entry.parents if parent in known}
        waiting = waiting or len(here) < len(set(entry.parents))
        missing[short] = len(here)
        for parent in here:
            children.setdefault(parent, []).append(short)
    return _ordered(known, children, missing, waiting=waiting)


def _ordered(
    known: dict[str, Entry],
    children: dict[str, list[str]],
    missing: dict[str, int],
    *,
    waiting: bool,
) -> Past:
    ready = [_rank(known[short]) for short, count in missing.items() if count == 0]
    heapify(ready)
    place: dict[str, int] = {}
    ordered: list[Entry] = []
    before: list[int] = []
    while ready:
        entry = known[heappop(ready)[2]]
        mask = 0
        for parent in entry.parents:
            at = place.get(parent)
            if at is not None:
                mask |= before[at] | 1 << at
        place[entry.short] = len(ordered)
        ordered.append(entry)
        before.append(mask)
        for child in children.get(entry.short, ()):
            missing[child] -= 1
            if missing[child] == 0:
                heappush(ready, _rank(known[child]))
    return Past(tuple(ordered), tuple(before), waiting)


def _rank(entry: Entry) -> tuple[int, str, str]:
    return (entry.t_ms, entry.hash, entry.short)
