"""Who of many may be recorded twice: every pair that scores as likely, without trying them all.

``matching`` scores two people; this finds the pairs worth scoring. By its points names alone
are never likely: a birth date or a phone is the same, or a birth date is near and one name
the same, or the names and the birth year are. People who share one of these are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import ne
from typing import NamedTuple

from leadapp.casework.matching import Likeness, Match, PersonName, matches
from leadapp.casework.names import are_short_forms, bare, one_slip_apart, sound
from leadapp.core.ids import RecordId

_PHONE_DIGITS, _DAY = 10, 10
_KEPT = 50_000
"""Names remembered once made comparable: a county has fewer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the smaller id first, with what speaks for it."""

    one: RecordId
    other: RecordId
    match: Match


class _Plain(NamedTuple):
    """A person made comparable."""

    last: str
    firsts: frozenset[str]
    year: str
    born: str
    phone: str
    person: PersonName


_Block = list[_Plain]


@dataclass(slots=True)
class LastFound:
    """The likely pairs found last: people asked about again as they were cost nothing."""

    _mark: int | None = None
    _pairs: tuple[Pair, ...] = ()

    def pairs(self, mark: int, people: Callable[[], Iterable[PersonName]]) -> tuple[Pair, ...]:
        """Return the likely pairs of ``people``, best first; ``mark`` differs where they do."""
        if mark != self._mark:
            self._pairs = tuple(likely_pairs(people()))
            self._mark = mark
        return self._pairs


def likely_pairs(people: Iterable[PersonName]) -> list[Pair]:
    """Return every pair that is likely or sure, best first."""
    plain = [_plain(person) for person in people]
    found: dict[tuple[RecordId, RecordId], Pair] = {}
    for keys, worth in (
        (_sure_things, _may_be_likely),
        (_last_name, _near_with_first),
        (_first_name, _near_with_last),
    ):
        for one, other in _pairs_of(_blocks(plain, keys), worth):
            pair = _scored(one.person, other.person)
            if pair is not None:
                found[pair.one, pair.other] = pair
    return sorted(found.values(), key=lambda pair: (-pair.match.score, pair.one, pair.other))


def _pairs_of(
    blocks: Iterable[_Block], worth: Callable[[_Plain, _Plain], bool]
) -> Iterator[tuple[_Plain, _Plain]]:
    for block in blocks:
        for at, first in enumerate(block):
            for second in block[at + 1 :]:
                if worth(first, second):
                    yield first, second


def _scored(first: PersonName, second: PersonName) -> Pair | None:
    one, other = (first, second) if first.record < second.record else (second, first)
    for match in matches(one, (other,)):
        if match.likeness is not Likeness.POSSIBLE:
            return Pair(one.record, other.record, match)
    return None


def _plain(person: PersonName) -> _Plain:
    born = person.birth_day
    firsts = frozenset((_bare(person.first), _bare(person.nickname))) - {""}
    year = born[:4] or (str(person.birth_year) if person.birth_year else "")
    return _Plain(_bare(person.last), firsts, year, born, _digits(person.phone), person)


def _blocks(people: Iterable[_Plain], keys: Callable[[_Plain], Iterator[str]]) -> list[_Block]:
    """Return those who share a key; most keys are one person's, and cost no list."""
    alone: dict[str, _Plain] = {}
    several: dict[str, _Block] = {}
    for person in people:
        for key in keys(person):
            first = alone.setdefault(key, person)
            if first is not person:
                several.setdefault(key, [first]).append(person)
    return list(several.values())


def _sure_things(person: _Plain) -> Iterator[str]:
    """Yield the birth date, the phone, and both names with the birth year."""
    if person.born:
        yield f"born {person.born}"
    if person.phone:
        yield f"phone {person.phone}"
    if person.last and person.year:
        for first in person.firsts:
            yield f"{person.last} {first} {person.year}"


def _last_name(person: _Plain) -> Iterator[str]:
    """Yield the last name with each part of the birth date that a slip may leave alone."""
    if person.last and len(person.born) == _DAY:
        for part in _parts(person.born):
            yield f"{person.last} {part}"


def _first_name(person: _Plain) -> Iterator[str]:
    """Yield each given name with each part of the birth date that a slip may leave alone."""
    if len(person.born) == _DAY:
        for first in person.firsts:
            for part in _parts(person.born):
                yield f"{first} {part}"


def _parts(born: str) -> tuple[str, str, str]:
    """Return parts of a birth date, one of which any two that are near share.

    Year and month, year and day, month and day; the first two look alike, so that a date
    whose month and day were swapped shares them crosswise.
    """
    return born[:7], born[:5] + born[8:], born[5:]


def _may_be_likely(one: _Plain, other: _Plain) -> bool:
    """Of those who share a sure thing: the last names are alike, or both things are shared."""
    if one.born == other.born != "" and one.phone == other.phone != "":
        return True
    return _lasts_alike(one.last, other.last)


def _near_with_first(one: _Plain, other: _Plain) -> bool:
    return _born_near(one.born, other.born) and any(
        _firsts_alike(mine, theirs) for mine in one.firsts for theirs in other.firsts
    )


def _near_with_last(one: _Plain, other: _Plain) -> bool:
    return _born_near(one.born, other.born) and _lasts_alike(one.last, other.last)


def _born_near(one: str, other: str) -> bool:
    """Return whether one digit differs, or two that month and day may have swapped."""
    different = sum(map(ne, one, other))
    return different == 1 or (one[:4] == other[:4] and one[5:7] == other[8:] and different > 0)


def _firsts_alike(mine: str, theirs: str) -> bool:
    return mine == theirs or are_short_forms(mine, theirs) or one_slip_apart(mine, theirs)


def _lasts_alike(mine: str, theirs: str) -> bool:
    if not mine or not theirs:
        return False
    return mine == theirs or _sound(mine) == _sound(theirs) or one_slip_apart(mine, theirs)


@lru_cache(_KEPT)
def _bare(name: str) -> str:
    return bare(name)


@lru_cache(_KEPT)
def _sound(name: str) -> str:
    return sound(name)


def _digits(phone: str) -> str:
    """Return the ten digits two phones are compared by, "" where there are fewer."""
    found = "".join(filter(str.isdigit, phone))[-_PHONE_DIGITS:]
    return found if len(found) == _PHONE_DIGITS else ""
