"""Rules between the answers of one crisis contact, beyond what its form can say.

Answers come by question name. A blank is not judged here: the form asks what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from leadapp.core.problems import Place, Problem, Severity

ARREST = "arrest"
INVOLUNTARY = frozenset({"custody_order", "emergency_hold"})
FORCE_LEVELS = (
    "none", "verbal", "handcuffs", "hands_on", "spray", "electronic", "less_lethal",
    "firearm_pointed", "firearm_discharged",
)  # fmt: skip
"""Least to most."""
INJURIES = ("injury_person", "injury_officer", "injury_other")
LONG_CONTACT = timedelta(hours=12)


def problems_with_contact(answers: Mapping[str, str]) -> list[Problem]:
    """Return everything that does not fit together, all at once.

    ``answers`` are by question name; the three moments come as ``dispatched``,
    ``arrived`` and ``cleared``.
    """
    return [
        *_ending_problems(answers),
        *_force_problems(answers),
        *problems_with_times(
            dispatched=answers.get("dispatched", ""),
            arrived=answers.get("arrived", ""),
            cleared=answers.get("cleared", ""),
        ),
    ]


def problems_with_times(*, dispatched: str, arrived: str, cleared: str) -> list[Problem]:
    """Return what is wrong with the order of the three moments; all ISO with offset or "".

    They are moments, not clock times, so a contact may cross midnight.
    """
    start, there, end = _moment(dispatched), _moment(arrived), _moment(cleared)
    problems = []
    if start and there and there < start:
        problems.append(_at("crisis.arrived_before_dispatch", "when"))
    if there and end and end < there:
        problems.append(_at("crisis.cleared_before_arrival", "cleared_at"))
    elif start and end and not there and end < start:
        problems.append(_at("crisis.cleared_before_dispatch", "cleared_at"))
    elif there and end and end - there > LONG_CONTACT:
        problems.append(_at("crisis.very_long", "cleared_at", Severity.WARNING))
    return problems


def force_needs_injury_answers(level: str) -> bool:
    """Return whether a highest level of force is above talking."""
    return level in FORCE_LEVELS[FORCE_LEVELS.index("verbal") + 1 :]


def _ending_problems(answers: Mapping[str, str]) -> list[Problem]:
    """What is still blank waits, as "finish later" allows; what contradicts must be mended."""
    ending, offence = answers.get("disposition", ""), answers.get("offence", "")
    problems = []
    if ending == ARREST and offence != "yes":
        severity = Severity.ERROR if offence else Severity.WARNING
        problems.append(_at("crisis.arrest_without_offence", "offence", severity))
    if ending in INVOLUNTARY and not answers.get("legal_paper", ""):
        problems.append(_at("crisis.hold_without_paper", "legal_paper", Severity.WARNING))
    return problems


def _force_problems(answers: Mapping[str, str]) -> list[Problem]:
    if not force_needs_injury_answers(answers.get("force_level", "")):
        return []
    return [
        _at("crisis.force_without_injury_answer", name, Severity.WARNING)
        for name in INJURIES
        if not answers.get(name, "")
    ]


def _at(code: str, question: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, place=Place(path=question), severity=severity)


def _moment(text: str) -> datetime | None:
    """Return an aware moment; what cannot be compared is the form's problem, not ours."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
