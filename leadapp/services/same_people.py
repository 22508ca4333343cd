"""The same person on two records: who may be, and saying that they are or are not.

What is said is a record of its own, whose id follows from the two, so that two computers
that say it meet in one record (and show that they differ). Nothing else is rewritten. Two
persons of one ring are joined in that ring, all others in ``care``: pointers go from care
to law and never back. Reading is on the reader lane; ``say`` and ``undo`` on the writer's.
What was said is read by ``verdicts``.
"""

# ruff: noqa: S608 - fixed column names

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # rows of the engine

from leadapp.casework.doubles import Pair
from leadapp.casework.joined import join
from leadapp.casework.matching import Likeness, PersonName
from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.services.desk import Desk, family_of
from leadapp.services.verdicts import (
    PEOPLE_IN,
    Judged,
    Verdict,
    Verdicts,
    judged,
    same_now,
    verdict_of,
)
from leadapp.staff.rights import Reach
from leadapp.store.writing import RecordWrite

MOST = 200
"""Pairs given at once; what is judged makes room for the rest."""
_FORM, _KIND = FormId("_same_person"), "same_person"
_CARE = RingId("care")
_ONE = "SELECT person, other, verdict, conflicted FROM same_person WHERE record_id = ?"
_COLUMNS = "record_id, ring, last_name, first_name, nickname, birth_day, birth_year, phone"
_EVERYONE = f"SELECT {_COLUMNS} FROM person"
_SOME = f"{_EVERYONE} WHERE record_id IN (SELECT value FROM json_each(:ids))"
_ALL_SAID = f"SELECT group_concat(json_array({_COLUMNS})) FROM person"
"""One text that differs where anything does that likeness depends on: read in a third of the time."""

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two who may be one, for somebody to judge. ``why`` are codes of ``casework``.

    ``contested`` says that two computers judged them differently.
    """

    one: RecordId
    other: RecordId
    rings: tuple[RingId, RingId]
    names: tuple[str, str]
    why: tuple[str, ...]
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The best of ``total`` pairs that wait."""

    pairs: tuple[Suggestion, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Said:
    """What was just said of two persons, and what stood there ``before``: for ``undo``."""

    one: RecordId
    other: RecordId
    verdict: Verdict
    before: Verdict


def suggestions(desk: Desk, limit: int = MOST) -> Suggestions:
    """Return likely pairs nobody has judged, best first, those in conflict before them.

    Only where this person may correct both. A person in law and one in care are suggested
    when it is sure; what is merely likely there would hide the doubles of one ring.
    """
    rings = _rings(desk)
    if not rings:
        return Suggestions((), 0)
    likely = _likely(desk, rings)
    known = judged(desk)
    contested = [one for one in known if one.contested]
    people = _people(desk, rings, (*likely, *contested))
    differ = [_suggestion(desk, people, one.one, one.other, contested=True) for one in contested]
    said = Verdicts.of(known)
    waiting = [pair for pair in likely if not said.settled(pair.one, pair.other)]
    near = [pair for pair in waiting if _in_one_ring(people, pair)]
    far = [
        pair
        for pair in waiting
        if pair.match.likeness is Likeness.SURE and not _in_one_ring(people, pair)
    ]
    found = [
        *(one for one in differ if one is not None),
        *(
            made
            for pair in (*near, *far)
            if (made := _suggestion(desk, people, pair.one, pair.other, pair.match.why))
        ),
    ]
    return Suggestions(tuple(found[:limit]), len(found))


def may_say(desk: Desk, first: RingId, second: RingId) -> bool:
    """Return whether this person may say of persons in two rings whether they are one."""
    where = _ring_for(first, second)
    return (
        where in desk.rings
        and desk.may("write", _KIND, family_of(where))
        and all(_may_correct(desk, ring) for ring in (first, second))
    )


def say(desk: Desk, a: RecordId, b: RecordId, verdict: Verdict) -> Said:
    """Say whether two persons are the same, or take back what was said. Writer lane."""
    one, other = sorted((a, b))
    if one == other:
        raise Refusal("services.same_with_itself")
    first, second = _ring_of(desk, one), _ring_of(desk, other)
    ring = _ring_for(first, second)
    if ring not in desk.rings:
        raise Refusal("services.same_needs_care")
    if not may_say(desk, first, second):
        raise Refusal("services.not_allowed", action="correct", kind="person")
    record = RecordId(derive_id(_KIND, one, other))
    before, contested = _as_it_stands(desk, ring, record)
    if verdict == "different" and _joined_by_others(desk, one, other):
        raise Refusal("services.same_by_others")
    if verdict != before or contested:
        answers: dict[str, str] = {"person": one, "other": other, "verdict": verdict}
        write = RecordWrite(record, _FORM, "", "save", answers, desk.user, desk.clock.now())
        desk.archive.write(ring, [write])
    return Said(one, other, verdict, before)


def undo(desk: Desk, said: Said) -> Said:
    """Say again what stood there before. Writer lane."""
    return say(desk, said.one, said.other, said.before)


def take_out(desk: Desk, person: RecordId) -> tuple[Said, ...]:
    """Take back all that joins a record with others. Writer lane."""
    return tuple(say(desk, *pair, "") for pair in same_now(desk) if person in pair)


def _rings(desk: Desk) -> list[RingId]:
    """Return the rings whose people this person may judge."""
    return [ring for ring in desk.rings if may_say(desk, ring, ring)]


def _may_correct(desk: Desk, ring: RingId) -> bool:
    return (
        family_of(ring) in PEOPLE_IN
        and desk.reach("correct", "person", family_of(ring)) is Reach.ALL
    )


def _ring_for(first: RingId, second: RingId) -> RingId:
    """Return where it is kept: pointers go from care to law and never back, nor across law."""
    return first if first == second else _CARE


def _ring_of(desk: Desk, person: RecordId) -> RingId:
    for ring in desk.rings:
        if family_of(ring) in PEOPLE_IN:
            sql = "SELECT 1 FROM person WHERE record_id = ?"
            if desk.archive.rows(ring, sql, (person,)):
                return ring
    raise Refusal("services.no_such_record")


def _as_it_stands(desk: Desk, ring: RingId, record: RecordId) -> tuple[Verdict, bool]:
    for _, _, verdict, conflicted in desk.archive.rows(ring, _ONE, (record,)):
        return verdict_of(verdict), bool(conflicted)
    return "", False


def _joined_by_others(desk: Desk, one: RecordId, other: RecordId) -> bool:
    """Return whether the two stay one whatever is said of them: others join them."""
    rest = join(pair for pair in same_now(desk) if set(pair) != {one, other})
    return rest.head(one) == rest.head(other)


@dataclass(frozen=True, slots=True)
class _Person:
    ring: RingId
    name: PersonName

    @property
    def shown(self) -> str:
        """Return the name as lists say it."""
        return ", ".join(filter(None, (self.name.last, self.name.first))) or self.name.nickname


def _likely(desk: Desk, rings: Sequence[RingId]) -> tuple[Pair, ...]:
    """Return who in ``rings`` is alike; worked out again only where somebody there changed."""
    (said,) = desk.reader.rows(_ALL_SAID)
    return desk.doubles.pairs(
        hash((*rings, *said)),
        lambda: (_name(row) for row in desk.reader.rows(_EVERYONE) if row[1] in rings),
    )


def _people(
    desk: Desk, rings: Sequence[RingId], pairs: Iterable[Pair | Judged]
) -> dict[RecordId, _Person]:
    """Return who of ``rings`` is one of ``pairs``."""
    wanted = {record for pair in pairs for record in (pair.one, pair.other)}
    rows = desk.reader.rows(_SOME, {"ids": canonical_json(sorted(wanted)).decode()})
    return {row[0]: _Person(row[1], _name(row)) for row in rows if row[1] in rings}


def _name(row: _Row) -> PersonName:
    record, _, last, first, nick, born, year, phone = row
    return PersonName(record, last, first, nick, born, year or 0, phone)


def _in_one_ring(people: Mapping[RecordId, _Person], pair: Pair) -> bool:
    return people[pair.one].ring == people[pair.other].ring


def _suggestion(
    desk: Desk,
    people: Mapping[RecordId, _Person],
    one: RecordId,
    other: RecordId,
    why: tuple[str, ...] = (),
    *,
    contested: bool = False,
) -> Suggestion | None:
    """Return a pair in words; ``None`` where this person may not judge it."""
    first, second = people.get(one), people.get(other)
    if first is None or second is None or not may_say(desk, first.ring, second.ring):
        return None
    rings, names = (first.ring, second.ring), (first.shown, second.shown)
    return Suggestion(one, other, rings, names, why, contested)
