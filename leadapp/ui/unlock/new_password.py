"""A new password, typed twice, with the rules in view and what is wrong said while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.ui.kit.field import Field
from leadapp.ui.theme import theme
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

_PAUSE_MS = 200
Context = Callable[[], Sequence[str]]


class NewPassword(QWidget):
    """``context`` gives the names a guesser would try: county, agency, person.

    ``second_factor`` says whether digits are asked for beside it: then it may be shorter.
    """

    changed = Signal()
    """What is wrong, or whether anything is, may be another."""

    def __init__(
        self,
        work: Work,
        words: Words,
        context: Context,
        *,
        label: str = "",
        second_factor: Callable[[], bool] = lambda: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._second_factor = second_factor
        self._work, self._words, self._context = work, words, context
        self._problems: tuple[str, ...] = ()
        self._ticket: Ticket | None = None
        self._checked = ""
        self.first, self.again = PasswordBox(), PasswordBox()
        self.field = Field(label or tr("Password"), self.first, needed=True, hint=self._length())
        self.again_field = Field(tr("Password again"), self.again, needed=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(theme().tokens.space.field_down))
        column.addWidget(self.field)
        column.addWidget(self.again_field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self.first.textChanged.connect(lambda _text: self._pause.start())
        self.first.editingFinished.connect(self._check)
        self.again.editingFinished.connect(self._check_again)
        for box, field in ((self.first, self.field), (self.again, self.again_field)):
            box.caps_changed.connect(
                lambda on, field=field: field.set_warning(tr("Caps Lock is on") if on else "")
            )
        self.setFocusProxy(self.first)

    def _length(self) -> str:
        if self._second_factor():
            return tr("8 letters or more, since digits from a phone are asked for too.")
        return tr("15 letters or more. Four or five words in a row are easy to remember.")

    def value(self) -> str:
        """Return the password as typed."""
        return self.first.text()

    def wrong(self) -> str:
        """Return what is to be mended before going on, and show it; nothing when it is good."""
        if not self.first.text():
            self.field.set_error(
                tr("Type a password of 8 letters or more.")
                if self._second_factor()
                else tr("Type a password of 15 letters or more.")
            )
            return self.field.error
        if self._problems and self._checked == self.first.text():
            self.field.set_error(" ".join(self._problems))
            return self.field.error
        if self.again.text() != self.first.text():
            self.again_field.set_error(tr("The two are not the same. Type it again."))
            return self.again_field.error
        self.again_field.set_error("")
        return ""

    def say(self, problems: Sequence[Problem]) -> None:
        """Show what the program found wrong with it."""
        self._problems = tuple(self._words.of(problem) for problem in problems)
        self.field.set_error(" ".join(self._problems))

    def forget(self) -> None:
        """Empty both boxes."""
        self.first.forget()
        self.again.forget()
        self._problems = ()
        self._checked = ""
        self.field.set_hint(self._length())
        self.field.set_error("")
        self.again_field.set_error("")
        self.field.set_echo("")

    def _check(self) -> None:
        typed = self.first.text()
        if not typed or typed == self._checked:
            return
        if self._ticket is not None:
            self._ticket.drop()
        context, second_factor = tuple(self._context()), self._second_factor()

        def job() -> list[Problem]:
            from leadapp.services import county  # loaded on its lane, after the first paint

            return county.password_problems(typed, context, second_factor=second_factor)

        self._ticket = self._work.run(
            Lane.CRYPTO, job, lambda found: self._found(typed, found), owner=self
        )

    def _found(self, typed: str, found: Sequence[Problem]) -> None:
        if typed != self.first.text():
            return
        self._checked = typed
        self.say(found)
        self.field.set_echo(tr("Good") if not found else "")
        self.changed.emit()

    def _check_again(self) -> None:
        same = not self.again.text() or self.again.text() == self.first.text()
        wrong = tr("The two are not the same. Type it again.")
        self.again_field.set_error("" if same else wrong)
