"""The county's decision that a coordinator opens an agency's law records on an office computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leadapp.staff.roles import Role
from leadapp.ui.admin.account_form import agency_id
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr

if TYPE_CHECKING:
    from leadapp.services.accounts import Account


class LawGrant(Card):
    """``wanted`` carries the agency's short name and the coordinator's user id."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Law records on this office computer"), parent=parent)
        text = tr(
            "Only if the county decided so. This computer then holds the agency\u2019s crisis contacts,"
            " and the coordinator named here opens them."
        )
        self.body.addWidget(Label(text, wrap=True))
        self._nobody = Label(
            tr("Nobody here is a coordinator yet. Add one first."), tone="text2", wrap=True
        )
        self.body.addWidget(self._nobody)
        self._grid = FormGrid()
        self.agency = Line()
        self.agency_field = Field(
            tr("Law agency"), self.agency, hint=tr("Like \u201csheriff\u201d")
        )
        self._grid.add(self.agency_field, 6)
        self.who = Combo([], filter_by_typing=False)
        self.who_field = Field(tr("Coordinator"), self.who, hint=tr("Who opens them"))
        self._grid.add(self.who_field, 6)
        self.body.addWidget(self._grid)
        self.allow = Button(tr("Allow it"), icon="gavel")
        self.allow.clicked.connect(self._allow)
        self.body.addWidget(self.allow)
        self.show_people(())

    def show_people(self, found: Sequence[Account]) -> None:
        """Offer the coordinators among them."""
        able = [one for one in found if one.active and Role.COORDINATOR in one.roles]
        self.who.set_choices([Choice(one.user, one.name) for one in able])
        if len(able) == 1:
            self.who.set_value(able[0].user)
        self._nobody.setVisible(not able)
        self._grid.setVisible(bool(able))
        self.allow.setVisible(bool(able))

    def _allow(self) -> None:
        agency, who = agency_id(self.agency.text()), self.who.value()
        self.agency_field.set_error("" if agency else tr("Type the agency\u2019s short name."))
        self.who_field.set_error("" if who else tr("Choose a coordinator."))
        if not agency:
            self.agency_field.focus_control()
        elif not who:
            self.who_field.focus_control()
        else:
            self.wanted.emit(agency, who)
