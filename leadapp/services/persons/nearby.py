"""Who is close to a person about to be added, so that nobody is added twice. Reader lane."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.casework.matching import Likeness, PersonName, matches
from leadapp.casework.names import bare, one_slip_apart, sound
from leadapp.core.ids import RecordId, RingId
from leadapp.services import verdicts
from leadapp.services.desk import Desk
from leadapp.services.persons.people import rings_of_people
from leadapp.services.persons.person_facts import PersonFacts, facts_of
from leadapp.services.persons.rows import COLUMNS, Row, name_of
from leadapp.services.persons.together import together

_BY_LETTER = f"""
SELECT {COLUMNS} FROM person
WHERE ring = :ring AND ((birth_day <> '' AND birth_day = :born)
    OR (last_name >= :upper AND last_name < :upper_end)
    OR (last_name >= :lower AND last_name < :lower_end))
"""  # noqa: S608 - fixed column names


@dataclass(frozen=True, slots=True)
class Near:
    """Someone close to what was typed, and why, as codes."""

    person: PersonFacts
    likeness: Likeness
    why: tuple[str, ...]


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
    people = facts_of(desk, shown.each(record for record, _, _ in close), shown)
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
