"""The words beside the password: the usual use-notice, and when the last backup was."""

from __future__ import annotations

from datetime import datetime

from leadapp.core.clock import Clock
from leadapp.ui.words import tr

_NOON = 12
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def usual_notice(county: str, device_class: str) -> str:
    """Return the notice a county has until it writes its own, a paragraph a blank line."""
    parts = [
        tr(
            "You are opening a computer system of {county}. It is for authorized people doing"
            " program or law enforcement work.",
            county=county,
        ),
        tr(
            "Use may be watched, recorded and audited. Unauthorized use can lead to criminal or"
            " civil penalties."
        ),
    ]
    if device_class == "office":
        parts.append(
            tr(
                "Some records are protected by 42 CFR Part 2. Do not share them without the"
                " person's written consent, or another reason the law allows."
            )
        )
    return "\n\n".join(parts)


def backup_words(last: datetime | None, clock: Clock) -> str:
    """Return when the last backup was, as people say it."""
    if last is None:
        return tr("No backup has been made yet")
    return tr("Last backup {moment}", moment=moment_words(last, clock))


def moment_words(moment: datetime, clock: Clock) -> str:
    """Return "Sun Nov 2, 9:14 pm"; with the year where it is not this one."""
    now = clock.now()
    at = moment.astimezone(now.tzinfo)
    half = tr("am") if at.hour < _NOON else tr("pm")
    time = f"{at.hour % _NOON or _NOON}:{at.minute:02} {half}"
    day = f"{tr(_DAYS[at.weekday()])} {tr(_MONTHS[at.month - 1])} {at.day}"
    if at.year != now.year:
        day = f"{day}, {at.year}"
    return f"{day}, {time}"
