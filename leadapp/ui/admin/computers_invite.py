"""The invitation for one new computer: what it is for, and where its file goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.ui.admin.account_form import agency_id
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.radios import Radios
from leadapp.ui.words import tr

INVITATION = "leadapp-invitation.json"


class InvitePanel(Card):
    """``wanted`` carries class, agency, path and whose further computer it is ("" for a new person)."""

    wanted = Signal(str, str, object, str)

    def __init__(
        self,
        words: Words,
        people: Sequence[Choice],
        agencies: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Invite a computer"), parent=parent)
        self._words, self._agencies = words, frozenset(agencies)
        self.device = Radios(
            [
                Choice("law", tr("A law agency: patrol cars, the jail")),
                Choice("office", tr("The program\u2019s office")),
            ]
        )
        what = tr("It cannot be changed later. A law computer never holds care records.")
        self.device_field = Field(
            tr("The new computer is for"), self.device, needed=True, hint=what
        )
        self.body.addWidget(self.device_field)
        self.agency = Line()
        short = tr("Small letters and digits, like \u201csheriff\u201d")
        self.agency_field = Field(tr("Which agency"), self.agency, needed=True, hint=short)
        self.agency_field.hide()
        self.agency.textChanged.connect(self._say_agency)
        self.body.addWidget(self.agency_field)
        self.whose = Combo([Choice("", tr("A new person")), *people])
        self.whose.set_value("")
        further = tr("Somebody with a second computer, or with a new one after a loss, stays one.")
        self.body.addWidget(Field(tr("Who will use it"), self.whose, hint=further))
        self.file = FileLine(
            "save", tr("Save the invitation"), kinds="JSON (*.json)", suggested=INVITATION
        )
        told = tr("A stick, or a folder from which you mail it. It is not secret.")
        self.file_field = Field(tr("Save the invitation as"), self.file, needed=True, hint=told)
        self.body.addWidget(self.file_field)
        self.write = Button(
            tr("Write the invitation"), icon="file-down", role="primary", key="Ctrl+S"
        )
        self.write.clicked.connect(self.send)
        self.body.addWidget(self.write)
        self.device.changed.connect(
            lambda _name: self.agency_field.setVisible(self.device.value() == "law")
        )
        self.setFocusProxy(self.device)

    def send(self) -> None:
        """Ask for the file, or say what is missing."""
        law = self.device.value() == "law"
        agency, path = agency_id(self.agency.text()), self.file.value()
        missing = [
            (self.device_field, bool(self.device.value()), tr("Choose one.")),
            (self.agency_field, not law or bool(agency), tr("Type its short name.")),
            (self.file_field, path is not None, tr("Say where it goes.")),
        ]
        for field, good, said in missing:
            field.set_error("" if good else said)
        first = next((field for field, good, _ in missing if not good), None)
        if first is not None:
            first.focus_control()
            return
        if path is not None and path.is_dir():
            path = path / INVITATION
        whose = self.whose.value() or ""
        self.wanted.emit(self.device.value(), agency if law else "", path, whose)

    def _say_agency(self, typed: str) -> None:
        """Say how the name is written, and that a mistyped one would be an agency of its own."""
        agency = agency_id(typed)
        if not agency or agency in self._agencies:
            self.agency_field.set_echo("")
        else:
            self.agency_field.set_echo(
                tr("New here: \u201c{agency}\u201d", agency=agency), tone="warn"
            )

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused."""
        self.file_field.set_error(self._words.of(error))
        self.file_field.focus_control()


class InvitedPanel(Card):
    """The file is there: what to do with it."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(tr("The invitation is written"), parent=parent)
        self.body.addWidget(Notice("ok", path.name, str(path.parent)))
        for number, said in enumerate(
            (
                tr("Take the file to the new computer: by stick or by mail."),
                tr("Start the program there and choose \u201cJoin with an invitation\u201d."),
                tr("It shows six words and writes a request. Have both: the words by voice."),
                tr("Come back here and choose \u201cApprove a request\u201d."),
            ),
            start=1,
        ):
            self.body.addWidget(Label(f"{number}. {said}", wrap=True))
