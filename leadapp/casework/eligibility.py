"""A site's eligibility rules applied to one referral: met, not met, unknown, and what follows.

The rules are the county's, each valid for a time; the set valid on the referral's day is
used, also when a report looks back. Nothing here knows a rule by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Effect = Literal["exclude", "ask_prosecutor", "ask_coordinator", "warn", "information"]
Answer = Literal["met", "not_met", "unknown", "not_applicable"]
Overall = Literal["eligible", "ineligible", "needs_prosecutor", "needs_coordinator", "unknown"]
Test = Literal["at_least", "at_most", "equals", "not_equals", "one_of", "none_of"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: the question it looks at, the test, the doors it binds, what failing it does."""

    id: str
    question: str
    test: Test
    value: str
    effect: Effect
    doors: frozenset[str] = frozenset()
    """Empty binds every door."""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome: each rule's answer, the whole, and the first rule that decided it."""

    answers: Mapping[str, Answer]
    overall: Overall
    decided_by: str = ""


_ORDER: tuple[tuple[Effect, Overall], ...] = (
    ("exclude", "ineligible"),
    ("ask_prosecutor", "needs_prosecutor"),
    ("ask_coordinator", "needs_coordinator"),
)


def rules_on(rules: Iterable[Rule], day: str) -> list[Rule]:
    """Return the rules in force on the ISO ``day``, ends included."""
    return [
        rule
        for rule in rules
        if rule.valid_from <= day and (not rule.valid_to or day <= rule.valid_to)
    ]


def screen(rules: Iterable[Rule], referral: Mapping[str, str], *, door: str, day: str) -> Screening:
    """Return the screening of a referral's answers (by question name) on its day.

    A rule nobody can answer yet keeps the whole open unless another already excludes.
    """
    in_force = rules_on(rules, day)
    answers = {rule.id: _answer(rule, referral, door) for rule in in_force}
    failed = [rule for rule in in_force if answers[rule.id] == "not_met"]
    excluded = next((rule for rule in failed if rule.effect == "exclude"), None)
    if excluded is not None:
        return Screening(answers, "ineligible", excluded.id)
    deciding = [rule for rule in in_force if rule.effect not in ("warn", "information")]
    open_rule = next((rule for rule in deciding if answers[rule.id] == "unknown"), None)
    if open_rule is not None:
        return Screening(answers, "unknown", open_rule.id)
    for effect, overall in _ORDER:
        asked = next((rule for rule in failed if rule.effect == effect), None)
        if asked is not None:
            return Screening(answers, overall, asked.id)
    return Screening(answers, "eligible")


def _answer(rule: Rule, referral: Mapping[str, str], door: str) -> Answer:
    if rule.doors and door not in rule.doors:
        return "not_applicable"
    value = referral.get(rule.question, "")
    if value in ("", "unknown"):
        return "unknown"
    passed = _passes(rule, value)
    if passed is None:
        return "unknown"
    return "met" if passed else "not_met"


def _passes(rule: Rule, value: str) -> bool | None:
    """Return whether ``value`` passes; ``None`` where a number was needed and is none."""
    chosen, listed = set(value.split()), set(rule.value.split())
    match rule.test:
        case "equals":
            return value == rule.value
        case "not_equals":
            return value != rule.value
        case "one_of":
            return bool(chosen & listed)
        case "none_of":
            return not chosen & listed
        case _:
            return _compares(rule.test, value, rule.value)


def _compares(test: Test, value: str, limit: str) -> bool | None:
    try:
        number, bound = float(value), float(limit)
    except ValueError:
        return None
    return number >= bound if test == "at_least" else number <= bound
