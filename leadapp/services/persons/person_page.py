"""A person's own page: what stands around their timeline. Reader lane.

Due work of one person is ``today.due``.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.casework.episodes import ENDED, StatusChange
from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.services import verdicts
from leadapp.services.desk import Desk
from leadapp.services.persons.consents import ConsentLine, consent_lines
from leadapp.services.persons.people import rings_of_people
from leadapp.services.persons.person_facts import PersonFacts, facts_of, histories_of, joint
from leadapp.services.persons.rows import PEOPLE, REFERRED, labels, rows
from leadapp.services.persons.together import Together, together


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


def page(desk: Desk, record: RecordId) -> PersonPage | None:
    """Return what stands around the timeline of ``record``; ``None`` if there is no such person.

    Any record of a person gives the one page of that person.
    """
    said = verdicts.verdicts(desk)
    shown = together(desk, said.joined, rings_of_people(desk))
    found = next(iter(facts_of(desk, shown.each([record]), shown, said).values()), None)
    if found is None or found.ring not in rings_of_people(desk):
        return None
    ids = found.everyone
    histories = histories_of(desk, ids)
    referred = [row for _, *row in rows(desk, REFERRED, ids=ids) if row[1]]
    day, officer, door = (str(one or "") for one in referred[-1][1:]) if referred else ("", "", "")
    sexes = {row[0]: str(row[9] or "") for row in rows(desk, PEOPLE, ids=ids)}
    apart = Together({}, {})
    return PersonPage(
        facts=found,
        sex=next((sexes[one] for one in ids if sexes.get(one)), ""),
        consents=consent_lines(desk, ids),
        since=_since(joint(histories, ids), today(desk.clock).isoformat()),
        referred_day=day,
        referred_by=labels(desk, [officer]).get(officer, "") or door.replace("_", " "),
        same=tuple(facts_of(desk, shown.each(found.same_as), shown).values()),
        joined=tuple(facts_of(desk, list(ids[1:]), apart).values()),
    )


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
