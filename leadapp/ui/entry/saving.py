"""Finishing off the window's thread: what the rules need is gathered, then all is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from leadapp.forms.submission import Submission
from leadapp.services.filling import Saved
from leadapp.ui.entry.door import EntryDoor
from leadapp.ui.work import Lane, Work


class Saving(QObject):
    """``save`` ends in ``written`` or ``not_written``."""

    written = Signal(object)
    not_written = Signal(object)

    def __init__(self, work: Work, door: EntryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._door = work, door

    def save(self, submission: Submission, reason: str) -> None:
        """Write a finished form."""
        work = self._work
        done, failed = self.written.emit, self.not_written.emit

        def gathered(write: Callable[[], Saved]) -> None:
            work.run(Lane.WRITER, write, done, failed, owner=self)

        work.run(Lane.READER, self._door.save(submission, reason), gathered, failed, owner=self)

    def let_draft_go(self, then: Callable[[], None]) -> None:
        """Let the draft go; one that stays behind is an untidiness, not a loss."""
        self._work.run(
            Lane.DRAFTS, self._door.done(), lambda _: then(), lambda _: then(), owner=self
        )
