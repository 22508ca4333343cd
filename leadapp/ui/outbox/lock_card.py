"""A password for a PDF that goes to someone without this program."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.core.words import Words
from leadapp.services.outbox import Document
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class LockCard(Card):
    """``ask(document)``; ``wanted`` brings the document and the password."""

    wanted = Signal(object, str)
    dropped = Signal()

    def __init__(self, work: Work, words: Words, county: str) -> None:
        super().__init__(tr("A file with a password"))
        self._document: Document | None = None
        hint = tr("Tell the password by phone, never in the same mail as the file.")
        self.body.addWidget(Label(hint, role="table", tone="text2", wrap=True))
        self.password = NewPassword(work, words, lambda: (county, self._to()))
        self.body.addWidget(self.password)
        row = QHBoxLayout()
        drop = Button(tr("Leave it"), small=True, key="Esc")
        save = Button(
            tr("Choose where, and save"), icon="file-down", role="primary", small=True, key="Ctrl+S"
        )
        drop.clicked.connect(self.dropped.emit)
        save.clicked.connect(self.go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(save)
        self.body.addLayout(row)

    def ask(self, document: Document) -> None:
        """Ask anew."""
        self._document = document
        self.title.setText(tr("A file with a password, for {to}", to=document.to.name))
        self.password.forget()
        self.show()
        self.password.setFocus()

    def go(self) -> None:
        """Go on with the password, if it is a good one."""
        if self._document is not None and not self.password.wrong():
            self.wanted.emit(self._document, self.password.value())

    def _to(self) -> str:
        return self._document.to.name if self._document is not None else ""
