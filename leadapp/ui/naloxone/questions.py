"""Every question of the record panel: its control, its words, and where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Set

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.kit.typed_dates import Direction
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.lot_box import LotBox
from leadapp.ui.naloxone.moving import OTHER
from leadapp.ui.naloxone.second_person import SecondPerson
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class Questions:
    """``Questions(clock, moves)``: the controls, and ``fields`` around them by name.

    What a hand-out must say comes first, what is filled in already after it: who hands a kit
    out answers from the top and is done.
    """

    def __init__(self, clock: Clock, moves: Collection[str]) -> None:
        main = [*said.move_choices([one for one in said.MAIN_MOVES if one in moves])]
        others = [one for one in said.OTHER_MOVES if one in moves]
        if others:
            main.append(Choice(OTHER, tr("Other")))
        self.what = Segments(main, columns=2)
        self.other = Combo(said.move_choices(others))
        self.from_place, self.to_place = Combo(()), Combo(())
        self.lot = LotBox()
        self.kits, self.doses = NumberBox(), NumberBox()
        self.day = DateBox(clock, direction=Direction.PAST)
        self.setting = Combo(said.setting_choices())
        self.giver = Combo(_choices(_GIVERS))
        self.recipient = Combo(_choices(_RECIPIENTS))
        self.shown = Segments(yes_no())
        self.self_made = Line()
        self.reason = Combo(said.reason_choices())
        self.second = SecondPerson()
        self.override = Combo(said.override_choices())
        self.new_lot_button = Button(tr("New lot"), icon="plus", role="quiet", small=True)
        self.new_product_button = Button(tr("New product"), icon="plus", role="quiet", small=True)
        self.fields = self._fields()
        self.what.set_value("given")

    def _fields(self) -> dict[str, Field]:
        return {
            "move": Field(tr("What happened"), self.what, needed=True),
            "other": Field(tr("What else"), self.other, needed=True),
            "setting": Field(tr("Setting"), self.setting, needed=True),
            "recipient": Field(tr("Received by"), self.recipient, needed=True),
            "shown": Field(tr("Showed how to use it?"), self.shown, needed=True),
            "self_made": Field(
                tr("Self-made code"), self.self_made, optional=True,
                hint=tr("Made up by the person, never a name. Only how often it came is kept"),
            ),
            "giver": Field(tr("Given by"), self.giver, needed=True),
            "from_place": Field(tr("From"), self.from_place, needed=True),
            "to_place": Field(tr("To"), self.to_place, needed=True),
            "lot": Field(tr("Lot"), self.lot, needed=True),
            "override": Field(
                tr("Why it goes out all the same"), self.override, needed=True,
                hint=tr("The lot has expired or was recalled; the reason is kept"),
            ),
            "kits": Field(tr("Kits"), self.kits),
            "doses": Field(tr("Doses"), self.doses, needed=True),
            "day": Field(tr("Day"), self.day, needed=True),
            "reason": Field(tr("Reason"), self.reason, needed=True),
            **self.second.fields,
        }  # fmt: skip

    def lay_out(self, column: QVBoxLayout) -> None:
        """Put the questions below each other, in the order they are answered."""
        for name in _ABOVE:
            column.addWidget(self.fields[name])
        lots = QHBoxLayout()
        lots.addWidget(self.new_lot_button)
        lots.addWidget(self.new_product_button)
        lots.addStretch(1)
        column.addLayout(lots)
        pair = QHBoxLayout()
        pair.setSpacing(theme().px(10))
        pair.addWidget(self.fields["kits"], 1)
        pair.addWidget(self.fields["doses"], 1)
        column.addLayout(pair)
        for name in _BELOW:
            column.addWidget(self.fields[name])
        column.addWidget(self.second)
        self._in_order()

    def say_missing(self, missing: Set[str], more: Mapping[str, str]) -> Field | None:
        """Say at each question what is missing; return the first such field."""
        for name, field in self.fields.items():
            words = _MISSING.get(name, "") if name in missing else ""
            field.set_error(more.get(name, "") or (tr(words) if words else ""))
        named = missing | more.keys()
        return next((field for name, field in self.fields.items() if name in named), None)

    def _in_order(self) -> None:
        order: list[QWidget] = [*self.what.buttons]
        order += [field.control for name, field in self.fields.items() if name != "move"]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)


_ABOVE = (
    "move", "other", "setting", "recipient", "shown", "self_made", "giver", "from_place",
    "to_place", "lot", "override",
)  # fmt: skip
_BELOW = ("day", "reason")
_MISSING = {
    "move": "Choose what happened",
    "lot": "Choose the lot: type a part of its number, or scan the carton",
    "from_place": "Choose where it comes from",
    "to_place": "Choose where it goes",
    "doses": "Enter how many doses, 1 or more",
    "day": "Enter the day, like 11/3",
    "reason": "Choose the reason",
    "override": "Choose why it goes out all the same, or take another lot",
    "setting": "Choose the setting",
    "giver": "Choose who gave it",
    "recipient": "Choose what sort of person received it",
    "shown": "Answer yes or no",
}
_GIVERS = {
    "deputy": "Deputy", "ems": "EMS", "fire": "Fire", "case_manager": "Case manager",
    "peer": "Peer", "jail_staff": "Jail staff", "health_department": "Health department",
    "machine": "Machine", "partner": "Partner",
}  # fmt: skip
_RECIPIENTS = {
    "at_risk": "Person at risk",
    "survivor": "Person who just survived an overdose",
    "family": "Family",
    "friend": "Friend",
    "household": "Bystander or household",
    "responder_agency": "Responder agency",
    "organisation": "Organization",
    "unknown": "Unknown",
}


def _choices(words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, tr(label)) for name, label in words.items())
