"""An officer's own contacts, those where answers wait first. Reader lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.services.desk import Desk
from leadapp.services.reread import is_emptied, session_of
from leadapp.store.queries import RecordLine, RecordQuery

CONTACT_DAYS = 14
"""How far back an officer's own contacts are shown."""
WAITING_DAYS = 60
"""How far back is looked for contacts where answers wait."""
MOST_CONTACTS = 40
WAITS = "forms.answer_waits"


@dataclass(frozen=True, slots=True)
class ContactLine:
    """An officer's contact, and how many answers wait there."""

    line: RecordLine
    waiting: int


def my_contacts(desk: Desk) -> list[ContactLine]:
    """Return an officer's own contacts: those where answers wait, then those of the last days."""
    if desk.side != "law":
        return []
    query = RecordQuery(
        kinds=("cit_contact",),
        author=desk.user,
        first_day=(today(desk.clock) - timedelta(days=WAITING_DAYS)).isoformat(),
        limit=MOST_CONTACTS,
    )
    first = (today(desk.clock) - timedelta(days=CONTACT_DAYS)).isoformat()
    found = [ContactLine(line, _waiting(desk, line)) for line in desk.reader.records(query)]
    shown = [one for one in found if one.waiting or one.line.day >= first]
    return sorted(shown, key=lambda one: not one.waiting)


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
