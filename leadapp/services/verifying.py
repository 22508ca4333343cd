"""Checking everything that can be checked without another copy of the program."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.ids import RingId
from leadapp.core.problems import Problem
from leadapp.services.desk import Desk
from leadapp.vault.signing import Ed25519Verifier


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``closed`` are rings with a file here that this person cannot open."""

    problems: tuple[Problem, ...]
    rings: tuple[RingId, ...]
    closed: tuple[RingId, ...]
    entries: int

    @property
    def line(self) -> str:
        """Return one line of figures."""
        state = f"{len(self.problems)} problems" if self.problems else "all good"
        closed = f" Not opened: {', '.join(self.closed)}." if self.closed else ""
        return (
            f"Verified {', '.join(self.rings)}: {self.entries:,} entries, chains, seals and "
            f"rebuild checked, {state}.{closed}"
        )


def verify(desk: Desk) -> Verified:
    """Check chains, seals, accesses and that a rebuild equals what is live. Writer lane."""
    verifier = Ed25519Verifier()
    problems: list[Problem] = []
    entries = 0
    for ring in desk.rings:
        problems += desk.archive.verify(ring, verifier)
        entries += sum(log.last for log in desk.reader.logs(ring))
    closed = tuple(ring for ring in desk.folder.rings() if ring not in desk.rings)
    return Verified(tuple(problems), desk.rings, closed, entries)
