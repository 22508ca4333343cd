"""Runs closures off the GUI thread and brings the answer or the error back to it.

Each lane is one thread, so what is asked of a lane is done in the order asked.
The GUI thread never waits for a lane, but at ``stop``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from leadapp.core.errors import Bug, LeadappError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Lane(Enum):
    """The threads there are, by what they may touch."""

    WRITER = "writer"
    READER = "reader"
    DRAFTS = "drafts"
    CRYPTO = "crypto"
    AWAY = "away"
    """What may wait long for a stick, a share or the network; never an archive or a reader."""


class Ticket:
    """A job asked for. ``drop`` it when nobody wants the answer any more."""

    def __init__(self) -> None:
        self.wanted = True

    def drop(self) -> None:
        """Say that the answer is not wanted; a job not yet begun is skipped."""
        self.wanted = False


class Work(QObject):
    """The lanes. Errors nobody else takes go to ``on_error``, on the GUI thread."""

    busy_changed = Signal(bool)
    """Whether any job is under way."""

    _came_back = Signal(object)

    def __init__(
        self, on_error: Callable[[LeadappError], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"leadapp-{lane.value}")
            for lane in Lane
        }
        self._under_way = 0
        self._stopped = False
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[LeadappError], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run ``job`` on ``lane``, then ``done`` or ``failed`` on the GUI thread.

        With an ``owner`` the answer is dropped once that object is gone.
        """
        ticket = Ticket()
        if self._stopped:  # a timer of a page that is going: nobody is there for the answer
            ticket.drop()
            return ticket
        self._count(+1)
        future = self._lanes[lane].submit(_attempt, job, ticket)
        future.add_done_callback(partial(self._hand_over, ticket, done, failed, owner))
        return ticket

    def stop(self) -> None:
        """Let begun and waiting jobs end, then end the threads. Answers are not delivered."""
        self._stopped = True
        for lane in self._lanes.values():
            lane.shutdown(wait=True)

    def _hand_over(
        self,
        ticket: Ticket,
        done: Callable[[T], None] | None,
        failed: Callable[[LeadappError], None] | None,
        owner: QObject | None,
        future: Future[T | LeadappError | None],
    ) -> None:
        answer = future.result()

        def deliver() -> None:
            if not ticket.wanted or (owner is not None and not isValid(owner)):
                return
            if isinstance(answer, LeadappError):
                (failed or self._on_error)(answer)
            elif done is not None:
                # ``None`` stands for a skipped job only when the ticket was dropped.
                done(answer)  # type: ignore[arg-type]

        if isValid(self):
            self._came_back.emit(deliver)

    def _deliver(self, deliver: Callable[[], None]) -> None:
        self._count(-1)
        deliver()

    def _count(self, by: int) -> None:
        before = self._under_way > 0
        self._under_way += by
        if before != (self._under_way > 0):
            self.busy_changed.emit(self._under_way > 0)


def _attempt(job: Callable[[], T], ticket: Ticket) -> T | LeadappError | None:
    """Run the job; an error comes back as a value, whatever it was."""
    if not ticket.wanted:
        return None
    try:
        return job()
    except LeadappError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the edge of a task: nothing may kill a lane
        # The text of a foreign error may hold what a record holds, so only its kind is logged.
        _log.error("a job failed: %s", type(error).__name__)
        wrapped = Bug("ui.job_failed", kind=type(error).__name__)
        wrapped.__cause__ = error
        return wrapped
