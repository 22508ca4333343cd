"""The first people, and the county's decision about law records on an office computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.ui.admin.account_form import AccountForm, AccountWish
from leadapp.ui.admin.law_grant import LawGrant
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.role_words import roles_words
from leadapp.ui.setup.steps import Step
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work

if TYPE_CHECKING:
    from leadapp.services.accounts import Account


class PeopleStep(Step):
    """``add_wanted`` carries an ``AccountWish``; ``law_wanted`` an agency and a user."""

    add_wanted = Signal(object)
    law_wanted = Signal(str, str)

    def __init__(
        self, work: Work, words: Words, *, device_class: str, agency: str, county: str
    ) -> None:
        super().__init__(tr("Who works on this computer"))
        text = tr(
            "Add the people who use this computer. Give each one their first password; they change"
            " it themselves under Admin. More can be added at any time."
        )
        self.column.addWidget(Label(text, wrap=True))
        self.notice = Notice("ok", "")
        self.notice.hide()
        self.column.addWidget(self.notice)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme().px(4))
        self.column.addLayout(self._list)
        card = Card(tr("Add a person"))
        self.form = AccountForm(
            work, words, device_class=device_class, agency=agency, county=county
        )
        card.body.addWidget(self.form)
        self.add = Button(tr("Add this person"), icon="user-plus")
        self.add.clicked.connect(self._add)
        card.body.addWidget(self.add)
        self.column.addWidget(card)
        self.law: LawGrant | None = None
        if device_class == "office":
            self.law = LawGrant()
            self.law.wanted.connect(self.law_wanted.emit)
            self.column.addWidget(self.law)
        self.setFocusProxy(self.form)

    def show_people(self, found: Sequence[Account]) -> None:
        """Show who has an account by now."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for one in found:
            line = tr("{name}: {roles}", name=one.name, roles=roles_words(one.roles))
            self._list.addWidget(_Line(line))
        if self.law is not None:
            self.law.show_people(found)

    def added(self, wish: AccountWish) -> None:
        """Say that an account was made, and be ready for the next."""
        self.notice.say("ok", tr("{name} was added.", name=wish.name))
        self.notice.show()
        self.form.forget()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, words: str) -> None:
        """Say what was refused."""
        self.notice.say("err", words)
        self.notice.show()

    def _add(self) -> None:
        wish = self.form.wish()
        if wish is not None:
            self.add_wanted.emit(wish)


class _Line(QWidget):
    """One person who has an account."""

    def __init__(self, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(words, bold=True, wrap=True))
