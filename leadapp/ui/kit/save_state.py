"""Whether what was typed is safe, in words."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.words import tr

_QUIET_MS = 400


class SaveState(QWidget):
    """``saving()``, ``saved("2:41 pm")``, ``not_saved("Disk is full. Free some space.")``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = Icon("check", "ok", 16)
        self._words = Label("", role="table", tone="ok", bold=True)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_QUIET_MS)
        self._late.timeout.connect(lambda: self._show("loader", "text2", tr("Saving")))
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def saving(self) -> None:
        """Say so, if it takes longer than a moment."""
        if not self._late.isActive():
            self._late.start()

    def saved(self, when: str) -> None:
        """Say when it was saved."""
        self._late.stop()
        self._show("check", "ok", tr("Saved {when}", when=when))

    def not_saved(self, why: str) -> None:
        """Say that it is not, and what to do; aloud too."""
        self._late.stop()
        words = tr("Not saved. {why}", why=why)
        self._show("circle-alert", "err", words)
        announce(self, words, at_once=True)

    def nothing(self) -> None:
        """Say nothing."""
        self._late.stop()
        self._words.setText("")
        self.hide()

    def _show(self, icon: str, tone: str, words: str) -> None:
        self._icon.set_icon(icon, tone)
        self._words.setText(words)
        self._words.set_tone(tone)
        self.setAccessibleName(words)
        self.show()
