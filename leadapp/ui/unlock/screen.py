"""The unlock screen: who is using this computer, their password, "I agree, unlock".

It asks the services on the crypto lane and tells what came of it by ``opened``. What is
behind it stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp import __version__
from leadapp.core.clock import Clock
from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId, UserId
from leadapp.core.words import Words
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.unlock import asking
from leadapp.ui.unlock.band import Band
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.unlock.entrance import Entrance, Key
from leadapp.ui.unlock.notices import backup_words, usual_notice
from leadapp.ui.unlock.ways_back import ForgottenPanel, LockedPanel
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

if TYPE_CHECKING:
    from leadapp.services.desk import Desk
    from leadapp.services.unlock import People, Person

COLUMN = 460
_LOCKED = frozenset({"vault.locked", "vault.now_locked"})
WhenFree = Callable[[Callable[[], None]], None]


class UnlockScreen(QWidget):
    """``screen.show_people(people, rings)`` once they are known; ``opened`` carries the desk."""

    opened = Signal(object)
    """A ``Desk``: the password was right."""
    blocked = Signal(object)
    """A ``LeadappError`` that has nothing to do with who unlocks: the folder, the files."""
    progressed = Signal(float)
    """Which part of a long opening is done; from the crypto lane."""

    def __init__(
        self,
        root: Path,
        *,
        work: Work,
        words: Words,
        clock: Clock,
        when_free: WhenFree,
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._root, self._work, self._words, self._clock = root, work, words, clock
        self._when_free = when_free
        self._chosen = chosen
        self._people: People | None = None
        self._rings: tuple[RingId, ...] = ()
        self._panel: QWidget | None = None
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Unlock"))
        self.band = Band()
        self.entrance = Entrance(words)
        self._build()
        self.entrance.key_turned.connect(self._unlock)
        self.entrance.forgotten.connect(self._show_forgotten)
        self.entrance.person_chosen.connect(self._person_chosen)
        self.progressed.connect(self._show_progress)

    @property
    def chosen(self) -> str:
        """The user whose tile is chosen, or nothing."""
        return self.entrance.user() or self._chosen

    @property
    def ready(self) -> bool:
        """Whether it is known who is here, and nothing is under way."""
        return self._people is not None and not self.entrance.busy

    def show_people(self, people: People, rings: Sequence[RingId] = ()) -> None:
        """Show the county, the notice and the people of this computer."""
        self._people, self._rings = people, tuple(rings)
        device = people.device
        notice = device.notice or usual_notice(device.county, device.device_class)
        last = datetime.fromisoformat(device.last_backup) if device.last_backup else None
        self.band.show_county(device.county, notice, backup_words(last, self._clock))
        tiles = [Choice(one.user, one.name) for one in people.people if one.name]
        locked = frozenset(str(one.user) for one in people.people if one.locked)
        self.entrance.show_people(tiles, locked, chosen=self._chosen)
        self._person_chosen(self._chosen)
        if self.isVisible() and self._panel is None:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where the next key belongs: mostly the password."""
        (self._panel or self.entrance).setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to where the next key belongs."""
        super().focusInEvent(event)
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the band its part."""
        super().resizeEvent(event)
        self.band.fit(self.width())

    # -- the look ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.band)
        right = QVBoxLayout()
        side = look.px(24)
        right.setContentsMargins(side, look.px(20), side, look.px(16))
        right.setSpacing(look.px(8))
        right.addLayout(self._top())
        scroll = Scroll(margin=6, stretch=False)
        holder = QWidget()
        holder.setMaximumWidth(look.px(COLUMN))
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.entrance)
        scroll.body.addStretch(2)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(holder, 100)
        centred.addStretch(1)
        scroll.body.addLayout(centred)
        scroll.body.addStretch(3)
        right.addWidget(scroll, 1)
        foot = tr(
            "Version {version}. Keyboard: Tab moves, Enter unlocks, F1 lists every key.",
            version=__version__,
        )
        words = Label(foot, role="caption", tone="text2", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right.addWidget(words)
        row.addLayout(right, 1)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addStretch(1)
        self._night = Button(tr("Night"), icon="moon", key="F9", small=True)
        self._night.clicked.connect(theme().toggle_night)
        larger = Button(tr("Larger text"), icon="a-large-small", small=True)
        larger.clicked.connect(lambda: theme().step_text_size(1))
        row.addWidget(self._night)
        row.addWidget(larger)
        self._name_night()
        theme().changed.connect(self._name_night)
        return row

    def _name_night(self) -> None:
        """Say what a press brings: night, or day again."""
        self._night.set_words(tr("Day") if theme().night else tr("Night"))
        self._night.set_icon("sun" if theme().night else "moon")

    # -- unlocking -----------------------------------------------------------------------

    def _unlock(self, key: Key) -> None:
        self.entrance.set_busy(True)
        self._when_free(lambda: self._ask(key))

    def _ask(self, key: Key) -> None:
        def told(part: float) -> None:
            self.progressed.emit(part)

        def job() -> Desk:
            return asking.open_desk(
                self._root,
                user=UserId(key.user) if key.user else None,
                name=key.name,
                password=key.password,
                code=key.code,
                clock=self._clock,
                told=told,
            )

        self._work.run(Lane.CRYPTO, job, self._opened, lambda error: self._refused(error, key))

    def _show_progress(self, part: float) -> None:
        self.entrance.spinner.say(
            tr("Bringing records up to date, {part} %", part=round(part * 100))
        )

    def _opened(self, desk: Desk) -> None:
        self._chosen = desk.user
        self.entrance.set_busy(False)
        self.entrance.forget()
        self.opened.emit(desk)

    def _refused(self, error: LeadappError, key: Key) -> None:
        self.entrance.set_busy(False)
        if error.code in _LOCKED:
            self._ask_about(key)
        elif not self.entrance.refuse(error):
            self.blocked.emit(error)

    # -- a locked account ----------------------------------------------------------------

    def _person_chosen(self, user: str) -> None:
        self._chosen = user
        people = self._people.people if self._people else ()
        person = next((one for one in people if str(one.user) == user), None)
        if person is not None and person.locked:
            self._show_locked(person)
        elif person is not None:
            self.entrance.ask_code(asked=person.second_factor)

    def _ask_about(self, key: Key) -> None:
        """Ask again how it stands with the account, to show the letters for a code."""

        def job() -> Person:
            if key.user:
                people = asking.people_here(self._root, self._clock).people
                found = next((one for one in people if str(one.user) == key.user), None)
                if found is not None:
                    return found
            return asking.person_called(self._root, key.name, self._clock)

        self._work.run(Lane.CRYPTO, job, self._show_locked, owner=self)

    def _show_locked(self, person: Person) -> None:
        panel = LockedPanel(person, self._rings)
        panel.code_typed.connect(
            lambda typed: self._release(
                lambda: asking.release_with_code(self._root, person.user, typed, self._clock),
                page=False,
            )
        )
        panel.page_typed.connect(
            lambda ring, typed: self._release(
                lambda: asking.release_with_page(
                    self._root, person.user, RingId(ring), typed, self._clock
                ),
                page=True,
            )
        )
        self._show_panel(panel)
        announce(self, tr("This account is locked."), at_once=True)

    def _release(self, job: Callable[[], None], *, page: bool) -> None:
        panel = self._panel

        def failed(error: LeadappError) -> None:
            if isinstance(panel, LockedPanel):
                panel.refuse(self._words.of(error), page=page)

        self._work.run(Lane.CRYPTO, job, lambda _: self._released(), failed, owner=self)

    def _released(self) -> None:
        self._let_type(tr("The account is open again. Type its password."))

    def _let_type(self, said: str) -> None:
        """Ask for the password again, once it is known anew who is here.

        Showing the people later would take away what is typed meanwhile.
        """

        def job() -> People:
            return asking.people_here(self._root, self._clock)

        def known(people: People) -> None:
            self.show_people(people, self._rings)
            show()

        def show() -> None:
            self._show_panel(None)
            self.entrance.password.forget()  # the last wrong one
            self.entrance.say_good(said)

        self._work.run(Lane.CRYPTO, job, known, lambda _error: show(), owner=self)

    # -- a forgotten password ------------------------------------------------------------

    def _show_forgotten(self, user: str, name: str) -> None:
        device = self._people.device if self._people else None
        context = (device.county, device.agency, name) if device else (name,)
        panel = ForgottenPanel(self._work, self._words, self._rings, lambda: context)
        panel.left.connect(lambda: self._show_panel(None))
        panel.done.connect(
            lambda password, typed: self._recover(panel, user, name, password, typed)
        )
        self._show_panel(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recover(
        self, panel: ForgottenPanel, user: str, name: str, password: str, typed: dict[RingId, str]
    ) -> None:
        def job() -> None:
            who = UserId(user) if user else asking.person_called(self._root, name, self._clock).user
            asking.recover(self._root, who, password, typed, self._clock)

        def done(_: None) -> None:
            self._let_type(tr("The new password is set. Unlock with it."))

        self._when_free(lambda: self._run_quietly(job, done, panel.refuse))

    def _run_quietly(
        self,
        job: Callable[[], None],
        done: Callable[[None], None],
        failed: Callable[[LeadappError], None],
    ) -> None:
        self._work.run(Lane.CRYPTO, job, done, failed, owner=self)

    def _show_panel(self, panel: QWidget | None) -> None:
        """Show ``panel`` under the names, in place of the password."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        self.entrance.show_password(panel is None)
        if panel is not None:
            self._column.addWidget(panel)
        # The new parts are laid out first; only then can the focus be seen.
        QTimer.singleShot(30, self, self.take_focus)
