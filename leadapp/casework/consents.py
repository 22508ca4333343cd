"""Whether a consent is live on a day, and until when.

An event as its end must be entered as a day once it has happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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


def longest_live(consents: Iterable[Consent], day: str) -> Consent | None:
    """Return the consent in force on ``day`` that lasts longest; ``None`` if there is none."""
    live = [consent for consent in consents if is_live(consent, day)]
    return max(live, key=lambda consent: consent.expires or date.max.isoformat(), default=None)


def over_all_records(consents: Iterable[Consent]) -> list[Consent]:
    """Return the consents of someone who is on several records, as revoked on any of them.

    Who revokes says it once, and it is written on the record that was open. It reaches what
    the person had signed by then on the other records too, where it is of the same type or
    has a party in common; where a revoked one names no party, that cannot be told apart.
    """
    known = list(consents)
    revoked = [one for one in known if one.revoked]
    return [_revoked_by(one, (other for other in revoked if _reaches(other, one))) for one in known]


def _reaches(revoked: Consent, consent: Consent) -> bool:
    if revoked.person == consent.person or revoked.revoked < consent.signed:
        return False
    theirs = {party.party for party in revoked.parties}
    mine = {party.party for party in consent.parties}
    return revoked.type == consent.type or not theirs or not theirs.isdisjoint(mine)


def _revoked_by(consent: Consent, others: Iterable[Consent]) -> Consent:
    days = [day for day in (consent.revoked, *(one.revoked for one in others)) if day]
    return replace(consent, revoked=min(days, default=""))


def expires_within(consent: Consent, *, day: date, days: int = 30) -> bool:
    """Return whether a consent is live on ``day`` and its end is near."""
    if not consent.expires or not is_live(consent, day.isoformat()):
        return False
    return (date.fromisoformat(consent.expires) - day).days <= days
