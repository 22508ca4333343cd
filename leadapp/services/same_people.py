"""The same person on two records: who may be, who was said to be, and who counts as one.

What is said is a record of its own, whose id follows from the two, so that two computers
that say it meet in one record (and show that they differ). Nothing else is rewritten. Two
persons of one ring are joined in that ring, all others in ``care``: pointers go from care
to law and never back. Reading is on the reader lane; ``say`` and ``undo`` on the writer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leadapp.casework.doubles import Pair, likely_pairs
from leadapp.casework.joined import Joined, join
from leadapp.casework.matching import Likeness, PersonName
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.services.desk import Desk, family_of
from leadapp.staff.rights import Reach
from leadapp.store.writing import RecordWrite

Verdict = Literal["same", "different", ""]
"""What was said; "" was taken back."""

MOST = 200
"""Pairs given at once; what is judged makes room for the rest."""
_FORM, _KIND = FormId("_same_person"), "same_person"
_CARE = RingId("care")
_SAME = "SELECT person, other FROM same_person WHERE verdict = 'same'"
_JUDGED = "SELECT record_id, ring, person, other, verdict, conflicted FROM same_person"
_ONE = "SELECT person, other, verdict, conflicted FROM same_person WHERE record_id = ?"
_NAMES = """
SELECT record_id, ring, last_name, first_name, nickname, birth_day, birth_year, phone FROM person
"""


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
class Judged:
    """What was said of two persons, the smaller id first."""

    record: RecordId
    ring: RingId
    one: RecordId
    other: RecordId
    verdict: Verdict
    contested: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was just said of two persons, and what stood there ``before``: for ``undo``."""

    one: RecordId
    other: RecordId
    verdict: Verdict
    before: Verdict


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Who counts as one, and of which of those it was said that they are not one."""

    joined: Joined
    _apart: frozenset[frozenset[RecordId]]

    def settled(self, one: RecordId, other: RecordId) -> bool:
        """Return whether something was said of the two, or of others they are one with."""
        both = frozenset((self.joined.head(one), self.joined.head(other)))
        return len(both) == 1 or both in self._apart


def joined(desk: Desk) -> Joined:
    """Return who counts as one, by the rings open here."""
    return join((RecordId(str(a)), RecordId(str(b))) for a, b in desk.reader.rows(_SAME, {}))


def pairs(desk: Desk) -> list[Judged]:
    """Return every pair somebody judged and did not take back, and those in conflict."""
    found = [_judged(row) for row in desk.reader.rows(_JUDGED, {})]
    return [one for one in found if one.verdict or one.contested]


def suggestions(desk: Desk, limit: int = MOST) -> Suggestions:
    """Return likely pairs nobody has judged, best first, those in conflict before them.

    Only where this person may correct both. A person in law and one in care are suggested
    when it is sure; what is merely likely there would hide the doubles of one ring.
    """
    rings = _rings(desk)
    if not rings:
        return Suggestions((), 0)
    people = _people(desk, rings)
    judged = pairs(desk)
    differ = [
        _suggestion(desk, people, one.one, one.other, contested=True)
        for one in judged
        if one.contested
    ]
    said = _verdicts(judged)
    likely = likely_pairs(one.name for one in people.values())
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


def verdicts(desk: Desk) -> Verdicts:
    """Return everything that was said, to ask of any two. Reader lane."""
    return _verdicts(pairs(desk))


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
    return tuple(say(desk, *pair, "") for pair in _said_same(desk) if person in pair)


def _verdicts(judged: Iterable[Judged]) -> Verdicts:
    found = list(judged)
    one = join((pair.one, pair.other) for pair in found if pair.verdict == "same")
    apart = frozenset(
        frozenset((one.head(pair.one), one.head(pair.other)))
        for pair in found
        if pair.verdict == "different" or pair.contested
    )
    return Verdicts(one, apart)


def _rings(desk: Desk) -> list[RingId]:
    """Return the rings whose people this person may judge."""
    return [ring for ring in desk.rings if may_say(desk, ring, ring)]


def _may_correct(desk: Desk, ring: RingId) -> bool:
    return (
        family_of(ring) in ("law", "care")
        and desk.reach("correct", "person", family_of(ring)) is Reach.ALL
    )


def _ring_for(first: RingId, second: RingId) -> RingId:
    """Return where it is kept: pointers go from care to law and never back, nor across law."""
    return first if first == second else _CARE


def _ring_of(desk: Desk, person: RecordId) -> RingId:
    for ring in desk.rings:
        if family_of(ring) in ("law", "care"):
            sql = "SELECT 1 FROM person WHERE record_id = ?"
            if desk.archive.rows(ring, sql, (person,)):
                return ring
    raise Refusal("services.no_such_record")


def _as_it_stands(desk: Desk, ring: RingId, record: RecordId) -> tuple[Verdict, bool]:
    for _, _, verdict, conflicted in desk.archive.rows(ring, _ONE, (record,)):
        return _verdict(verdict), bool(conflicted)
    return "", False


def _joined_by_others(desk: Desk, one: RecordId, other: RecordId) -> bool:
    """Return whether the two stay one whatever is said of them: others join them."""
    rest = join(pair for pair in _said_same(desk) if set(pair) != {one, other})
    return rest.head(one) == rest.head(other)


def _said_same(desk: Desk) -> list[tuple[RecordId, RecordId]]:
    """Return the pairs said to be one, as they are at the moment of writing."""
    return [
        (RecordId(str(a)), RecordId(str(b)))
        for ring in desk.rings
        if family_of(ring) in ("law", "care")
        for a, b in desk.archive.rows(ring, _SAME, ())
    ]


def _judged(row: Sequence[object]) -> Judged:
    record, ring, one, other, verdict, conflicted = row
    return Judged(
        RecordId(str(record)), RingId(str(ring)), RecordId(str(one)), RecordId(str(other)),
        _verdict(verdict), bool(conflicted),
    )  # fmt: skip


def _verdict(said: object) -> Verdict:
    return "same" if said == "same" else "different" if said == "different" else ""


@dataclass(frozen=True, slots=True)
class _Person:
    ring: RingId
    name: PersonName

    @property
    def shown(self) -> str:
        """Return the name as lists say it."""
        return ", ".join(filter(None, (self.name.last, self.name.first))) or self.name.nickname


def _people(desk: Desk, rings: Sequence[RingId]) -> dict[RecordId, _Person]:
    """Return who is in ``rings``."""
    return {
        record: _Person(ring, PersonName(record, last, first, nick, born, year or 0, phone))
        for record, ring, last, first, nick, born, year, phone in desk.reader.rows(_NAMES, {})
        if ring in rings
    }


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
