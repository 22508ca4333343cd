"""The questions for a new account: name, roles, agency, first password."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.text import fold, tidy
from leadapp.core.words import Words
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.line import Line
from leadapp.ui.role_words import role_words
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_OFFICE_FIRST = (
    Role.CASE_MANAGER, Role.COORDINATOR, Role.STOCK_MANAGER, Role.REPORT_CLERK,
    Role.ADMINISTRATOR, Role.AUDITOR, Role.DEPUTY, Role.LAW_SUPERVISOR,
)  # fmt: skip
_LAW_FIRST = (Role.DEPUTY, Role.LAW_SUPERVISOR, Role.ADMINISTRATOR)
_ABOUT_NAME = frozenset(
    {"vault.name_taken", "vault.user_exists", "services.name_needed", "core.name_too_long"}
)
_ABOUT_AGENCY = frozenset({"services.agency_needed", "services.agency_id"})


@dataclass(frozen=True, slots=True)
class AccountWish:
    """What was typed."""

    name: str
    title: str
    roles: frozenset[Role]
    agency: str
    password: str = field(repr=False)


class AccountForm(QWidget):
    """``wish()`` is ``None`` while something is missing, and says what."""

    def __init__(
        self,
        work: Work,
        words: Words,
        *,
        device_class: str,
        agency: str,
        county: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._home_agency = words, agency
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = FormGrid()
        column.addWidget(self._grid)
        self.name, self.title = Line(), Line()
        hint = tr("As others know them. The unlock screen may show it.")
        self.name_field = Field(tr("Name"), self.name, needed=True, hint=hint)
        self._grid.add(self.name_field, 6)
        told = tr("Like \u201cUnit 14\u201d. It is shown beside the name.")
        self._grid.add(Field(tr("Title"), self.title, optional=True, hint=told), 6)
        order = _LAW_FIRST if device_class == "law" else _OFFICE_FIRST
        self.roles = Chips([Choice(role, role_words(role)) for role in order])
        self.roles.changed.connect(lambda _names: self._settle_agency())
        self.roles_field = Field(tr("Roles"), self.roles, needed=True)
        self._grid.add(self.roles_field)
        self.agency = Line()
        self.agency.set_value(agency)
        short = tr(
            "Small letters and digits, like \u201csheriff\u201d. It is the same on every computer."
        )
        self.agency_field = Field(tr("Law agency"), self.agency, needed=True, hint=short)
        self._grid.add(self.agency_field, 6)
        self.password = NewPassword(
            work, words, lambda: (county, self.agency.text(), self.name.text()),
            label=tr("First password"),
        )  # fmt: skip
        self._grid.add(self.password)
        self._settle_agency()
        self.setFocusProxy(self.name)

    def wish(self) -> AccountWish | None:
        """Return what was typed, or show what is missing and put the focus there."""
        roles = frozenset(Role(name) for name in self.roles.value())
        name, agency = tidy(self.name.text()), agency_id(self.agency.text())
        law = bool(roles & LAW_ROLES)
        missing = [
            (self.name_field, "" if name else tr("Type the name.")),
            (self.roles_field, "" if roles else tr("Choose one role or more.")),
            (
                self.agency_field,
                tr("Type the agency\u2019s short name.") if law and not agency else "",
            ),
        ]
        for one, words in missing:
            one.set_error(words)
        for one, words in missing:
            if words:
                one.focus_control()
                return None
        if self.password.wrong():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return AccountWish(
            name, tidy(self.title.text()), roles, agency if law else "", self.password.value()
        )

    def refuse(self, error: LeadappError) -> bool:
        """Show what the program refused at its question; False when it belongs to none."""
        words = self._words.of(error)
        if isinstance(error, Refusal) and error.problems:
            self.password.say(error.problems)
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        elif error.code in _ABOUT_NAME:
            self.name_field.set_error(words)
            self.name_field.focus_control()
        elif error.code in _ABOUT_AGENCY:
            self.agency_field.set_error(words)
            self.agency_field.focus_control()
        else:
            return False
        return True

    def forget(self) -> None:
        """Empty everything for the next person."""
        self.name.clear()
        self.title.clear()
        self.roles.set_value([])
        self.agency.set_value(self._home_agency)
        self.password.forget()
        for one in (self.name_field, self.roles_field, self.agency_field):
            one.set_error("")
        self._settle_agency()

    def _settle_agency(self) -> None:
        """Ask for the agency only of those who belong to one."""
        law = bool({Role(name) for name in self.roles.value()} & LAW_ROLES)
        if self.agency_field.isHidden() is law:
            self.agency_field.setVisible(law)
            self._grid.relay()


def agency_id(typed: str) -> str:
    """Return an agency's short name as rings use it: small letters and digits.

    >>> agency_id("Sheriff's Office")
    'sheriffsoffice'
    """
    return "".join(letter for letter in fold(typed) if letter.isascii() and letter.isalnum())
