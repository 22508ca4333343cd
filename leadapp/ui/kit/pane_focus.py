"""Putting the focus into a pane as a whole, for F6."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def holds(pane: QWidget, focused: QWidget | None) -> bool:
    """Return whether the focus is in ``pane``."""
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))


def enter(pane: QWidget) -> bool:
    """Put the focus on ``pane``, or on its first control in tab order; False if it has none."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus or pane.focusProxy() is not None:
        pane.setFocus(Qt.FocusReason.TabFocusReason)
        return True
    at = pane.nextInFocusChain()
    while at is not None and at is not pane:
        takes = at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and pane.isAncestorOf(at):
            at.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        at = at.nextInFocusChain()
    return False
