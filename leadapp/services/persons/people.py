"""People in lists and on their own page: status, consent, who may be the same person.

Those who were said to be one are shown once, with what stands in all their records; the
likely doubles that are marked are of one ring. Reader lane throughout. Due work of one
person is ``today.due``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from leadapp.casework.consents import Consent, expires_within, is_live
from leadapp.casework.episodes import ENDED, StatusChange, status_on
from leadapp.casework.matching import Likeness, PersonName, matches
from leadapp.casework.names import bare, one_slip_apart, sound
from leadapp.core.clock import today
from leadapp.core.ids import RecordId, RingId
from leadapp.services import verdicts
from leadapp.services.desk import Desk, family_of
from leadapp.services.persons.doubles import doubles as likely_doubles
from leadapp.services.persons.rows import COLUMNS, PEOPLE, Row, full_name, name_of, rows
from leadapp.services.persons.together import Together, together
from leadapp.services.verdicts import Verdicts
from leadapp.staff.rights import Reach
from leadapp.store.queries import RecordLine

T = TypeVar("T")
_BY_LETTER = f"""
SELECT {COLUMNS} FROM person
WHERE ring = :ring AND ((birth_day <> '' AND birth_day = :born)
    OR (last_name >= :upper AND last_name < :upper_end)
    OR (last_name >= :lower AND last_name < :lower_end))
"""  # noqa: S608 - fixed column names
_STATUSES = """
SELECT person_id, record_id, day, status FROM episode_status
WHERE person_id IN ({ids})
"""
_REFERRED = """
SELECT s.person_id, s.status, r.day, r.officer, r.door FROM referral_status AS s
LEFT JOIN referral AS r ON r.record_id = s.referral_id
WHERE s.person_id IN ({ids}) ORDER BY s.status_day
"""
_CONSENTS = """
SELECT record_id, person_id, type, signed_day, expires_day, revoked_day FROM consent
WHERE person_id IN ({ids}) ORDER BY signed_day
"""
_PARTIES = """
SELECT record_id, party, agency, categories FROM consent_party
WHERE record_id IN ({ids}) ORDER BY record_id, n
"""
_LAST = """
SELECT person_id, MAX(day) FROM (
    SELECT person_id, day FROM contact_note WHERE made = 'contact'
    UNION ALL SELECT person_id, day FROM cit_contact
) WHERE person_id IN ({ids}) GROUP BY person_id
"""
_LABELS = """
SELECT record_id, name FROM agency WHERE record_id IN ({ids})
UNION ALL SELECT record_id, name FROM officer
WHERE record_id IN ({ids})
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


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What stands around a person's timeline."""

    facts: PersonFacts
    sex: str
    consents: tuple[ConsentLine, ...]
    since: str
    """The day the present stay in the program began; "" outside it."""
    referred_day: str
    referred_by: str
    same: tuple[PersonFacts, ...]
    joined: tuple[PersonFacts, ...]
    """The further records of this person, each for itself."""


@dataclass(frozen=True, slots=True)
class Near:
    """Someone close to what was typed, and why, as codes."""

    person: PersonFacts
    likeness: Likeness
    why: tuple[str, ...]


def rings_of_people(desk: Desk) -> tuple[RingId, ...]:
    """Return the rings whose people this person may list, the own side's first."""
    found = [
        ring
        for ring in desk.rings
        if family_of(ring) in verdicts.PEOPLE_IN
        and desk.reach("list", "person", family_of(ring)) is Reach.ALL
    ]
    first = "law" if desk.side == "law" else "care"
    return tuple(sorted(found, key=lambda ring: (family_of(ring) != first, ring)))


def facts(desk: Desk, lines: Sequence[RecordLine]) -> dict[RecordId, PersonFacts]:
    """Return what a list shows of the people in ``lines``, each once, doubles marked."""
    said = verdicts.verdicts(desk)
    shown = together(desk, said.joined, rings_of_people(desk))
    return _facts(desk, shown.each(line.record for line in lines), shown, said)


def hidden(desk: Desk) -> tuple[RecordId, ...]:
    """Return the records that a list of people leaves out: another of the person is shown."""
    return together(desk, verdicts.joined(desk), rings_of_people(desk)).hidden


def names(desk: Desk, people: Iterable[str]) -> dict[str, str]:
    """Return names of those people whom this person may list."""
    rings = rings_of_people(desk)
    wanted = sorted({one for one in people if one})
    if not wanted or not rings:
        return {}
    found = rows(desk, PEOPLE, ids=wanted)
    return {str(row[0]): full_name(row) for row in found if row[1] in rings}


def page(desk: Desk, record: RecordId) -> PersonPage | None:
    """Return what stands around the timeline of ``record``; ``None`` if there is no such person.

    Any record of a person gives the one page of that person.
    """
    said = verdicts.verdicts(desk)
    shown = together(desk, said.joined, rings_of_people(desk))
    found = next(iter(_facts(desk, shown.each([record]), shown, said).values()), None)
    if found is None or found.ring not in rings_of_people(desk):
        return None
    ids = found.everyone
    histories = _history(desk, ids)
    referred = [row for _, *row in rows(desk, _REFERRED, ids=ids) if row[1]]
    day, officer, door = (str(one or "") for one in referred[-1][1:]) if referred else ("", "", "")
    sexes = {row[0]: str(row[9] or "") for row in rows(desk, PEOPLE, ids=ids)}
    apart = Together({}, {})
    return PersonPage(
        facts=found,
        sex=next((sexes[one] for one in ids if sexes.get(one)), ""),
        consents=tuple(_consent_lines(desk, ids)),
        since=_since(_joint(histories, ids), today(desk.clock).isoformat()),
        referred_day=day,
        referred_by=_labels(desk, [officer]).get(officer, "") or door.replace("_", " "),
        same=tuple(_facts(desk, shown.each(found.same_as), shown).values()),
        joined=tuple(_facts(desk, list(ids[1:]), apart).values()),
    )


def alone(desk: Desk, record: RecordId) -> PersonFacts | None:
    """Return what one record of a person says, whoever it was joined with."""
    return _facts(desk, [record], Together({}, {})).get(record)


def near(
    desk: Desk,
    ring: RingId,
    *,
    last: str,
    first: str,
    birth_day: str = "",
    phone: str = "",
    limit: int = 6,
) -> list[Near]:
    """Return who in ``ring`` is close to a person about to be added, best first."""
    typed = PersonName(RecordId(""), last.strip(), first.strip(), "", birth_day, 0, phone)
    if not typed.last and not typed.first:
        return []
    known = _close_rows(desk, ring, typed)
    everyone = [name_of(row) for row in known]
    found = matches(typed, everyone, limit=limit)
    sure = {match.record for match in found}
    others = [
        (one.record, why)
        for one in everyone
        if one.record not in sure and (why := _alike(typed, one))
    ]
    others.sort(key=lambda pair: (pair[1], pair[0]))
    close = [(one.record, one.likeness, one.why) for one in found]
    close += [
        (record, Likeness.POSSIBLE, (f"casework.match_{why}",)) for record, why in others[:limit]
    ]
    shown = together(desk, verdicts.joined(desk), rings_of_people(desk))
    people = _facts(desk, shown.each(record for record, _, _ in close), shown)
    best: dict[RecordId, Near] = {}
    for record, likeness, reasons in close:
        one = people[shown.shown(record)]
        best.setdefault(one.record, Near(one, likeness, reasons))
    return list(best.values())[:limit]


def _alike(typed: PersonName, other: PersonName) -> str:
    """Return how the last names alone are alike, "" when they are not."""
    mine, theirs = bare(typed.last), bare(other.last)
    if not mine or not theirs:
        return ""
    if mine == theirs:
        return "last_same"
    if one_slip_apart(mine, theirs):
        return "last_near"
    return "last_sound" if sound(mine) == sound(theirs) else ""


def _close_rows(desk: Desk, ring: RingId, typed: PersonName) -> list[Row]:
    upper, lower = typed.last[:1].upper(), typed.last[:1].lower()
    parameters = {
        "ring": ring,
        "born": typed.birth_day,
        "upper": upper,
        "upper_end": chr(ord(upper[0]) + 1) if upper else "",
        "lower": lower,
        "lower_end": chr(ord(lower[0]) + 1) if lower else "",
    }
    return desk.reader.rows(_BY_LETTER, parameters)


def _facts(
    desk: Desk, people: list[RecordId], shown: Together, said: Verdicts | None = None
) -> dict[RecordId, PersonFacts]:
    """Return what is known of ``people``, over all their records; ``said`` marks doubles."""
    ids = [record for person in people for record in shown.everyone(person)]
    known = {RecordId(str(row[0])): tuple(row) for row in rows(desk, PEOPLE, ids=ids)}
    histories, consents = _history(desk, ids), _consents_by_person(desk, ids)
    referred = {str(of) for of, *_ in rows(desk, _REFERRED, ids=ids)}
    last = {str(of): str(found) for of, found in rows(desk, _LAST, ids=ids)}
    same = likely_doubles(desk, list(known.values()), said) if said is not None else {}
    day = today(desk.clock)
    found = {}
    for person in people:
        everyone = tuple(one for one in shown.everyone(person) if one in known)
        if person not in known:
            continue
        state, end = _consent_state(_joint(consents, everyone), day)
        others = (other for one in everyone for other in same.get(one, ()))
        found[person] = replace(
            _as_written([known[one] for one in everyone]),
            status=_status(
                _joint(histories, everyone), day, referred=not referred.isdisjoint(everyone)
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

    name = full_name(found[0])
    others = dict.fromkeys(full_name(row) for row in found[1:])
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
        also=tuple(one for one in others if one and one != name),
    )


def _joint(found: Mapping[str, list[T]], everyone: Iterable[RecordId]) -> list[T]:
    """Return what stands in all records of a person together."""
    return [one for record in everyone for one in found.get(record, ())]


def _history(desk: Desk, ids: Sequence[RecordId]) -> dict[str, list[StatusChange]]:
    found: defaultdict[str, list[StatusChange]] = defaultdict(list)
    for of, record, day, status in rows(desk, _STATUSES, ids=ids):
        found[str(of)].append(StatusChange(RecordId(str(record)), str(day), str(status)))
    return found


def _status(history: list[StatusChange], day: date, *, referred: bool) -> str:
    now = status_on(history, day.isoformat())
    if not now:
        return "referred" if referred else ""
    return "closed" if now in ENDED else now


def _since(history: list[StatusChange], day: str) -> str:
    """Return the first day of the stay that holds on ``day``."""
    began = ""
    for change in sorted(history, key=lambda one: (one.day, one.record)):
        if change.day > day:
            break
        if change.status in ENDED:
            began = ""
        elif not began:
            began = change.day
    return began


def _consents_by_person(
    desk: Desk, ids: Sequence[RecordId]
) -> dict[str, list[tuple[RecordId, Consent]]]:
    found: defaultdict[str, list[tuple[RecordId, Consent]]] = defaultdict(list)
    for record, of, kind, signed, expires, revoked in rows(desk, _CONSENTS, ids=ids):
        consent = Consent(str(of), str(kind), str(signed), str(expires), str(revoked))
        found[str(of)].append((RecordId(str(record)), consent))
    return found


def _consent_state(consents: list[tuple[RecordId, Consent]], day: date) -> tuple[str, str]:
    if not consents:
        return "none", ""
    live = [one for _, one in consents if is_live(one, day.isoformat())]
    if not live:
        ended = max((one.revoked or one.expires for _, one in consents), default="")
        return "ended", ended
    longest = max(live, key=lambda one: one.expires or "9")
    return ("ending" if expires_within(longest, day=day) else "live"), longest.expires


def _consent_lines(desk: Desk, ids: Sequence[RecordId]) -> Iterable[ConsentLine]:
    """Return the newest consent to each recipient, live ones first."""
    day = today(desk.clock)
    consents = {record: one for of in _consents_by_person(desk, ids).values() for record, one in of}
    parties = [
        (RecordId(str(record)), str(party or ""), str(agency or ""), str(categories or ""))
        for record, party, agency, categories in rows(desk, _PARTIES, ids=consents)
    ]
    labels = _labels(desk, [agency for _, _, agency, _ in parties])
    newest: dict[str, ConsentLine] = {}
    for record, party, agency, categories in sorted(parties, key=lambda p: consents[p[0]].signed):
        to = labels.get(agency, "") or party.replace("_", " ").strip().capitalize()
        state, end = _line_state(consents[record], day)
        of = consents[record].person
        newest[to] = ConsentLine(record, to, of, tuple(categories.split()), state, end)
    order = ("ended", "revoked", "ending", "live")
    return sorted(newest.values(), key=lambda line: (order.index(line.state), line.to))


def _line_state(consent: Consent, day: date) -> tuple[str, str]:
    if consent.revoked and consent.revoked <= day.isoformat():
        return "revoked", consent.revoked
    if not is_live(consent, day.isoformat()):
        return "ended", consent.expires
    return ("ending" if expires_within(consent, day=day) else "live"), consent.expires


def _labels(desk: Desk, records: Iterable[str]) -> dict[str, str]:
    wanted = sorted({record for record in records if record})
    if not wanted:
        return {}
    return {str(record): str(name) for record, name in rows(desk, _LABELS, ids=wanted)}
