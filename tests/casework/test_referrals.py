"""Referrals: the steps they take, and what stands against one."""

from __future__ import annotations

import pytest

from leadapp.casework.referrals import ENROLLED, OPEN, next_statuses, problems_with_status
from leadapp.kinds.referral import STATUSES


def _codes(*before, new, day="2026-02-01"):
    """Return what is said to ``new``, after statuses of January 1, 2, ..."""
    history = [(f"2026-01-{at + 1:02}", status) for at, status in enumerate(before)]
    found = problems_with_status(history, new, day)
    return [(problem.code.removeprefix("casework."), problem.blocks) for problem in found]


def test_every_status_of_the_list_has_its_steps_and_no_others():
    for status in STATUSES:
        assert next_statuses(status) <= set(STATUSES)
        assert status not in next_statuses(status)
    assert set(STATUSES) >= OPEN | {ENROLLED}


def test_every_status_can_be_reached():
    reached = {"draft"}
    while more := {after for status in reached for after in next_statuses(status)} - reached:
        reached |= more
    assert reached == set(STATUSES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("draft", "received"),
        ("received", "enrolled"),
        ("outreach", "unable_to_locate"),
        ("unable_to_locate", "enrolled"),
        ("declined_by_person", "enrolled"),
        ("ineligible", "screening"),
        ("outreach", "outreach"),
        ("enrolled", "enrolled"),
    ],
)
def test_usual_steps_have_no_problem(old, new):
    assert _codes(old, new=new) == []


@pytest.mark.parametrize("new", sorted(set(STATUSES) - {"enrolled"}))
def test_an_enrolled_referral_stays_enrolled(new):
    assert _codes("received", "enrolled", new=new) == [("enrolled_stays", True)]


@pytest.mark.parametrize(("old", "new"), [("ineligible", "enrolled"), ("screening", "received")])
def test_an_odd_step_is_told_and_stands_in_no_way(old, new):
    assert _codes(old, new=new) == [("referral_step_odd", False)]


def test_the_first_status_of_a_referral_nothing_is_known_of_has_no_problem():
    assert _codes(new="outreach") == []


def test_a_status_of_an_earlier_day_is_held_to_what_stood_then():
    assert _codes("received", "enrolled", new="screening", day="2026-01-01") == [
        ("later_status_stands", False)
    ]
    assert _codes("received", "enrolled", new="screening", day="2026-01-02") == [
        ("enrolled_stays", True)
    ]
