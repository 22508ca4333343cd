"""Referrals: the steps they may take, and the intake clock."""

from __future__ import annotations

from datetime import date

import pytest

from leadapp.casework.referrals import (
    NEEDS_REASON,
    OPEN,
    intake_due,
    intake_on_time,
    next_statuses,
    problems_with_status,
)
from leadapp.kinds.referral import STATUSES


def _codes(old, new, reason="", duplicate_of=""):
    found = problems_with_status(old, new, reason=reason, duplicate_of=duplicate_of)
    return [problem.code.removeprefix("casework.") for problem in found]


def test_every_status_of_the_list_has_its_steps_and_no_others():
    for status in STATUSES:
        assert next_statuses(status) <= set(STATUSES)
        assert status not in next_statuses(status)
    assert set(STATUSES) >= OPEN | NEEDS_REASON


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
        ("ineligible", "screening"),
        ("outreach", "outreach"),
    ],
)
def test_open_steps_have_no_problem(old, new):
    assert _codes(old, new) == []


def test_an_enrolled_referral_stays_enrolled():
    assert next_statuses("enrolled") == frozenset()
    assert _codes("enrolled", "outreach") == ["referral_step_not_open"]


def test_a_declined_person_may_come_back():
    assert _codes("declined_by_person", "enrolled") == []


@pytest.mark.parametrize("status", sorted(NEEDS_REASON))
def test_a_closed_door_needs_a_reason(status):
    assert "reason_needed" in _codes("received", status)
    assert _codes("received", status, reason="Said so") == []


def test_a_duplicate_names_its_person():
    assert _codes("received", "duplicate") == ["duplicate_of_whom"]
    assert _codes("received", "duplicate", duplicate_of="p") == []


def test_a_status_outside_the_list_is_told():
    assert _codes("received", "graduated") == ["unknown_referral_status"]


def test_only_the_arrest_door_has_a_clock():
    day = date(2026, 1, 2)
    assert intake_due(door="arrest", referral_day=day) == date(2026, 1, 16)
    assert intake_due(door="arrest", referral_day=day, days=30) == date(2026, 2, 1)
    assert intake_due(door="social", referral_day=day) is None


@pytest.mark.parametrize(
    ("done", "today", "on_time"),
    [
        (date(2026, 1, 16), date(2026, 3, 1), True),
        (date(2026, 1, 17), date(2026, 3, 1), False),
        (None, date(2026, 1, 16), None),
        (None, date(2026, 1, 17), False),
    ],
)
def test_the_due_day_itself_is_on_time(done, today, on_time):
    assert intake_on_time(due=date(2026, 1, 16), minimum_day=done, today=today) is on_time


def test_without_a_clock_nothing_is_late():
    assert intake_on_time(due=None, minimum_day=None, today=date(2026, 1, 1)) is None
