"""A person's stays in the program: their status on a day, and how one opens.

An episode's status is its last recorded change up to that day, folded anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leadapp.core.ids import FormId, RecordId, derive_id
from leadapp.kinds.companion import CompanionPlan

PENDING = "pending_intake"
OPEN = frozenset({PENDING, "active", "inactive", "in_the_wind", "institution"})
"""In the program: inactive and out of sight are still in it."""
_BY_CONTACT = frozenset({"active", "inactive", "in_the_wind"})
ENDED = frozenset({"transferred", "exited", "deceased"})
EPISODE_STATUS = FormId("episode_status")
INACTIVE_AFTER_DAYS, IN_THE_WIND_AFTER_DAYS = 30, 90


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One line of a person's history: a status from an ISO day on."""

    record: RecordId
    day: str
    status: str
    written: str = ""
    """When it was first written, as text that sorts."""


def in_order(history: Iterable[StatusChange]) -> list[StatusChange]:
    """Return a history oldest first.

    Of two changes on one day, waiting for intake comes first, else what was written first;
    at last the ids decide, so that every computer and every measure sees the same order.
    """
    return sorted(history, key=_place)


def _place(change: StatusChange) -> tuple[str, bool, str, str]:
    return (change.day, change.status != PENDING, change.written, change.record)


def status_on(history: Iterable[StatusChange], day: str) -> str:
    """Return the status on the ISO ``day``, "" before the first."""
    until = [change for change in in_order(history) if change.day <= day]
    return until[-1].status if until else ""


def is_in_program(history: Iterable[StatusChange], day: str) -> bool:
    """Return whether a person is in the program on ``day``."""
    return status_on(history, day) in OPEN


def stays(history: Iterable[StatusChange], day: str) -> list[str]:
    """Return the day each stay up to the ISO ``day`` began.

    One opens with each open status after none or an end.
    """
    changes = [change for change in in_order(history) if change.day <= day]
    before = ["", *(change.status for change in changes)]
    return [
        change.day
        for was, change in zip(before, changes, strict=False)
        if change.status in OPEN and was not in OPEN
    ]


def suggested_status(status: str, *, set_on: date, last_contact: date, today: date) -> str:
    """Return the status that contact suggests in place of ``status``, "" where it may stand.

    A person decides, nothing changes by itself. Who set the status against the suggestion
    of that day is not asked again until the suggestion is another one.
    """
    if status not in _BY_CONTACT:
        return ""
    now = _by_contact(today, last_contact)
    decided = _by_contact(set_on, last_contact) if last_contact <= set_on else ""
    return "" if now in (status, decided) else now


def _by_contact(day: date, last_contact: date) -> str:
    days = (day - last_contact).days
    if days > IN_THE_WIND_AFTER_DAYS:
        return "in_the_wind"
    return "inactive" if days > INACTIVE_AFTER_DAYS else "active"


def first_status_of_intake(
    intake: RecordId, *, person: str, minimum_day: str, history: Iterable[StatusChange]
) -> CompanionPlan | None:
    """Return the record that makes a person active when a minimum intake is finished.

    ``None`` when the intake is not finished, or the person is in the program already;
    one who only waited for intake becomes active.
    """
    if not person or not minimum_day:
        return None
    if status_on(history, minimum_day) in OPEN - {PENDING}:
        return None
    return CompanionPlan(
        record=RecordId(derive_id(intake, "first_status")),
        form=EPISODE_STATUS,
        ring_family="care",
        answers={
            "person": person,
            "status": "active",
            "status_day": minimum_day,
            "set_by": "rule",
            "last_contact_day": minimum_day,
        },
        why="casework.intake_opens_episode",
    )
