"""A referral's way from hand-over to enrolment, and the day its intake is due.

Referral status, episode status and charge status are three lists: mixing them is how
counts go wrong.
"""

from __future__ import annotations

from datetime import date, timedelta

from leadapp.core.problems import Place, Problem

INTAKE_DAYS = 14
"""Days from an arrest-door referral to the minimum intake; a setting of the county."""
ARREST_DOOR = "arrest"

_ANY_TIME = frozenset({"duplicate", "withdrawn"})
_NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"received"}),
    "received": frozenset(
        {"screening", "waitlisted", "outreach", "declined_by_person", "ineligible", "enrolled"}
    ),
    "screening": frozenset(
        {"ineligible", "waitlisted", "outreach", "declined_by_person", "enrolled"}
    ),
    "waitlisted": frozenset({"outreach", "declined_by_person", "unable_to_locate", "enrolled"}),
    "outreach": frozenset(
        {"waitlisted", "ineligible", "declined_by_person", "unable_to_locate", "enrolled"}
    ),
    "ineligible": frozenset({"screening"}),
    "declined_by_person": frozenset({"outreach", "enrolled"}),
    "unable_to_locate": frozenset({"outreach", "enrolled"}),
    "duplicate": frozenset({"received"}),
    "enrolled": frozenset(),
    "withdrawn": frozenset({"received"}),
}
OPEN = frozenset({"received", "screening", "waitlisted", "outreach"})
"""Somebody still has to do something."""
NEEDS_REASON = frozenset({"ineligible", "declined_by_person", "withdrawn"})


def next_statuses(status: str) -> frozenset[str]:
    """Return the statuses a referral may go to; a declined person may come back."""
    following = _NEXT.get(status, frozenset())
    return following if status == "enrolled" else (following | _ANY_TIME) - {status}


def problems_with_status(old: str, new: str, *, reason: str, duplicate_of: str) -> list[Problem]:
    """Return what stands against moving a referral from ``old`` to ``new``, all at once."""
    if new not in _NEXT:
        return [Problem("casework.unknown_referral_status", place=Place(path="status"))]
    if old == new:
        return []
    problems = []
    if old in _NEXT and new not in next_statuses(old):
        problems.append(Problem("casework.referral_step_not_open", place=Place(path="status")))
    if new in NEEDS_REASON and not reason.strip():
        problems.append(Problem("casework.reason_needed", place=Place(path="status_reason")))
    if new == "duplicate" and not duplicate_of:
        problems.append(Problem("casework.duplicate_of_whom", place=Place(path="person_id")))
    return problems


def intake_due(*, door: str, referral_day: date, days: int = INTAKE_DAYS) -> date | None:
    """Return the last day for the minimum intake; only the arrest door has a clock."""
    return referral_day + timedelta(days=days) if door == ARREST_DOOR else None


def intake_on_time(*, due: date | None, minimum_day: date | None, today: date) -> bool | None:
    """Return whether an intake was on time; ``None`` while that is open or there is no clock."""
    if due is None or (minimum_day is None and today <= due):
        return None
    return minimum_day is not None and minimum_day <= due
