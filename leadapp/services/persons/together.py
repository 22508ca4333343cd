"""Which records a list shows as one person: the joined ones this person may list, under one name.

A person is shown by the smallest id of those in the own side's ring: of one ring that is
the id they are known by. Reader lane.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadapp.casework.joined import Joined
from leadapp.core.ids import RecordId, RingId
from leadapp.services.desk import Desk
from leadapp.services.persons.rows import rows

_WHERE = "SELECT record_id, ring FROM person WHERE record_id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Together:
    """Who is shown as whom."""

    _shown: Mapping[RecordId, RecordId]
    _everyone: Mapping[RecordId, tuple[RecordId, ...]]

    @property
    def hidden(self) -> tuple[RecordId, ...]:
        """Return the records that lists leave out, for another stands for them."""
        return tuple(record for record, shown in self._shown.items() if record != shown)

    def shown(self, record: RecordId) -> RecordId:
        """Return who is shown for ``record``."""
        return self._shown.get(record, record)

    def everyone(self, record: RecordId) -> tuple[RecordId, ...]:
        """Return all records of that person, the shown one first."""
        return self._everyone.get(self.shown(record), (record,))

    def each(self, records: Iterable[RecordId]) -> list[RecordId]:
        """Return who is shown for ``records``, each once."""
        return list(dict.fromkeys(self.shown(record) for record in records))


def together(desk: Desk, joined: Joined, rings: Sequence[RingId]) -> Together:
    """Return who is shown as one over ``rings``, which are in the order of preference."""
    if not joined:
        return Together({}, {})
    found = rows(desk, _WHERE, ids=joined.heads)
    order = {ring: at for at, ring in enumerate(rings)}
    groups: dict[RecordId, list[tuple[int, RecordId]]] = {}
    for name, ring in found:
        record = RecordId(str(name))
        if ring in order:
            groups.setdefault(joined.head(record), []).append((order[RingId(str(ring))], record))
    several = [[record for _, record in sorted(group)] for group in groups.values()]
    return Together(
        {record: group[0] for group in several for record in group},
        {group[0]: tuple(group) for group in several},
    )
