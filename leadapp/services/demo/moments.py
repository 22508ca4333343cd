"""The days of the made-up county: its months, and when in a week things happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from leadapp.services.demo.chance import Chance, Odds

_BY_HOUR = Odds(
    {
        str(hour): weight
        for hour, weight in enumerate(
            (5, 4, 3, 3, 2, 2, 3, 4, 6, 8, 9, 10, 10, 10, 11, 12, 13, 13, 13, 12, 11, 10, 9, 7)
        )
    }
)
_WEEKDAY = (9.5, 9.0, 9.2, 9.6, 11.0, 10.6, 9.1)
_OFFICE_DAYS = 5
_SEASON = (0.92, 0.90, 0.97, 1.00, 1.06, 1.08, 1.10, 1.09, 1.02, 1.00, 0.94, 0.92)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first moment and the first moment after it."""

    start: datetime
    end: datetime
    busy_days: Odds

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end.date() - self.start.date()).days

    @property
    def season(self) -> float:
        """Return how busy it is against an average month."""
        return _SEASON[self.start.month - 1]

    def around_the_clock(self, chance: Chance) -> datetime:
        """Return a moment when deputies are called: evenings and weekends more."""
        day, hour = int(chance.of(self.busy_days)), int(chance.of(_BY_HOUR))
        return self.start + timedelta(days=day, hours=hour, minutes=chance.between(0, 59))

    def in_the_office(self, chance: Chance) -> datetime:
        """Return a moment of a working day."""
        days = [self.start + timedelta(days=number) for number in range(self.days)]
        return working(chance.one([day for day in days if day.weekday() < _OFFICE_DAYS]), chance)


def months_before(today: date, count: int, zone: tzinfo | None) -> list[Month]:
    """Return the ``count`` months that ended before ``today``'s month began."""
    ends = today.replace(day=1)
    months: list[Month] = []
    for _ in range(count):
        starts = (ends - timedelta(days=1)).replace(day=1)
        busy = {
            str(number): _WEEKDAY[(starts + timedelta(days=number)).weekday()]
            for number in range((ends - starts).days)
        }
        months.append(Month(_midnight(starts, zone), _midnight(ends, zone), Odds(busy)))
        ends = starts
    return months[::-1]


def last_day(day: date, months: int) -> date:
    """Return the last day of the month that is ``months`` after that of ``day``."""
    number = day.year * 12 + day.month + months
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def working(moment: datetime, chance: Chance) -> datetime:
    """Return a moment in office hours on the day of ``moment`` or the working day before."""
    back = max(0, moment.weekday() - (_OFFICE_DAYS - 1))
    minutes = chance.between(8 * 60 + 15, 16 * 60 + 40)
    day = moment.replace(hour=0, minute=0, second=0) - timedelta(days=back)
    return day + timedelta(minutes=minutes)


def text_of(moment: datetime) -> str:
    """Return a moment as a form keeps it."""
    return moment.isoformat(timespec="milliseconds")


def day_of(moment: datetime) -> str:
    """Return the local day as a form keeps it."""
    return moment.date().isoformat()


def noon(moment: datetime) -> datetime:
    """Return 12:00 of the day: what lies in ``shared`` must not tell the minute."""
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)
