"""What a record said before people changed it side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from leadapp.core.ids import EntryHash
from leadapp.journal.entry import Entry
from leadapp.journal.fold import fold
from leadapp.journal.past import past_of


def values_before(entries: Iterable[Entry], sides: Collection[EntryHash]) -> Mapping[str, str]:
    """Return the values that all of ``sides`` knew of; none where they share no past."""
    past = past_of(entries)
    shared = (1 << len(past.entries)) - 1
    for entry, before in zip(past.entries, past.before, strict=True):
        if entry.hash in sides:
            shared &= before
    behind = [entry for n, entry in enumerate(past.entries) if shared >> n & 1]
    return fold(behind).values if behind and sides else {}
