"""The days a report is about: a month, a quarter, a year, a year so far, any days.

A period holds its first day and the day after its last, as measures want them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from leadapp.core.errors import Refusal

Span = Literal["month", "quarter", "year", "year_to_date", "days"]
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
FISCAL = (7, 10)
"""The months fiscal years start in: July, October."""
_QUARTER_OR_YEAR = re.compile(r"(?P<year>[1-9][0-9]{3})(?:-Q(?P<quarter>[1-4]))?")
_FISCAL_YEAR = re.compile(r"FY(?P<year>[1-9][0-9]{3})-(?P<first>07|10)")
_TO_DATE = re.compile(r"(?P<month>[1-9][0-9]{3}-[0-9]{2})-YTD(?P<first>07|10)?")
_DAYS = re.compile(r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})\.\.(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_JANUARY = 1
_DAY = timedelta(days=1)
_SIZE_IN_MONTHS: dict[Span, int] = {"month": 1, "quarter": 3, "year": 12, "year_to_date": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to, not including, ``end``.

    ``first_month`` is the month its years start in: 1 for the calendar, 7 or 10 for
    fiscal years.
    """

    start: date
    end: date
    span: Span
    first_month: int = _JANUARY

    def __post_init__(self) -> None:
        """Refuse a period without a day in it."""
        if self.end <= self.start:
            raise Refusal("measures.period_is_empty")

    @property
    def last_day(self) -> date:
        """Return the last day that counts."""
        return self.end - _DAY

    @property
    def label(self) -> str:
        """Return the period as a title says it: "October 2026"."""
        match self.span:
            case "month":
                return f"{MONTHS[self.start.month - 1]} {self.start.year}"
            case "quarter":
                return f"{_month_range(self)} {self.last_day.year}"
            case "year" if self.first_month == _JANUARY:
                return str(self.start.year)
            case "year":
                return f"fiscal year to {month_of(self.last_day).label}"
            case _:
                return _day_range(self.start, self.last_day)

    @property
    def name(self) -> str:
        """Return the period as ``named`` reads it: "2026-10", "2026-Q3", "FY2027-07"."""
        first = f"{self.first_month:02}"
        match self.span:
            case "month":
                return f"{self.start:%Y-%m}"
            case "quarter":
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case "year" if self.first_month == _JANUARY:
                return str(self.start.year)
            case "year":
                return f"FY{self.last_day.year}-{first}"
            case "year_to_date" if self.last_day == month_of(self.last_day).last_day:
                fiscal = "" if self.first_month == _JANUARY else first
                return f"{self.last_day:%Y-%m}-YTD{fiscal}"
            case _:
                return f"{self.start.isoformat()}..{self.last_day.isoformat()}"

    @property
    def is_standard(self) -> bool:
        """Return whether it is one of those that follow each other without gap or overlap."""
        return self.span in ("month", "quarter", "year")

    @property
    def month_name(self) -> str:
        """Return the months without their year, as a sentence near its title says it; else the label."""
        match self.span:
            case "month":
                return MONTHS[self.start.month - 1]
            case "quarter":
                return _month_range(self)
            case _:
                return self.label

    @property
    def short(self) -> str:
        """Return the period as a narrow column's head says it: "Oct", "2026", "FY 2027"."""
        match self.span:
            case "month":
                return MONTHS[self.start.month - 1][:3]
            case "quarter":
                return f"Q{self._quarter}"
            case "year" | "year_to_date":
                year = _year_of(self.start, self.first_month)
                return str(year) if self.first_month == _JANUARY else f"FY {year}"
            case _:
                return "Period"

    @property
    def _quarter(self) -> int:
        return (self.start.month - self.first_month) % 12 // 3 + 1

    def previous(self) -> Period:
        """Return the period before: last month; for a year so far, the same days a year before."""
        size = _SIZE_IN_MONTHS.get(self.span)
        if size is None:
            return Period(self.start - (self.end - self.start), self.start, self.span)
        start, end = _add_months(self.start, -size), _add_months(self.end, -size)
        return Period(start, end, self.span, self.first_month)

    def so_far(self, first_month: int = _JANUARY) -> Period:
        """Return the year to date at this period's last day."""
        start = date(self.last_day.year, first_month, 1)
        if start > self.last_day:
            start = _add_months(start, -12)
        return Period(start, self.end, "year_to_date", first_month)

    def has_ended(self, today: date) -> bool:
        """Return whether all its days are over."""
        return self.end <= today

    def months_up_to(self, count: int = 12) -> tuple[Period, ...]:
        """Return ``count`` whole months, the last being the month of the last day."""
        last = self.last_day.replace(day=1)
        starts = [_add_months(last, back) for back in range(1 - count, 1)]
        return tuple(Period(start, _add_months(start, 1), "month") for start in starts)

    def parameters(self) -> dict[str, str]:
        """Return what a measure's SELECT may name: ``:start``, ``:end`` and ``:last_day``."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "last_day": self.last_day.isoformat(),
        }


PARAMETERS = frozenset({"start", "end", "last_day"})


def month(name: str) -> Period:
    """Return the month written ``2026-10``; Refusal when it is not one."""
    try:
        start = date.fromisoformat(f"{name}-01")
    except ValueError as cause:
        raise Refusal("measures.not_a_month") from cause
    return Period(start, _add_months(start, 1), "month")


def named(name: str) -> Period:
    """Return the period written ``2026-10``, ``2026-Q3``, ``2026``, ``FY2027-07`` (a fiscal year
    and the month it starts in), ``2026-10-YTD`` or ``2026-10-YTD07`` (a year through that month)
    or ``2026-10-05..2026-11-01``; Refusal when it is none.
    """
    if found := _QUARTER_OR_YEAR.fullmatch(name):
        year, quarter = int(found["year"]), found["quarter"]
        if quarter is None:
            return year_of(date(year, 1, 1))
        return quarter_of(date(year, int(quarter) * 3, 1))
    if found := _FISCAL_YEAR.fullmatch(name):
        return year_of(date(int(found["year"]), 1, 1), int(found["first"]))
    if found := _TO_DATE.fullmatch(name):
        return month(found["month"]).so_far(int(found["first"] or _JANUARY))
    if found := _DAYS.fullmatch(name):
        return _days_between(found["first"], found["last"])
    return month(name)


def _days_between(first: str, last: str) -> Period:
    try:
        return days(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as cause:
        raise Refusal("measures.not_a_month") from cause


def month_of(day: date) -> Period:
    """Return the month ``day`` lies in."""
    start = day.replace(day=1)
    return Period(start, _add_months(start, 1), "month")


def quarter_of(day: date, first_month: int = _JANUARY) -> Period:
    """Return the quarter ``day`` lies in, of years that start in ``first_month``."""
    into = (day.month - first_month) % 3
    start = _add_months(day.replace(day=1), -into)
    return Period(start, _add_months(start, 3), "quarter", first_month)


def year_of(day: date, first_month: int = _JANUARY) -> Period:
    """Return the calendar or fiscal year ``day`` lies in."""
    into = (day.month - first_month) % 12
    start = _add_months(day.replace(day=1), -into)
    return Period(start, _add_months(start, 12), "year", first_month)


def days(first: date, last: date) -> Period:
    """Return the days from ``first`` through ``last``."""
    return Period(first, last + _DAY, "days")


def _year_of(start: date, first_month: int) -> int:
    """Return a year's name: a fiscal year is called after the year it ends in."""
    return start.year if first_month == _JANUARY else _add_months(start, 11).year


def _add_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month_index = divmod(index, 12)
    after = date(year + (month_index == 11), (month_index + 1) % 12 + 1, 1)
    last = (after - _DAY).day
    return date(year, month_index + 1, min(day.day, last))


def _month_range(period: Period) -> str:
    return f"{MONTHS[period.start.month - 1]} to {MONTHS[period.last_day.month - 1]}"


def _written(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _day_range(first: date, last: date) -> str:
    return _written(first) if first == last else f"{_written(first)} to {_written(last)}"
