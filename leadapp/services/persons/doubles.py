"""Who among some people in a list is likely recorded twice: a guess shown beside the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leadapp.casework.matching import Likeness, Match, PersonName, matches
from leadapp.core.ids import RecordId
from leadapp.services.desk import Desk
from leadapp.services.persons.rows import COLUMNS, Row, name_of, rows
from leadapp.services.verdicts import Verdicts

_NEAR = f"""
SELECT {COLUMNS} FROM person
WHERE ring = :ring AND (
    (birth_day <> '' AND birth_day IN ({{born}}))
    OR (last_name <> '' AND last_name IN ({{names}})))
"""  # noqa: S608 - fixed column names


def doubles(
    desk: Desk, people: Sequence[Row], said: Verdicts
) -> dict[RecordId, tuple[RecordId, ...]]:
    """Return for each person those who are likely the same and of whom nobody said anything."""
    found: dict[RecordId, tuple[RecordId, ...]] = {}
    for ring in {str(row[1]) for row in people}:
        mine = [name_of(row) for row in people if row[1] == ring]
        by = _close(desk, ring, mine)
        for person in mine:
            candidates = {**by.get(f"n{person.last}", {}), **by.get(f"b{person.birth_day}", {})}
            worth = [
                other
                for other in candidates.values()
                if _worth(person, other) and not said.settled(person.record, other.record)
            ]
            likely = [one.record for one in matches(person, worth) if _likely(one)]
            if likely:
                found[person.record] = tuple(likely)
    return found


def _close(
    desk: Desk, ring: str, mine: Sequence[PersonName]
) -> dict[str, dict[RecordId, PersonName]]:
    """Return everyone with the birth date or last name of one of ``mine``, by it."""
    known = rows(
        desk,
        _NEAR,
        ring,
        born=sorted({one.birth_day for one in mine if one.birth_day}),
        names=sorted({one.last for one in mine if one.last}),
    )
    by: defaultdict[str, dict[RecordId, PersonName]] = defaultdict(dict)
    for row in known:
        other = name_of(row)
        for key in (f"b{other.birth_day}", f"n{other.last}"):
            by[key][other.record] = other
    return by


def _worth(person: PersonName, other: PersonName) -> bool:
    """Return whether two can come out as likely at all: names alone never do. Spares scoring."""
    year = person.birth_day[:4] or str(person.birth_year)
    return (other.birth_day[:4] or str(other.birth_year)) == year or bool(
        person.phone and person.phone == other.phone
    )


def _likely(match: Match) -> bool:
    return match.likeness is not Likeness.POSSIBLE
