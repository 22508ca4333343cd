"""Pulls the plug on a typist at random moments and counts what was lost.

``pull(place, times, seed)`` gives a ``Toll``. Each restart looks up everything the typist
had acknowledged before it died and how much of the open draft is there.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from leadapp.core.ids import RecordId
from leadapp.services import verifying
from leadapp.services.desk import Desk
from tests.faults import typist
from tests.faults.county import BOTH, COORDINATOR, County, found, stock
from tests.faults.typist import Orders, RunningClock

if sys.platform == "win32":
    from multiprocessing.context import SpawnContext
else:
    from multiprocessing.context import ForkServerContext

LAG = 1.0
"""Seconds of typing that may be lost."""
LONGEST_LIFE = 1.8
_START = 40.0
_KINDS = ("typing", "saving", "starting")
_WEIGHTS = (6, 2, 2)
_LONGEST_SAVE, _LONGEST_START = 0.03, 1.2


@dataclass(slots=True)
class Toll:
    """What many kills cost."""

    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    saved: int = 0
    lost: list[str] = field(default_factory=list)
    """Acknowledged records that are missing or lack a word."""
    drafts: int = 0
    worst_lag: float = 0.0
    late: list[str] = field(default_factory=list)
    """Drafts that miss more than the last second."""
    companions: int = 0
    missing: list[str] = field(default_factory=list)
    """Companions that are missing, or made twice."""
    problems: list[str] = field(default_factory=list)
    """What ``leadapp verify`` says."""
    entries: int = 0
    seconds: float = 0.0

    @property
    def all_good(self) -> bool:
        """Return whether nothing was lost that may not be."""
        return not (self.lost or self.late or self.missing or self.problems)

    @property
    def line(self) -> str:
        """Return one line of figures."""
        kinds = ", ".join(f"{count} while {kind}" for kind, count in self.kills.items())
        return (
            f"{sum(self.kills.values())} kills ({kinds}): {self.saved} acknowledged saves, "
            f"{len(self.lost)} lost; {self.drafts} open drafts, at most {self.worst_lag:.2f} s of "
            f"typing missing; {self.companions} companions, {len(self.missing)} missing or twice; "
            f"verify of {self.entries:,} entries: {len(self.problems)} problems; "
            f"{self.seconds:.0f} s"
        )


@dataclass(slots=True)
class _Life:
    """What one typist told before it died."""

    begun: str = ""
    typed: list[tuple[int, float]] = field(default_factory=list)
    saved: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    seen_drafts: dict[str, int] = field(default_factory=dict)
    seen_records: dict[str, int] = field(default_factory=dict)
    looked: bool = False
    died: float = 0.0

    def hear(self, told: tuple[object, ...]) -> None:
        """Take note of one line."""
        match told:
            case ("begun", str(draft), float()):
                self.begun, self.typed = draft, []
            case ("typed", str(_), int(count), float(at)):
                self.typed.append((count, at))
            case ("saved", str(record), int(count), tuple(companions), float()):
                self.saved[record] = (count, companions)
                self.begun, self.typed = "", []
            case ("draft", str(draft), int(count), float()):
                self.seen_drafts[draft] = count
            case ("record", str(record), int(count), float()):
                self.seen_records[record] = count
            case ("looked", float()):
                self.looked = True

    def missing(self, words: int) -> float:
        """Return how long before death the first key was pressed that the draft lacks."""
        return max((self.died - at for count, at in self.typed if count > words), default=0.0)


@dataclass(slots=True)
class _Plug:
    """Starts typists, kills them, and remembers what must be there."""

    county: County
    orders: Orders
    chance: random.Random
    toll: Toll = field(default_factory=Toll)
    unseen: dict[str, int] = field(default_factory=dict)
    """Acknowledged since the last look: record -> words."""
    open_drafts: list[_Life] = field(default_factory=list)
    every: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def kill(self, number: int) -> None:
        """Start a typist, kill it at a random moment, take down what it told."""
        moment = self.chance.choices(_KINDS, _WEIGHTS)[0]
        life = self._live(number, moment)
        self.toll.kills[moment] += 1
        if life.looked:
            self._compare(life)
        for record, (words, companions) in life.saved.items():
            self.unseen[record] = words
            self.every[record] = (words, companions)
        self.toll.saved += len(life.saved)
        if life.begun:
            self.open_drafts.append(life)

    def _live(self, number: int, moment: str) -> _Life:
        context = _processes()
        ours, theirs = context.Pipe(duplex=False)
        orders = Orders(
            self.orders.root,
            self.orders.stocked,
            self.orders.began,
            number,
            tuple(life.begun for life in self.open_drafts),
            tuple(self.unseen),
        )
        child = context.Process(target=typist.work, args=(orders, theirs), daemon=True)
        child.start()
        theirs.close()
        life = _Life()
        try:
            self._wait_for(moment, ours, life)
        finally:
            child.kill()
            life.died = time.time()
            child.join()
        for told in _rest(ours):
            life.hear(told)
        ours.close()
        return life

    def _wait_for(self, moment: str, pipe: Connection, life: _Life) -> None:
        """Listen until it is time to kill."""
        if moment == "starting":
            _listen(pipe, life, self.chance.uniform(0.0, _LONGEST_START))
            return
        _until(pipe, life, "looked")
        if moment == "saving":
            _until(pipe, life, "saving")
            _listen(pipe, life, self.chance.uniform(0.0, _LONGEST_SAVE))
        else:
            _listen(pipe, life, self.chance.uniform(0.0, LONGEST_LIFE))

    def _compare(self, life: _Life) -> None:
        """Hold what the restarted program found against what was told before."""
        for record, words in self.unseen.items():
            if life.seen_records.get(record) != words:
                self.toll.lost.append(record)
        for before in self.open_drafts:
            self.toll.drafts += 1
            lag = before.missing(life.seen_drafts[before.begun])
            self.toll.worst_lag = max(self.toll.worst_lag, lag)
            if lag > LAG:
                self.toll.late.append(before.begun)
        self.unseen.clear()
        self.open_drafts.clear()

    def settle(self) -> None:
        """Open the program a last time: everything ever acknowledged, companions, verify."""
        clock = RunningClock(self.orders.began)
        desk = self.county.sit(BOTH, clock)
        try:
            self._every_record(desk)
            self._every_companion(desk)
        finally:
            desk.close()
        desk = self.county.sit(COORDINATOR, clock)
        try:
            verified = verifying.verify(desk)
        finally:
            desk.close()
        self.toll.entries = verified.entries
        self.toll.problems = [problem.code for problem in verified.problems]

    def _every_record(self, desk: Desk) -> None:
        for record, (words, _) in self.every.items():
            if typist.words_of(desk, record) != words:
                self.toll.lost.append(record)

    def _every_companion(self, desk: Desk) -> None:
        """Each contact moved a dose once and each intake opened an episode once, told or not."""
        for _, companions in self.every.values():
            found_here = [desk.reader.find(RecordId(name)) for name in companions]
            self.toll.companions += len(companions)
            pairs = zip(companions, found_here, strict=True)
            self.toll.missing += [name for name, stored in pairs if stored is None]
        for parent, companion in (
            ("cit_contact", "movement WHERE move = 'used'"),
            ("intake", "episode_status"),
        ):
            parents = _count(desk, parent)
            companions_there = _count(desk, companion)
            if parents != companions_there:
                self.toll.missing.append(f"{parents} of {parent}, {companions_there} companions")


if sys.platform == "win32":

    def _processes() -> SpawnContext:
        return multiprocessing.get_context("spawn")

else:

    def _processes() -> ForkServerContext:
        """Return how to start a process: a fork of one that has read the program's code."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.typist"])
        return context


def _count(desk: Desk, table: str) -> int:
    return int(desk.reader.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own names


def _listen(pipe: Connection, life: _Life, seconds: float) -> None:
    """Hear what is told for so long."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if pipe.poll(left):
            try:
                life.hear(pipe.recv())
            except EOFError as cause:
                raise AssertionError("the typist died by itself") from cause


def _until(pipe: Connection, life: _Life, word: str) -> None:
    """Hear what is told until ``word``."""
    end = time.monotonic() + _START
    while time.monotonic() < end:
        if pipe.poll(0.1):
            try:
                told = pipe.recv()
            except EOFError as cause:
                raise AssertionError("the typist died by itself") from cause
            life.hear(told)
            if told[0] == word:
                return
    raise AssertionError(f"no {word} in {_START} seconds")


def _rest(pipe: Connection) -> Iterator[tuple[object, ...]]:
    """Return what lay in the pipe when the typist died; a line torn in two is no line."""
    try:
        while pipe.poll():
            yield pipe.recv()
    except (EOFError, OSError):
        return


def pull(place: Path, times: int, seed: int) -> Toll:
    """Found a county in ``place``, kill a program at work in it ``times``, count the toll."""
    began = time.time()
    county = found(place / "program")
    plug = _Plug(county, Orders(county.root, stock(county), began, 0), random.Random(seed))  # noqa: S311 - moments
    for number in range(times):
        plug.kill(number)
    plug.settle()
    plug.toll.seconds = time.time() - began
    return plug.toll
