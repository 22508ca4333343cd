"""A box for a password: dots, an eye to see them, and whether Caps Lock seems on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr


class PasswordBox(Line):
    """``box.take()`` returns what was typed and empties the box and its undo."""

    caps_changed = Signal(bool)
    """Whether Caps Lock seems on, judged by the letters that come with Shift up or down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = self.add_icon_action("eye", tr("Show the password"), self.toggle_shown)

    @property
    def shown(self) -> bool:
        """Whether the letters can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def toggle_shown(self) -> None:
        """Show the letters, or dots again."""
        shown = not self.shown
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.setText(tr("Hide the password") if shown else tr("Show the password"))
        self._eye.setToolTip(self._eye.text())
        announce(self, tr("Password shown") if shown else tr("Password hidden"))

    def take(self) -> str:
        """Return what was typed and forget it."""
        typed = self.text()
        self.forget()
        return typed

    def forget(self) -> None:
        """Empty the box; dots again."""
        self.clear()
        if self.shown:
            self.toggle_shown()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge Caps Lock by what the key gave. (Qt does not tell its state.)"""
        self._judge(event)
        super().keyPressEvent(event)

    def _judge(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(not self.caps)
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps(text.isupper() != shift)

    def _set_caps(self, caps: bool) -> None:
        if caps != self.caps:
            self.caps = caps
            self.caps_changed.emit(caps)
