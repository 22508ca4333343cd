"""Is this someone we know? Candidates for one person, scored and explained; a person decides.

Own plain scoring over name, short form, sound, birth date and phone. Nothing is joined
by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from leadapp.casework.names import are_short_forms, bare, one_slip_apart, sound
from leadapp.core.ids import RecordId


class Likeness(Enum):
    """How sure a match is."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class PersonName:
    """What is compared of a person. ``birth_day`` is ISO or ""; ``birth_year`` 0 if unknown."""

    record: RecordId
    last: str
    first: str
    nickname: str = ""
    birth_day: str = ""
    birth_year: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with its score and the codes of what speaks for and against it."""

    record: RecordId
    score: int
    likeness: Likeness
    why: tuple[str, ...]


SURE_FROM, LIKELY_FROM, POSSIBLE_FROM = 95, 75, 55
_LAST_SAME, _LAST_NEAR, _LAST_SOUND = 40, 30, 25
_FIRST_SAME, _FIRST_SHORT, _FIRST_NEAR, _FIRST_INITIAL = 25, 22, 15, 8
_BORN_SAME, _BORN_NEAR, _BORN_YEAR, _BORN_OTHER = 35, 20, 12, -25
_PHONE_SAME = 15
_PHONE_DIGITS = 10
_YEARS_OFF = 5


def matches(person: PersonName, known: Iterable[PersonName], *, limit: int = 10) -> list[Match]:
    """Return who ``person`` may be, best first; never ``person`` itself."""
    found = [
        match
        for other in known
        if other.record != person.record and (match := _match(person, other)) is not None
    ]
    return sorted(found, key=lambda match: (-match.score, match.record))[:limit]


def _match(person: PersonName, other: PersonName) -> Match | None:
    last = _last_name(person, other)
    first = _first_name(person, other)
    if not last[0] and not first[0]:
        return None
    parts = [last, first, _birth(person, other), _phone(person, other)]
    score = max(0, min(100, sum(points for points, _ in parts)))
    if score < POSSIBLE_FROM:
        return None
    why = tuple(f"casework.match_{reason}" for _, reason in parts if reason)
    return Match(other.record, score, _likeness(score), why)


def _likeness(score: int) -> Likeness:
    if score >= SURE_FROM:
        return Likeness.SURE
    return Likeness.LIKELY if score >= LIKELY_FROM else Likeness.POSSIBLE


def _last_name(person: PersonName, other: PersonName) -> tuple[int, str]:
    mine, theirs = bare(person.last), bare(other.last)
    if not mine or not theirs:
        return 0, ""
    if mine == theirs:
        return _LAST_SAME, "last_same"
    if one_slip_apart(mine, theirs):
        return _LAST_NEAR, "last_near"
    return (_LAST_SOUND, "last_sound") if sound(mine) == sound(theirs) else (0, "")


def _first_name(person: PersonName, other: PersonName) -> tuple[int, str]:
    """Return the best of any given name or nickname of one against any of the other."""
    mine = [name for name in (bare(person.first), bare(person.nickname)) if name]
    theirs = [name for name in (bare(other.first), bare(other.nickname)) if name]
    pairs = [_given(one, two) for one in mine for two in theirs]
    return max(pairs, default=(0, ""))


def _given(one: str, two: str) -> tuple[int, str]:
    if one == two:
        return _FIRST_SAME, "first_same"
    if are_short_forms(one, two):
        return _FIRST_SHORT, "first_short"
    if one_slip_apart(one, two):
        return _FIRST_NEAR, "first_near"
    initial = min(len(one), len(two)) == 1 and one[0] == two[0]
    return (_FIRST_INITIAL, "first_initial") if initial else (0, "")


def _birth(person: PersonName, other: PersonName) -> tuple[int, str]:
    if person.birth_day and other.birth_day:
        if person.birth_day == other.birth_day:
            return _BORN_SAME, "born_same"
        near = _born_one_slip_apart(person.birth_day, other.birth_day)
        return (_BORN_NEAR, "born_near") if near else (_BORN_OTHER, "born_other")
    mine, theirs = _year(person), _year(other)
    if not mine or not theirs:
        return 0, ""
    # A year may be an officer's estimate, so a year apart says nothing either way.
    if mine == theirs:
        return _BORN_YEAR, "born_year"
    return (_BORN_OTHER, "born_other") if abs(mine - theirs) > _YEARS_OFF else (0, "")


def _year(person: PersonName) -> int:
    return int(person.birth_day[:4]) if person.birth_day[:4].isdigit() else person.birth_year


def _born_one_slip_apart(one: str, two: str) -> bool:
    """Return whether month and day were swapped, or one digit differs."""
    swapped = one[:5] + one[8:10] + "-" + one[5:7]
    different = sum(left != right for left, right in zip(one, two, strict=False))
    return swapped == two or (len(one) == len(two) and different == 1)


def _phone(person: PersonName, other: PersonName) -> tuple[int, str]:
    mine, theirs = _digits(person.phone), _digits(other.phone)
    same = len(mine) == _PHONE_DIGITS and mine == theirs
    return (_PHONE_SAME, "phone_same") if same else (0, "")


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())[-_PHONE_DIGITS:]
