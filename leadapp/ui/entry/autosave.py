"""Keeps the draft within a second of each change, and says in words whether it is safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from leadapp.core.errors import LeadappError
from leadapp.ui.work import Lane, Work

WAIT_MS = 500
"""A burst of keys is one save; the draft is durable well within a second of each."""
RETRY_MS = 5_000

Keep = Callable[[], None]


class Autosave(QObject):
    """``Autosave(work, snapshot)``; ``snapshot`` takes the answers now and returns what keeps
    them, which runs on the drafts lane.
    """

    saving = Signal()
    saved = Signal()
    not_saved = Signal(object)
    """The ``LeadappError`` that stood in the way; it is tried again by itself."""

    def __init__(
        self, work: Work, snapshot: Callable[[], Keep], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._snapshot = work, snapshot
        self._dirty = self._busy = False
        self._after: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._save)

    @property
    def is_safe(self) -> bool:
        """Return whether everything typed is kept."""
        return not self._dirty and not self._busy

    def changed(self) -> None:
        """Something was typed."""
        self._dirty = True
        if not self._busy and not self._soon.isActive():
            self._soon.start(WAIT_MS)

    def flush(self, then: Callable[[], None] | None = None) -> None:
        """Keep it now; ``then`` is called once it is kept (at once when nothing is new)."""
        if then is not None:
            self._after.append(then)
        self._soon.stop()
        if self._dirty and not self._busy:
            self._save()
        elif self.is_safe:
            self._tell_after()

    def stop(self) -> None:
        """Keep nothing more: the form is finished or thrown away."""
        self._soon.stop()
        self._dirty = False
        self._after.clear()

    def _save(self) -> None:
        if not self._dirty or self._busy:
            return
        self._dirty, self._busy = False, True
        self.saving.emit()
        self._work.run(Lane.DRAFTS, self._snapshot(), self._kept, self._failed, owner=self)

    def _kept(self, _nothing: None) -> None:
        self._busy = False
        if self._dirty:
            self._soon.start(0 if self._after else WAIT_MS)
            return
        self.saved.emit()
        self._tell_after()

    def _failed(self, error: LeadappError) -> None:
        self._busy, self._dirty = False, True
        self._after.clear()
        self.not_saved.emit(error)
        self._soon.start(RETRY_MS)

    def _tell_after(self) -> None:
        after, self._after = self._after, []
        for then in after:
            then()
