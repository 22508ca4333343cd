"""Days, moments and times of day as ODK writes them.

A plain day counts whole days from 1970-01-01; a moment counts days and fractions in
UTC. A moment without an offset is local, by the zone of the running form.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = 86_400
_DAY = re.compile(r"(-?\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE
)
_LARGEST_OFFSET = timedelta(hours=14)


def read_day(text: str) -> date | None:
    """Return the day ``text`` is, exactly; ``None`` for anything else."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment ``text`` is (a day, ``T``, a time); ``None`` for anything else."""
    day, separator, rest = text.strip().partition("T")
    found = read_day(day)
    if found is None or not separator:
        return None
    clock = read_time(rest)
    if clock is None:
        return None
    moment = datetime.combine(found, clock)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def read_time(text: str) -> time | None:
    """Return the time of day ``text`` is, with its offset if it names one."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    offset = _read_offset(match[5])
    if match[5] and offset is None:
        return None
    micro = int((match[4] or "0")[:6].ljust(6, "0"))
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0), micro, tzinfo=offset)
    except ValueError:
        return None


def _read_offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if shift > _LARGEST_OFFSET:
        return None
    return timezone(-shift if text[0] == "-" else shift)


def read_any(text: str, zone: tzinfo) -> date | None:
    """Return the day or moment ``text`` is."""
    if len(text) < 8 or text[:1] not in "0123456789 -":
        return None
    return read_day(text) or read_moment(text, zone)


def days_of(value: date) -> float:
    """Return days from 1970-01-01: whole for a day, with a fraction for a moment."""
    if isinstance(value, datetime):
        return (value - _EPOCH) / timedelta(days=1)
    return float(value.toordinal() - EPOCH_DAY)


def day_from(days: float) -> date | None:
    """Return the day ``days`` after 1970-01-01, ``None`` beyond the calendar."""
    try:
        return date.fromordinal(int(days // 1) + EPOCH_DAY)
    except (ValueError, OverflowError):
        return None


def moment_from(days: float, zone: tzinfo) -> datetime | None:
    """Return the moment ``days`` after the epoch, in ``zone``."""
    try:
        milliseconds = round(days * _SECONDS * 1000)
        return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def write(value: date) -> str:
    """Return ISO text: ``2026-01-02`` or ``2026-01-02T03:04:05.000-07:00``."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat(timespec="milliseconds")


def write_offset(moment: datetime) -> str:
    """Return ``-07:00``."""
    return moment.isoformat(timespec="seconds")[19:]
