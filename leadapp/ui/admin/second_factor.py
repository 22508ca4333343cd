"""Six digits from a phone beside one's own password: asked for from now on, or no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.words import tr

_GROUP = 4


class Do(Protocol):
    """Writes off this thread: a job, what follows it, and what follows a refusal."""

    def __call__(
        self,
        job: Callable[[], None],
        done: Callable[[None], None],
        failed: Callable[[LeadappError], None],
        /,
    ) -> None:
        """Do it."""
        ...


class SecondFactorCard(Card):
    """``SecondFactorCard(desk, words, do, say)``; nothing is changed before digits have fitted."""

    changed = Signal()
    """The digits are asked for from now on, or no longer."""

    def __init__(self, desk: Desk, words: Words, do: Do, say: Callable[..., None]) -> None:
        super().__init__(tr("Digits from a phone"))
        self._desk, self._words, self._do, self._say = desk, words, do, say
        self._secret = ""
        self._about = Label("", wrap=True)
        self.begin = Button(tr("Set up a phone"), icon="phone")
        self.begin.clicked.connect(self._begin)
        self.key = Label("", bold=True, wrap=True)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.key.setAccessibleName(tr("Key for the app"))
        self.digits = Line(placeholder=tr("Six digits"))
        self._digits_field = Field(tr("What the app shows now"), self.digits, needed=True)
        self.password = PasswordBox()
        self._password_field = Field(tr("Password now"), self.password, needed=True)
        self.use = Button(tr("Ask for the digits from now on"), icon="check")
        self.use.clicked.connect(self._use)
        self.drop = Button(tr("Ask for the password alone again"), icon="x")
        self.drop.clicked.connect(self._drop)
        for one in self._parts():
            self.body.addWidget(one)
        self.show_state()

    def show_state(self) -> None:
        """Show what holds now, with every box empty."""
        on = accounts.has_second_factor(self._desk)
        self._secret = ""
        self.key.setText("")
        self._about.setText(
            tr("At each unlock you are asked for six digits from your phone.")
            if on
            else tr(
                "An app on a phone shows six digits that change every 30 seconds. With them a"
                " password of 8 letters is long enough. The phone needs no connection."
            )
        )
        self._empty()
        self._show(
            {self._about, self._password_field, self.drop} if on else {self._about, self.begin}
        )

    def leave(self) -> bool:
        """Forget what was typed and a key not yet used; return whether there was anything."""
        busy = bool(self.password.text() or self._secret)
        self.show_state()
        return busy

    def _empty(self) -> None:
        self.password.forget()
        self.digits.set_value("")
        self._password_field.set_error("")
        self._digits_field.set_error("")

    def _begin(self) -> None:
        self._secret, _ = accounts.new_second_factor(self._desk)
        groups = [self._secret[at : at + _GROUP] for at in range(0, len(self._secret), _GROUP)]
        self.key.setText(" ".join(groups))
        self._about.setText(
            tr(
                "Add an account in the app, choose to type a key, and type this one. It is shown once."
            )
        )
        fields = (self._digits_field, self._password_field)
        self._show({self._about, self.key, *fields, self.use})
        self.digits.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use(self) -> None:
        if not self._typed(self._digits_field, self.digits, tr("Type the six digits.")):
            return
        if not self._has_password():
            return
        password, digits, secret = self.password.text(), self.digits.text().strip(), self._secret
        self._do(
            lambda: accounts.use_second_factor(self._desk, password, secret, digits),
            lambda _none: self._done(tr("The digits are asked for from the next unlock on.")),
            self._refused,
        )

    def _drop(self) -> None:
        if not self._has_password():
            return
        password = self.password.text()
        self._do(
            lambda: accounts.drop_second_factor(self._desk, password),
            lambda _none: self._done(tr("The password alone is asked for again.")),
            self._refused,
        )

    def _has_password(self) -> bool:
        needed = tr("Type the password you have now.")
        return self._typed(self._password_field, self.password, needed)

    def _typed(self, field: Field, box: Line, needed: str) -> bool:
        field.set_error("" if box.text() else needed)
        if not box.text():
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(box.text())

    def _done(self, words: str) -> None:
        self._say(words)
        self.show_state()
        self.changed.emit()

    def _refused(self, error: LeadappError) -> None:
        problems = getattr(error, "problems", ())
        said = " ".join(map(self._words.of, problems)) or self._words.of(error)
        of_digits = error.code == "vault.code_does_not_fit"
        self._digits_field.set_error(said if of_digits else "")
        self._password_field.set_error("" if of_digits else said)
        box = self.digits if of_digits else self.password
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.selectAll()

    def _show(self, shown: set[QWidget]) -> None:
        for one in self._parts():
            one.setVisible(one in shown)

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self._about, self.begin, self.key, self._digits_field, self._password_field, self.use,
            self.drop,
        )  # fmt: skip
