"""What each entry of a record changed: the old value its author saw, and the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadapp.journal.entry import Entry
from leadapp.journal.fold import fold
from leadapp.journal.past import Past, past_of


@dataclass(frozen=True, slots=True)
class Change:
    """One answer an entry wrote; ``old`` is "" where there was none."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry and what it changed. ``contested``: its author did not know of the step before."""

    entry: Entry
    changes: tuple[Change, ...]
    reason: str
    contested: bool


def steps(entries: Iterable[Entry]) -> list[Step]:
    """Return the record's history, what came first first."""
    past = past_of(entries)
    found: list[Step] = []
    running: dict[str, str] = {}
    plain = True
    for n, entry in enumerate(past.entries):
        plain = plain and past.before[n] == (1 << n) - 1
        seen = running if plain else _seen_by(past, n)
        values = entry.values
        changes = tuple(
            Change(key, seen.get(key, ""), value)
            for key, value in values.items()
            if not key.startswith("_") and seen.get(key, "") != value
        )
        contested = past.before[n] != (1 << n) - 1
        found.append(Step(entry, changes, values.get("_reason", ""), contested))
        if plain:
            running.update(values)
    return found


def _seen_by(past: Past, place: int) -> Mapping[str, str]:
    behind = past.behind(place)
    return fold(behind).values if behind else {}
