"""Kits to look at (NX-5): each place with the last look, what was found, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.services.stock import Inspection
from leadapp.services.stock_inspections import KitDue, how_many_due
from leadapp.ui.days import say_iso
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_FOUND = {
    "missing": "Not there",
    "seal": "Seal broken",
    "expired": "Out of date",
    "heat": "Was too hot",
    "cold": "Was frozen or too cold",
}


class InspectionsView(MiddleView):
    """``show_kits(kits)``; Enter on a place starts its inspection."""

    inspect_wanted = Signal(str)
    """Start the form for this place."""

    place_chosen = Signal(str)
    """Ask for the earlier looks at this place; answer with ``show_earlier``."""

    def __init__(self, today: date, *, may_inspect: bool) -> None:
        super().__init__(Card(tr("Kit inspections")))
        self._today = today
        self._may_inspect = may_inspect
        self._kits: dict[str, KitDue] = {}
        self.summary = Label("", role="table", wrap=True)
        self.kits = Table(_columns(), name=tr("Kits to look at"), framed=False)
        self.kits.moved_to.connect(self._moved)
        self.kits.opened.connect(lambda _key: self.main_action())
        self.earlier_label = Label("", role="label")
        self.earlier = Table(_earlier_columns(), name=tr("Earlier looks"), framed=False)
        self.inspect_button = Button(
            tr("Inspect this one"), icon="clipboard-check", role="primary", key="Ctrl+S"
        )
        self._build()

    def show_kits(self, kits: Sequence[KitDue]) -> None:
        """Show them, those to see to first."""
        self._kits = {str(one.place): one for one in kits}
        due = how_many_due(kits)
        words = tr("1 to see to") if due == 1 else tr("{count} to see to", count=due)
        self.card.set_aside(words if due else tr("all looked at in time"))
        self.summary.setText(
            "" if kits else tr("No place has kits or should have any, so there is nothing to do.")
        )
        self.summary.setVisible(not kits)
        chosen = self.kits.current_key()
        self.kits.show_rows([_row(one, self._today) for one in kits])
        if not self.kits.go_to(chosen):
            self.kits.go_to_first()
        self.inspect_button.setEnabled(bool(kits) and self._may_inspect)
        self.kits.setFocus()
        announce(self, f"{self.card.title.text()}, {self.card.aside.text()}")

    def show_earlier(self, looks: Sequence[Inspection]) -> None:
        """Show the earlier looks at the chosen place."""
        self.earlier.show_rows([_earlier_row(one, self._today) for one in looks])

    def main_action(self) -> None:
        """Ctrl+S or Enter: inspect the chosen place."""
        place = self.kits.current_key()
        if not self._may_inspect:
            self.say_no(tr("Your account does not write inspections."))
        elif place not in self._kits:
            self.say_no(tr("Choose a place first."))
        else:
            self.say_no("")
            self.inspect_wanted.emit(place)

    def _moved(self, place: str) -> None:
        kit = self._kits.get(place)
        self.earlier_label.setText(
            tr("Earlier looks, {place}", place=kit.name) if kit is not None else ""
        )
        if kit is not None:
            self.place_chosen.emit(place)

    def _build(self) -> None:
        look = theme()
        body = self.card.body
        body.addWidget(self.summary)
        self.kits.setMinimumHeight(look.px(130))
        self.earlier.setMinimumHeight(look.px(70))
        body.addWidget(self.kits, 3)
        body.addWidget(self.earlier_label)
        body.addWidget(self.earlier, 1)
        body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.back_button())
        row.addStretch(1)
        self.inspect_button.clicked.connect(lambda _on=False: self.main_action())
        row.addWidget(self.inspect_button)
        body.addLayout(row)
        self.inspect_button.setVisible(self._may_inspect)


def _columns() -> tuple[Column, ...]:
    return (
        Column("place", tr("Place"), 150, stretch=True),
        Column("kind", tr("Kind"), 84),
        Column("doses", tr("Doses"), 58, number=True),
        Column("last", tr("Last look"), 98),
        Column("found", tr("Found"), 130),
        Column("due", tr("Next by"), 98),
        Column("said", "", 98),
    )


def _earlier_columns() -> tuple[Column, ...]:
    return (
        Column("day", tr("Day"), 110),
        Column("lot", tr("Lot"), 100),
        Column("found", tr("Found"), 200, stretch=True),
        Column("action", tr("Then"), 130),
    )


def _row(kit: KitDue, today: date) -> Row:
    return Row(
        str(kit.place),
        (
            Cell(kit.name, bold=True),
            Cell(tr(kit.place_kind.replace("_", " ").capitalize())),
            Cell(f"{kit.doses:,}"),
            Cell(say_iso(kit.last_day, today, tr("Never"))),
            Cell(_found(kit.found) if kit.last_day else ""),
            Cell(say_iso(kit.due_day, today, tr("Now"))),
            _said(kit),
        ),
    )


def _said(kit: KitDue) -> Cell:
    match kit.state:
        case "replace":
            return Cell(tr("Replace"), badge="err")
        case "overdue":
            late = tr("{days} days late", days=kit.days_late)
            if not kit.days_late:
                return Cell(tr("Overdue"), badge="warn")
            return Cell(tr("1 day late") if kit.days_late == 1 else late, badge="warn")
        case "soon":
            return Cell(tr("Due soon"), badge="neutral")
        case _:
            return Cell()


def _earlier_row(one: Inspection, today: date) -> Row:
    wrong = {
        "missing": one.present == "no",
        "seal": one.seal == "no",
        "expired": one.expiry_seen == "no",
        one.temperature: one.temperature in ("heat", "cold"),
    }
    return Row(
        str(one.record),
        (
            Cell(say_iso(one.day, today, tr("No day"))),
            Cell(one.lot_number, bold=True),
            Cell(_found([name for name, is_so in wrong.items() if is_so])),
            Cell(tr("Replace it") if one.action == "replace" else tr("Good, left there")),
        ),
    )


def _found(names: Sequence[str]) -> str:
    return ", ".join(tr(_FOUND[name]) for name in names) or tr("Nothing wrong")
