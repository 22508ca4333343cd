"""The county's own numbers that naloxone figures need: residents, days, releases from jail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.measures.periods import month_of
from leadapp.services.county_numbers import CountyNumbers
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_MONTHS_BACK = 25


@dataclass(frozen=True, slots=True)
class NumbersWish:
    """What to set; ``None`` stays as it is."""

    residents: tuple[int, int] | None
    """Residents and the year of the census figure."""
    inspection_days: int | None
    jail_releases: tuple[str, int] | None
    """The month and its releases."""


class NumbersView(MiddleView):
    """``show_numbers(numbers)``; emits a ``NumbersWish``."""

    save_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__(Card(tr("County numbers"), aside=tr("typed in by hand, for figures")))
        self._known = CountyNumbers(None, None, None, {})
        self.residents, self.year = NumberBox(), NumberBox()
        self.days, self.releases = NumberBox(), NumberBox()
        months = [month_of(today)]
        while len(months) < _MONTHS_BACK:
            months.append(months[-1].previous())
        self.month = Combo([Choice(f"{one.start:%Y-%m}", one.label) for one in months])
        self.month.set_value(f"{months[1].start:%Y-%m}")
        self.month.changed.connect(lambda _month: self._show_releases())
        self.fields = {
            "residents": Field(tr("Residents"), self.residents),
            "year": Field(tr("Year of the census figure"), self.year),
            "days": Field(tr("Days between two looks at a kit"), self.days),
            "month": Field(tr("Month"), self.month),
            "releases": Field(tr("People released from jail"), self.releases),
        }
        self._build()

    def show_numbers(self, numbers: CountyNumbers) -> None:
        """Show what is set."""
        self._known = numbers
        self.residents.set_number(numbers.residents)
        self.year.set_number(numbers.census_year)
        self.days.set_number(numbers.inspection_days)
        self._show_releases()
        self._say_wrong({})
        self.say_no("")
        self.residents.setFocus()

    def main_action(self) -> None:
        """Ctrl+S: save what was changed, or say what is missing."""
        residents, year = _whole(self.residents), _whole(self.year)
        days, releases = _whole(self.days), _whole(self.releases)
        known = self._known
        both = residents is not None and year is not None
        neither = not self.residents.text().strip() and not self.year.text().strip()
        wrong = {
            "residents": residents is None and not neither,
            "year": year is None and not neither,
            "days": days is None and bool(self.days.text().strip()),
            "releases": releases is None and bool(self.releases.text().strip()),
        }
        if self._say_wrong({name: is_so for name, is_so in wrong.items() if is_so}):
            return
        which = self.month.value() or ""
        changed = (residents, year) != (known.residents, known.census_year)
        wish = NumbersWish(
            residents=(residents, year)
            if both and changed and residents is not None and year is not None
            else None,
            inspection_days=days if days != known.inspection_days else None,
            jail_releases=(which, releases)
            if which and releases is not None and releases != known.jail_releases.get(which)
            else None,
        )
        if wish == NumbersWish(None, None, None):
            self.say_no(tr("Nothing was changed, so there is nothing to save."))
            return
        self.say_no("")
        self.save_wanted.emit(wish)

    def _say_wrong(self, wrong: Mapping[str, bool]) -> bool:
        for name, field in self.fields.items():
            field.set_error(tr("Enter a whole number, like 12") if wrong.get(name) else "")
        first = next((field for name, field in self.fields.items() if wrong.get(name)), None)
        if first is not None:
            first.focus_control()
        return first is not None

    def _show_releases(self) -> None:
        self.releases.set_number(self._known.jail_releases.get(self.month.value() or ""))

    def _build(self) -> None:
        body, fields = self.card.body, self.fields
        body.addWidget(_about(tr("For what is given for 100,000 residents.")))
        body.addLayout(_row(fields["residents"], fields["year"]))
        body.addSpacing(theme().px(8))
        body.addWidget(_about(tr("For kit inspections. Left blank it is a month, 31 days.")))
        body.addLayout(_row(fields["days"], None))
        body.addSpacing(theme().px(8))
        body.addWidget(
            _about(tr("For naloxone at jail release, month by month, as the jail counts."))
        )
        body.addLayout(_row(fields["month"], fields["releases"]))
        body.addWidget(self.problem)
        body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme().px(10))
        foot.addWidget(self.back_button())
        foot.addStretch(1)
        save = Button(tr("Save"), icon="check", role="primary", key="Ctrl+S")
        save.clicked.connect(lambda _on=False: self.main_action())
        foot.addWidget(save)
        body.addLayout(foot)


def _about(words: str) -> Label:
    return Label(words, role="table", tone="text2", wrap=True)


def _row(first: Field, second: Field | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme().px(12))
    low = Qt.AlignmentFlag.AlignBottom
    row.addWidget(first, 1, low)
    row.addWidget(second if second is not None else QWidget(), 1, low)
    row.addStretch(1)
    return row


def _whole(box: NumberBox) -> int | None:
    """Return a whole number from 0 as typed."""
    number = box.number()
    return int(number) if number is not None and number >= 0 else None
