"""Copies of repeats added, copied and removed, each an act that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from leadapp.forms.session import Changed
from leadapp.ui.entry.form_view import FormView
from leadapp.ui.entry.undoing import Undoing


class Copies:
    """``Copies(view, undoing, changed, removed)``; ``changed`` shows what an act touched."""

    def __init__(
        self,
        view: FormView,
        undoing: Undoing,
        changed: Callable[[Changed], None],
        removed: Callable[[], None],
    ) -> None:
        self._view, self._undoing = view, undoing
        self._changed, self._removed = changed, removed

    def add_here(self) -> None:
        """Add a copy to the repeat the focus is in, or to the only one shown."""
        repeat, _copy = self._view.copy_here()
        if repeat:
            self.add(repeat)

    def copy_here(self) -> None:
        """Add a copy with the answers of the one the focus is in."""
        _repeat, copy = self._view.copy_here()
        if copy:
            self.copy(copy)

    def remove_here(self) -> None:
        """Remove the copy the focus is in; the toast brings it back."""
        _repeat, copy = self._view.copy_here()
        if copy:
            self.remove(copy)

    def add(self, repeat: str) -> None:
        """Add a blank copy."""
        self._changed(self._undoing.add_copy(repeat))
        QTimer.singleShot(30, self._view, self._view.keep_in_view)

    def copy(self, copy: str) -> None:
        """Add a copy with the answers of ``copy``."""
        session = self._view.session
        repeat = copy.rpartition("[")[0]
        before = set(session.copies(repeat))
        kept = {k: v for k, v in session.draft().items() if k.startswith(f"{copy}/")}
        self._changed(self._undoing.add_copy(repeat))
        for made in set(session.copies(repeat)) - before:
            for key, text in kept.items():
                target = f"{made}{key.removeprefix(copy)}"
                if session.has(target):
                    self._changed(self._undoing.write(target, text, typed=False))

    def remove(self, copy: str) -> None:
        """Remove a copy."""
        self._changed(self._undoing.remove_copy(copy))
        self._removed()
