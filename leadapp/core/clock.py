"""What time it is, asked of one object handed in at start.

Every moment in the program is an aware datetime in local time with its offset;
``core.clock`` is the only module that reads the system clock.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The one source of now."""

    def now(self) -> datetime:
        """Return the present moment, aware, with the local UTC offset."""
        ...


class SystemClock:
    """The computer's clock in its local time zone."""

    def now(self) -> datetime:
        """Return the present moment with the local offset."""
        return datetime.now().astimezone()  # noqa: TID251 - the one place that may


class SteppingClock:
    """A clock that stands at a moment and is moved by hand; the demo county's clock."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs a moment with a UTC offset")
        self._now = start

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move to ``moment``, forwards or back."""
        self._now = moment

    def step(self, by: timedelta) -> None:
        """Move on by ``by``."""
        self._now += by


def today(clock: Clock) -> date:
    """Return the local day."""
    return clock.now().date()


def to_milliseconds(moment: datetime) -> int:
    """Return ``moment`` as milliseconds since 1970-01-01 UTC."""
    return round(moment.timestamp() * 1000)
