"""Where a file or a folder lies: typed, pasted, or chosen in the computer's own dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.line import Line
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

Mode = Literal["open", "save", "folder"]


class FileLine(QWidget):
    """``FileLine("open", "Choose the invitation", kinds="Invitations (*.json)")``."""

    changed = Signal(str)
    """The path, after typing or choosing."""

    settled = Signal()
    """The path was chosen in the dialog, or Enter was pressed in the line."""

    def __init__(
        self,
        mode: Mode,
        title: str,
        *,
        kinds: str = "",
        suggested: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode, self._title, self._kinds, self._suggested = mode, title, kinds, suggested
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.line = Line()
        self.line.textChanged.connect(self.changed.emit)
        self.line.installEventFilter(self)
        row.addWidget(self.line, 1)
        self.browse = Button(tr("Browse"), icon="folder")
        self.browse.clicked.connect(self.ask)
        row.addWidget(self.browse)
        self.setFocusProxy(self.line)

    def value(self) -> Path | None:
        """Return the path, ``None`` while nothing is typed."""
        typed = self.line.text().strip().strip('"')
        return _whole(typed) if typed else None

    def set_value(self, path: str) -> None:
        """Show a path."""
        self.line.set_value(path)

    def set_question(self, name: str, description: str = "") -> None:
        """Name both parts for a screen reader."""
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(description)
        self.browse.setAccessibleName(tr("Browse: {question}", question=name))

    def ask(self) -> None:
        """Show the dialog."""
        begin = self.line.text().strip() or self._suggested
        match self._mode:
            case "open":
                chosen, _ = QFileDialog.getOpenFileName(self, self._title, begin, self._kinds)
            case "save":
                chosen, _ = QFileDialog.getSaveFileName(self, self._title, begin, self._kinds)
            case "folder":
                chosen = QFileDialog.getExistingDirectory(self, self._title, begin)
        if chosen:
            self.line.setText(chosen)
            self.settled.emit()

    def eventFilter(self, watched: QLineEdit, event: QEvent) -> bool:  # type: ignore[override] # only the line is watched
        """Enter settles the path, and presses nothing else."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.value() is not None
        ):
            self.settled.emit()
            return True
        return super().eventFilter(watched, event)


def _whole(typed: str) -> Path:
    """Return the path from the disk's root on: what is kept must not depend on where we started."""
    path = Path(typed)
    try:
        path = path.expanduser()
    except RuntimeError:  # "~" and the name of nobody here: a folder may be called so
        return path.absolute()
    return path.absolute()
