"""Opens the window as the program does: `python -m benchmarks.start_up DIR`.

Prints when the unlock screen was painted and when it knew who is here, as a line of JSON.
Nothing of the program is imported before the window's own start imports it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(folder: Path) -> None:
    """Open the window as the program does; end when people can be chosen."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from leadapp.ui import start as starting
    from leadapp.ui.application import Application

    told: dict[str, float] = {}
    begin = Application.begin

    class Watch(QObject):
        """Notes the window's first paint."""

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            """Note it once it is done: a moment later."""
            if event.type() == QEvent.Type.Paint and "painted" not in told:
                told["painted"] = 0.0
                QTimer.singleShot(0, lambda: told.update(painted=time.time()))
            return False

    def watched(self: Application) -> None:
        watch = Watch(self)
        self.shell.installEventFilter(watch)
        begin(self)
        timer = QTimer(self)
        timer.timeout.connect(lambda: _end_when_known(self, told))
        timer.start(5)

    Application.begin = watched  # type: ignore[method-assign] # to watch it from within
    starting.open_window(folder)
    sys.stdout.write(f"{json.dumps(told)}\n")


def _end_when_known(window: object, told: dict[str, float]) -> None:
    from PySide6.QtWidgets import QApplication

    from leadapp.ui.unlock.tiles import Tiles

    shell = window.shell  # type: ignore[attr-defined] # an Application; imported only when started
    if told.get("painted") and shell.window().findChild(Tiles) is not None:
        told["known"] = time.time()
        QApplication.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
