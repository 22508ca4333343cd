"""When a crisis contact is to be followed up, and whether that was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

DEFAULT_DAYS = 7
"""Where the officer wanted a follow-up but named no day; a setting of the county."""


def follow_up_due(
    *, by: str, contact_day: date, due: str = "", days: int = DEFAULT_DAYS
) -> date | None:
    """Return the day ``by`` (who follows up) is to have done it; ``None`` when none was wanted."""
    if by in ("", "none"):
        return None
    try:
        return date.fromisoformat(due)
    except ValueError:
        return contact_day + timedelta(days=days)


def is_followed_up(*, contact_day: date, done: Iterable[date]) -> bool:
    """Return whether any follow-up was made on the day of the contact or after it."""
    return any(day >= contact_day for day in done)
