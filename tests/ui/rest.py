"""When a window is at rest: nothing under way, nothing put off, nothing left to draw."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from leadapp.ui.work import Work

_PATIENCE = 20.0
_ROUNDS = 4
_SOON_MS = 300
"""What waits longer is no part of an answer to a key: a toast that goes, a look at a folder."""


def rest(work: Work, within: QWidget) -> None:
    """Wait until ``work`` and what ``within`` puts off are done, several turns in a row."""
    until, quiet = time.monotonic() + _PATIENCE, 0
    while quiet < _ROUNDS:
        assert time.monotonic() < until, "never came to rest"
        if work._under_way or _puts_off(within):
            quiet = 0
            QTest.qWait(3)
        else:
            quiet += 1
            QTest.qWait(0)


def _puts_off(within: QWidget) -> bool:
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _SOON_MS
        for timer in within.findChildren(QTimer)
    )
