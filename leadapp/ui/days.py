"""Days and moments as people say them: "Fri Oct 31", "3 days late", "2:41 pm". Pure."""

from __future__ import annotations

from datetime import date, datetime

from leadapp.ui.words import tr

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def day_of(iso: str) -> date | None:
    """Return the day an ISO date or moment begins with, ``None`` for anything else."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def say_day(day: date, today: date) -> str:
    """Return "Fri Oct 31"; with the year where it is another one."""
    said = f"{tr(_WEEKDAYS[day.weekday()])} {tr(_MONTHS[day.month - 1])} {day.day}"
    return said if day.year == today.year else f"{said}, {day.year}"


def say_date(day: date, today: date | None = None) -> str:
    """Return "Oct 31" or "Oct 31, 2025": without the weekday."""
    said = f"{tr(_MONTHS[day.month - 1])} {day.day}"
    return said if today is not None and day.year == today.year else f"{said}, {day.year}"


def say_iso(iso: str, today: date, unknown: str = "") -> str:
    """Return an ISO day as "Fri Oct 31"; ``unknown`` where it is none."""
    day = day_of(iso)
    return unknown if day is None else say_day(day, today)


def say_long(day: date) -> str:
    """Return "Monday, November 3": the title of a day."""
    return f"{tr(_LONG_WEEKDAYS[day.weekday()])}, {tr(_LONG_MONTHS[day.month - 1])} {day.day}"


def say_clock(moment: datetime) -> str:
    """Return "2:41 pm"."""
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02d} {'am' if moment.hour < 12 else 'pm'}"


def say_moment(moment: datetime, now: datetime) -> str:
    """Return "2:41 pm" today, else "Fri Oct 31, 2:41 pm"."""
    clock = say_clock(moment)
    if moment.date() == now.date():
        return clock
    return f"{say_day(moment.date(), now.date())}, {clock}"


def say_days_ago(days: int) -> str:
    """Return "today", "yesterday" or "5 days ago"."""
    if days <= 0:
        return tr("today")
    return tr("yesterday") if days == 1 else tr("{days} days ago", days=f"{days:,}")


def say_late(day: date, today: date) -> str:
    """Return "1 day late", "today", or nothing for a day to come."""
    late = (today - day).days
    if late <= 0:
        return ""
    return tr("1 day late") if late == 1 else tr("{days} days late", days=f"{late:,}")


def age(born: date, today: date) -> int:
    """Return whole years from a birth date."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
