"""Which days: what sort of period, then which one; or any first and last day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.measures.periods import Period, days, month_of, named, quarter_of, year_of
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.typed_dates import Direction, Part, Typed
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

DAYS = "days"


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of period: its words, the newest one begun by a day, how many are offered."""

    words: str
    newest: Callable[[date], Period]
    count: int


_SORTS = {
    "month": _Sort("Month", month_of, 25),
    "quarter": _Sort("Quarter", quarter_of, 9),
    "year": _Sort("Calendar year", year_of, 4),
    "year-07": _Sort("Fiscal year from July", lambda day: year_of(day, 7), 4),
    "year-10": _Sort("Fiscal year from October", lambda day: year_of(day, 10), 4),
    "ytd": _Sort("Year to date", lambda day: month_of(day).so_far(), 13),
    "ytd-07": _Sort("To date from July", lambda day: month_of(day).so_far(7), 13),
    "ytd-10": _Sort("To date from October", lambda day: month_of(day).so_far(10), 13),
}


def sort_of(period: Period) -> str:
    """Return the sort a period is of."""
    if period.span in ("month", "quarter", DAYS):
        return period.span
    sort = "year" if period.span == "year" else "ytd"
    return sort if period.first_month == 1 else f"{sort}-{period.first_month:02}"


def newest_first(sort: str, day: date) -> list[Period]:
    """Return the periods of a sort that have begun by ``day``, the newest first."""
    wanted = _SORTS[sort]
    if sort.startswith("ytd"):
        first = wanted.newest(day).first_month
        months = [month_of(day)]
        while len(months) < wanted.count:
            months.append(months[-1].previous())
        return [one.so_far(first) for one in months]
    found = [wanted.newest(day)]
    while len(found) < wanted.count:
        found.append(found[-1].previous())
    return found


def begins_with(sort: str, day: date) -> Period:
    """Return the newest period of a sort that is over; where a year is to date, up to last month."""
    found = newest_first(sort, day)
    return next((one for one in found if one.has_ended(day)), found[0])


class PeriodChoice(QWidget):
    """``PeriodChoice(clock)``; ``value()`` stays what it was while days are being typed."""

    changed = Signal(object)
    """The ``Period`` a person chose."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._today = clock.now().date()
        sorts = [Choice(name, tr(sort.words)) for name, sort in _SORTS.items()]
        self.sort = Combo([*sorts, Choice(DAYS, tr("Any days"))], filter_by_typing=False)
        self.which = Combo([], filter_by_typing=False)
        self.first = DateBox(clock, direction=Direction.PAST)
        self.last = DateBox(clock, direction=Direction.PAST)
        self._which = Field(tr("Which"), self.which)
        self._first = Field(tr("From"), self.first)
        self._last = Field(tr("Through"), self.last)
        self.sort.changed.connect(self._sort_chosen)
        self.which.changed.connect(lambda _name: self._tell())
        for box in (self.first, self.last):
            box.editingFinished.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        for part in (Field(tr("Period"), self.sort), self._which, self._first, self._last):
            column.addWidget(part)
        self._period = begins_with("month", self._today)
        self.set_period(self._period)

    def value(self) -> Period:
        """Return what is chosen, or was before days that make no period."""
        self._period = self._chosen() or self._period
        return self._period

    def _chosen(self) -> Period | None:
        if self.sort.value() != DAYS:
            return named(self.which.value() or "")
        first, last = self._day(self.first), self._day(self.last)
        if first is None or last is None or last < first or first > self._today:
            return None
        return days(first, last)

    def set_period(self, period: Period) -> None:
        """Show a period without telling."""
        sort = sort_of(period)
        self.sort.set_value(sort)
        if sort == DAYS:
            self.first.set_typed(Typed(Part.DAY, period.start))
            self.last.set_typed(Typed(Part.DAY, period.last_day))
        else:
            found = newest_first(sort, self._today)
            if period not in found:
                found.append(period)
            self.which.set_choices([_choice(one, self._today) for one in found])
            self.which.set_value(period.name)
        self._settle()

    def _sort_chosen(self, sort: object) -> None:
        before = self._period
        if sort == DAYS:
            self.set_period(days(before.start, min(before.last_day, self._today)))
            self.first.setFocus()
        else:
            self.set_period(begins_with(str(sort), self._today))
        self._tell()

    def _tell(self) -> None:
        self._settle()
        before = self._period
        if self._chosen() is not None and self.value() != before:
            self.changed.emit(self._period)

    def _settle(self) -> None:
        typed = self.sort.value() == DAYS
        self._which.setVisible(not typed)
        self._first.setVisible(typed)
        self._last.setVisible(typed)
        first, last = self._day(self.first), self._day(self.last)
        turned = typed and first is not None and last is not None and last < first
        self._last.set_error(tr("The last day is before the first") if turned else "")
        later = typed and first is not None and first > self._today
        self._first.set_error(tr("This day has not come yet") if later else "")

    def _day(self, box: DateBox) -> date | None:
        typed = box.typed()
        return typed.day if typed is not None and box.is_right() else None


def _choice(period: Period, day: date) -> Choice:
    if period.span == "year_to_date":
        label = tr("through {month}", month=month_of(period.last_day).label)
    elif period.span == "year" and period.first_month != 1:
        label = tr("FY {year}, to {month}", year=period.last_day.year, month=_month(period))
    else:
        label = period.label
    over = period.has_ended(day)
    return Choice(period.name, label if over else tr("{period}, so far", period=label))


def _month(period: Period) -> str:
    return f"{period.last_day:%b %Y}"
