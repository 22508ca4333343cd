"""Form files read, checked and compared off the window's thread, any number at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leadapp.core.errors import LeadappError
from leadapp.services import forms_in_use
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import Candidate
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

ENDINGS = (".xlsx", ".xlsm", ".xls", ".md", ".csv", ".xml")


class Loading(QObject):
    """``load(paths)``; each file comes by itself, and one that is bad stops no other."""

    checked = Signal(object, object)
    """A path and its ``Candidate``."""

    refused = Signal(object)
    """The ``LeadappError`` that says why a file could not be compared."""

    busy = Signal(str)
    """What is being read, in words; "" when all is read."""

    def __init__(self, desk: Desk, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._reading: list[str] = []
        self._lists: set[Path] = set()

    def load(self, paths: Sequence[Path]) -> None:
        """Read these files. A list that a form beside it names comes with that form."""
        for path in sorted(paths, key=lambda one: one.suffix.lower() == ".csv"):
            self._reading.append(path.name)
            # Nothing of the program is touched, so the lane for slow sums keeps the reader free.
            self._run(Lane.CRYPTO, partial(forms_in_use.examine, path), path, self._read)
        self._say()

    def _read(self, path: Path, read: Candidate) -> None:
        if path in self._lists:
            self._ended(path)
            return
        if read.definition is not None:
            self._lists |= {path.parent / one.file for one in read.definition.attached}
        job = partial(forms_in_use.compare, self._desk, read)
        self._run(Lane.READER, job, path, self._compared)

    def _compared(self, path: Path, candidate: Candidate) -> None:
        self._ended(path)
        self.checked.emit(path, candidate)

    def _run(
        self,
        lane: Lane,
        job: Callable[[], Candidate],
        path: Path,
        done: Callable[[Path, Candidate], None],
    ) -> None:
        failed = partial(self._failed, path)
        self._work.run(lane, job, partial(done, path), failed, owner=self)

    def _failed(self, path: Path, error: LeadappError) -> None:
        self._ended(path)
        self.refused.emit(error)

    def _ended(self, path: Path) -> None:
        self._reading.remove(path.name)
        self._say()

    def _say(self) -> None:
        match self._reading:
            case []:
                self.busy.emit("")
            case [name]:
                self.busy.emit(tr("Reading {file}", file=name))
            case names:
                self.busy.emit(tr("Reading {count} files", count=len(names)))
