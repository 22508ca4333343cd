"""People in lists: whom this person may list, and each once. Reader lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadapp.core.ids import RecordId, RingId
from leadapp.services import verdicts
from leadapp.services.desk import Desk, family_of
from leadapp.services.persons.person_facts import PersonFacts, facts_of
from leadapp.services.persons.rows import PEOPLE, full_name, rows
from leadapp.services.persons.together import Together, together
from leadapp.staff.rights import Reach
from leadapp.store.queries import RecordLine


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
    return facts_of(desk, shown.each(line.record for line in lines), shown, said)


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


def alone(desk: Desk, record: RecordId) -> PersonFacts | None:
    """Return what one record of a person says, whoever it was joined with."""
    return facts_of(desk, [record], Together({}, {})).get(record)
