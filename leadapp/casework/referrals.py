"""A referral's way from hand-over to enrolment, and what stands against a step on it.

Referral status, episode status and charge status are three lists: mixing them is how
counts go wrong. Reasons and persons are asked for by the form; the intake's due day too.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.problems import Place, Problem, Severity

ENROLLED = "enrolled"
_ANY_TIME = frozenset({"duplicate", "withdrawn"})
_NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"received"}),
    "received": frozenset(
        {"screening", "waitlisted", "outreach", "declined_by_person", "ineligible", ENROLLED}
    ),
    "screening": frozenset(
        {"ineligible", "waitlisted", "outreach", "declined_by_person", ENROLLED}
    ),
    "waitlisted": frozenset({"outreach", "declined_by_person", "unable_to_locate", ENROLLED}),
    "outreach": frozenset(
        {"waitlisted", "ineligible", "declined_by_person", "unable_to_locate", ENROLLED}
    ),
    "ineligible": frozenset({"screening"}),
    "declined_by_person": frozenset({"outreach", "waitlisted", ENROLLED}),
    "unable_to_locate": frozenset({"outreach", "declined_by_person", ENROLLED}),
    "duplicate": frozenset({"received"}),
    ENROLLED: frozenset(),
    "withdrawn": frozenset({"received"}),
}
OPEN = frozenset({"received", "screening", "waitlisted", "outreach"})
"""Somebody still has to do something."""


def next_statuses(status: str) -> frozenset[str]:
    """Return the statuses a referral usually goes to next; a declined person may come back."""
    following = _NEXT.get(status, frozenset())
    return following if status == ENROLLED else (following | _ANY_TIME) - {status}


def problems_with_status(
    history: Sequence[tuple[str, str]], status: str, day: str
) -> list[Problem]:
    """Return what stands against a referral's ``status`` from the ISO ``day`` on, or is odd.

    ``history`` are its other (ISO day, status), oldest first. An enrolled referral stays
    enrolled: what comes after is the person's status in the program, and somebody who
    comes back later is a new referral. Other steps out of the usual order are only told.
    """
    before = next((was for since, was in reversed(history) if since <= day), "")
    problems = []
    if before == ENROLLED != status:
        problems.append(_at("casework.enrolled_stays", Severity.ERROR))
    elif before in _NEXT and status not in next_statuses(before) | {before}:
        problems.append(_at("casework.referral_step_odd", Severity.WARNING))
    if any(since > day and was != status for since, was in history):
        problems.append(_at("casework.later_status_stands", Severity.WARNING))
    return problems


def _at(code: str, severity: Severity) -> Problem:
    return Problem(code, place=Place(path="status"), severity=severity)
