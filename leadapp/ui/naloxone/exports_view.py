"""Exports for a state form and the overdose map: which, of when, what is in it and what is not.

What will be saved is looked at first. Nothing in it names anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from leadapp.measures.periods import FISCAL, Period, month_of, named, quarter_of, year_of
from leadapp.services.stock_exports import Export
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.segments import Segments
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

Sort = Literal["given", "used", "odmap"]
_SORTS: dict[str, Sort] = {"given": "given", "used": "used", "odmap": "odmap"}
_WORDS = {
    "given": "Hand-outs, a table for a state form",
    "used": "Use reports, a table for a state form",
    "odmap": "Lines to copy into the overdose map",
}
_FAMILIES = {"law": "what law staff wrote", "supply": "what everyone else wrote"}
_MONTHS_BACK, _QUARTERS_BACK, _YEARS_BACK = 13, 5, 3
_SHOWN: dict[str, tuple[Column, ...]] = {
    "given": (
        Column("day", "Day", 100),
        Column("county", "County", 110),
        Column("zip3", "ZIP", 50),
        Column("setting", "Setting", 130, stretch=True),
        Column("recipient", "Who took it", 120),
        Column("product", "Product", 90),
        Column("kits", "Kits", 54, number=True),
        Column("doses", "Doses", 60, number=True),
    ),
    "used": (
        Column("day", "Day", 100),
        Column("county", "County", 110),
        Column("zip3", "ZIP", 50),
        Column("reporter", "Reported by", 110),
        Column("place_type", "Place", 130, stretch=True),
        Column("people", "People", 64, number=True),
        Column("doses", "Doses", 60, number=True),
        Column("survived", "Survived", 74, number=True),
    ),
    "odmap": (
        Column("when", "Day and time", 132),
        Column("where", "Place", 200, stretch=True),
        Column("fatal", "Fatal or not", 150),
        Column("given", "Naloxone given", 120),
    ),
}
"""What of an export is looked at before it is saved; the file has all columns."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which export, of which period, with days or only weeks."""

    sort: Sort
    period: str
    weeks: bool = False


class ExportsView(MiddleView):
    """``begin()`` asks for the first look; ``show_export`` shows it."""

    look_wanted = Signal(object)
    """A ``Wanted`` to be made and shown."""

    save_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__(Card(tr("Exports"), aside=tr("look at it, then save it; no names in it")))
        self._export: Export | None = None
        self.sort = Combo([Choice(code, tr(words)) for code, words in _WORDS.items()])
        self.sort.set_value("given")
        self.period = Combo(period_choices(today))
        self.period.set_value(f"{month_of(today).previous().start:%Y-%m}")
        self.days = Segments([Choice("days", tr("The day")), Choice("weeks", tr("Its week"))])
        self.days.set_value("days")
        self.days_field = Field(tr("Each line says"), self.days)
        for control in (self.sort, self.period, self.days):
            control.changed.connect(lambda _value: self._look())
        self.summary = Label("", role="table", bold=True, wrap=True)
        self.left_out = Label("", role="table", tone="text2", wrap=True)
        self.tables = {
            sort: Table(
                [_named(column) for column in columns],
                name=tr("What the export will hold"),
                framed=False,
            )
            for sort, columns in _SHOWN.items()
        }
        self.copy_button = Button(tr("Copy the lines"), icon="copy")
        self.save_button = Button(tr("Save"), icon="file-down", role="primary", key="Ctrl+S")
        self._build()

    def begin(self) -> None:
        """Ask for what is chosen, and put the focus on the choice."""
        self.say_no("")
        self._look()
        self.sort.setFocus()

    def wanted(self) -> Wanted:
        """Return what is chosen."""
        return Wanted(
            _SORTS[self.sort.value() or "given"],
            self.period.value() or "",
            weeks=self.days.value() == "weeks" and self.sort.value() != "odmap",
        )

    def show_export(self, export: Export) -> None:
        """Show what will be saved."""
        self._export = export
        sort = self.wanted().sort
        self.summary.setText(_summary(export, sort, named(self.wanted().period)))
        self.left_out.setText(_left_out(export, sort))
        self.tables[sort].show_rows(_rows(export, _SHOWN[sort]))
        self._stack.setCurrentWidget(self.tables[sort])
        self.copy_button.setVisible(sort == "odmap")
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(export.lines))
        announce(self, f"{self.summary.text()} {self.left_out.text()}")

    def main_action(self) -> None:
        """Ctrl+S: save what is shown."""
        if self._export is None or not self._export.lines:
            self.say_no(tr("There is nothing to save. Choose another period."))
            return
        self.say_no("")
        self.save_wanted.emit(self._export)

    def _look(self) -> None:
        wanted = self.wanted()
        self.days_field.setVisible(wanted.sort != "odmap")
        self._export = None
        self.save_button.setEnabled(False)
        self.copy_button.setEnabled(False)
        if wanted.period:
            self.say_no("")
            self.look_wanted.emit(wanted)
        else:
            self.say_no(tr("Choose the period."))

    def _copy(self) -> None:
        if self._export is not None and self._export.lines:
            self.copy_wanted.emit(self._export)

    def _build(self) -> None:
        look = theme()
        body = self.card.body
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        low = Qt.AlignmentFlag.AlignBottom
        top.addWidget(Field(tr("Export"), self.sort, needed=True), 4, low)
        top.addWidget(Field(tr("Period"), self.period, needed=True), 3, low)
        top.addWidget(self.days_field, 2, low)
        body.addLayout(top)
        body.addWidget(self.summary)
        self._stack = QStackedWidget()
        for table in self.tables.values():
            table.setMinimumHeight(look.px(102))
            self._stack.addWidget(table)
        body.addWidget(self._stack, 1)
        body.addWidget(self.left_out)
        body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.back_button())
        row.addStretch(1)
        self.copy_button.clicked.connect(lambda _on=False: self._copy())
        self.save_button.clicked.connect(lambda _on=False: self.main_action())
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        body.addLayout(row)


def period_choices(today: date) -> tuple[Choice, ...]:
    """Return the months, quarters and years an export may be of, the newest first."""
    found = [
        *_back(month_of(today), _MONTHS_BACK),
        *_back(quarter_of(today), _QUARTERS_BACK),
        *_back(year_of(today), _YEARS_BACK),
    ]
    for first in FISCAL:
        found += _back(year_of(today, first), _YEARS_BACK)
    return tuple(Choice(one.name, one.label[:1].upper() + one.label[1:]) for one in found)


def _back(last: Period, count: int) -> list[Period]:
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous())
    return found


def _named(column: Column) -> Column:
    return Column(column.key, tr(column.title), column.width, column.stretch, column.number)


def _rows(export: Export, shown: Sequence[Column]) -> list[Row]:
    """Return what is looked at; a day that stands for its week has another name."""
    names = {"day": "week_of"} if "week_of" in export.columns else {}
    at = [export.columns.index(names.get(one.key, one.key)) for one in shown]
    return [
        Row(str(number), tuple(Cell(line[column].replace("_", " ")) for column in at))
        for number, line in enumerate(export.lines)
    ]


def _summary(export: Export, sort: Sort, period: Period) -> str:
    one, many = {
        "given": (tr("1 hand-out"), tr("{count} hand-outs")),
        "used": (tr("1 use report"), tr("{count} use reports")),
        "odmap": (tr("1 person given naloxone"), tr("{count} people given naloxone")),
    }[sort]
    number = one if export.rows == 1 else many.format(count=f"{export.rows:,}")
    return tr("{number}, {period}", number=number, period=period.label)


def _left_out(export: Export, sort: Sort) -> str:
    """Return what the file does not say, in sentences."""
    said = [
        tr("Not in it: officers, case numbers, record numbers, free text and the town."),
        tr(
            "A place is the county, or the first three digits of a ZIP code: {some} of {all} "
            "lines have those.",
            some=f"{export.with_zip:,}",
            all=f"{export.rows:,}",
        ),
    ]
    if sort != "odmap":
        shown = len(_SHOWN[sort])
        said.append(
            tr("{shown} of {all} columns are shown here.", shown=shown, all=len(export.columns))
        )
    if export.left_out:
        names = ", ".join(tr(_FAMILIES.get(family, family)) for family in export.left_out)
        said.append(tr("Not open to you here, so not in it: {rings}.", rings=names))
    return " ".join(said)
