"""The questions of set-up: the county and this computer, then the first account."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.journal.rings import DeviceClass
from leadapp.ui.admin.account_form import agency_id
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.note import Note
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.theme import theme
from leadapp.ui.unlock.entering import ENTER, press_focused
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.unlock.notices import usual_notice
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class Step(QWidget):
    """One page of questions; Enter goes to the next one."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(theme().tokens.space.field_down))
        self.column.addWidget(Label(title, role="figure", wrap=True))

    def refuse(self, error: LeadappError) -> bool:
        """Show a refusal at the question it is about; False where there is none for it."""
        del error
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button, and goes on to the next question from anything else."""
        if press_focused(self, event):
            return
        if event.key() in ENTER:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)


class CountyStep(Step):
    """Which county, what this computer is for, and the notice before unlock."""

    join_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("A new program on this computer"))
        self.join = Button(tr("Join with an invitation"), icon="link", small=True)
        self.join.clicked.connect(self.join_wanted.emit)
        title = tr("Has the county a program already?")
        text = tr("Then its coordinator gives you an invitation file.")
        self.column.addWidget(Notice("info", title, text, actions=(self.join,)))
        self.county = Line()
        hint = tr("It stands on every page and report.")
        self.county_field = Field(tr("County"), self.county, needed=True, hint=hint)
        self.column.addWidget(self.county_field)
        self.device = Radios(
            [
                Choice("law", tr("A law agency: patrol cars, the jail, the sheriff\u2019s office")),
                Choice(
                    "office", tr("The program\u2019s office: case managers, coordinators, reports")
                ),
            ]
        )
        what = tr("A law computer never holds care records. This cannot be changed later.")
        self.device_field = Field(tr("This computer is for"), self.device, needed=True, hint=what)
        self.column.addWidget(self.device_field)
        self.agency = Line()
        short = tr(
            "Small letters and digits, like \u201csheriff\u201d. The same on all of its computers."
        )
        self.agency_field = Field(tr("Which agency"), self.agency, needed=True, hint=short)
        self.agency_field.hide()
        self.column.addWidget(self.agency_field)
        self.names_shown = NamesShown()
        self.column.addWidget(self.names_shown)
        self.notice = Note(rows=5, most_rows=10)
        legal = tr("Everyone agrees to it by unlocking. Have counsel read it.")
        self.column.addWidget(Field(tr("Notice before unlock"), self.notice, hint=legal))
        self._usual = ""
        self.county.textChanged.connect(lambda _text: self._settle_notice())
        self.device.changed.connect(lambda _name: self._device_chosen())
        self._settle_notice()
        self.setFocusProxy(self.county)

    def device_class(self) -> DeviceClass:
        """Return what this computer is for."""
        return "law" if self.device.value() == "law" else "office"

    def agency_id(self) -> str:
        """Return the agency's short name, "" for the office."""
        return agency_id(self.agency.text()) if self.device_class() == "law" else ""

    def right(self) -> bool:
        """Return whether everything needed is there; show what is not."""
        law = self.device.value() == "law"
        missing = [
            (self.county_field, bool(tidy(self.county.text())), tr("Type the county\u2019s name.")),
            (self.device_field, self.device.value() is not None, tr("Choose one.")),
            (self.agency_field, not law or bool(self.agency_id()), tr("Type its short name.")),
        ]
        return show_missing(missing)

    def _device_chosen(self) -> None:
        self.agency_field.setVisible(self.device.value() == "law")
        self._settle_notice()

    def _settle_notice(self) -> None:
        """Put the usual notice in, until somebody writes their own."""
        if self.notice.value() != self._usual:
            return
        county = tidy(self.county.text()) or tr("the county")
        self._usual = usual_notice(county, self.device.value() or "office")
        self.notice.set_value(self._usual)


class NamesShown(Field):
    """Whether the unlock screen names the people of this computer."""

    def __init__(self) -> None:
        self._yes = Segments(yes_no())
        self._yes.set_value("yes")
        self._yes.setMaximumWidth(theme().px(260))
        hint = tr("On a computer that strangers can see, say no: people then type their name.")
        super().__init__(tr("Show names before unlock"), self._yes, hint=hint)

    def value(self) -> bool:
        """Return what was chosen."""
        return self._yes.value() != "no"


class AccountStep(Step):
    """The account of who sits here: a name and a password. More questions may follow."""

    def __init__(
        self, title: str, work: Work, words: Words, guessable: Callable[[], Iterable[str]]
    ) -> None:
        super().__init__(title)
        self.name = Line()
        self.name_field = Field(tr("Your name"), self.name, needed=True)
        self.password = NewPassword(work, words, lambda: (*guessable(), self.name.text()))
        self.setFocusProxy(self.name)

    def right(self) -> bool:
        """Return whether everything needed is there; show what is not."""
        named = [(self.name_field, bool(tidy(self.name.text())), tr("Type your name."))]
        if not show_missing(named):
            return False
        if self.password.wrong():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def refuse(self, error: LeadappError) -> bool:
        """Show what speaks against the password."""
        if not (isinstance(error, Refusal) and error.problems):
            return False
        self.password.say(error.problems)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class PersonStep(AccountStep):
    """Who sets up: the administrator's name and password."""

    def __init__(self, work: Work, words: Words, county: CountyStep) -> None:
        super().__init__(
            tr("You, the administrator"), work, words,
            lambda: (county.county.text(), county.agency.text()),
        )  # fmt: skip
        text = tr(
            "An administrator makes accounts, backups and settings, and opens no records. If you"
            " also work with records, you get a second account for that in the last step."
        )
        for widget in (Label(text, wrap=True), self.name_field, self.password):
            self.column.addWidget(widget)


def show_missing(asked: list[tuple[Field, bool, str]]) -> bool:
    """Show the words at each question not answered, and go to the first of them."""
    for field, good, words in asked:
        field.set_error("" if good else words)
    first = next((field for field, good, _ in asked if not good), None)
    if first is not None:
        first.focus_control()
    return first is None
