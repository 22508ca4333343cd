"""What hides everything: the unlock screen and the like, in front of the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget
from shiboken6 import isValid

from leadapp.ui.shell.keys_sheet import KeysSheet

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool)


class Curtain(QStackedWidget):
    """``draw(widget)``, then ``open`` and ``focus_again``; the first layer is the pages, which stay as they are.

    Dialogs of the pages are put away meanwhile: they would stand before the curtain.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn: QWidget | None = None
        self._kept_focus: QWidget | None = None
        self._away: list[QWidget] = []

    @property
    def is_drawn(self) -> bool:
        """Whether everything is hidden."""
        return self._drawn is not None

    def draw(self, widget: QWidget) -> None:
        """Hide everything behind ``widget``."""
        if self._drawn is None:
            self._kept_focus = self.focusWidget()
        self.open()
        self._drawn = widget
        self._put_windows_away()
        self.addWidget(widget)
        self.setCurrentWidget(widget)

    def open(self) -> None:
        """Show the pages again as they were."""
        if self._drawn is not None:
            self.removeWidget(self._drawn)
            self._drawn.setParent(None)
            self._drawn = None
        self.setCurrentIndex(0)

    def focus_again(self) -> None:
        """Bring dialogs and the focus back."""
        for window in self._away:
            if isValid(window):
                window.show()
        self._away.clear()
        kept = self._kept_focus
        if kept is not None and isValid(kept) and kept.isVisible():
            kept.setFocus(Qt.FocusReason.OtherFocusReason)
        self._kept_focus = None

    def _put_windows_away(self) -> None:
        """Close popups and hide dialogs."""
        for window in QApplication.topLevelWidgets():
            if window is self.window() or not window.isVisible():
                continue
            if isinstance(window, QDialog) and not isinstance(window, KeysSheet):
                window.hide()
                self._away.append(window)
            elif isinstance(window, KeysSheet) or window.windowType() in _PASSING:
                window.close()
