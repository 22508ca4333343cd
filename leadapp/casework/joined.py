"""Persons said to be one: who belongs together, by all that was said, in whatever order.

Each is known by the smallest id of those that belong together, so that every computer that
knows the same pairs calls them the same. Taking a pair away takes apart what it joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leadapp.core.ids import RecordId


@dataclass(frozen=True, slots=True)
class Joined:
    """``heads`` has every person who is joined with another; nobody else."""

    heads: Mapping[RecordId, RecordId] = field(default_factory=dict)
    _members: Mapping[RecordId, tuple[RecordId, ...]] = field(default_factory=dict)

    def head(self, person: RecordId) -> RecordId:
        """Return the id a person is known by."""
        return self.heads.get(person, person)

    def everyone(self, person: RecordId) -> tuple[RecordId, ...]:
        """Return all ids of a person, the one they are known by first."""
        return self._members.get(self.head(person), (person,))

    def __bool__(self) -> bool:
        """Return whether anybody is joined."""
        return bool(self.heads)


def join(pairs: Iterable[tuple[RecordId, RecordId]]) -> Joined:
    """Return who belongs together when both of each pair are one."""
    parents: dict[RecordId, RecordId] = {}
    for one, other in pairs:
        first, second = sorted((_root(parents, one), _root(parents, other)))
        parents.setdefault(first, first)
        parents[second] = first
    members: defaultdict[RecordId, list[RecordId]] = defaultdict(list)
    for person in sorted(parents):
        members[_root(parents, person)].append(person)
    several = {head: tuple(found) for head, found in members.items() if len(found) > 1}
    return Joined({person: head for head, found in several.items() for person in found}, several)


def _root(parents: dict[RecordId, RecordId], person: RecordId) -> RecordId:
    """Return who stands for ``person`` so far: always the smallest id, with short ways to it."""
    while (above := parents.get(person, person)) != person:
        parents[person] = parents.get(above, above)
        person = above
    return person
