"""Opens the window: Qt first, the first screen painted, everything else after that."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.core import paths
from leadapp.core.clock import SystemClock
from leadapp.ui import last_resort
from leadapp.ui.application import Application
from leadapp.ui.look_kept import LookKept
from leadapp.ui.theme import Theme

LAPTOP = QSize(1440, 860)
"""A screen up to this is filled; on a larger one the window is as large as this."""


def open_window(program: Path | None) -> int:
    """Show the window over ``program``, or the usual folder; return the exit code."""
    app = _application()
    state = paths.state_folder()
    last_resort.log_to(state)
    look = Theme(app)
    kept = LookKept(state / "look.json")
    kept.take_up(look)
    look.apply()
    look.follow_system()
    window = Application(app, program or paths.program_folder(), clock=SystemClock())
    last_resort.install(window.fail)
    kept.follow(look, window.work)
    fit_screen(window.shell, app.primaryScreen().availableSize())
    window.begin()
    code = app.exec()
    window.end()
    return code


def fit_screen(window: QWidget, room: QSize) -> None:
    """Give the window a size to work in: all of a laptop's screen, a good part of a large one."""
    if room.width() <= LAPTOP.width() or room.height() <= LAPTOP.height():
        window.resize(room)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    else:
        window.resize(LAPTOP)


def _application() -> QApplication:
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(sys.argv[:1])
    app.setApplicationName("leadapp")
    app.setApplicationDisplayName("leadapp")
    app.setDesktopFileName("leadapp")
    return app
