"""Enter on a focused button presses it, outside dialogs too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press_focused(inside: QWidget, event: QKeyEvent) -> bool:
    """Press the focused button on Enter; False when it was another key or no button."""
    focused = inside.focusWidget()
    if event.key() not in ENTER or not isinstance(focused, QPushButton):
        return False
    focused.click()
    return True
