"""A stored record read again in its form, as it stood when it was finished. Reader lane.

What was emptied by order says no moment any more: then the entry's header tells when, as it
does to whatever is computed of the record.
"""

from __future__ import annotations

from datetime import datetime

from leadapp.forms.session import FormSession
from leadapp.services.desk import Desk, family_of
from leadapp.store.queries import StoredRecord


def is_emptied(stored: StoredRecord) -> bool:
    """Return whether what it said when it was finished was removed by order."""
    return not stored.finished_at


def finished(desk: Desk, stored: StoredRecord) -> datetime:
    """Return the moment it was finished, with its offset."""
    try:
        moment = datetime.fromisoformat(stored.finished_at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return datetime.fromtimestamp(stored.created_ms / 1000, desk.clock.now().tzinfo)
    return moment


def session_of(desk: Desk, stored: StoredRecord) -> FormSession:
    """Return its answers in the version of the form that made it; a Refusal where that is not here."""
    return FormSession(
        desk.shelf.definition(stored.form, stored.definition_hash),
        clock=desk.clock,
        ids=desk.ids,
        lookup=desk.lookup(family_of(stored.ring)),
        answers=dict(stored.answers),
        as_of=finished(desk, stored),
    )
