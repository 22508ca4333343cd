"""The right-hand column: a tile or a name, a password, a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.unlock.spinner import Spinner
from leadapp.ui.unlock.tiles import Tiles
from leadapp.ui.words import tr

MOST_TILES = 12
_ABOUT_PASSWORD = frozenset({"vault.wrong_password"})
_ABOUT_CODE = frozenset({"vault.code_needed", "vault.wrong_code"})
_ABOUT_NAME = frozenset({"vault.no_such_user", "services.no_such_name", "services.account_removed"})


@dataclass(frozen=True, slots=True)
class Key:
    """What was typed to get in. ``user`` is a chosen tile's, ``name`` a typed one."""

    user: str
    name: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


class Entrance(QWidget):
    """``key_turned`` carries a ``Key``; ``refuse(error)`` says what was wrong with it."""

    key_turned = Signal(object)
    person_chosen = Signal(str)
    forgotten = Signal(str, str)
    """The user chosen and the name, for whom a new password is wanted."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._busy = False
        self._names: dict[str, str] = {}
        self.tiles: Tiles | None = None
        self._start: QWidget = self
        look = theme()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(12))
        self._column.addWidget(Label(tr("Unlock"), role="figure"))
        self._who = QVBoxLayout()
        self._who.setSpacing(look.px(4))
        self._who_label = Label(tr("Who is using this computer?"), role="label")
        self._who.addWidget(self._who_label)
        self.name = Line()
        self._name_field = Field(tr("Your name"), self.name)
        self._who.addWidget(self._name_field)
        self._column.addLayout(self._who)
        self._build_password()
        self.setTabOrder(self.name, self.password)
        self._name_field.hide()
        self._who_label.hide()
        self.show_password(True)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._busy

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on. (With a focus proxy Tab would go round in a part of this.)"""
        super().focusInEvent(event)
        if self._start is not self:
            self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def user(self) -> str:
        """Return the user whose tile is chosen."""
        return (self.tiles.value() or "") if self.tiles is not None else ""

    def show_people(
        self, people: Sequence[Choice], locked: frozenset[str], *, chosen: str = ""
    ) -> None:
        """Show tiles, or a box for the name where the county hides names or they are many."""
        if self.tiles is not None:
            self.tiles.hide()
            self.tiles.deleteLater()
            self.tiles = None
        self._names = {one.name: one.label for one in people}
        shown = 0 < len(people) <= MOST_TILES
        self._name_field.setVisible(not shown)
        self._who_label.setVisible(shown)
        if shown:
            self._show_tiles(people, locked, chosen)
        elif chosen in self._names:
            self.name.set_value(self._names[chosen])
        self._settle_focus()

    def refuse(self, error: LeadappError) -> bool:
        """Say what was wrong; False when it is about something else than the person."""
        words = self._words.of(error)
        if error.code in _ABOUT_PASSWORD:
            self._password_field.set_error(words)
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        elif error.code in _ABOUT_CODE:
            self.ask_code(asked=True)
            self._code_field.set_error("" if error.code == "vault.code_needed" else words)
            self.code.clear()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        elif error.code in _ABOUT_NAME:
            self._show_notice("err", words)
            (self.tiles or self.name).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        announce(self, words, at_once=True)
        return True

    def ask_code(self, *, asked: bool) -> None:
        """Show the box for the six digits, or not."""
        self._code_field.setVisible(asked)
        if not asked:
            self.code.clear()

    def say_good(self, words: str) -> None:
        """Say that something went well."""
        self._show_notice("ok", words)

    def set_busy(self, busy: bool) -> None:
        """Wait for the answer: nothing can be typed meanwhile, and after a moment it shows."""
        self._busy = busy
        self.unlock_button.setEnabled(not busy)
        self.password.setReadOnly(busy)
        if busy:
            self.spinner.start(tr("Opening"))
        else:
            self.spinner.stop()

    def forget(self) -> None:
        """Empty what was typed and all that was said about it."""
        self.password.forget()
        self.code.clear()
        self._password_field.set_error("")
        self._code_field.set_error("")
        self._notice.hide()

    def show_password(self, shown: bool) -> None:
        """Show the password and its button, or give their room to something else."""
        self._below.setVisible(shown)
        self._settle_focus()

    # -- making --------------------------------------------------------------------------

    def _build_password(self) -> None:
        look = theme()
        self._below = QWidget()
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(12))
        self._notice = Notice("ok", "")
        self._notice.hide()
        column.addWidget(self._notice)
        self.password = PasswordBox()
        self._password_field = Field(tr("Password"), self.password)
        self.password.caps_changed.connect(self._caps_changed)
        self.password.textEdited.connect(lambda _text: self._password_field.set_error(""))
        self.password.returnPressed.connect(self._turn)
        column.addWidget(self._password_field)
        self.code = Line()
        self.code.returnPressed.connect(self._turn)
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        hint = tr("The six digits from your authenticator app")
        self._code_field = Field(tr("Code"), self.code, hint=hint)
        self._code_field.hide()
        column.addWidget(self._code_field)
        self.unlock_button = Button(
            tr("I agree, unlock"), icon="lock-open", role="primary", key="Enter"
        )
        self.unlock_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.unlock_button.setMinimumHeight(look.px(42))
        self.unlock_button.clicked.connect(self._turn)
        column.addWidget(self.unlock_button)
        column.addLayout(self._last_row())
        self._column.addWidget(self._below)

    def _last_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._help = Button(tr("Forgot the password"), icon="key-round", role="quiet", small=True)
        self._help.clicked.connect(self._ask_forgotten)
        self.spinner = Spinner()
        row.addWidget(self._help)
        row.addWidget(self.spinner, 1)
        return row

    def _show_tiles(self, people: Sequence[Choice], locked: frozenset[str], chosen: str) -> None:
        self.tiles = Tiles(people, locked)
        self.tiles.set_question(tr("Who is using this computer?"))
        known = {one.name for one in people}
        first = chosen if chosen in known else people[0].name if len(people) == 1 else None
        self.tiles.set_value(first)
        self.tiles.changed.connect(self._tile_changed)
        for button in self.tiles.buttons:
            button.clicked.connect(lambda _on=False: self._settle_focus(now=True))
        self._who.addWidget(self.tiles)
        order = [self.tiles.buttons[-1], self.password, self.code, self.unlock_button, self._help]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # -- what happens --------------------------------------------------------------------

    def _tile_changed(self, _user: object) -> None:
        self.forget()
        self.ask_code(asked=False)
        self.person_chosen.emit(self.user())

    def _settle_focus(self, *, now: bool = False) -> None:
        """Let the focus start in the password, or in who it is when that is not known."""
        unknown = self.tiles is not None and not self.user()
        nameless = self.tiles is None and not self._name_field.isHidden() and not self.name.text()
        start: QWidget = self.password
        if unknown and self.tiles is not None:
            start = self.tiles
        elif nameless:
            start = self.name
        self._start = start
        if now:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        if self._busy:
            return
        if self.tiles is not None and not self.user():
            self._show_notice("warn", tr("Choose your name first."))
            self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name = self.name.text().strip()
        if self.tiles is None and not name:
            self._name_field.set_error(tr("Type your name first."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.password.text():
            self._password_field.set_error(tr("Type your password."))
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._name_field.set_error("")
        self._notice.hide()
        key = Key(
            self.user(), self._names.get(self.user(), name), self.password.text(), self.code.text()
        )
        if self._code_field.isHidden() or not self.code.text():
            # Where a code is asked for next, the password is sent again with it.
            self.password.selectAll()
        self.key_turned.emit(key)

    def _ask_forgotten(self) -> None:
        name = self._names.get(self.user(), self.name.text().strip())
        if not name:
            self._turn()
            return
        self.forgotten.emit(self.user(), name)

    def _caps_changed(self, on: bool) -> None:
        self._password_field.set_warning(tr("Caps Lock is on") if on else "")
        if on:
            announce(self, tr("Caps Lock is on"))

    def _show_notice(self, kind: str, words: str) -> None:
        self._notice.say("err" if kind == "err" else "warn" if kind == "warn" else "ok", words)
        self._notice.show()
