"""An officer's own contacts: where answers wait, whom to see again, the last days'. Reader lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leadapp.core.clock import today
from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.crisis.follow_up import follow_up_due, is_followed_up
from leadapp.services.by_person import ByPerson
from leadapp.services.desk import Desk
from leadapp.services.reread import is_emptied, session_of
from leadapp.store.queries import RecordLine, RecordQuery

CONTACT_DAYS = 14
"""How far back an officer's own contacts are shown."""
WAITING_DAYS = 60
"""How far back is looked for contacts where answers wait."""
MOST_CONTACTS = 40
WAITS = "forms.answer_waits"
CIT_OFFICER = "cit_officer"
FOLLOW_UP_VISIT = "follow_up_visit"
_WANTED = """
SELECT record_id, person_id, day, follow_up_by, follow_up_due FROM cit_contact
WHERE follow_up_by = :by AND record_id IN (SELECT value FROM json_each(:ids))
"""
_DONE = """
SELECT record_id, person_id, day FROM cit_contact
WHERE origin = :visit AND person_id IN (SELECT value FROM json_each(:ids))
"""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """An officer's contact, how many answers wait there, and until when to see the person again.

    ``follow_up`` is for an officer and not done yet: a contact of the same person that began
    as a follow-up visit does it.
    """

    line: RecordLine
    waiting: int
    follow_up: date | None = None


def my_contacts(desk: Desk) -> list[ContactLine]:
    """Return an officer's own contacts.

    Those where answers wait, then follow-ups by their day, then those of the last days.
    """
    if desk.side != "law":
        return []
    query = RecordQuery(
        kinds=("cit_contact",),
        author=desk.user,
        first_day=(today(desk.clock) - timedelta(days=WAITING_DAYS)).isoformat(),
        limit=MOST_CONTACTS,
    )
    first = (today(desk.clock) - timedelta(days=CONTACT_DAYS)).isoformat()
    lines = desk.reader.records(query)
    follow_ups = _follow_ups(desk, [line.record for line in lines])
    found = [ContactLine(line, _waiting(desk, line), follow_ups.get(line.record)) for line in lines]
    shown = [one for one in found if one.waiting or one.follow_up or one.line.day >= first]
    return sorted(shown, key=lambda one: (not one.waiting, one.follow_up or date.max))


def _follow_ups(desk: Desk, contacts: Sequence[RecordId]) -> dict[RecordId, date]:
    """Return by contact the day an officer is to have seen the person again, where none has."""
    ask = ByPerson(desk)
    wanted = ask.rows(_WANTED, {"by": CIT_OFFICER, "ids": canonical_json(list(contacts)).decode()})
    people = sorted({str(person) for _, person, *_ in wanted if person})
    visits: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for record, person, day in ask.rows(
        _DONE, {"visit": FOLLOW_UP_VISIT, "ids": canonical_json(people).decode()}
    ):
        visits[str(person)][str(record)] = date.fromisoformat(day)
    found = {}
    for record, person, day, by, due in wanted:
        contact_day = date.fromisoformat(day)
        until = follow_up_due(by=by, contact_day=contact_day, due=str(due or ""))
        done = (on for visit, on in visits[str(person)].items() if visit != record)
        if until and not is_followed_up(contact_day=contact_day, done=done):
            found[RecordId(str(record))] = until
    return found


def _waiting(desk: Desk, line: RecordLine) -> int:
    """Return how many answers of "finish later" a contact still wants."""
    stored = desk.reader.record(line.ring, line.record)
    if stored is None or is_emptied(stored):
        return 0
    try:
        session = session_of(desk, stored)
    except Refusal:
        return 0
    return sum(problem.code == WAITS for problem in session.problems())
