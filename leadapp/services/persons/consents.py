"""The consents of one person, on all their records: who is told what, and until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from leadapp.casework.consents import (
    Consent,
    Party,
    expires_within,
    is_live,
    longest_live,
    over_all_records,
)
from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.kinds.consent import CATEGORIES
from leadapp.services.consents import consents_of
from leadapp.services.desk import Desk
from leadapp.services.persons.rows import labels

_ORDER = ("ended", "revoked", "ending", "live")


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One recipient of one consent."""

    record: RecordId
    to: str
    person: str
    categories: tuple[str, ...]
    state: str
    """live, ending, ended or revoked."""
    end: str


def state_of(consents: Collection[Consent], day: date) -> tuple[str, str]:
    """Return how a person's consents stand, and the day the longest ends or the last one ended."""
    if not consents:
        return "none", ""
    longest = longest_live(consents, day.isoformat())
    if longest is None:
        return "ended", max((one.revoked or one.expires for one in consents), default="")
    return ("ending" if expires_within(longest, day=day) else "live"), longest.expires


def consent_lines(desk: Desk, ids: Sequence[RecordId]) -> tuple[ConsentLine, ...]:
    """Return of the person whose records are ``ids`` the newest consent to each recipient.

    Those that ended first, live ones last.
    """
    written = consents_of(desk.reader.rows, ids)
    consents = dict(zip(written, over_all_records(written.values()), strict=True))
    parties = [party for consent in consents.values() for party in consent.parties]
    agencies = labels(desk, [party.agency for party in parties])
    newest: dict[str, ConsentLine] = {}
    for record, consent in consents.items():  # by the day of signing: the last one stays
        for party in consent.parties:
            line = _line(record, consent, party, agencies.get(party.agency, ""), today(desk.clock))
            newest[line.to] = line
    return tuple(sorted(newest.values(), key=lambda line: (_ORDER.index(line.state), line.to)))


def _line(record: RecordId, consent: Consent, party: Party, agency: str, day: date) -> ConsentLine:
    to = agency or party.party.replace("_", " ").strip().capitalize()
    state, end = _line_state(consent, day)
    told = tuple(sorted(party.categories, key=_by_category))
    return ConsentLine(record, to, consent.person, told, state, end)


def _by_category(name: str) -> tuple[int, str]:
    """Return what sorts categories as the form lists them, a county's own ones last."""
    return CATEGORIES.index(name) if name in CATEGORIES else len(CATEGORIES), name


def _line_state(consent: Consent, day: date) -> tuple[str, str]:
    if consent.revoked and consent.revoked <= day.isoformat():
        return "revoked", consent.revoked
    if not is_live(consent, day.isoformat()):
        return "ended", consent.expires
    return ("ending" if expires_within(consent, day=day) else "live"), consent.expires
