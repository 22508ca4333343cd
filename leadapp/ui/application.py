"""The running window: the folder, the lanes, who sits here, and what is shown in turn.

Set-up, unlock, what must be seen first, the work: each is a cover over the shell, or its
absence. Locking closes every file and forgets the keys; the pages behind stay as they are
for the same person, and are closed when another one unlocks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.core import paths
from leadapp.core.clock import Clock
from leadapp.core.errors import Bug, LeadappError
from leadapp.core.ids import RingId
from leadapp.core.words import Words, load_words
from leadapp.ui.kit.announce import announce
from leadapp.ui.open_files import OpenFiles
from leadapp.ui.shell import Page, Shell
from leadapp.ui.trouble import TroublePage
from leadapp.ui.unlock import asking
from leadapp.ui.unlock.screen import UnlockScreen
from leadapp.ui.work import Lane, Work

if TYPE_CHECKING:
    from leadapp.services.desk import Desk
    from leadapp.services.holding import Request
    from leadapp.services.unlock import People
    from leadapp.ui.places import Places

IDLE_MINUTES = 10
LOGIN_LASTS = timedelta(hours=12)
_LOOK_EVERY_MS = 5_000
_SLEPT = timedelta(seconds=60)
"""A gap in the clock this long means that the lid was closed."""


@runtime_checkable
class Keeper(Protocol):
    """What a page with a draft has as ``autosave``."""

    @property
    def is_safe(self) -> bool:
        """Whether everything typed is kept."""
        ...

    def flush(self, then: Callable[[], None] | None = None) -> None:
        """Keep it now."""
        ...


class Application(QObject):
    """``begin`` shows the window; ``end`` lets go of everything after it."""

    def __init__(self, app: QApplication, root: Path, *, clock: Clock) -> None:
        super().__init__(app)
        self.root, self.clock = root, clock
        self.desk: Desk | None = None
        self.work = Work(self.fail, self)
        self.shell = Shell()
        self._words: Words | None = None
        self._screen: UnlockScreen | None = None
        self._cover: QWidget | None = None
        self._files = OpenFiles(self.work, self._all_kept, self)
        self._files.closed.connect(self.look_at_folder)
        self._files.refused.connect(self._show_trouble)
        self._unlocked_at: datetime | None = None
        self._last_look: datetime | None = None
        self._places: Places | None = None
        self._ended = False
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_EVERY_MS)
        self._watch.timeout.connect(self.look_at_clock)
        self.shell.lock_requested.connect(self.lock)
        self.shell.closing.connect(self._flush)

    @property
    def locked(self) -> bool:
        """Whether nobody's password has been taken since the start or the last lock."""
        return self._unlocked_at is None

    @property
    def files_open(self) -> bool:
        """Whether somebody's files are open; they are closed a moment after a lock."""
        return self._files.are_open

    @property
    def cover(self) -> QWidget | None:
        """What hides the work: the unlock screen, set-up, a trouble; nothing at work."""
        return self._cover

    @property
    def open_desk(self) -> Desk:
        """The desk of who is signed in; asked for only by what they see."""
        if self.desk is None:
            raise Bug("ui.no_desk")
        return self.desk

    @property
    def words(self) -> Words:
        """The sentences, read when the first is needed."""
        if self._words is None:
            self._words = load_words(paths.resources() / "words")
        return self._words

    # -- the way in ----------------------------------------------------------------------

    def begin(self) -> None:
        """Show the window with the unlock screen, then look at the folder."""
        self._show_unlock()
        self.shell.show()
        # Once the first paint is out: what is loaded now nobody waits for.
        QTimer.singleShot(0, self, self.look_at_folder)

    def look_at_folder(self) -> None:
        """Find out who is here: unlock, set-up, or a page that says what is wrong."""
        root, clock = self.root, self.clock

        def job() -> tuple[People, tuple[RingId, ...]]:
            return asking.look(root, clock)

        self.work.run(Lane.CRYPTO, job, self._folder_seen, self._folder_refused, owner=self)

    def _folder_seen(self, seen: tuple[People, tuple[RingId, ...]]) -> None:
        if self._ended:
            return
        people, rings = seen
        if self._screen is None or self._cover is not self._screen:
            self._show_unlock()
        if self._screen is not None:
            self._screen.show_people(people, rings)
            self._screen.take_focus()
        self.work.run(Lane.READER, _load_pages, owner=self)

    def _folder_refused(self, error: LeadappError) -> None:
        if error.code == "store.no_program":
            self._show_setup()
        else:
            self._show_trouble(error)

    def _show_unlock(self) -> None:
        chosen = self.desk.user if self.desk is not None else ""
        self._screen = UnlockScreen(
            self.root,
            work=self.work,
            words=self.words,
            clock=self.clock,
            when_free=self._files.when_free,
            chosen=chosen,
        )
        self._screen.opened.connect(self._opened)
        self._screen.blocked.connect(self._show_trouble)
        self._cover_with(self._screen)

    def _show_setup(self) -> None:
        from leadapp.ui.setup.wizard import SetupScreen  # only a new computer needs it

        screen = SetupScreen(self.root, work=self.work, words=self.words, clock=self.clock)
        screen.done.connect(self._set_up)
        screen.desk_changed.connect(self._setting_up)
        screen.left.connect(self.shell.close)
        screen.join_wanted.connect(self._show_joining)
        self._cover_with(screen)

    def _show_joining(self) -> None:
        from leadapp.ui.setup.joining import JoinScreen  # only a new computer needs it

        screen = JoinScreen(self.root, work=self.work, words=self.words, clock=self.clock)
        screen.done.connect(self._set_up)
        screen.left.connect(self._show_setup)
        self._cover_with(screen)

    def _setting_up(self, desk: Desk | None) -> None:
        """Know of the desk at which the first people are added, to close it at the end."""
        self.desk, self._files.are_open = desk, desk is not None

    def _set_up(self) -> None:
        self._show_unlock()
        self.look_at_folder()

    def _show_trouble(self, error: LeadappError) -> None:
        page = TroublePage(error, self.words, str(self.root))
        page.again.connect(self._set_up)
        page.leave.connect(self.shell.close)
        self._cover_with(page)
        announce(page, page.said.text(), at_once=True)

    def _cover_with(self, widget: QWidget) -> None:
        """Hide everything behind ``widget``; the cover before it goes."""
        before = self._cover
        self._cover = widget
        self.shell.cover(widget)
        if before is not None and before is not widget:
            before.deleteLater()

    # -- unlocked ------------------------------------------------------------------------

    def _opened(self, desk: Desk) -> None:
        from leadapp.ui.relocking import take_over

        same = self.desk is not None and self.desk.user == desk.user
        if same and self.desk is not None:
            take_over(self.desk, desk)
        else:
            self.shell.close_all()
            self.desk = desk
        self._files.are_open = True
        self._unlocked_at = self._last_look = self.clock.now()
        self._watch.start()
        here = self.desk

        def job() -> list[Request]:
            from leadapp.services import accounts

            return accounts.requests(here)

        def done(requests: list[Request]) -> None:
            self._enter(requests, same=same)

        self.work.run(Lane.WRITER, job, done, self._show_trouble, owner=self)

    def _enter(self, requests: list[Request], *, same: bool) -> None:
        desk = self.desk
        if desk is None or self._files.closing:
            return
        if not (desk.holding.pages or requests or desk.holding.problems):
            self._to_work(same=same)
            return
        from leadapp.ui.unlock.hall import Hall

        hall = Hall(desk, requests, work=self.work, words=self.words)
        hall.done.connect(lambda: self._to_work(same=same))
        hall.lock_asked.connect(self.lock)
        self._screen = None
        self._cover_with(hall)
        self.shell.idle.start(IDLE_MINUTES * 60)

    def _to_work(self, *, same: bool) -> None:
        desk = self.desk
        if desk is None:
            return
        desk.holding.pages.clear()
        places = self._furnish(desk, same=same)
        cover, self._cover, self._screen = self._cover, None, None
        self.shell.uncover()
        if cover is not None:
            cover.deleteLater()
        self.shell.lock_after(IDLE_MINUTES)
        page = self.shell.current_page()
        if same and page is not None:
            page.on_shown()
        else:
            self.shell.go(places.first())

    def _furnish(self, desk: Desk, *, same: bool) -> Places:
        """Put the places in, once; then show which this person may open."""
        from leadapp.ui.places import Places, person_words

        if self._places is None:
            self._places = Places(self, self)
            same = False
        if not same:
            self._places.welcome(desk)
        self.shell.set_person(desk.name, person_words(desk))
        self.shell.refresh_places()
        return self._places

    # -- locking -------------------------------------------------------------------------

    def lock(self) -> None:
        """Hide everything at once; keep what is typed; then close the files and the keys."""
        if self.desk is None or self.locked:
            return
        self._unlocked_at = None
        self._files.closing = True
        self._watch.stop()
        self._flush()
        self._show_unlock()
        self._files.close(self.desk)

    def look_at_clock(self) -> None:
        """Lock after twelve hours, and when the computer slept with the lid closed."""
        now = self.clock.now()
        last, self._last_look = self._last_look, now
        slept = last is not None and now - last > _SLEPT
        expired = self._unlocked_at is not None and now - self._unlocked_at >= LOGIN_LASTS
        if slept or expired:
            self.lock()

    def _flush(self) -> None:
        """Keep what is being typed: every page with a draft hands it over now."""
        for keeper in self._keepers():
            keeper.flush(lambda: None)

    def _all_kept(self) -> bool:
        return all(keeper.is_safe for keeper in self._keepers())

    def _keepers(self) -> list[Keeper]:
        runner = self._places.sync.runner if self._places is not None else None
        pages = self.shell.findChildren(Page)
        found = [*(getattr(page, "autosave", None) for page in pages), runner]
        return [one for one in found if isinstance(one, Keeper)]

    def forget_program(self) -> None:
        """The folder is empty now and its desk closed: begin as on a new computer."""
        self._watch.stop()
        self._unlocked_at = None
        self._files.are_open = False
        self.desk = None
        self.shell.close_all()
        self._set_up()

    # -- errors and the end --------------------------------------------------------------

    def fail(self, error: LeadappError) -> None:
        """Say what nobody else took. While locked nothing is said: the answer came too late."""
        if self._ended or (self.locked and self.desk is not None):
            return
        if self.shell.covered:
            self._show_trouble(error)
        else:
            self.shell.say(self.words.of(error))

    def end(self) -> None:
        """Let begun work end, then close everything. The window is gone by now."""
        if self._ended:
            return
        self._ended = True
        self._watch.stop()
        QGuiApplication.clipboard().clear()
        self._files.end(self.desk)
        self.desk = None


def _load_pages() -> None:
    """Load the pages' code while somebody types a password."""
    import leadapp.ui.places  # noqa: F401 - its loading is the work
