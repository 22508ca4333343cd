"""Notices when nobody has touched the program for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class Idle(QObject):
    """Watches the windows themselves, not every event of every widget."""

    gone = Signal()
    """Nothing was touched for the time set."""

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.gone.emit)
        app.focusWindowChanged.connect(self._watch)

    def start(self, seconds: float) -> None:
        """Begin to wait ``seconds`` from each touch; at most half an hour."""
        self._clock.start(round(min(seconds, 1800) * 1000))

    def stop(self) -> None:
        """Do not wait any more; while locked."""
        self._clock.stop()

    def touched(self) -> None:
        """Begin to wait anew."""
        if self._clock.isActive():
            self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See input on its way to the widgets."""
        if event.type() in _INPUT:
            self.touched()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self.touched()
