"""Outbox and Review beside Sync now, and the keys that go to them from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from leadapp.services.desk import Desk
from leadapp.ui.around import Around
from leadapp.ui.outbox.counted import ask_outbox, outbox_words
from leadapp.ui.outbox.tab import OutboxTab
from leadapp.ui.review.tab import ReviewTab
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.sync.tab import Tab
from leadapp.ui.words import tr

OUTBOX, REVIEW = "outbox", "review"


class SyncTabs(QObject):
    """``SyncTabs(app, show_tab, parent)`` once a window; ``make(desk)`` for each Sync page."""

    def __init__(self, app: Around, show_tab: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._show_tab = app, show_tab
        self._outbox: OutboxTab | None = None

    def add_actions(self, allowed: Callable[[], bool]) -> None:
        """Put the keys of Review and of the outbox into the window's list."""
        actions = self._app.shell.actions_
        actions.add(
            REVIEW,
            tr("Review what two computers changed"),
            lambda: self._show_tab(REVIEW),
            keys="Ctrl+Shift+R",
            icon="git-merge",
            when=allowed,
            also=(tr("conflict"), tr("differs")),
        )
        actions.add(
            "to_outbox",
            tr("Save PDF to outbox"),
            self.paper_to_outbox,
            keys="Ctrl+Shift+P",
            icon="inbox",
            when=allowed,
            also=(tr("send"),),
        )
        actions.add(
            "outbox_print_all",
            tr("Print all papers that are ready"),
            lambda: self._with_all(OutboxTab.print_ready),
            keys="Ctrl+Shift+A",
            icon="printer",
            when=allowed,
            also=(tr("outbox"),),
        )
        actions.add(
            "outbox_copy_all",
            tr("Copy all papers that are ready"),
            lambda: self._with_all(OutboxTab.copy_ready),
            keys="Ctrl+Shift+C",
            icon="file-down",
            when=allowed,
            also=(tr("outbox"), tr("stick")),
        )

    def make(self, desk: Desk) -> Sequence[Tab]:
        """Return the tabs, anew for each person."""
        app = self._app
        self._outbox = OutboxTab(desk, app.work, app.words)
        self._outbox.waits.connect(self._say_outbox)
        review = ReviewTab(desk, app.work, app.words)
        review.done.connect(lambda words, undo: app.shell.say(words, undo=undo))
        return (self._outbox, review)

    def ask(self) -> None:
        """Say in the status bar what waits in the outbox, and what came for who is here."""
        ask_outbox(self._app.open_desk, self._app.work, self._say_outbox, self)

    def paper_to_outbox(self) -> None:
        """Ask for whom the paper in view is, on the Outbox tab."""
        shell = self._app.shell
        page = shell.current_page()
        if page is None or not page.paper_out(self._take):
            shell.say(tr("There is no paper in view. Open a report or a record first."))

    def _with_all(self, do: Callable[[OutboxTab], None]) -> None:
        """Show the Outbox, and do this once it knows what is ready."""
        self._show_tab(OUTBOX)
        if self._outbox is not None:
            self._outbox.when_known(do)

    def _take(self, paper: PaperOut) -> None:
        self._show_tab(OUTBOX)
        if self._outbox is not None:
            self._outbox.take(paper)

    def _say_outbox(self, waiting: int, new: int) -> None:
        self._app.shell.status.set_outbox(outbox_words(waiting, new))
