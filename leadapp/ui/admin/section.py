"""What every section of Admin has: a notice, a way to ask, a way to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.work import Lane, Work

T = TypeVar("T")


class Section(QWidget):
    """Override ``reload``; ``ask`` reads and ``do`` writes, off this thread."""

    fills = False
    """Whether it takes the page's whole height."""

    def __init__(
        self, title: str, desk: Desk, work: Work, words: Words, say: Callable[..., None]
    ) -> None:
        super().__init__()
        self.title = title
        self.desk, self.work, self.words, self.say = desk, work, words, say
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, theme().px(16))
        self.column.setSpacing(theme().px(12))
        self.notice = Notice("err", "")
        self.notice.hide()
        self.column.addWidget(self.notice)

    def put(self, widget: QWidget, width: int, at: int = -1) -> None:
        """Add ``widget``, at most ``width`` wide; its wrapped words keep their height so."""
        widget.setMaximumWidth(theme().px(width))
        row = QHBoxLayout()
        row.addWidget(widget, 100)
        row.addStretch(1)
        self.column.insertLayout(at, row)

    def reload(self) -> None:
        """Ask again for what is shown."""

    def new_thing(self) -> None:
        """Begin a new one of what the section holds."""

    def main_action(self) -> None:
        """Do what the section's main button does."""

    def leave(self) -> bool:
        """Close what is open; False when nothing is."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def ask(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read something after what is being written, so that it is the newest."""
        self.work.run(Lane.WRITER, job, done, self.refuse, owner=self)

    def do(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LeadappError], None] | None = None,
    ) -> None:
        """Write something."""
        self.notice.hide()
        self.work.run(Lane.WRITER, job, done, failed or self.refuse, owner=self)

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused."""
        self.notice.say("err", self.words.of(error))
        self.notice.show()

    def done(self, words: str) -> None:
        """Say what was done, and show it."""
        self.say(words)
        self.reload()
