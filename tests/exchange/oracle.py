"""The rules once more, as plainly as can be: what counts, what is shown, what is in conflict.

Written from the rules, not from the code under test, and as slow as that makes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

DELETED = "_deleted"
WRITTEN = ("save", "void", "restore")


@dataclass
class Member:
    """A device and the one person at it, as the statements that have effect say."""

    office: bool
    coordinator: bool
    users: set[str] = field(default_factory=set)
    logs: set[str] = field(default_factory=set)
    revoked: bool = False
    cuts: set[str] = field(default_factory=set)


def may_have(member: Member, ring: str) -> bool:
    return ring != "care" or member.office


def counts(entry, members: Mapping[str, Member], prev: Mapping) -> bool:
    """Return whether an entry of a record, or an order to redact, counts."""
    writers = [one for one in members.values() if entry.log in one.logs]
    if len(writers) != 1 or not may_have(writers[0], entry.ring):
        return False
    writer = writers[0]
    if entry.author not in writer.users:
        return False
    if entry.op == "redact" and not writer.coordinator:
        return False
    return not writer.revoked or entry.hash in behind(writer.cuts, prev)


def behind(cuts: Iterable[str], prev: Mapping) -> set[str]:
    """Return the entries that are reached backwards from ``cuts``."""
    found: set[str] = set()
    for here in cuts:
        while here and here not in found:
            found.add(here)
            here = prev.get(here, "")
    return found


@dataclass
class Shown:
    """A record: what is shown, and by answer every value a person must choose from."""

    values: dict[str, str]
    conflicts: dict[str, set[str]]
    voided: bool
    waiting: bool


def record_of(entries: Collection) -> Shown:
    """Return what the entries of one record add up to."""
    known = {entry.short: entry for entry in entries}
    past = {short: _ancestors(entry, known) for short, entry in known.items()}
    says = {short: dict(entry.values) for short, entry in known.items()}

    def standing(key: str, among: Collection[str]) -> list[str]:
        writers = [short for short in among if key in says[short]]
        return [one for one in writers if not any(one in past[other] for other in writers)]

    for short in sorted(known, key=lambda one: len(past[one])):
        voids = [one for one in standing(DELETED, past[short]) if says[one][DELETED] == "1"]
        if DELETED not in says[short] and not voids:
            says[short][DELETED] = ""
    values, conflicts = {}, {}
    for key in {key for said in says.values() for key in said}:
        here = standing(key, list(known))
        best = max(here, key=lambda one: (known[one].t_ms, known[one].hash))
        values[key] = says[best][key]
        differing = {says[one][key] for one in here}
        if len(differing) > 1 and (key == DELETED or not key.startswith("_")):
            conflicts[key] = differing
    voided = {says[one][DELETED] for one in standing(DELETED, list(known))} == {"1"}
    waiting = any(parent not in known for entry in known.values() for parent in entry.parents)
    return Shown(values, {} if waiting else conflicts, voided, waiting)


def _ancestors(entry, known: Mapping) -> set[str]:
    found: set[str] = set()
    waiting = list(entry.parents)
    while waiting:
        short = waiting.pop()
        if short in known and short not in found:
            found.add(short)
            waiting += known[short].parents
    return found
