"""Dates and times as people type them, read and said back. Pure.

``read_typed("t 8:15p", rules)`` gives a ``Typed``; ``normal`` writes it the one way the
box shows it when left; ``in_words`` says it so that a wrong guess is seen at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = {"t": 0, "today": 0, "y": -1, "yesterday": -1, "tomorrow": 1}


class Wants(Enum):
    """What a field asks for."""

    DAY = "day"
    MOMENT = "moment"
    TIME = "time"


class Direction(Enum):
    """Which way a field looks: a birth date only back, a due date only forward."""

    ANY = "any"
    PAST = "past"
    FUTURE = "future"


class Part(Enum):
    """How much was said."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    MOMENT = "moment"
    TIME = "time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a field allows, and the moment it is typed at."""

    now: datetime
    wants: Wants = Wants.DAY
    direction: Direction = Direction.ANY
    partial: bool = False
    """Whether a month or a year alone will do."""
    unknown: bool = False

    @property
    def today(self) -> date:
        """The day it is typed on."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was meant. A month or a year has its first day in ``day``."""

    part: Part
    day: date | None = None
    time: time | None = None


def read_typed(text: str, rules: Rules) -> Typed | None:
    """Return what ``text`` means, or None when it says nothing we know.

    In a field for a moment a day alone is returned as a day: the time is still missing.
    """
    said = " ".join(text.casefold().replace(",", " ").split())
    if not said:
        return None
    if said == "?":
        return Typed(Part.UNKNOWN) if rules.unknown else None
    match rules.wants:
        case Wants.TIME:
            return _only_time(said, rules)
        case Wants.MOMENT:
            return _moment(said, rules)
        case _:
            return _day_or_part(said, rules)


def normal(typed: Typed | None) -> str:
    """Return the one way this is written: ``11/3/2025 8:15 pm``."""
    if typed is None:
        return ""
    match typed:
        case Typed(Part.UNKNOWN):
            return "?"
        case Typed(Part.TIME, _, time() as clock):
            return say_time(clock)
        case Typed(Part.YEAR, date() as day):
            return f"{day.year:04d}"
        case Typed(Part.MONTH, date() as day):
            return f"{day.month}/{day.year:04d}"
        case Typed(Part.MOMENT, date() as day, time() as clock):
            return f"{_slashes(day)} {say_time(clock)}"
        case Typed(_, date() as day):
            return _slashes(day)
    return ""


def in_words(typed: Typed | None, today: date) -> str:
    """Return ``Mon Nov 3, 8:15 pm``, with Today or Yesterday before it where it is."""
    if typed is None:
        return ""
    match typed:
        case Typed(Part.UNKNOWN):
            return "Unknown"
        case Typed(Part.TIME, _, time() as clock):
            return say_time(clock)
        case Typed(Part.YEAR, date() as day):
            return f"Some time in {day.year}"
        case Typed(Part.MONTH, date() as day):
            return f"Some time in {_MONTHS[day.month - 1].title()} {day.year}"
        case Typed(Part.MOMENT, date() as day, time() as clock):
            return f"{_near(day, today)}{say_day(day, today)}, {say_time(clock)}"
        case Typed(_, date() as day):
            return f"{_near(day, today)}{say_day(day, today)}"
    return ""


def say_day(day: date, today: date) -> str:
    """Return ``Fri Oct 31``, with the year where it is not this one."""
    words = f"{_DAYS[day.weekday()].title()} {_MONTHS[day.month - 1].title()} {day.day}"
    return words if day.year == today.year else f"{words}, {day.year}"


def say_time(clock: time) -> str:
    """Return ``8:15 pm``."""
    return f"{clock.hour % 12 or 12}:{clock.minute:02d} {'am' if clock.hour < 12 else 'pm'}"


def say_moment(moment: datetime, today: date) -> str:
    """Return ``Mon Nov 3, 2:41 pm``, or the time alone for today."""
    if moment.date() == today:
        return say_time(moment.time())
    return f"{say_day(moment.date(), today)}, {say_time(moment.time())}"


def read_time(said: str) -> time | None:
    """Return the time ``8:15p``, ``815 pm``, ``8p``, ``20:15`` or ``2015`` means."""
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))? ?(?:([ap])\.?m?\.?)?", said)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if found[2] is None and half is None:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def step_months(day: date, by: int) -> date:
    """Return the same day ``by`` months on, or the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + by
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        made = _date(year, month + 1, min(last, day.day))
        if made is not None:
            return made
    return day


def _only_time(said: str, rules: Rules) -> Typed | None:
    if said in ("n", "now"):
        return Typed(Part.TIME, time=_minute(rules.now).time())
    ago = _ago(said, rules)
    clock = ago.time() if ago else read_time(said)
    return None if clock is None else Typed(Part.TIME, time=clock)


def _moment(said: str, rules: Rules) -> Typed | None:
    exact = _minute(rules.now) if said in ("n", "now") else _ago(said, rules)
    if exact is not None:
        return Typed(Part.MOMENT, exact.date(), exact.time())
    clock = read_time(said)
    if clock is not None:
        return Typed(Part.MOMENT, _day_for(clock, rules), clock)
    for front, back in _splits(said):
        day, clock = _day(front, rules), read_time(back)
        if day is not None and clock is not None:
            return Typed(Part.MOMENT, day, clock)
    day = _day(said, rules)
    return None if day is None else Typed(Part.DAY, day)


def _splits(said: str) -> Iterator[tuple[str, str]]:
    words = said.split(" ")
    for tail in (2, 1):
        if len(words) > tail:
            yield " ".join(words[:-tail]), " ".join(words[-tail:])


def _day_for(clock: time, rules: Rules) -> date:
    """Return today; where only the past will do and the time is still to come, yesterday."""
    late = rules.direction is Direction.PAST and clock > rules.now.time()
    return rules.today - timedelta(days=1) if late else rules.today


def _day_or_part(said: str, rules: Rules) -> Typed | None:
    if said in ("n", "now"):
        return Typed(Part.DAY, rules.today)
    if rules.partial:
        year = re.fullmatch(r"(19|20)\d\d", said)
        if year:
            return _typed(Part.YEAR, _date(int(said), 1, 1))
        month = re.fullmatch(r"(\d{1,2})[/-](\d{4})", said)
        if month:
            return _typed(Part.MONTH, _date(int(month[2]), int(month[1]), 1))
    day = _day(said, rules)
    return None if day is None else Typed(Part.DAY, day)


def _typed(part: Part, day: date | None) -> Typed | None:
    return None if day is None else Typed(part, day)


def _day(said: str, rules: Rules) -> date | None:
    return (
        _relative(said, rules)
        or _weekday(said, rules)
        or _written(said, rules)
        or _run_together(said, rules)
        or _with_month_name(said, rules)
    )


def _relative(said: str, rules: Rules) -> date | None:
    if said in _DAY_WORDS:
        return _plus(rules.today, _DAY_WORDS[said])
    found = re.fullmatch(r"t? ?([+-]) ?(\d{1,5})", said)
    return _plus(rules.today, int(f"{found[1]}{found[2]}")) if found else None


def _weekday(said: str, rules: Rules) -> date | None:
    if len(said) < 3 or said[:3] not in _DAYS:
        return None
    if not _full_day_name(said).startswith(said):
        return None
    wanted = _DAYS.index(said[:3])
    if rules.direction is Direction.FUTURE:
        return _plus(rules.today, (wanted - rules.today.weekday() - 1) % 7 + 1)
    return _plus(rules.today, -((rules.today.weekday() - wanted) % 7))


def _full_day_name(said: str) -> str:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return names[_DAYS.index(said[:3])]


def _written(said: str, rules: Rules) -> date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", said)
    return _with_year(int(found[1]), int(found[2]), found[3], rules) if found else None


def _run_together(said: str, rules: Rules) -> date | None:
    found = re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})?", said)
    return _with_year(int(found[1]), int(found[2]), found[3], rules) if found else None


def _with_month_name(said: str, rules: Rules) -> date | None:
    first = re.fullmatch(r"([a-z]{3,9})\.? ?(\d{1,2})(?: (\d{4}|\d{2}))?", said)
    if first:
        return _named(first[1], int(first[2]), first[3], rules)
    later = re.fullmatch(r"(\d{1,2}) ?([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?", said)
    return _named(later[2], int(later[1]), later[3], rules) if later else None


def _named(name: str, day: int, year: str | None, rules: Rules) -> date | None:
    if name[:3] not in _MONTHS:
        return None
    return _with_year(_MONTHS.index(name[:3]) + 1, day, year, rules)


def _with_year(month: int, day: int, year: str | None, rules: Rules) -> date | None:
    if year is None:
        return _nearest(month, day, rules)
    if len(year) == 4:
        return _date(int(year), month, day)
    made = _date(2000 + int(year), month, day)
    limit = rules.today if rules.direction is Direction.PAST else _plus(rules.today, 365 * 20)
    if made is None or (limit is not None and made > limit):
        return _date(1900 + int(year), month, day)
    return made


def _nearest(month: int, day: int, rules: Rules) -> date | None:
    """Return this year's; the last or the next one where the field looks one way only."""
    step = {Direction.PAST: -1, Direction.FUTURE: 1}.get(rules.direction, 0)
    for away in range(5 if step else 1):  # February 29 may be four years off
        made = _date(rules.today.year + step * away, month, day)
        wrong_side = made is not None and (made - rules.today).days * step < 0
        if made is not None and not wrong_side:
            return made
    return None


def _ago(said: str, rules: Rules) -> datetime | None:
    found = re.fullmatch(r"- ?(\d{1,4}) ?([mh])(?:in|r|rs)?", said)
    if not found:
        return None
    minutes = int(found[1]) * (60 if found[2] == "h" else 1)
    return _minute(rules.now) - timedelta(minutes=minutes)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plus(day: date, by: int) -> date | None:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def _slashes(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year:04d}"


def _near(day: date, today: date) -> str:
    return {0: "Today, ", -1: "Yesterday, ", 1: "Tomorrow, "}.get((day - today).days, "")
