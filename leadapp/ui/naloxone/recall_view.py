"""Who had a lot: the places that still hold it, the hand-outs, what was used. No names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.services.stock import Approver, HandOut, RecallView
from leadapp.ui.days import say_iso
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.naloxone.second_person import SecondPerson
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class Recalled:
    """Stock to take off a shelf because its lot is recalled."""

    lot: str
    place: str
    doses: int
    kits: int
    approver: str
    password: str = field(default="", repr=False)
    digits: str = field(default="", repr=False)


class RecallPage(MiddleView):
    """``show_recall(view)``; takes one place's stock off the shelf at a time."""

    record_wanted = Signal(object)
    print_wanted = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__(Card(tr("Recall of a lot")))
        self._today = today
        self._view: RecallView | None = None
        self.summary = Label("", role="table", wrap=True)
        self.held = Table(_held_columns(), name=tr("Places that hold it"), framed=False)
        self.given = Table(_given_columns(), name=tr("Hand-outs and uses of it"), framed=False)
        self.second = SecondPerson(beside=True)
        self.take_button = Button(
            tr("Take off this shelf"), icon="rotate-ccw", role="primary", key="Ctrl+S"
        )
        self._build()

    def set_approvers(self, people: Sequence[Approver]) -> None:
        """Offer who may confirm it."""
        self.second.set_people(people)

    def show_recall(self, view: RecallView) -> None:
        """Show a lot."""
        self._view = view
        lot = view.lot
        self.card.title.setText(tr("Who had lot {number}", number=lot.lot_number))
        self.setAccessibleName(self.card.title.text())
        self.summary.setText(
            tr(
                "{product}, expires {day}. {held} doses on our shelves, {given} handed out, "
                "{used} used on people.",
                product=lot.product_label,
                day=said.expires(lot),
                held=said.plain(view.on_hand),
                given=f"{view.doses_handed_out:,}",
                used=f"{view.doses_used:,}",
            )
        )
        names = dict(view.place_names)
        self.held.show_rows(
            [
                Row(
                    str(one.place),
                    (
                        Cell(names.get(one.place, ""), bold=True),
                        Cell(said.plain(one.kits)),
                        Cell(said.plain(one.doses), tone="err" if one.doses < 0 else "text"),
                    ),
                )
                for one in view.held
            ]
        )
        self.given.show_rows([self._given_row(at, one) for at, one in enumerate(view.hand_outs)])
        some = any(one.doses > 0 for one in view.held)
        self.take_button.setEnabled(some)
        self.second.setVisible(some)
        self.say_no("")
        self.held.setFocus()
        announce(self, f"{self.card.title.text()}. {self.summary.text()}")

    @property
    def lot(self) -> str:
        """The lot shown."""
        return str(self._view.lot.lot) if self._view is not None else ""

    def main_action(self) -> None:
        """Ctrl+S: take the chosen place's stock off its shelf."""
        view = self._view
        place = self.held.current_key()
        chosen = next((one for one in view.held if one.place == place), None) if view else None
        if view is None or chosen is None or chosen.doses <= 0:
            self.say_no(tr("Choose a place that holds some of this lot."))
            return
        if self.second.say_missing():
            return
        self.say_no("")
        password, digits = self.second.take()
        self.record_wanted.emit(
            Recalled(
                str(view.lot.lot), place, chosen.doses, chosen.kits, self.second.person(),
                password, digits,
            )
        )  # fmt: skip

    def refused(self, words: str) -> None:
        """Say why; the second person types their password again."""
        self.say_no(words)
        self.second.ask_again()

    def _given_row(self, at: int, one: HandOut) -> Row:
        return Row(
            str(at),
            (
                Cell(say_iso(one.day, self._today, tr("No day"))),
                Cell(said.move_words(one.move), bold=True),
                Cell(one.from_name),
                Cell(", ".join(filter(None, (said.setting_words(one.setting), one.agency_name)))),
                Cell(f"{one.doses:,}"),
            ),
        )

    def _build(self) -> None:
        look = theme()
        body = self.card.body
        body.addWidget(self.summary)
        body.addWidget(Label(tr("Still on our shelves"), role="label"))
        self.held.setMinimumHeight(look.px(100))
        self.given.setMinimumHeight(look.px(100))
        body.addWidget(self.held, 2)
        body.addWidget(Label(tr("Left our shelves"), role="label"))
        body.addWidget(self.given, 3)
        body.addWidget(self.second)
        body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        printing = Button(tr("Print list"), icon="printer")
        printing.clicked.connect(lambda _on=False: self.print_wanted.emit(self.lot))
        self.take_button.clicked.connect(lambda _on=False: self.main_action())
        low = Qt.AlignmentFlag.AlignBottom
        row.addWidget(self.back_button(), 0, low)
        row.addWidget(printing, 0, low)
        row.addStretch(1)
        row.addWidget(self.take_button, 0, low)
        body.addLayout(row)


def _held_columns() -> tuple[Column, ...]:
    return (
        Column("place", tr("Place"), 200, stretch=True),
        Column("kits", tr("Kits"), 80, number=True),
        Column("doses", tr("Doses"), 80, number=True),
    )


def _given_columns() -> tuple[Column, ...]:
    return (
        Column("day", tr("Day"), 124),
        Column("what", tr("What"), 140),
        Column("from", tr("From"), 150),
        Column("setting", tr("Setting, agency"), 160, stretch=True),
        Column("doses", tr("Doses"), 72, number=True),
    )
