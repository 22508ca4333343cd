"""Functions on days, moments and times of day."""

from __future__ import annotations

from datetime import date, datetime

from leadapp.forms.expressions import dates
from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import Function, of_values
from leadapp.forms.expressions.values import NAN, Value, as_date, to_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _today(env: Environment, _values: list[Value]) -> Value:
    return env.now().date()


def _now(env: Environment, _values: list[Value]) -> Value:
    return env.now()


def _date(env: Environment, values: list[Value]) -> Value:
    found = as_date(values[0], env.zone)
    return "" if found is None else found


def _moment(env: Environment, values: list[Value]) -> Value:
    value = values[0]
    found = as_date(value, env.zone)
    if found is None:
        return ""
    if isinstance(found, datetime):
        return found
    if isinstance(value, float):
        return dates.moment_from(value, env.zone) or ""
    return datetime(found.year, found.month, found.day, tzinfo=env.zone)


def _days(env: Environment, values: list[Value]) -> Value:
    found = as_date(values[0], env.zone)
    return NAN if found is None else dates.days_of(found)


def _time_of_day(env: Environment, values: list[Value]) -> Value:
    text = to_text(values[0])
    moment = dates.read_moment(text, env.zone)
    if moment is None:
        clock = dates.read_time(text)
        if clock is None or clock.hour == 24:
            return NAN
        day = date(1970, 1, 1)
        moment = datetime.combine(day, clock)
        moment = moment.replace(tzinfo=env.zone) if moment.tzinfo is None else moment
    local = moment.astimezone(env.zone)
    seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return seconds / 86_400


def _format(env: Environment, values: list[Value]) -> Value:
    found = as_date(values[0], env.zone)
    if found is None:
        return ""
    if isinstance(found, datetime):
        moment = found.astimezone(env.zone)
    else:
        moment = datetime(found.year, found.month, found.day, tzinfo=env.zone)
    return format_moment(moment, to_text(values[1]))


def format_moment(moment: datetime, pattern: str) -> str:
    """Return ``moment`` written by the ODK codes in ``pattern``."""
    made: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter != "%":
            made.append(letter)
            continue
        code = next(letters, "")
        made.append(_code(moment, code))
    return "".join(made)


def _code(moment: datetime, code: str) -> str:
    month, weekday = moment.month - 1, moment.weekday()
    parts = {
        "%": "%",
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": _MONTHS[month],
        "B": _FULL_MONTHS[month],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "a": _DAYS[weekday],
        "A": _FULL_DAYS[weekday],
        "W": f"{moment.isocalendar().week:02d}",
        "Z": dates.write_offset(moment),
    }
    return parts.get(code, f"%{code}")


FUNCTIONS: dict[str, Function] = {
    "today": of_values(0, 0, _today),
    "now": of_values(0, 0, _now),
    "date": of_values(1, 1, _date),
    "date-time": of_values(1, 1, _moment),
    "decimal-date": of_values(1, 1, _days),
    "decimal-date-time": of_values(1, 1, _days),
    "decimal-time": of_values(1, 1, _time_of_day),
    "format-date": of_values(2, 2, _format),
    "format-date-time": of_values(2, 2, _format),
}
