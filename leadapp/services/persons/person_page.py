"""A person's own page: what stands around their timeline. Reader lane.

Due work of one person is ``today.due``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leadapp.casework.episodes import (
    StatusChange,
    in_order,
    is_in_program,
    stays,
    suggested_status,
)
from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.services import verdicts
from leadapp.services.contacted import last_contacts
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
    stays: int
    """How many stays there have been, the present one too."""
    last_contact: str
    """The day the program was last in touch; "" for never."""
    suggested: str
    """The status that contact suggests instead of the present one, "" where that may stand."""
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
    history = joint(histories_of(desk, ids), ids)
    began = stays(history, day := today(desk.clock).isoformat())
    last_contact, suggested = _suggested(desk, history, ids)
    referred = [row for _, *row in rows(desk, REFERRED, ids=ids) if row[1]]
    referred_day, officer, door = (
        (str(one or "") for one in referred[-1][1:]) if referred else ("", "", "")
    )
    sexes = {row[0]: str(row[9] or "") for row in rows(desk, PEOPLE, ids=ids)}
    apart = Together({}, {})
    return PersonPage(
        facts=found,
        sex=next((sexes[one] for one in ids if sexes.get(one)), ""),
        consents=consent_lines(desk, ids),
        since=began[-1] if is_in_program(history, day) else "",
        stays=len(began),
        last_contact=last_contact,
        suggested=suggested,
        referred_day=referred_day,
        referred_by=labels(desk, [officer]).get(officer, "") or door.replace("_", " "),
        same=tuple(facts_of(desk, shown.each(found.same_as), shown).values()),
        joined=tuple(facts_of(desk, list(ids[1:]), apart).values()),
    )


def _suggested(desk: Desk, history: list[StatusChange], ids: Sequence[RecordId]) -> tuple[str, str]:
    """Return the day of the last contact, and the status it suggests."""
    day = today(desk.clock)
    until = [change for change in in_order(history) if change.day <= day.isoformat()]
    last = max(last_contacts(desk.reader.rows, ids).values(), default="")
    if not until or not last:
        return last, ""
    now = until[-1]
    suggested = suggested_status(
        now.status,
        set_on=date.fromisoformat(now.day),
        last_contact=date.fromisoformat(last),
        today=day,
    )
    return last, suggested
