"""What a coordinator should know after an exchange, computed from what lies here.

An *alarm* tells of something that happened (a computer was copied, a folder was set back):
it stands until somebody who may decide about computers has seen it. A *notice* tells of a
state (more is on its way) and goes when the state is over. Nothing is ever dropped because
of either. Kept in this computer's own file of ``sys``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.ids import RingId
from leadapp.core.problems import Problem, Severity, Value
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.store.reader import Reader

_KEPT = "notices"
_MOST = 200
_ALARMS = frozenset(
    {
        "services.log_forked",
        "services.copied_computer",
        "services.computer_behind",
        "services.computer_restored",
        "services.folder_set_back",
        "services.clock_ahead",
        "services.clock_back",
        "services.device_revoked",
    }
)
_FOR_ANYONE = frozenset(
    {"services.computer_restored", "services.clock_ahead", "services.clock_back"}
)
"""Alarms that whoever works here may take as seen: no coordinator ever sits at a patrol laptop."""
_EACH_TIME = frozenset({"services.clock_ahead", "services.clock_back"})
"""Found in what is new alone: found again it happened again, whoever has seen the last time."""
_LATEST_ALONE = "services.computer_restored"
"""Each restoring is found under another name; the last one of a ring stands for all before."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know. ``id`` is the same each time it is found; ``since`` is ISO."""

    id: str
    since: str
    problem: Problem
    seen: bool = False

    @property
    def alarm(self) -> bool:
        """Return whether it stands until somebody has seen it."""
        return self.problem.code in _ALARMS

    @property
    def for_anyone(self) -> bool:
        """Return whether whoever works here may take it as seen."""
        return self.problem.code in _FOR_ANYONE

    @property
    def moment(self) -> datetime:
        """Return when it was first found."""
        return datetime.fromisoformat(self.since)


def found(problem: Problem, about: str = "") -> tuple[str, Problem]:
    """Return a finding: ``about`` tells it from others of its code."""
    return f"{problem.code} {about}", problem


Found = tuple[str, Problem]


def in_ring(desk: Desk, reader: Reader, ring: RingId) -> Iterator[Found]:
    """Yield what the entries of one ring tell. Any lane, with a reader of one's own."""
    owners: dict[str, bytes] = {log.log: log.device for log in reader.logs(ring)}
    for log in (*reader.forks(ring), *_side_by_side(reader, ring, owners)):
        owner = owners.get(log.partition(" ")[0], b"")
        copied: dict[str, Value] = {"computer": desk.computer_called(reader, owner), "ring": ring}
        yield found(Problem("services.log_forked", copied), f"{ring} {log}")
    for log, entries in reader.gaps(ring).items():
        computer = desk.computer_called(reader, owners.get(log, b""))
        values: dict[str, Value] = {"computer": computer, "ring": ring, "entries": entries}
        yield found(_note("services.more_is_coming", values), f"{ring} {log}")
    held, seen = reader.held_of(ring), _seen_by_others(reader, ring)
    if lacking := sum(max(0, last - held.get(log, 0)) for log, last in seen.items()):
        yield found(_note("services.seen_elsewhere", {"ring": ring, "entries": lacking}), ring)


def _side_by_side(reader: Reader, ring: RingId, owners: Mapping[str, bytes]) -> Iterator[str]:
    """Yield pairs of logs in which one computer's keys write by turns.

    A computer that has begun a new log never writes in the one before. Where each of two logs
    has seen the other go on, two computers hold the keys: one was restored from a backup while
    the other is still in use.
    """
    sees = {
        (seal.log, other)
        for seal in reader.seals(ring)
        for other, last in seal.seen.items()
        if last and other != seal.log and owners.get(other) == owners.get(seal.log, b"")
    }
    for one, other in sorted(sees):
        if one < other and (other, one) in sees:
            yield f"{one} {other}"


def _seen_by_others(reader: Reader, ring: RingId) -> dict[str, int]:
    seen: dict[str, int] = {}
    for seal in reader.seals(ring):
        for log, last in seal.seen.items():
            seen[log] = max(seen.get(log, 0), last)
    return seen


def seen_beyond(reader: Reader, ring: RingId, log: str) -> bool:
    """Return whether another computer has seen more of the own ``log`` than lies here."""
    mine = next((one.last for one in reader.logs(ring) if one.log == log), 0)
    return _seen_by_others(reader, ring).get(log, 0) > mine


@dataclass(frozen=True, slots=True)
class Noted:
    """What ``stands`` and nobody has seen, and what of it is ``new``."""

    stands: tuple[Notice, ...] = ()
    new: tuple[Notice, ...] = ()


def note(desk: Desk, all_of: Iterable[Found], rings: Collection[RingId]) -> Noted:
    """Keep what was found; notices about ``rings`` that were not found again are over.

    Writer lane.
    """
    now = desk.clock.now().isoformat(timespec="seconds")
    known = {one.id: one for one in _kept(desk)}
    kept: dict[str, Notice] = {}
    for name, problem in all_of:
        old = known.get(name)
        again = old is not None and old.seen and problem.code in _EACH_TIME
        kept[name] = (
            Notice(name, now, problem) if old is None or again else replace(old, problem=problem)
        )
    for name, one in known.items():
        if name in kept or (one.problem.code == _LATEST_ALONE and _is_told(one, kept.values())):
            continue
        if one.alarm or one.problem.values.get("ring") not in rings:
            kept[name] = one
    _keep(desk, kept.values())
    stands = notices(desk)
    before = {one.id for one in known.values() if not one.seen}
    return Noted(stands, tuple(one for one in stands if one.id not in before))


def _is_told(one: Notice, others: Iterable[Notice]) -> bool:
    return any(other.problem == one.problem for other in others)


def notices(desk: Desk) -> tuple[Notice, ...]:
    """Return what stands on this computer and nobody has seen, newest first. Writer lane."""
    standing = [one for one in _kept(desk) if not one.seen]
    return tuple(sorted(standing, key=lambda one: (one.since, one.id), reverse=True))


def see(desk: Desk, names: Collection[str]) -> None:
    """Take alarms as seen, most by someone alone who may decide about computers. Writer lane."""
    known = _kept(desk)
    if not all(one.for_anyone for one in known if one.id in names):
        desk.require_program("devices")
    _keep(desk, [replace(one, seen=one.seen or one.id in names) for one in known])


def _note(code: str, values: dict[str, Value]) -> Problem:
    return Problem(code, values, severity=Severity.NOTE)


def _kept(desk: Desk) -> list[Notice]:
    said = desk.archive.kept(SYS, _KEPT)
    return [_read(one) for one in read_json(said)] if said else []


def _keep(desk: Desk, all_of: Iterable[Notice]) -> None:
    newest = sorted(all_of, key=lambda one: one.since, reverse=True)[:_MOST]
    said = [
        [one.id, one.since, one.problem.code, dict(one.problem.values),
         one.problem.severity.value, one.seen]
        for one in newest
    ]  # fmt: skip
    written = canonical_json(said).decode()
    if written != desk.archive.kept(SYS, _KEPT):
        desk.archive.keep(SYS, _KEPT, written)


def _read(said: list[Any]) -> Notice:
    name, since, code, values, severity, seen = said
    return Notice(name, since, Problem(code, values, severity=Severity(severity)), seen)
