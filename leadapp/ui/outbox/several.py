"""Several papers done one after the other: copied or printed, with how far and what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from leadapp.core.errors import LeadappError, Refusal
from leadapp.services.outbox import Document

Then = Callable[[LeadappError | None], None]
DoOne = Callable[[Document, Then], None]
"""Does one paper and says at the end what was refused, ``None`` for nothing."""

_NOT_GOOD = "vault.password_not_good"
_ENDS_ALL = frozenset(
    {
        "core.disk_full",
        "core.cannot_write",
        "store.ring_not_open",
        "ui.cannot_print",
        "ui.job_failed",
        _NOT_GOOD,
    }
)
"""What would refuse the next paper too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: papers done, papers refused and why, papers nobody came to."""

    done: tuple[Document, ...]
    refused: tuple[tuple[Document, LeadappError], ...]
    left: tuple[Document, ...]

    @property
    def wrong_password(self) -> Refusal | None:
        """Return what was said against the password before anything was done."""
        found = (
            error
            for _one, error in self.refused
            if isinstance(error, Refusal) and error.code == _NOT_GOOD
        )
        return None if self.done else next(found, None)


class Several(QObject):
    """``start(documents, do_one)``; one at a time. ``stop`` lets the one in hand end."""

    moved = Signal(int, int)
    """The number of the one in hand, from 1 on, and how many there are."""
    ended = Signal(object)
    """The ``Outcome``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Document] = []
        self._done: list[Document] = []
        self._refused: list[tuple[Document, LeadappError]] = []
        self._all = 0
        self.running = False

    def start(self, documents: Sequence[Document], do_one: DoOne) -> None:
        """Begin, unless some are under way."""
        if self.running or not documents:
            return
        self._waiting, self._all = list(documents), len(documents)
        self._done, self._refused = [], []
        self._do_one, self._stopped, self.running = do_one, False, True
        self._next()

    def stop(self) -> None:
        """Do no more after the one in hand."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped or not self._waiting:
            self.running = False
            self.ended.emit(Outcome(tuple(self._done), tuple(self._refused), tuple(self._waiting)))
            return
        document = self._waiting.pop(0)
        self.moved.emit(self._all - len(self._waiting), self._all)
        self._do_one(document, lambda refused: self._came(document, refused))

    def _came(self, document: Document, refused: LeadappError | None) -> None:
        if refused is None:
            self._done.append(document)
        else:
            self._refused.append((document, refused))
            self._stopped = self._stopped or refused.code in _ENDS_ALL
        self._next()
