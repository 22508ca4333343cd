"""People in lists and on their own page: status, consent, who may be the same person.

Law people and care people are different records; nothing here compares or joins them.
Reader lane throughout. Due work of one person is ``today.due``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the engine

from leadapp.casework.consents import Consent, expires_within, is_live
from leadapp.casework.episodes import ENDED, StatusChange, status_on
from leadapp.casework.matching import Likeness, Match, PersonName, matches
from leadapp.casework.names import bare, one_slip_apart, sound
from leadapp.core.clock import today
from leadapp.core.ids import RecordId, RingId
from leadapp.services.desk import Desk, family_of
from leadapp.staff.rights import Reach
from leadapp.store.queries import RecordLine

Row = tuple[Any, ...]
"""A row of the engine."""

_COLUMNS = (
    "record_id, ring, last_name, first_name, nickname, birth_day, birth_year, phone, side, sex"
)
_PEOPLE = f"SELECT {_COLUMNS} FROM person WHERE record_id IN ({{ids}})"  # noqa: S608 - fixed column names
_NEAR = f"""
SELECT {_COLUMNS} FROM person
WHERE ring = :ring AND (
    (birth_day <> '' AND birth_day IN ({{born}}))
    OR (last_name <> '' AND last_name IN ({{names}})))
"""  # noqa: S608 - fixed column names
_BY_LETTER = f"""
SELECT {_COLUMNS} FROM person
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


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One recipient of one consent."""

    record: RecordId
    to: str
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
        if family_of(ring) in ("law", "care")
        and desk.reach("list", "person", family_of(ring)) is Reach.ALL
    ]
    first = "law" if desk.side == "law" else "care"
    return tuple(sorted(found, key=lambda ring: (family_of(ring) != first, ring)))


def facts(desk: Desk, lines: Sequence[RecordLine]) -> dict[RecordId, PersonFacts]:
    """Return what a list shows of the people in ``lines``, doubles marked."""
    return _facts(desk, [line.record for line in lines], doubles=True)


def names(desk: Desk, people: Iterable[str]) -> dict[str, str]:
    """Return names of those people whom this person may list."""
    rings = rings_of_people(desk)
    wanted = sorted({one for one in people if one})
    if not wanted or not rings:
        return {}
    found = _rows(desk, _PEOPLE, ids=wanted)
    return {str(row[0]): _full_name(row) for row in found if row[1] in rings}


def page(desk: Desk, record: RecordId) -> PersonPage | None:
    """Return what stands around the timeline of ``record``; ``None`` if there is no such person."""
    found = _facts(desk, [record], doubles=True).get(record)
    if found is None or found.ring not in rings_of_people(desk):
        return None
    ids = [record]
    history = _history(desk, ids).get(record, [])
    referred = [row for _, *row in _rows(desk, _REFERRED, ids=ids) if row[1]]
    day, officer, door = (str(one or "") for one in referred[-1][1:]) if referred else ("", "", "")
    sex = next((str(row[9] or "") for row in _rows(desk, _PEOPLE, ids=ids)), "")
    same = _facts(desk, list(found.same_as), doubles=False)
    return PersonPage(
        facts=found,
        sex=sex,
        consents=tuple(_consent_lines(desk, ids)),
        since=_since(history, today(desk.clock).isoformat()),
        referred_day=day,
        referred_by=_labels(desk, [officer]).get(officer, "") or door.replace("_", " "),
        same=tuple(same.values()),
    )


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
    everyone = [_name_of(row) for row in known]
    found = matches(typed, everyone, limit=limit)
    sure = {match.record for match in found}
    others = [
        (one.record, why)
        for one in everyone
        if one.record not in sure and (why := _alike(typed, one))
    ]
    others.sort(key=lambda pair: (pair[1], pair[0]))
    shown = _facts(desk, [*sure, *(record for record, _ in others[:limit])], doubles=False)
    near_ones = [Near(shown[one.record], one.likeness, one.why) for one in found]
    near_ones += [
        Near(shown[record], Likeness.POSSIBLE, (f"casework.match_{why}",))
        for record, why in others[:limit]
    ]
    return near_ones[:limit]


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


def _facts(desk: Desk, people: list[RecordId], *, doubles: bool) -> dict[RecordId, PersonFacts]:
    ids = people
    rows = [tuple(row) for row in _rows(desk, _PEOPLE, ids=ids)]
    day = today(desk.clock)
    histories = _history(desk, ids)
    referred = {str(of) for of, *_ in _rows(desk, _REFERRED, ids=ids)}
    consents = _consents_by_person(desk, ids)
    last = {str(of): str(found) for of, found in _rows(desk, _LAST, ids=ids)}
    same = _doubles(desk, rows) if doubles else {}
    found = {}
    for row in rows:
        record = RecordId(str(row[0]))
        state, end = _consent_state(consents.get(record, []), day)
        found[record] = PersonFacts(
            ring=RingId(str(row[1])),
            record=record,
            name=_full_name(row),
            nickname=str(row[4] or ""),
            birth_day=str(row[5] or ""),
            birth_year=int(str(row[6] or 0)),
            phone=str(row[7] or ""),
            side=str(row[8]),
            status=_status(histories.get(record, []), day, referred=record in referred),
            consent=state,
            consent_end=end,
            last_contact=last.get(record, ""),
            same_as=same.get(record, ()),
        )
    return {record: found[record] for record in people if record in found}


def _rows(desk: Desk, sql: str, ring: str = "", **lists: Iterable[str]) -> list[Row]:
    """Return the rows of ``sql``; each ``{name}`` in it stands for the ids of that list."""
    named = {
        name: {f"{name}{at}": one for at, one in enumerate(ids)} for name, ids in lists.items()
    }
    text = sql.format(
        **{name: ", ".join(f":{key}" for key in keys) for name, keys in named.items()}
    )
    parameters = {key: one for keys in named.values() for key, one in keys.items()}
    return desk.reader.rows(text, parameters | ({"ring": ring} if ring else {}))


def _full_name(row: Row) -> str:
    name = ", ".join(str(part) for part in (row[2], row[3]) if part)
    return name or str(row[4] or "")


def _name_of(row: Row) -> PersonName:
    return PersonName(
        record=RecordId(str(row[0])),
        last=str(row[2] or ""),
        first=str(row[3] or ""),
        nickname=str(row[4] or ""),
        birth_day=str(row[5] or ""),
        birth_year=int(str(row[6] or 0)),
        phone=str(row[7] or ""),
    )


def _doubles(desk: Desk, rows: list[Row]) -> dict[RecordId, tuple[RecordId, ...]]:
    """Return for each person those who are likely the same, by birth date or last name."""
    found: dict[RecordId, tuple[RecordId, ...]] = {}
    for ring in {str(row[1]) for row in rows}:
        mine = [_name_of(row) for row in rows if row[1] == ring]
        known = _rows(
            desk,
            _NEAR,
            ring,
            born=sorted({one.birth_day for one in mine if one.birth_day}),
            names=sorted({one.last for one in mine if one.last}),
        )
        by: defaultdict[str, dict[str, PersonName]] = defaultdict(dict)
        for row in known:
            other = _name_of(tuple(row))
            for key in (f"b{other.birth_day}", f"n{other.last}"):
                by[key][other.record] = other
        for person in mine:
            candidates = {**by.get(f"n{person.last}", {}), **by.get(f"b{person.birth_day}", {})}
            worth = [other for other in candidates.values() if _worth(person, other)]
            likely = [one.record for one in matches(person, worth) if _likely(one)]
            if likely:
                found[person.record] = tuple(likely)
    return found


def _worth(person: PersonName, other: PersonName) -> bool:
    """Return whether two can come out as likely at all: names alone never do. Spares scoring."""
    year = person.birth_day[:4] or str(person.birth_year)
    return (other.birth_day[:4] or str(other.birth_year)) == year or bool(
        person.phone and person.phone == other.phone
    )


def _likely(match: Match) -> bool:
    return match.likeness is not Likeness.POSSIBLE


def _history(desk: Desk, ids: Sequence[RecordId]) -> dict[str, list[StatusChange]]:
    found: defaultdict[str, list[StatusChange]] = defaultdict(list)
    for of, record, day, status in _rows(desk, _STATUSES, ids=ids):
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
    for record, of, kind, signed, expires, revoked in _rows(desk, _CONSENTS, ids=ids):
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
        for record, party, agency, categories in _rows(desk, _PARTIES, ids=consents)
    ]
    labels = _labels(desk, [agency for _, _, agency, _ in parties])
    newest: dict[str, ConsentLine] = {}
    for record, party, agency, categories in sorted(parties, key=lambda p: consents[p[0]].signed):
        to = labels.get(agency, "") or party.replace("_", " ").strip().capitalize()
        state, end = _line_state(consents[record], day)
        newest[to] = ConsentLine(record, to, tuple(categories.split()), state, end)
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
    return {str(record): str(name) for record, name in _rows(desk, _LABELS, ids=wanted)}
