"""Whether an officer was CIT-certified on a day, from the roster as it stood.

A contact begins with the answer and keeps it; training gained later does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from leadapp.core.problems import Place, Problem, Severity

CitStatus = Literal["certified", "not_certified", "not_on_roster"]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One officer's line; days are ISO, "" for not yet or no end. Each range includes its ends."""

    officer: str
    active_from: str = ""
    active_to: str = ""
    cit_from: str = ""
    cit_to: str = ""


def cit_status(rows: Iterable[RosterRow], *, officer: str, day: str) -> CitStatus:
    """Return ``officer``'s status on the ISO ``day``; an officer may have several lines."""
    serving = [
        row
        for row in rows
        if row.officer == officer and _within(day, row.active_from, row.active_to)
    ]
    if not serving:
        return "not_on_roster"
    certified = any(row.cit_from and _within(day, row.cit_from, row.cit_to) for row in serving)
    return "certified" if certified else "not_certified"


def problems_with_certificate(
    rows: Iterable[RosterRow], *, officer: str, day: str, answer: str
) -> list[Problem]:
    """Return whether the roster says otherwise than ``answer`` (yes, no) about ``officer``."""
    said = {"certified": "yes", "not_certified": "no"}.get(
        cit_status(rows, officer=officer, day=day), ""
    )
    if not said or answer not in ("yes", "no") or answer == said:
        return []
    place = Place(path="reporting_cit")
    return [Problem("crisis.roster_says_otherwise", place=place, severity=Severity.WARNING)]


def _within(day: str, first: str, last: str) -> bool:
    return first <= day and (not last or day <= last)
