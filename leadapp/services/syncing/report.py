"""What came of an exchange: what came, what went, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem
from leadapp.exchange.fetching import FileRead


@dataclass(frozen=True, slots=True)
class RingReport:
    """One ring's exchange. ``conflicts`` are the ring's records that people must settle.

    ``held`` entries are kept and do not count; ``only_here`` are own entries that do not
    lie at the target for every member; ``unaddressed`` members have no key here yet.
    """

    ring: RingId
    files_read: int = 0
    files_written: int = 0
    entries_in: int = 0
    entries_out: int = 0
    records: int = 0
    held: int = 0
    only_here: int = 0
    unaddressed: int = 0
    conflicts: tuple[RecordId, ...] = ()
    not_read: tuple[FileRead, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One exchange over one target."""

    target: str
    rings: tuple[RingReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    unlock_again: bool = False
    """Whether rights or rings of the person here changed: they take effect at the next unlock."""

    def __add__(self, other: SyncReport) -> SyncReport:
        """Return both as one exchange; the other was over further rings."""
        return SyncReport(
            self.target,
            self.rings + other.rings,
            self.problems + other.problems,
            self.unlock_again or other.unlock_again,
        )

    @property
    def files_read(self) -> int:
        """Return how many files were read."""
        return sum(one.files_read for one in self.rings)

    @property
    def files_written(self) -> int:
        """Return how many files were written."""
        return sum(one.files_written for one in self.rings)

    @property
    def everything(self) -> list[Problem]:
        """Return the problems of the exchange and of its rings."""
        return [*self.problems, *(problem for one in self.rings for problem in one.problems)]

    @property
    def lines(self) -> list[str]:
        """Return what a person is told, one line a ring."""
        return [f"{self.target}: {line}" for line in map(_line, self.rings)]


def _line(one: RingReport) -> str:
    came = f"{one.entries_in:,} entries came in {one.files_read:,} files"
    went = f"{one.entries_out:,} went in {one.files_written:,}"
    waits = ", ".join(
        f"{count:,} {words}"
        for count, words in (
            (one.held, "held"),
            (one.only_here, "only on this computer"),
            (len(one.conflicts), "in conflict"),
            (len(one.not_read), "files not read"),
            (one.unaddressed, "computers that have not opened this ring yet"),
        )
        if count
    )
    return f"{one.ring}: {came}, {went}" + (f"; {waits}." if waits else ".")


def unread(read: Iterable[FileRead]) -> tuple[FileRead, ...]:
    """Return the files that were looked at and not taken."""
    return tuple(one for one in read if one.outcome not in ("taken", "known"))
