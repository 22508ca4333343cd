"""The place Sync in the window: its page, its key, and what the status bar says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from leadapp.core.words import Words
from leadapp.services import syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, past
from leadapp.services.syncing.past import PastSync
from leadapp.staff.rights import may_program
from leadapp.ui.around import Around
from leadapp.ui.days import say_moment
from leadapp.ui.shell import Page
from leadapp.ui.sync import said
from leadapp.ui.sync.history_tab import HistoryTab
from leadapp.ui.sync.now_tab import NowTab
from leadapp.ui.sync.page import SyncPage
from leadapp.ui.sync.runner import Ended, Runner
from leadapp.ui.sync.tab import Tab
from leadapp.ui.words import tr
from leadapp.ui.work import Lane

MoreTabs = Callable[[Desk], Sequence[Tab]]
ACTION, REVIEW = "sync_now", "review"


class SyncPlace(QObject):
    """Once a window; ``welcome`` for each person who unlocks.

    ``more_tabs`` makes the tabs between "Sync now" and "History" for a desk. ``changed`` is
    called when an exchange brought something in.
    """

    forms_wanted = Signal()
    """A form was approved in two versions: go where one is chosen."""

    def __init__(
        self,
        app: Around,
        changed: Callable[[], None],
        parent: QObject,
        more_tabs: MoreTabs = lambda _desk: (),
    ) -> None:
        super().__init__(parent)
        self._app, self._changed, self._more_tabs = app, changed, more_tabs
        self._chosen = ""
        self._backup = ""
        self._last: PastSync | None = None
        self.runner = Runner(app.work, self)
        self.runner.moved.connect(self._say)
        self.runner.ended.connect(self._ended)
        app.shell.actions_.add(
            ACTION,
            tr("Sync now"),
            self.sync_now,
            keys="Ctrl+Shift+S",
            icon="refresh-cw",
            when=self.allowed,
            also=(tr("exchange"), tr("stick")),
        )

    # -- who and where -------------------------------------------------------------------

    def allowed(self) -> bool:
        """Return whether this person may sync: a role of theirs does, or they wait for one."""
        desk = self._app.desk
        if desk is None:
            return False
        return self.waits() or any(may_program(role, "sync") for role in desk.roles)

    def waits(self) -> bool:
        """Return whether who sits here has joined and is not let in yet."""
        desk = self._app.desk
        return desk is not None and desk.user not in desk.holding.roster.users

    def make_page(self) -> Page:
        """Return the page, anew for each person."""
        app, desk = self._app, self._app.open_desk
        now = NowTab(desk, app.work, app.words, self.runner, self._chosen)
        now.chosen.connect(self._choose)
        now.lock_wanted.connect(app.shell.ask_for_lock)
        now.taken_in.connect(self._changed)
        now.wiped.connect(app.forget_program)
        tabs = [now, *self._more_tabs(desk), HistoryTab(desk, app.work, app.words)]
        page = SyncPage(tabs, app.shell.actions_.get(ACTION))
        for one in tabs:
            if one.name == REVIEW:
                one.count_changed.connect(
                    lambda count, tab=one: now.to_look_at.show_review(count, tab.says)
                )
        now.to_look_at.review_wanted.connect(lambda: page.start_tab(REVIEW))
        now.to_look_at.forms_wanted.connect(self.forms_wanted.emit)
        page.waiting.connect(lambda count: app.shell.set_count("sync", count))
        return page

    def welcome(self) -> None:
        """Another person is here: nothing of the last one's stays."""
        self._chosen, self._last = "", None
        self.runner.forget()
        self._ask_last()

    def show_tab(self, name: str) -> None:
        """Go to the page and show one of its tabs."""
        page = self._app.shell.go("sync")
        if isinstance(page, SyncPage):
            page.start_tab(name)

    # -- syncing -------------------------------------------------------------------------

    def sync_now(self) -> None:
        """Sync with the chosen place, or the one used last; without any, ask for one."""
        if self.runner.running:
            self._app.shell.go("sync")
            return
        if self.runner.held:
            self._app.shell.say(tr("A file is being taken in. Sync when it is through."))
            return
        desk, chosen, last = self._app.open_desk, self._chosen, self._last

        def job() -> KeptTarget | None:
            found = syncing.targets(desk)
            wanted = (chosen, last.target if last is not None else "")
            named = (one for name in wanted for one in found if one.name == name)
            return next(named, None) or next(iter(found), None)

        self._app.work.run(Lane.WRITER, job, self._begin, owner=self)

    def _begin(self, kept: KeptTarget | None) -> None:
        if kept is not None:
            self.runner.start(self._app.open_desk, kept)
            return
        page = self._app.shell.go("sync")
        if isinstance(page, SyncPage):
            page.show_tab("now")
            page.new_thing()

    def _choose(self, name: str) -> None:
        self._chosen = name

    def _ended(self, ended: Ended) -> None:
        self._ask_last()
        shell = self._app.shell
        if shell.covered:
            return
        self._changed()
        page = shell.current_page()
        if not isinstance(page, SyncPage):
            shell.say(_toast(ended, self._app.words))

    # -- the status bar ------------------------------------------------------------------

    def say_backup(self, words: str) -> None:
        """Say this while there was no exchange yet."""
        self._backup = words
        self._say()

    def _ask_last(self) -> None:
        desk = self._app.open_desk

        def came(found: list[PastSync]) -> None:
            self._last = next(iter(found), None)
            self._say()

        self._app.work.run(Lane.WRITER, lambda: past.past(desk), came, lambda _: None, owner=self)

    def _say(self) -> None:
        status, progress, desk = self._app.shell.status, self.runner.progress, self._app.desk
        if progress is not None:
            status.set_synced(said.in_short(progress), icon="refresh-cw")
        elif self._last is not None and desk is not None:
            now = desk.clock.now()
            when = say_moment(self._last.moment.astimezone(now.tzinfo), now)
            words = tr("Last sync {when}") if self._last.whole else tr("Sync broke off {when}")
            status.set_synced(words.format(when=when))
        else:
            status.set_synced(self._backup, icon="archive")


def _toast(ended: Ended, words: Words) -> str:
    """Return what is said on another page."""
    report = ended.report
    if ended.refused is not None:
        return tr("Not synced. {why}", why=words.of(ended.refused))
    line = f"{report.target}: {said.headline(report)}."
    if report.stopped:
        line = f"{report.target}: {tr('Stopped safely')}. {said.headline(report)}."
    if report.everything:
        line += " " + tr("Open Sync to see what to look at.")
    return line
