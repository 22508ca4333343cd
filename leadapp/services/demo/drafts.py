"""What people of the made-up county were in the middle of when it was last closed."""

from __future__ import annotations

from leadapp.core.ids import RecordId
from leadapp.services import filling
from leadapp.services.demo.moments import text_of
from leadapp.services.desk import Desk, family_of
from leadapp.store.queries import RecordQuery


def leave_contact(desk: Desk) -> None:
    """Begin a crisis contact and be called away."""
    now = desk.clock.now()
    _leave(
        desk,
        "cit_contact",
        {
            "scene/when": text_of(now),
            "scene/where": "Corner store, Mill Rd",
            "scene/reason": "mental_health",
            "scene/seen": "disoriented hopeless",
            "scene/minutes_choice": "45",
            "result/weapon": "no",
        },
    )


def leave_intake(desk: Desk) -> None:
    """Begin an intake; the person had to go."""
    answers = {
        "start/started_day": desk.clock.now().date().isoformat(),
        "daily/home/housing": "someone_else",
        "daily/income/employment": "unemployed",
        "daily/income/income_source": "none",
        "daily/income/needs": "food id_papers transport",
    }
    someone = _someone(desk)
    _leave(desk, "lead_intake", answers | ({"start/person": someone} if someone else {}))


def _leave(desk: Desk, form: str, answers: dict[str, str]) -> None:
    family = family_of(filling.where(desk, desk.shelf.source(form)))
    begun = filling.begin(desk, form, lookup=desk.lookup(family))
    filling.put_answers(desk, begun, answers)
    filling.keep(desk, filling.as_draft(desk, begun))


def _someone(desk: Desk) -> RecordId | None:
    """Return who came into care last."""
    ring = desk.ring_of_family("care")
    if ring is None:
        return None
    lines = desk.reader.records(RecordQuery(kinds=("person",), rings=(ring,), limit=1))
    return lines[0].record if lines else None
