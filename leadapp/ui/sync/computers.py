"""The other computers: when each last merged, and what of here it is not known to have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from leadapp.services.desk import Desk
from leadapp.services.syncing.merged import LastMerged
from leadapp.ui.days import say_moment
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.table import Table
from leadapp.ui.sync import said
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_LATE_DAYS = 7
_MOST_ROWS = 8


class Computers(Card):
    """Hidden while there is no other computer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        aside = tr("What the others are known to have")
        super().__init__(tr("The other computers"), aside=aside, parent=parent)
        self._desk = desk
        self.table = Table(
            [
                Column("who", tr("Who uses it"), 220, stretch=True),
                Column("when", tr("Last merged"), 190),
                Column("waits", tr("Not yet confirmed there"), 260),
            ],
            name=tr("The other computers"),
        )
        self.body.addWidget(self.table)
        self.hide()

    def show_merged(self, found: Sequence[LastMerged]) -> None:
        """Show them, the one heard of longest ago first."""
        self.setVisible(bool(found))
        self.table.show_rows([self._row(one) for one in found])
        rows = min(len(found), _MOST_ROWS)
        high = theme().px(34) + self.table.verticalHeader().defaultSectionSize() * rows
        self.table.setFixedHeight(high + theme().px(4))

    def _row(self, one: LastMerged) -> Row:
        waits = said.of_yours(one.waiting) if one.waiting else tr("Nothing: it has all of yours")
        return Row(
            str(one.device),
            (
                Cell(one.label, bold=True),
                merged_cell(one, self._desk),
                Cell(waits, tone="text" if one.waiting else "text2"),
            ),
        )


def merged_cell(one: LastMerged, desk: Desk) -> Cell:
    """Return when a computer last merged, in red once that is over a week ago."""
    if one.when is None:
        return Cell(tr("Never heard of here"), tone="err")
    now = desk.clock.now()
    return Cell(say_moment(one.when, now), tone="err" if is_late(one, now) else "text")


def is_late(one: LastMerged, now: datetime) -> bool:
    """Return whether nothing of a computer was heard for over a week."""
    return one.when is None or (now - one.when).days > _LATE_DAYS
