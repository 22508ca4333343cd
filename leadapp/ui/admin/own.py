"""One's own password, and digits from a phone beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.words import Words
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.ui.admin.second_factor import SecondFactorCard
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_WIDE = 560


class OwnSection(Section):
    """The password of who sits here; it holds for this computer."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("My password"), desk, work, words, say)
        card = Card(tr("Change my password on this computer"))
        self.old = PasswordBox()
        self.old_field = Field(tr("Password now"), self.old, needed=True)
        card.body.addWidget(self.old_field)
        self.new = NewPassword(
            work,
            words,
            lambda: (desk.device.county, desk.agency, desk.name),
            label=tr("New password"),
            second_factor=lambda: accounts.has_second_factor(desk),
        )
        card.body.addWidget(self.new)
        change = Button(tr("Change password"), icon="key-round", role="primary", key="Ctrl+S")
        change.clicked.connect(self.main_action)
        card.body.addWidget(change)
        self.put(card, _WIDE)
        self.phone = SecondFactorCard(desk, words, self.do, say)
        self.phone.changed.connect(self.new.forget)
        self.put(self.phone, _WIDE)
        self.column.addStretch(1)

    def main_action(self) -> None:
        """Change it."""
        self.old_field.set_error("" if self.old.text() else tr("Type the password you have now."))
        if not self.old.text():
            self.old.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.new.wrong():
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        old, new = self.old.text(), self.new.value()
        self.do(
            lambda: accounts.change_password(self.desk, old, new), lambda _: self._changed(),
            self._refused,
        )  # fmt: skip

    def leave(self) -> bool:
        """Empty the boxes."""
        typed = bool(self.old.text() or self.new.value())
        self._empty()
        return self.phone.leave() or typed

    def _changed(self) -> None:
        self._empty()
        self.say(tr("The password was changed. Use it from the next unlock on."))

    def _empty(self) -> None:
        self.old.forget()
        self.old_field.set_error("")
        self.new.forget()

    def _refused(self, error: LeadappError) -> None:
        if isinstance(error, Refusal) and error.problems:
            self.new.say(error.problems)
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.old_field.set_error(self.words.of(error))
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)
