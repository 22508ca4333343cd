"""Whether a consent is live on a day and covers what is to be shared with whom.

A consent covers only the parties and categories it names; an event as its end must be
entered as a day once it has happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Party:
    """Who may be told what: an agency (its id) or a class of people, and the categories."""

    party: str
    agency: str
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Consent:
    """A signed permission. ``signed``, ``expires``, ``revoked`` are ISO days or ""."""

    person: str
    type: str
    signed: str
    expires: str = ""
    revoked: str = ""
    parties: tuple[Party, ...] = ()


def is_live(consent: Consent, day: str) -> bool:
    """Return whether ``consent`` holds on ``day``: its last day counts, the day it is revoked does not."""
    if not consent.signed or day < consent.signed:
        return False
    if consent.revoked and day >= consent.revoked:
        return False
    return not consent.expires or day <= consent.expires


def covers(consent: Consent, *, agency: str, category: str, day: str) -> bool:
    """Return whether ``category`` may be told to ``agency`` on ``day`` on this consent."""
    return is_live(consent, day) and any(
        party.agency == agency and category in party.categories
        for party in consent.parties
        if agency
    )


def live_for(
    consents: Iterable[Consent], *, person: str, agency: str, category: str, day: str
) -> Consent | None:
    """Return the consent of ``person`` to rely on, the one that lasts longest; ``None`` if none."""
    found = [
        consent
        for consent in consents
        if consent.person == person and covers(consent, agency=agency, category=category, day=day)
    ]
    return max(found, key=lambda consent: consent.expires or date.max.isoformat(), default=None)


def expires_within(consent: Consent, *, day: date, days: int = 30) -> bool:
    """Return whether a consent is live on ``day`` and its end is near."""
    if not consent.expires or not is_live(consent, day.isoformat()):
        return False
    return (date.fromisoformat(consent.expires) - day).days <= days
