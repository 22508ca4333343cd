"""Five computers exchange through one place while they are killed again and again.

``kill_all(place, times, seed)`` gives a ``Toll``: no acknowledged save may be lost, all must
end alike, and a second exchange must read and write nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from leadapp.core.ids import RecordId
from leadapp.services import syncing, verifying
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, Where
from leadapp.staff.roles import Role
from tests.faults import crew
from tests.faults.crew import FORM, REFER, Orders
from tests.faults.plug import _processes
from tests.services.made_county import put
from tests.services.two_computers import Computer, joined, office_and_law, settle

DEPUTIES = ("Fern Adair", "Lou Castro", "Meg Dolan")
_LONGEST_LIFE, _LONGEST_START = 2.5, 1.5
_EARLY = 0.15
"""Share of those that are killed while they start."""
_PATIENCE = 60.0


@dataclass(slots=True)
class Toll:
    """What many kills cost."""

    kills: int = 0
    while_syncing: int = 0
    saved: int = 0
    exchanges: int = 0
    lost: list[str] = field(default_factory=list)
    """Acknowledged saves that are missing on their own computer, or on any other in the end."""
    apart: list[str] = field(default_factory=list)
    """Computers that do not end like the first."""
    restless: list[str] = field(default_factory=list)
    """Computers whose second exchange still read or wrote something."""
    trouble: list[str] = field(default_factory=list)
    """What exchanges or ``verify`` complained about."""
    seconds: float = 0.0

    @property
    def all_good(self) -> bool:
        """Return whether nothing happened that may not."""
        return not (self.lost or self.apart or self.restless or self.trouble)

    @property
    def line(self) -> str:
        """Return one line of figures."""
        return (
            f"five computers at one place, {self.kills} kills ({self.while_syncing} while"
            f" exchanging): {self.saved} acknowledged saves, {len(self.lost)} lost;"
            f" {self.exchanges} exchanges told; {len(self.apart)} computers apart in the end,"
            f" {len(self.restless)} restless; {len(self.trouble)} complaints;"
            f" {self.seconds:.0f} s"
        )


@dataclass(slots=True)
class _Alive:
    """One process at work, and when it is to die."""

    computer: int
    process: BaseProcess
    pipe: Connection
    dies: float
    early: bool
    syncing: bool = False


@dataclass(slots=True)
class _Crowd:
    computers: list[Computer]
    where: Where
    shared: RecordId
    began: float
    chance: random.Random
    toll: Toll = field(default_factory=Toll)
    saved: dict[RecordId, tuple[int, str]] = field(default_factory=dict)
    lives: int = 0

    def orders(self, computer: int) -> Orders:
        one = self.computers[computer]
        return Orders(one.root, one.name, self.where, self.began, self.lives, self.shared)

    def start(self, computer: int) -> _Alive:
        self.lives += 1
        context = _processes()
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=crew.work, args=(self.orders(computer), theirs), daemon=True
        )
        process.start()
        theirs.close()
        early = self.chance.random() < _EARLY
        wait = self.chance.uniform(0, _LONGEST_START) if early else _PATIENCE
        return _Alive(computer, process, ours, time.monotonic() + wait, early)

    def hear(self, one: _Alive) -> None:
        """Take down what lies in the pipe; a line torn in two is no line."""
        try:
            while one.pipe.poll():
                self._note(one, one.pipe.recv())
        except (EOFError, OSError):
            return

    def _note(self, one: _Alive, told: tuple[str, str, str]) -> None:
        match told:
            case ("ready", _, _) if not one.early:
                one.dies = time.monotonic() + self.chance.uniform(0, _LONGEST_LIFE)
            case ("saved", record, text):
                self.saved[RecordId(record)] = (one.computer, text)
            case ("syncing", _, _):
                one.syncing = True
            case ("synced", _, _):
                one.syncing = False
                self.toll.exchanges += 1
            case ("trouble", code, _):
                self.toll.trouble.append(code)

    def kill(self, one: _Alive) -> None:
        one.process.kill()
        one.process.join()
        self.hear(one)
        one.pipe.close()
        self.toll.kills += 1
        self.toll.while_syncing += one.syncing

    def rage(self, times: int) -> None:
        """Keep everyone at work, and kill one after another."""
        alive = [self.start(computer) for computer in range(len(self.computers))]
        while self.toll.kills < times:
            time.sleep(0.005)
            for at, one in enumerate(alive):
                self.hear(one)
                if not one.process.is_alive() and time.monotonic() < one.dies:
                    raise AssertionError(f"{self.computers[one.computer].name} died by itself")
                if time.monotonic() >= one.dies:
                    self.kill(one)
                    alive[at] = self.start(one.computer)
        for one in alive:
            self.kill(one)

    def count(self) -> None:
        """Look for every acknowledged save, at home first and then everywhere."""
        for number in range(len(self.computers)):
            mine = {r: text for r, (home, text) in self.saved.items() if home == number}
            self.toll.saved += len(mine)
            with self._sitting(number) as (desk, kept):
                self._miss(desk, mine)
                self.toll.trouble += [one.code for one in syncing.sync(desk, kept).everything]
        for number in range(len(self.computers)):
            with self._sitting(number) as (desk, kept):
                self.toll.trouble += [one.code for one in syncing.sync(desk, kept).everything]
        alike = [self._last(number) for number in range(len(self.computers))]
        self.toll.apart += [
            one.name for one, found in zip(self.computers, alike, strict=True) if found != alike[0]
        ]

    def _last(self, number: int) -> object:
        """Exchange twice, the second of which must do nothing; return what this computer ends with.

        The first has the unlocking itself to tell.
        """
        with self._sitting(number) as (desk, kept):
            syncing.sync(desk, kept)
            report = syncing.sync(desk, kept)
            if (report.files_read, report.files_written) != (0, 0):
                self.toll.restless.append(self.computers[number].name)
            self._miss(desk, {record: text for record, (_, text) in self.saved.items()})
            self.toll.trouble += [one.code for one in verifying.verify(desk).problems]
            conflicts = {one.ring: one.conflicts for one in report.rings}
            return crew.everything(desk), sorted(conflicts[REFER])

    def _miss(self, desk: Desk, wanted: Mapping[RecordId, str]) -> None:
        self.toll.lost += [one for one, text in wanted.items() if crew.written(desk, one) != text]

    @contextmanager
    def _sitting(self, number: int) -> Iterator[tuple[Desk, KeptTarget]]:
        desk = crew.sit(self.orders(number))
        try:
            yield desk, KeptTarget("place", self.where)
        finally:
            desk.close()


def kill_all(place: Path, times: int, seed: int, where: Where | None = None) -> Toll:
    """Bring five computers together in ``place``, kill them ``times``, count the toll.

    They exchange through a folder, or through ``where``.
    """
    began = time.time()
    place.mkdir(exist_ok=True)
    office, law = office_and_law(place)
    with office.desk() as desk:
        shared = put(desk, REFER, FORM, {"door": "community", "status": "received"})
    others = [
        joined(place, office, "law", name, roles={Role.DEPUTY}, agency="sheriff")
        for name in DEPUTIES
    ]
    computers = [office, law, *others]
    settle(*computers)
    crowd = _Crowd(computers, where or office.stick, shared, time.time(), random.Random(seed))  # noqa: S311 - moments
    crowd.rage(times)
    crowd.count()
    crowd.toll.seconds = time.time() - began
    return crowd.toll
