"""Tab order that follows what is seen, also where rows came and went since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(widgets: Sequence[QWidget]) -> list[QWidget]:
    """Return every control inside ``widgets`` that Tab reaches, in order."""
    return [stop for widget in widgets if widget.isVisible() for stop in _inside(widget)]


def step(stops: Sequence[QWidget], focused: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the next stop; None beyond the ends."""
    at = next((i for i, stop in enumerate(stops) if _is(stop, focused)), None)
    if at is None:
        return None
    to = at + (1 if forward else -1)
    return stops[to] if 0 <= to < len(stops) else None


def _inside(widget: QWidget) -> list[QWidget]:
    found = [widget] if _takes_tab(widget) else []
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            found.extend(_inside(child))
    return found


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.focusProxy() is None


def _is(stop: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (stop is focused or stop.isAncestorOf(focused))
