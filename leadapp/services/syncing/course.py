"""One exchange over one target, in slices: ``sys`` first, then ring by ring.

Harmless to break off anywhere and to do again; a second one with nothing new reads and
writes nothing. Between two slices anything else may be saved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import Literal, TypeVar

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RingId, UserId
from leadapp.core.problems import Problem, Severity
from leadapp.exchange.fetching import FileRead, fetching
from leadapp.exchange.naming import ring_folder
from leadapp.exchange.parties import Place
from leadapp.exchange.pushing import Pushed, Put, checking, pushing
from leadapp.exchange.turns import Lane, Work
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.services.syncing.alarms import Noted
from leadapp.services.syncing.compacting import compacting
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.marks import is_marked, note_marked, see_marks
from leadapp.services.syncing.membership import about_me, audience, is_enrolled, opener
from leadapp.services.syncing.merged import LastMerged, last_merged
from leadapp.services.syncing.overlooking import gone_since, keep_findings, looking_over, note_there
from leadapp.services.syncing.places import (
    KeptTarget,
    check_still_fits,
    place,
    require_sync,
    rings_at,
)
from leadapp.services.syncing.report import RingReport, SyncReport, report_of
from leadapp.services.syncing.settling import settling
from leadapp.store import backup
from leadapp.store.device import load_device
from leadapp.store.reader import Reader
from leadapp.store.writing import Access
from leadapp.targets.folder import FolderTarget
from leadapp.targets.target import Target
from leadapp.vault.sealing import AgeSealer

BACK_UP_AFTER = timedelta(days=1)
_TOO_EARLY = 1.0
"""Seconds a step must have run before the time left is guessed."""
_CANCELLED = "targets.cancelled"
_TOLD = "told of document"
T = TypeVar("T")


class Step(StrEnum):
    """The five steps of an exchange, in their order."""

    BACK_UP = "back_up"
    LOOK = "look"
    FETCH = "fetch"
    SEND = "send"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Slice:
    """What is said between two stretches of an exchange.

    ``lane`` is where the **next** ``next()`` must run: ``writer`` touches the archive, at
    most some 100 ms; ``away`` waits for the target or seals and opens files, and may take
    long. ``done`` of ``total`` are files, or entries while a file is merged; ``total`` 0
    stands for not known. ``seconds_left`` is about this step in this ring.
    """

    lane: Literal["writer", "away"]
    step: Step
    ring: RingId | Literal[""] = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None


Told = Callable[[Slice], None]


@dataclass(slots=True)
class _RingCourse:
    """What came of one ring so far."""

    ledger: RingLedger
    sizes: Mapping[str, int]
    read: list[FileRead]
    put: Put | None
    pushed: Pushed
    problems: list[Problem]


class Course:
    """One exchange over one target.

    ``for slice in course.slices(): ...`` does it; the first ``next()`` runs on ``writer``,
    each other on the lane the last slice named, one at a time. ``stop`` may be called from
    any thread. Whoever gives up half way calls ``close`` on the slices (any lane but while
    one runs), which lets go of the files. ``report`` is complete then, and also after a
    Refusal: what was done is done.

    A Refusal is raised for what stands in the way of beginning; one that comes half way
    (the stick was pulled) ends the exchange and is told in ``report.problems``.
    """

    def __init__(self, desk: Desk, kept: KeptTarget) -> None:
        self._desk = desk
        self._kept = kept
        self._stop = Event()
        self._there: Target | None = None
        self._rings: dict[RingId, _RingCourse] = {}
        self._reports: tuple[RingReport, ...] = ()
        self._problems: list[Problem] = []
        self._backup: Path | None = None
        self._unlock_again = False
        self._merged: tuple[LastMerged, ...] = ()
        self._noted = Noted()
        self._at: tuple[Step, str] = (Step.BACK_UP, "")
        self._began = time.monotonic()

    def stop(self) -> None:
        """End as soon as it is harmless. Any thread; returns at once.

        A folder finishes the file in hand. A server is let go of at once, which on a slow line
        may be in the middle of a file: what was sent of it lies there under no file's name,
        everybody passes over it, and the next exchange sends the whole.
        """
        self._stop.set()
        if self._there is not None:
            Thread(target=self._there.cancel, daemon=True).start()

    @property
    def report(self) -> SyncReport:
        """Return what came of it so far."""
        return SyncReport(
            self._kept.name,
            self._reports,
            tuple(self._problems),
            unlock_again=self._unlock_again,
            stopped=self._stop.is_set(),
            backup=self._backup,
            merged=self._merged,
            notices=tuple(one.problem for one in self._noted.stands),
            news=tuple(one.problem for one in self._noted.new),
        )

    def slices(self) -> Iterator[Slice]:
        """Do it, a slice a step."""
        require_sync(self._desk)
        yield from self._back_up()
        if self._stop.is_set():
            return
        marked = is_marked(self._desk, self._kept)
        yield self._slice(Step.LOOK, "away")
        there = self._there = place(self._kept)
        try:
            if self._stop.is_set():  # just before the place was known to ``stop``
                return
            there.prepare()
            check_still_fits(self._desk, self._kept, there)
            see_marks(self._desk, self._kept, there, marked=marked)
            yield self._slice(Step.LOOK, "writer")
            note_marked(self._desk, self._kept)
            yield from self.over(there, rings_at(self._desk, self._kept), all_rings=True)
            yield self._slice(Step.CHECK, "away")
        except Refusal as refusal:
            if not self._is_stop(refusal.code):
                raise
        finally:
            there.close()

    def over(
        self, there: Place, rings: Sequence[RingId], *, all_rings: bool = False
    ) -> Iterator[Slice]:
        """Exchange ``rings`` over any place, prepared already. Begins on the writer lane.

        With ``all_rings`` what the target may carry is asked again once ``sys`` is here.
        """
        desk = self._desk
        before = desk.holding.entitled(desk.user), desk.holding.seat(desk.user)
        # Sealed before anything is taken: should a copy of this computer have gone on in the
        # own log, what was written here lies under a seal of its own.
        desk.archive.seal(desk.holding.roster.fingerprint)
        with ExitStack() as closing:
            reader = Reader.open(desk.folder, desk.holding.rings)
            closing.callback(reader.close)
            closing.callback(self._tell, reader)
            try:
                yield from self._exchange(there, reader, rings, all_rings=all_rings)
            except Refusal as refusal:
                if not self._is_stop(refusal.code):
                    self._problems.append(refusal.problem)
        after = desk.holding.entitled(desk.user), desk.holding.seat(desk.user)
        self._unlock_again = before != after

    def _exchange(
        self, there: Place, reader: Reader, rings: Sequence[RingId], *, all_rings: bool
    ) -> Iterator[Slice]:
        yield from self._look(there, reader, rings)
        if SYS in self._rings:
            yield from self._fetch(there, SYS)
            self._desk.holding.stop_writing_where_shut_out(self._desk.archive)
            self._problems += about_me(self._desk)
            if not is_enrolled(self._desk):
                self._rings = {SYS: self._rings[SYS]}
                return
            if all_rings:  # who has just been let in learns it from ``sys``
                may = rings_at(self._desk, self._kept)
                self._rings = {ring: one for ring, one in self._rings.items() if ring in may}
                yield from self._look(there, reader, may)
        for ring in self._rings:
            if ring != SYS:
                yield from self._fetch(there, ring)
        yield from self._look_over(reader)
        if is_enrolled(self._desk):
            self._say_merged()
            for ring in self._rings:
                yield from self._send(there, ring)
            for ring in self._rings:
                yield from self._check(there, ring)

    # -- the five steps ------------------------------------------------------------------------

    def _back_up(self) -> Iterator[Slice]:
        """Make a backup where the last one is over a day old: an exchange is not undone."""
        desk = self._desk
        yield self._slice(Step.BACK_UP, "writer", 0, 1)
        last = desk.device.last_backup
        # One of tomorrow was made while the clock ran ahead: it may be years before it is old.
        since = abs(desk.clock.now() - datetime.fromisoformat(last)) if last else None
        recent = since is not None and since < BACK_UP_AFTER
        if recent or desk.user not in desk.holding.roster.users:
            return
        desk.archive.seal()
        keys, now = dict(desk.holding.rings), desk.clock.now()
        yield self._slice(Step.BACK_UP, "away", 0, 1)
        try:
            made = backup.back_up(desk.folder, keys, now)
        except LeadappError as error:  # an exchange without one is better than none
            self._problems.append(Problem(error.code, error.values, severity=Severity.WARNING))
            made = None
        yield self._slice(Step.BACK_UP, "writer", 1, 1)
        if made is not None:
            self._backup = made
            desk.device = desk.holding.device = load_device(desk.folder)

    def _look(self, there: Place, reader: Reader, rings: Sequence[RingId]) -> Iterator[Slice]:
        """List what lies there of each ring that was not looked at yet."""
        new = [ring for ring in rings if ring not in self._rings]
        for ring in new:
            ledger = RingLedger(self._desk, reader, ring)
            yield self._slice(Step.LOOK, "away", len(self._rings), len(self._rings) + len(new))
            sizes = there.list_sizes(self._folder(ring))
            ledger.prepare()
            yield self._slice(Step.LOOK, "writer", len(self._rings), len(self._rings) + len(new))
            self._rings[ring] = _RingCourse(ledger, sizes, [], None, Pushed(0, 0, {}), [])

    def _fetch(self, there: Place, ring: RingId) -> Iterator[Slice]:
        """Take what is new of a ring, and make it count."""
        one = self._rings[ring]
        if self._stop.is_set():
            return
        with _told(one):
            keys = opener(self._desk, ring)
            work = fetching(
                there, self._folder(ring), one.sizes, one.ledger, keys, self._stop.is_set
            )
            one.read = _without_told(one.ledger, (yield from self._turns(Step.FETCH, ring, work)))
        with _told(one):
            yield from self._turns(Step.FETCH, ring, settling(self._desk, one.ledger))

    def _send(self, there: Place, ring: RingId) -> Iterator[Slice]:
        """Put what is lacking of a ring."""
        one = self._rings[ring]
        if self._stop.is_set():
            return
        with _told(one):
            one.problems += _kept_back(self._desk, one.ledger)
            to = audience(self._desk, ring, carries=self._kept.carries)
            folder, stopped = self._folder(ring), self._stop.is_set
            work = pushing(there, folder, one.ledger, to, AgeSealer(), stopped)
            one.put = yield from self._turns(Step.SEND, ring, work)

    def _look_over(self, reader: Reader) -> Iterator[Slice]:
        """Find what a coordinator should know, now that all there is has come in."""
        if self._stop.is_set():
            return
        for one in self._rings.values():
            one.ledger.gone = gone_since(self._desk, one.ledger, self._kept.name, one.sizes)
        yield self._slice(Step.FETCH, "away")
        looked = looking_over(self._desk, reader, [one.ledger for one in self._rings.values()])
        self._merged = last_merged(self._desk, reader)
        yield self._slice(Step.FETCH, "writer")
        self._noted = keep_findings(self._desk, looked)

    def _say_merged(self) -> None:
        """Have the next seals say what this computer holds now, where it took something in.

        Only of news: what others merged is none, else two computers would go on for ever.
        """
        desk = self._desk
        for ring, one in self._rings.items():
            if one.ledger.news:
                desk.archive.note_access(ring, Access(UserId(""), "merge", desk.clock.now()))
        desk.archive.seal(desk.holding.roster.fingerprint)

    def _check(self, there: Place, ring: RingId) -> Iterator[Slice]:
        """See that what was put of a ring stayed; also where the exchange was stopped."""
        one = self._rings[ring]
        if one.put is None:
            return
        with _told(one):
            to = audience(self._desk, ring, carries=self._kept.carries)
            read_back = isinstance(there, FolderTarget)
            folder = self._folder(ring)
            work = checking(there, folder, one.ledger, to, one.put, read_back=read_back)
            one.pushed = yield from self._turns(Step.CHECK, ring, work)
            note_there(self._desk, ring, self._kept.name, {*one.put.present, *one.put.files})
            for log, last in one.pushed.sent.items():
                self._desk.archive.mark_sent(ring, log, last)
            pack = compacting(self._desk, there, one.ledger, self._stop.is_set)
            one.problems += (yield from self._turns(Step.CHECK, ring, pack)).problems

    # -- telling -------------------------------------------------------------------------------

    def _folder(self, ring: RingId) -> str:
        return ring_folder(self._desk.device.program_id, ring)

    def _turns(self, step: Step, ring: RingId, work: Work[T]) -> Generator[Slice, None, T]:
        """Hand a work's turns on as slices; return what it came to."""
        while True:
            try:
                turn = next(work)
            except StopIteration as end:
                found: T = end.value
                return found
            yield self._slice(step, turn.lane, turn.done, turn.total, ring=ring, share=turn.share)

    def _slice(
        self,
        step: Step,
        lane: Lane,
        done: int = 0,
        total: int = 0,
        *,
        ring: RingId | Literal[""] = "",
        share: float = 0.0,
    ) -> Slice:
        if (step, ring) != self._at:
            self._at, self._began = (step, ring), time.monotonic()
        gone = time.monotonic() - self._began
        left = gone * (1 - share) / share if gone > _TOO_EARLY and share > 0 else None
        return Slice(lane, step, ring, done, total, left)

    def _is_stop(self, code: str) -> bool:
        """Return whether a Refusal says no more than that a person ended it."""
        return code == _CANCELLED and self._stop.is_set()

    def _tell(self, reader: Reader) -> None:
        self._reports = tuple(self._told_of(reader, one) for one in self._rings.values())

    def _told_of(self, reader: Reader, one: _RingCourse) -> RingReport:
        read = [file for file in one.read if not self._is_stop(file.cause)]
        left = [problem for problem in one.pushed.problems if not self._is_stop(problem.code)]
        pushed = replace(one.pushed, problems=tuple(left))
        return report_of(self._desk, one.ledger, reader, read, pushed, one.problems)


def _without_told(ledger: RingLedger, read: Sequence[FileRead]) -> list[FileRead]:
    """Tell of a cut file once: it lies there for weeks, long after all of it was sent again."""
    found = []
    for one in read:
        told = f"told torn {one.name}"
        if one.outcome == "torn" and ledger.recall(told):
            found.append(replace(one, cause=""))
            continue
        if one.outcome == "torn":
            ledger.remember(told, "yes")
        found.append(one)
    return found


def _kept_back(desk: Desk, ledger: RingLedger) -> list[Problem]:
    """Return why documents of the person here leave no more, each told once. Writer lane."""
    found = []
    for one in ledger.overtaken():
        told = f"{_TOLD} {one.document}"
        if one.maker == desk.user and not desk.archive.kept(ledger.ring, told):
            desk.archive.keep(ledger.ring, told, "yes")
            found.append(Problem(f"{one.why}_here", severity=Severity.WARNING))
    return found


@contextmanager
def _told(one: _RingCourse) -> Iterator[None]:
    """Tell a Refusal about one ring with that ring; one of the target ends the exchange."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code.startswith("targets."):
            raise
        one.problems.append(refusal.problem)


def sync(desk: Desk, kept: KeptTarget, told: Told | None = None) -> SyncReport:
    """Exchange everything that may lie at a target, here and now. Writer lane."""
    course = Course(desk, kept)
    for one in course.slices():
        if told is not None:
            told(one)
    return course.report


def sync_over(desk: Desk, there: Place, kept: KeptTarget, rings: Sequence[RingId]) -> SyncReport:
    """Exchange ``rings`` over any place; ``rings_at`` says which may go there. Writer lane."""
    course = Course(desk, kept)
    for _ in course.over(there, rings):
        pass
    return course.report
