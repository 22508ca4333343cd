"""How far each computer has come: what of it is here, and what it had of the others' by its seals.

A seal says, by log, the last number its author held. What a computer did not write of, it
may well hold; so the answer is what it is known to have, not more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from leadapp.core.ids import RingId
from leadapp.store.reader import Reader


@dataclass(slots=True)
class Merged:
    """One computer, by its public key. ``until_ms`` is when it wrote the newest entry held here."""

    device: bytes
    own: bool
    until_ms: int
    seen: dict[RingId, dict[str, int]] = field(default_factory=dict)

    def has(self, ring: RingId, log: str) -> int:
        """Return the last number of ``log`` it is known to hold."""
        return self.seen.get(ring, {}).get(log, 0)


def merged(reader: Reader, *, seen: bool = True) -> list[Merged]:
    """Return every computer that has written in an open ring; its seals are read to know ``seen``."""
    found: dict[bytes, Merged] = {}
    for ring in reader.rings:
        for log in reader.logs(ring):
            one = found.setdefault(log.device, Merged(log.device, log.own, 0))
            one.own |= log.own
            for entry in reader.entries(ring, log.log, log.last, log.last):
                one.until_ms = max(one.until_ms, entry.t_ms)
        for seal in reader.seals(ring) if seen else ():
            if seal.device in found:
                holds = found[seal.device].seen.setdefault(ring, {})
                for name, last in (*seal.seen.items(), (seal.log, seal.last)):
                    holds[name] = max(holds.get(name, 0), last)
    return sorted(found.values(), key=lambda one: one.device)
