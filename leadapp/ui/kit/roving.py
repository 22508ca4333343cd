"""Makes a group of buttons one tab stop: Tab lands on the chosen or first one only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

_STEP = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


def rove_to(group: QWidget, buttons: Sequence[QAbstractButton], at: int) -> None:
    """Make ``buttons[at]`` the one that Tab reaches."""
    for index, button in enumerate(buttons):
        stop = Qt.FocusPolicy.StrongFocus if index == at else Qt.FocusPolicy.ClickFocus
        if button.focusPolicy() != stop:
            button.setFocusPolicy(stop)
    if buttons:
        group.setFocusProxy(buttons[at])


def arrow_step(key: int) -> int:
    """Return +1 or -1 for an arrow key, else 0."""
    return next((step for arrow, step in _STEP.items() if arrow == key), 0)
