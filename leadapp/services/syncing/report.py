"""What came of an exchange: what came, what went, what waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem, Severity, Value
from leadapp.exchange.fetching import FileRead
from leadapp.exchange.pushing import Pushed
from leadapp.services.desk import Desk
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.membership import members_of
from leadapp.services.syncing.merged import LastMerged
from leadapp.store.queries import RecordQuery
from leadapp.store.reader import Reader

_MOST_CONFLICTS = 500


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
    held_because: tuple[tuple[str, int], ...] = ()
    """Why they do not count: codes, and how many of each."""
    only_here: int = 0
    unaddressed: int = 0
    conflicts: tuple[RecordId, ...] = ()
    not_read: tuple[FileRead, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def unread(self) -> int:
        """Return how many files could not be read; those for other computers alone are none."""
        return sum(one.outcome != "not_for_me" for one in self.not_read)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One exchange over one target."""

    target: str
    rings: tuple[RingReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    unlock_again: bool = False
    """Whether rights or rings of the person here changed: they take effect at the next unlock."""
    stopped: bool = False
    """Whether a person ended it early; what was done until then is done."""
    backup: Path | None = None
    """The backup that was made first, if the last one was over a day old."""
    merged: tuple[LastMerged, ...] = ()
    """Every other computer, when it last merged, and what of here it is not known to have."""
    notices: tuple[Problem, ...] = ()
    """What stands and no coordinator has seen: ``alarms.notices`` has them with their ids."""
    news: tuple[Problem, ...] = ()
    """Those of them that this exchange found."""

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
        """Return the problems of the exchange and of its rings, each once."""
        found = [*self.problems, *(problem for one in self.rings for problem in one.problems)]
        return [one for n, one in enumerate(found) if one not in found[:n]]

    @property
    def lines(self) -> list[str]:
        """Return what a person is told, one line a ring."""
        return [f"{self.target}: {line}" for line in map(_line, self.rings)]


def _line(one: RingReport) -> str:
    came = f"{_many(one.entries_in, 'entry', 'entries')} came in {_many(one.files_read, 'file')}"
    went = f"{one.entries_out:,} went in {one.files_written:,}"
    waits = ", ".join(
        words
        for count, words in (
            (one.held, f"{one.held:,} held"),
            (one.only_here, f"{one.only_here:,} only on this computer"),
            (len(one.conflicts), f"{len(one.conflicts):,} in conflict"),
            (one.unread, f"{_many(one.unread, 'file')} not read"),
            (one.unaddressed, f"{_many(one.unaddressed, 'computer')} yet to open this ring"),
        )
        if count
    )
    return f"{one.ring}: {came}, {went}" + (f"; {waits}." if waits else ".")


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def report_of(
    desk: Desk,
    ledger: RingLedger,
    reader: Reader,
    read: Collection[FileRead],
    pushed: Pushed,
    problems: Collection[Problem] = (),
) -> RingReport:
    """Return what is told of one ring."""
    lines = reader.records(
        RecordQuery(rings=(ledger.ring,), conflicted=True, voided=None, limit=_MOST_CONFLICTS)
    )
    members = members_of(desk, ledger.ring)
    held = ledger.held()
    return RingReport(
        ring=ledger.ring,
        files_read=len(read),
        files_written=pushed.files,
        entries_in=ledger.new,
        entries_out=pushed.entries,
        records=len(ledger.records),
        held=sum(held.values()),
        held_because=tuple(sorted(held.items())),
        only_here=ledger.only_here,
        unaddressed=sum(not one.recipients.get(ledger.ring) for one in members),
        conflicts=tuple(line.record for line in lines),
        not_read=tuple(one for one in read if one.outcome not in ("taken", "known")),
        problems=(*problems, *pushed.problems, *_problems_of(ledger, read)),
    )


def _problems_of(ledger: RingLedger, read: Collection[FileRead]) -> list[Problem]:
    found = [
        Problem(one.cause, {"file": one.name}, severity=_weight(one))
        for one in read
        if one.cause and one.outcome != "not_for_me"
    ]
    if later := sum(one.outcome == "later" for one in read):
        values: dict[str, Value] = {"ring": ledger.ring, "files": later}
        found.append(Problem("services.rest_waits", values, severity=Severity.WARNING))
    return found + [
        Problem(code, {"ring": ledger.ring}, severity=Severity.WARNING)
        for code in sorted(ledger.left)
    ]


def _weight(one: FileRead) -> Severity:
    return Severity.ERROR if one.outcome == "refused" else Severity.WARNING
