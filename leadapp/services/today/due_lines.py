"""What is due by two weeks from now: referrals, contacts, consents. Reader lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the engine

from leadapp.casework.consents import Consent, longest_live, over_all_records
from leadapp.casework.due import ClientLine, Due, DueItem, ReferralLine, due_work
from leadapp.casework.episodes import StatusChange, in_order, is_in_program
from leadapp.core.clock import today
from leadapp.core.ids import RecordId, RingId
from leadapp.services.by_person import ByPerson
from leadapp.services.consents import consents_of
from leadapp.services.contacted import last_contacts
from leadapp.services.desk import Desk, family_of
from leadapp.services.verdicts import joined
from leadapp.staff.rights import Reach
from leadapp.store.reader import Reader

Row = tuple[Any, ...]
"""A row of the engine."""
_REFERRALS = """
SELECT r.record_id, r.ring, r.day, r.due_day, r.urgency, r.status, r.person_id,
       (SELECT s.status || ' ' || s.person_id FROM referral_status AS s
        WHERE s.referral_id = r.record_id ORDER BY s.status_day DESC, s.written DESC, s.record_id DESC LIMIT 1),
       EXISTS (SELECT 1 FROM intake AS i
               WHERE i.referral_id = r.record_id AND i.minimum_day <> '')
FROM referral AS r
"""
_STATUSES = "SELECT person_id, author, record_id, day, status, written FROM episode_status"
_NOTES = """
SELECT person_id, MAX(day || written || record_id), record_id, author, MAX(next_day)
FROM contact_note
WHERE person_id IN ({ids}) GROUP BY person_id
"""
_CONSENTS = """
SELECT record_id, person_id, type, signed_day, expires_day, revoked_day FROM consent
WHERE signed_day <> ''
"""
_PEOPLE = """
SELECT record_id, ring, last_name, first_name, nickname, phone FROM person
WHERE record_id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing to do. ``person`` is "" while nobody has linked one; ``since`` is an ISO day."""

    sort: Due
    ring: RingId
    record: RecordId
    person: str
    person_ring: str
    name: str
    phone: str
    day: date
    since: str
    """The day it follows from: the referral's, the last contact's; "" for none."""
    mine: bool

    @property
    def key(self) -> str:
        """Return a key for tables: the sort and the record."""
        return f"{self.sort.value} {self.ring} {self.record}"


def has_due_work(desk: Desk) -> bool:
    """Return whether this person's role works on due things at this desk."""
    return RingId("care") in desk.rings and desk.reach("list", "intake", "care") is Reach.ALL


def due(desk: Desk, person: str = "") -> list[DueLine]:
    """Return what is due by two weeks from now, most pressing first; of one ``person`` at will.

    Who was said to be one person has one day to be called, by all their records.
    """
    if not has_due_work(desk):
        return []
    day, ask = today(desk.clock), ByPerson(desk, person)
    person = ask.person
    referrals, rings, since = _referrals(desk, ask)
    clients, mine = _clients(desk, ask, day)
    items = due_work(
        referrals=referrals, clients=clients, consents=_consents(desk, ask, day), today=day
    )
    items = [item for item in items if not person or item.person == person]
    names = _names(desk, {item.person for item in items if item.person})
    since |= {line.record: line.last_contact for line in clients}
    return [_line(desk, item, rings, names, since, mine) for item in items]


def _referrals(
    desk: Desk, ask: ByPerson
) -> tuple[list[ReferralLine], dict[str, RingId], dict[str, str]]:
    lines, rings, since = [], {}, {}
    for record, ring, day, due_day, urgency, status, own_person, newest, done in ask.rows(
        _REFERRALS, {}
    ):
        if not desk.may("list", "referral", family_of(ring)):
            continue
        became, _, linked = str(newest or "").partition(" ")
        line = ReferralLine(
            record=str(record),
            person=linked or str(own_person or ""),
            status=became or str(status or "received"),
            day=str(day),
            due_day=str(due_day or ""),
            urgency=str(urgency or ""),
            intake_done=bool(done),
        )
        if ask.person in ("", line.person):
            lines.append(line)
            rings[line.record] = RingId(str(ring))
            since[line.record] = line.day
    return lines, rings, since


def _clients(desk: Desk, ask: ByPerson, day: date) -> tuple[list[ClientLine], set[str]]:
    """Return the people in the program, and whose last note or status is this person's own."""
    history: defaultdict[str, list[StatusChange]] = defaultdict(list)
    where = " WHERE person_id = :person" if ask.person else ""
    mine: set[str] = set()
    for of, author, record, *change in ask.rows(
        _STATUSES + where, {"person": ask.person} if ask.person else {}
    ):
        history[str(of)].append(StatusChange(RecordId(str(record)), *map(str, change)))
        if author == desk.user:
            mine.add(str(of))
    inside = [of for of, changes in history.items() if is_in_program(changes, str(day))]
    notes = {str(of): rest for of, *rest in _rows_of(ask, _NOTES, inside)}
    last = last_contacts(ask.rows, inside)
    lines = []
    for of in inside:
        _, record, author, planned = notes.get(of, ("", "", "", ""))
        if author:
            (mine.add if author == desk.user else mine.discard)(of)
        newest = in_order(history[of])[-1]
        lines.append(
            ClientLine(of, str(record) or newest.record, last.get(of, ""), str(planned or ""))
        )
    return lines, mine


def _consents(desk: Desk, ask: ByPerson, day: date) -> list[tuple[str, Consent]]:
    """Return of each person and type the consent in force that lasts longest.

    An older one is no work, nor is one that was revoked, on whichever record of the person.
    """
    revoked = _revoked_elsewhere(desk)
    found: defaultdict[tuple[str, str], dict[Consent, str]] = defaultdict(dict)
    extra = " AND person_id = :person" if ask.person else ""
    for record, of, kind, signed, expires, ended in ask.rows(
        _CONSENTS + extra, {"person": ask.person} if ask.person else {}
    ):
        ends = revoked.get(RecordId(str(record)), str(ended or ""))
        consent = Consent(str(of), str(kind), str(signed), str(expires or ""), ends)
        found[consent.person, consent.type][consent] = str(record)
    longest = {key: longest_live(written, str(day)) for key, written in found.items()}
    return [(found[key][one], one) for key, one in longest.items() if one is not None]


def _revoked_elsewhere(desk: Desk) -> dict[RecordId, str]:
    """Return the day consents of people on several records end by being revoked, or ""."""
    said = joined(desk)
    written = consents_of(desk.reader.rows, said.heads)
    together: defaultdict[RecordId, list[RecordId]] = defaultdict(list)
    for record, consent in written.items():
        together[said.head(RecordId(consent.person))].append(record)
    return {
        record: consent.revoked
        for records in together.values()
        for record, consent in zip(
            records, over_all_records(written[one] for one in records), strict=True
        )
    }


def _names(desk: Desk, people: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    found = {}
    for record, ring, last, first, nickname, phone in _rows_of(desk.reader, _PEOPLE, people):
        name = ", ".join(filter(None, (str(last or ""), str(first or ""))))
        found[str(record)] = (str(ring), name or str(nickname or ""), str(phone or ""))
    return found


def _line(
    desk: Desk,
    item: DueItem,
    rings: dict[str, RingId],
    names: dict[str, tuple[str, str, str]],
    since: dict[str, str],
    mine: set[str],
) -> DueLine:
    record, ring = RecordId(item.record), rings.get(item.record, RingId("care"))
    person_ring, name, phone = names.get(item.person, ("", "", ""))
    if not name:
        stored = desk.reader.record(ring, record)
        name = stored.summary.title if stored is not None else ""
    return DueLine(
        sort=item.sort,
        ring=ring,
        record=record,
        person=item.person,
        person_ring=person_ring,
        name=name,
        phone=phone,
        day=item.day,
        since=since.get(item.record, ""),
        mine=item.person in mine,
    )


def _rows_of(ask: ByPerson | Reader, sql: str, ids: Iterable[str]) -> list[Row]:
    """Return the rows of ``sql`` for some records; ``{ids}`` in it stands for them."""
    named = {f"id{at}": one for at, one in enumerate(ids)}
    return ask.rows(sql.format(ids=", ".join(f":{name}" for name in named)), named)
