"""The code on the root page, which lies in the safe: typed, used once, kept nowhere."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.text import tidy
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr


class RootCode(QWidget):
    """``right()`` before ``typed()``."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._line = Line()
        hint = tr("All of it, from the page in the safe. It is not kept.")
        self._field = Field(tr("Code on the root page"), self._line, needed=True, hint=hint)
        column.addWidget(self._field)
        self.setFocusProxy(self._line)

    def typed(self) -> str:
        """Return what was typed."""
        return self._line.text()

    def right(self) -> bool:
        """Return whether anything was typed; say so if not."""
        typed = bool(tidy(self._line.text()))
        self._field.set_error("" if typed else tr("Type the code."))
        if not typed:
            self._field.focus_control()
        return typed

    def refuse(self, words: str) -> None:
        """Say what was refused."""
        self._field.set_error(words)
        self._field.focus_control()
