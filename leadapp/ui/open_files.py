"""The files of who is signed in: open while they work, closed a moment after a lock.

They are closed once what is typed is kept and whatever was asked of the lanes before is
done; but a full disk must not keep the keys in memory, so nobody waits for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from leadapp.core.errors import LeadappError
from leadapp.ui.work import Lane, Work

if TYPE_CHECKING:
    from leadapp.services.desk import Desk

_log = logging.getLogger(__name__)
_WAIT_MS = 20
_PATIENCE = 150
"""How often is waited for drafts that are being written: three seconds in all."""


class OpenFiles(QObject):
    """``OpenFiles(work, all_kept, parent)``; ``close(desk)`` at a lock, ``end(desk)`` at the end."""

    closed = Signal()
    """They are closed, and so are the keys."""
    refused = Signal(object)
    """They could not be closed: the error."""

    def __init__(self, work: Work, all_kept: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._all_kept = work, all_kept
        self._waiting: list[Callable[[], None]] = []
        self._ended = False
        self.are_open = False
        self.closing = False

    def when_free(self, then: Callable[[], None]) -> None:
        """Do ``then`` once the files are closed: at once, unless a lock is under way."""
        if self.closing:
            self._waiting.append(then)
        else:
            then()

    def close(self, desk: Desk) -> None:
        """Close them when what is typed is kept and the lanes have done what was asked."""
        self.closing = True
        self._close_when_kept(desk, _PATIENCE)

    def end(self, desk: Desk | None) -> None:
        """The program ends: wait for what is typed, stop the lanes, close what is open."""
        self._ended = True
        patience = _PATIENCE
        while patience and not self._all_kept():
            patience -= 1
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _WAIT_MS)
        self._work.stop()
        if desk is not None and self.are_open:
            try:
                desk.close()  # no lane is left, and nobody waits for this thread any more
            except LeadappError as error:
                _log.error("could not close the files: %s", error.code)

    def _close_when_kept(self, desk: Desk, patience: int) -> None:
        if self._ended:
            return
        if patience and not self._all_kept():
            QTimer.singleShot(_WAIT_MS, self, lambda: self._close_when_kept(desk, patience - 1))
            return
        self._work.run(Lane.DRAFTS, _nothing, lambda _: self._after_drafts(desk), owner=self)

    def _after_drafts(self, desk: Desk) -> None:
        """Close them after whatever was asked of the reader and the writer before."""

        def close() -> None:
            if not self._ended:
                self._work.run(
                    Lane.WRITER,
                    lambda: self._close(desk),
                    lambda _: self._closed(),
                    self._not_closed,
                    owner=self,
                )

        if not self._ended:
            self._work.run(Lane.READER, _nothing, lambda _: close(), owner=self)

    def _close(self, desk: Desk) -> None:
        """Close them, once; the end of the program may come while this is under way."""
        desk.close()
        self.are_open = False

    def _closed(self) -> None:
        if self._ended:
            return
        self.closing = False
        self.closed.emit()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _not_closed(self, error: LeadappError) -> None:
        self.closing = False
        self.refused.emit(error)


def _nothing() -> None:
    """Be the last of what was asked of a lane so far."""
