"""A password for PDFs that go to someone without this program: one paper, or all that wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import Refusal
from leadapp.core.words import Words
from leadapp.services.outbox import Document
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class LockCard(Card):
    """``ask([document])`` or ``ask(all that is ready)``: a password belongs to one receiver, so
    that nobody who was told it opens what is somebody else's.
    """

    wanted = Signal(object, str)
    """The documents, and the password."""
    dropped = Signal()

    def __init__(self, work: Work, words: Words, county: str) -> None:
        super().__init__(tr("A file with a password"))
        self._documents: tuple[Document, ...] = ()
        hint = tr("Tell the password by phone, never in the same mail as the file.")
        self.body.addWidget(Label(hint, role="table", tone="text2", wrap=True))
        self.who = Combo([])
        self.who.changed.connect(lambda _name: self._settle())
        self._who = Field(
            tr("For whom"), self.who, needed=True, hint=tr("Each gets a password of their own")
        )
        self.password = NewPassword(work, words, lambda: (county, self._to()))
        self.body.addLayout(self._narrow(self._who, self.password))
        row = QHBoxLayout()
        drop = Button(tr("Leave it"), small=True, key="Esc")
        self._save = Button("", icon="file-down", role="primary", small=True, key="Ctrl+S")
        drop.clicked.connect(self.dropped.emit)
        self._save.clicked.connect(self.go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(self._save)
        self.body.addLayout(row)

    @staticmethod
    def _narrow(*fields: QWidget) -> QHBoxLayout:
        """Return the fields no wider than what is typed there needs."""
        holder = QWidget()
        holder.setMaximumWidth(theme().px(520))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(theme().tokens.space.field_down))
        for one in fields:
            column.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(holder, 100)
        row.addStretch(1)
        return row

    def ask(self, documents: Sequence[Document]) -> None:
        """Ask anew."""
        self._documents = tuple(documents)
        names = list(dict.fromkeys(one.to.name for one in documents))
        self.who.set_choices([Choice(name, self._said(name)) for name in names])
        self.who.set_value(names[0] if len(names) == 1 else None)
        self._who.setVisible(len(names) > 1)
        self._who.set_error("")
        self.password.forget()
        self._settle()
        self.show()
        first = self.who if len(names) > 1 else self.password
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Go on with the password, if it is a good one."""
        self._who.set_error("" if self._to() else tr("Choose who it is for"))
        if self._to() and not self.password.wrong():
            self.wanted.emit(self._chosen(), self.password.value())

    def say_wrong(self, error: Refusal) -> None:
        """Show what was found against the password, and ask for another."""
        self.password.say(error.problems)
        self.show()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to(self) -> str:
        return self.who.value() or ""

    def _chosen(self) -> tuple[Document, ...]:
        return tuple(one for one in self._documents if one.to.name == self._to())

    def _said(self, name: str) -> str:
        count = sum(one.to.name == name for one in self._documents)
        return name if count == 1 else tr("{name}, {n} papers", name=name, n=count)

    def _settle(self) -> None:
        name, count = self._to(), len(self._chosen())
        if not name:
            title = tr("Papers with a password")
        elif count == 1:
            title = tr("A file with a password, for {to}", to=name)
        else:
            title = tr("{n} files with one password, for {to}", n=count, to=name)
        self.title.setText(title)
        self.setAccessibleName(title)
        one = len(self._documents) == 1
        self._save.set_words(tr("Choose where, and save") if one else tr("Choose a folder, copy"))
        if self._to():
            self._who.set_error("")
