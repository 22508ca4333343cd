"""What a tab of the Sync page is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.kit.foot_bar import FootBar
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.work import Lane, Work

T = TypeVar("T")


class Tab(QWidget):
    """Override what the tab can do. ``name`` is for keys and code, ``title`` is shown.

    A tab whose work waits calls ``set_count``; the number stands beside its title and is
    added to the number in the navigation.
    """

    count_changed = Signal(int)

    says = ""
    """What waits here, in a sentence, for the strip on Sync now; "" for the usual words."""

    fills = False
    """Whether it takes the page's whole height."""

    foot: FootBar | None = None
    """The buttons that stand under the tab and never scroll, if it has any."""

    def __init__(self, name: str, title: str, desk: Desk, work: Work, words: Words) -> None:
        super().__init__()
        self.name, self.title, self.count = name, title, 0
        self.desk, self.work, self.words = desk, work, words
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0 if self.fills else theme().px(12))
        self.column.setSpacing(theme().px(12))
        self.notice = Notice("err", "")
        self.notice.hide()
        self.column.addWidget(self.notice)

    def set_count(self, count: int) -> None:
        """Show how much waits here; 0 shows nothing."""
        if count != self.count:
            self.count = count
            self.count_changed.emit(count)

    def reload(self) -> None:
        """Ask again for what is shown: the tab comes into view, F5, after an exchange."""

    def start(self) -> None:
        """Put the focus where work begins: a key from anywhere led here."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key that no control of the tab or its buttons wanted; False for none."""
        del event
        return False

    def main_action(self) -> None:
        """Ctrl+S: what the tab's main button does."""

    def new_thing(self) -> None:
        """Ctrl+N: a new one of what the tab holds."""

    def print_now(self) -> None:
        """Ctrl+P: print what is chosen."""

    def leave(self) -> bool:
        """Esc: close what is open; False when nothing is."""
        return False

    def panes(self) -> Sequence[QWidget]:
        """Widgets that F6 goes round."""
        return (self,)

    def ask(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Ask or write on the writer lane, after what is being written."""
        self.work.run(Lane.WRITER, job, done, self.refuse, owner=self)

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused."""
        self.notice.say("err", self.words.of(error))
        self.notice.show()
