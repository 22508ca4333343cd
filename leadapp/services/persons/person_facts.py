"""What a list shows of a person: the name, the status, consent, who may be the same.

Those who were said to be one are shown once, with what stands in all their records; the
likely doubles that are marked are of one ring. Reader lane.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from leadapp.casework.consents import Consent, over_all_records
from leadapp.casework.episodes import ENDED, StatusChange, status_on
from leadapp.core.clock import today
from leadapp.core.ids import RecordId, RingId
from leadapp.services.consents import consents_of
from leadapp.services.desk import Desk
from leadapp.services.persons.consents import state_of
from leadapp.services.persons.doubles import doubles as likely_doubles
from leadapp.services.persons.rows import PEOPLE, REFERRED, Row, full_name, rows
from leadapp.services.persons.together import Together
from leadapp.services.verdicts import Verdicts

T = TypeVar("T")
_STATUSES = """
SELECT person_id, record_id, day, status, written FROM episode_status
WHERE person_id IN ({ids})
"""
_LAST = """
SELECT person_id, MAX(day) FROM (
    SELECT person_id, day FROM contact_note WHERE made = 'contact'
    UNION ALL SELECT person_id, day FROM cit_contact
) WHERE person_id IN ({ids}) GROUP BY person_id
"""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person in a list. Days are ISO or ""; ``consent`` is none, live, ending or ended."""

    ring: RingId
    record: RecordId
    name: str
    nickname: str
    birth_day: str
    birth_year: int
    phone: str
    side: str
    status: str
    """active, inactive, ..., referred, closed, or "" ; law people have none."""
    consent: str
    consent_end: str
    last_contact: str
    same_as: tuple[RecordId, ...] = ()
    """Who is likely the same; a guess nobody has judged."""
    everyone: tuple[RecordId, ...] = ()
    """All records of the person, this one first."""
    also: tuple[str, ...] = ()
    """Other names in those records."""


def facts_of(
    desk: Desk, people: list[RecordId], shown: Together, said: Verdicts | None = None
) -> dict[RecordId, PersonFacts]:
    """Return what is known of ``people``, over all their records; ``said`` marks doubles."""
    ids = [record for person in people for record in shown.everyone(person)]
    known = {RecordId(str(row[0])): tuple(row) for row in rows(desk, PEOPLE, ids=ids)}
    histories, consents = histories_of(desk, ids), _consents(desk, ids)
    referred = {str(of) for of, *_ in rows(desk, REFERRED, ids=ids)}
    last = {str(of): str(found) for of, found in rows(desk, _LAST, ids=ids)}
    same = likely_doubles(desk, list(known.values()), said) if said is not None else {}
    day = today(desk.clock)
    found = {}
    for person in people:
        everyone = tuple(one for one in shown.everyone(person) if one in known)
        if person not in known:
            continue
        state, end = state_of(over_all_records(joint(consents, everyone)), day)
        others = (other for one in everyone for other in same.get(one, ()))
        found[person] = replace(
            _as_written([known[one] for one in everyone]),
            status=_status(
                joint(histories, everyone), day, referred=not referred.isdisjoint(everyone)
            ),
            consent=state,
            consent_end=end,
            last_contact=max((last.get(one, "") for one in everyone), default=""),
            same_as=tuple(one for one in shown.each(others) if one != person),
            everyone=everyone,
        )
    return found


def _as_written(found: Sequence[Row]) -> PersonFacts:
    """Return what the records of a person say themselves; the first one's answers before others'."""

    def first(column: int) -> str:
        return next((str(row[column]) for row in found if row[column]), "")

    # The first record may have been emptied by order: then another one names the person.
    name, *others = [*dict.fromkeys(filter(None, map(full_name, found))), ""]
    return PersonFacts(
        ring=RingId(str(found[0][1])),
        record=RecordId(str(found[0][0])),
        name=name,
        nickname=first(4),
        birth_day=first(5),
        birth_year=int(first(6) or 0),
        phone=first(7),
        side=str(found[0][8]),
        status="",
        consent="none",
        consent_end="",
        last_contact="",
        also=tuple(filter(None, others)),
    )


def joint(found: Mapping[str, list[T]], everyone: Iterable[RecordId]) -> list[T]:
    """Return what stands in all records of a person together."""
    return [one for record in everyone for one in found.get(record, ())]


def histories_of(desk: Desk, ids: Sequence[RecordId]) -> dict[str, list[StatusChange]]:
    found: defaultdict[str, list[StatusChange]] = defaultdict(list)
    for of, record, *change in rows(desk, _STATUSES, ids=ids):
        found[str(of)].append(StatusChange(RecordId(str(record)), *map(str, change)))
    return found


def _status(history: list[StatusChange], day: date, *, referred: bool) -> str:
    now = status_on(history, day.isoformat())
    if not now:
        return "referred" if referred else ""
    return "closed" if now in ENDED else now


def _consents(desk: Desk, ids: Sequence[RecordId]) -> dict[str, list[Consent]]:
    found: defaultdict[str, list[Consent]] = defaultdict(list)
    for consent in consents_of(desk.reader.rows, ids).values():
        found[consent.person].append(consent)
    return found
