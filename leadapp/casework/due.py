"""Work that waits: one list of what is due, by day, made anew from the records each time.

Items say which record and why; names are put to them by whoever may show names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from leadapp.casework.consents import Consent, expires_within
from leadapp.casework.episodes import IN_THE_WIND_AFTER_DAYS, INACTIVE_AFTER_DAYS
from leadapp.casework.referrals import OPEN

SOON = timedelta(days=14)


class Due(Enum):
    """Sorts of work, most pressing first where days are alike."""

    INTAKE = "intake"
    REFERRAL = "referral"
    CONTACT = "contact"
    NO_CONTACT = "no_contact"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do: its sort, the record and person it is about, and its day."""

    sort: Due
    record: str
    person: str
    day: date


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """What due work needs of a referral. ``due_day`` is ISO or ""."""

    record: str
    person: str
    status: str
    day: str
    due_day: str
    urgency: str = ""
    intake_done: bool = False


@dataclass(frozen=True, slots=True)
class ClientLine:
    """What due work needs of a person in the program. Days are ISO or ""."""

    person: str
    record: str
    last_contact: str
    next_contact: str


_URGENCY_DAYS = {"same_day": 0, "72_hours": 3}
_ROUTINE_DAYS = 7


def due_work(
    *,
    referrals: Iterable[ReferralLine],
    clients: Iterable[ClientLine],
    consents: Iterable[tuple[str, Consent]],
    today: date,
) -> list[DueItem]:
    """Return what is due by two weeks from ``today``, overdue first. ``consents`` come with their record."""
    items = [
        *(item for line in referrals for item in _of_referral(line)),
        *(item for line in clients for item in _of_client(line, today)),
        *(
            DueItem(Due.CONSENT, record, consent.person, date.fromisoformat(consent.expires))
            for record, consent in consents
            if expires_within(consent, day=today)
        ),
    ]
    soon = [item for item in items if item.day <= today + SOON or item.sort is Due.CONSENT]
    order = list(Due)
    return sorted(soon, key=lambda item: (item.day, order.index(item.sort), item.record))


def _of_referral(line: ReferralLine) -> list[DueItem]:
    if line.status not in OPEN or line.intake_done:
        return []
    clock = _day(line.due_day)
    if clock is not None:
        return [DueItem(Due.INTAKE, line.record, line.person, clock)]
    came = _day(line.day)
    if came is None:
        return []
    wait = timedelta(days=_URGENCY_DAYS.get(line.urgency, _ROUTINE_DAYS))
    return [DueItem(Due.REFERRAL, line.record, line.person, came + wait)]


def _of_client(line: ClientLine, today: date) -> list[DueItem]:
    planned = _day(line.next_contact)
    last = _day(line.last_contact)
    if planned is not None and (last is None or planned > last):
        return [DueItem(Due.CONTACT, line.record, line.person, planned)]
    if last is None or (today - last).days <= INACTIVE_AFTER_DAYS:
        return []
    gone = (today - last).days > IN_THE_WIND_AFTER_DAYS
    limit = timedelta(days=IN_THE_WIND_AFTER_DAYS if gone else INACTIVE_AFTER_DAYS)
    return [DueItem(Due.NO_CONTACT, line.record, line.person, last + limit)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
