"""What may be answered later today: folded under the last section until it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from leadapp.ui.entry.form_view import FormView
from leadapp.ui.entry.tabbing import tab_stops


class Later:
    """``Later(view, changed)``; ``changed`` says how far the form is now."""

    def __init__(self, view: FormView, changed: Callable[[], None]) -> None:
        self._view, self._changed = view, changed

    def toggle(self) -> None:
        """Unfold it, with the focus in it, or fold it."""
        last = len(self._view.parts) - 1
        if self._view.here != last:
            self._view.go_section(last)
        page = self._view.page
        page.show_later(shown=not page.later_shown)
        self._changed()
        grid = page.later_grid
        if page.later_shown and grid is not None:
            QTimer.singleShot(0, self._view, lambda: self._enter(grid))

    def _enter(self, grid: QWidget) -> None:
        if not grid.isVisible():
            return
        bar = self._view.page.verticalScrollBar()
        bar.setValue(min(bar.maximum(), grid.y()))
        inside = tab_stops([grid])
        if inside:
            inside[0].setFocus(Qt.FocusReason.OtherFocusReason)
