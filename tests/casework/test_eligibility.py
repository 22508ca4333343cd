"""Eligibility: a county's own rules over one referral."""

from __future__ import annotations

import pytest

from leadapp.casework.eligibility import Rule, rules_on, screen

ADULT = Rule("adult", "age", "at_least", "18", "exclude")
AMOUNT = Rule("amount", "grams", "at_most", "4", "exclude", doors=frozenset({"arrest"}))
VICTIM = Rule("victim", "victim", "none_of", "objects", "ask_prosecutor")
WARRANT = Rule("warrant", "warrants", "equals", "none", "ask_coordinator")
PROBATION = Rule("probation", "probation", "equals", "no", "warn")
RULES = [ADULT, AMOUNT, VICTIM, WARRANT, PROBATION]
FINE = {"age": "30", "grams": "4", "victim": "none", "warrants": "none", "probation": "yes"}


def _screen(door="arrest", **changes):
    return screen(RULES, FINE | changes, door=door, day="2026-10-05")


@pytest.mark.parametrize(
    ("changes", "overall", "decided_by"),
    [
        ({}, "eligible", ""),
        ({"age": "17"}, "ineligible", "adult"),
        ({"grams": "4.1"}, "ineligible", "amount"),
        ({"victim": "objects"}, "needs_prosecutor", "victim"),
        ({"warrants": "this_county"}, "needs_coordinator", "warrant"),
        ({"victim": "objects", "warrants": "this_county"}, "needs_prosecutor", "victim"),
        ({"age": "17", "victim": ""}, "ineligible", "adult"),
        ({"age": "unknown"}, "unknown", "adult"),
        ({"grams": "some"}, "unknown", "amount"),
        ({"probation": ""}, "eligible", ""),
    ],
)
def test_the_first_rule_that_matters_decides(changes, overall, decided_by):
    found = _screen(**changes)
    assert (found.overall, found.decided_by) == (overall, decided_by)


def test_a_rule_for_another_door_does_not_bind():
    found = _screen(door="social", grams="90")
    assert found.overall == "eligible"
    assert found.answers["amount"] == "not_applicable"


def test_a_warning_is_shown_and_decides_nothing():
    found = _screen()
    assert found.answers["probation"] == "not_met"
    assert found.overall == "eligible"


def test_the_rules_of_the_referrals_day_are_used():
    old = Rule("old", "age", "at_least", "21", "exclude", valid_to="2026-06-30")
    new = Rule("new", "age", "at_least", "18", "exclude", valid_from="2026-07-01")
    assert [rule.id for rule in rules_on([old, new], "2026-06-30")] == ["old"]
    assert [rule.id for rule in rules_on([old, new], "2026-07-01")] == ["new"]
    assert (
        screen([old, new], {"age": "19"}, door="arrest", day="2026-06-01").overall == "ineligible"
    )


def test_without_rules_everyone_is_eligible():
    assert screen([], {}, door="arrest", day="2026-10-05").overall == "eligible"


@pytest.mark.parametrize(
    ("test", "value", "answer", "met"),
    [
        ("equals", "none", "none", "met"),
        ("not_equals", "yes", "yes", "not_met"),
        ("not_equals", "yes", "no", "met"),
        ("one_of", "possession paraphernalia", "trespass possession", "met"),
        ("one_of", "possession paraphernalia", "arson", "not_met"),
        ("none_of", "arson robbery", "possession", "met"),
        ("at_least", "18", "18", "met"),
        ("at_most", "4", "4.0", "met"),
    ],
)
def test_each_sort_of_test(test, value, answer, met):
    rule = Rule("r", "q", test, value, "exclude")
    found = screen([rule], {"q": answer}, door="arrest", day="2026-10-05")
    assert found.answers["r"] == met
