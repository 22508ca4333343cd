"""One exchange under way: each slice on the lane it names, so that saving goes on between.

It outlives the page. One exchange at a time; what it was is kept in ``last``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from leadapp.core.errors import LeadappError
from leadapp.services.desk import Desk
from leadapp.services.syncing import Course, KeptTarget, Slice, Step, SyncReport, past
from leadapp.ui.work import Lane, Work

_LANES = {"writer": Lane.WRITER, "away": Lane.AWAY}


@dataclass(slots=True)
class Progress:
    """How far it is. ``done`` holds, for each step begun, files or entries done and in all.

    Places are looked at again once it is known who is in; that counts as part of the step
    that was reached, so nothing on the screen goes back.
    """

    target: str
    step: Step = Step.BACK_UP
    ring: str = ""
    done: dict[Step, tuple[int, int]] = field(default_factory=dict)
    seconds_left: float | None = None
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it; with ``refused`` what ended it half way: what was done is done."""

    report: SyncReport
    refused: LeadappError | None = None


class Runner(QObject):
    """``start(desk, target)``; ``moved`` at each slice, ``ended`` with an ``Ended``."""

    moved = Signal()
    ended = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._course: Course | None = None
        self._desk: Desk | None = None
        self.progress: Progress | None = None
        self.last: Ended | None = None
        self.held = False
        """Whether a single file is taken in meanwhile: no exchange begins."""

    @property
    def running(self) -> bool:
        """Whether an exchange is under way."""
        return self._course is not None

    def start(self, desk: Desk, kept: KeptTarget) -> None:
        """Begin, unless one is under way."""
        if self.running or self.held:
            return
        self._course, self._desk = Course(desk, kept), desk
        self.progress, self.last = Progress(kept.name), None
        self.moved.emit()
        self._next(self._course.slices(), Lane.WRITER)

    @property
    def is_safe(self) -> bool:
        """Whether the files may be closed: the window asks before it locks."""
        return not self.running

    def flush(self, then: Callable[[], None] | None = None) -> None:
        """Stop: the files are about to be closed. What was taken is kept already."""
        self.stop()
        if then is not None:
            then()

    def stop(self) -> None:
        """End after the file in hand."""
        if self._course is not None and self.progress is not None:
            self._course.stop()
            self.progress.stopping = True
            self.moved.emit()

    def hold(self) -> bool:
        """Keep exchanges from beginning until ``let_go``; False where one is under way."""
        if self.running or self.held:
            return False
        self.held = True
        return True

    def let_go(self) -> None:
        """Let exchanges begin again."""
        self.held = False

    def forget(self) -> None:
        """Another person unlocked: what came of the last one is not theirs."""
        self.last, self.held = None, False

    def _next(self, slices: Iterator[Slice], lane: Lane) -> None:
        self._work.run(
            lane,
            lambda: next(slices, None),
            lambda said: self._went(slices, said),
            self._refused,
            owner=self,
        )

    def _went(self, slices: Iterator[Slice], said: Slice | None) -> None:
        if said is None:
            self._finish(None)
            return
        if self.progress is not None:
            _advance(self.progress, said)
        self.moved.emit()
        self._next(slices, _LANES[said.lane])

    def _refused(self, error: LeadappError) -> None:
        self._finish(error)

    def _finish(self, refused: LeadappError | None) -> None:
        """Keep what came of it, then say so."""
        course, desk = self._course, self._desk
        if course is None or desk is None:
            return
        ended = Ended(course.report, refused)

        def over(_: object) -> None:
            self._course = self._desk = self.progress = None
            self.last = ended
            self.ended.emit(ended)

        problem = refused.problem if refused is not None else None
        self._work.run(
            Lane.WRITER, lambda: past.note(desk, ended.report, refused=problem), over, over,
            owner=self,
        )  # fmt: skip


def _advance(progress: Progress, said: Slice) -> None:
    order = list(Step)
    if order.index(said.step) < order.index(progress.step):
        return
    progress.step, progress.ring = said.step, said.ring
    progress.done[said.step] = (said.done, said.total)
    progress.seconds_left = said.seconds_left
