"""Follow-up of a crisis contact: when it is due and whether it was done."""

from __future__ import annotations

from datetime import date

import pytest

from leadapp.crisis.follow_up import follow_up_due, is_followed_up

CONTACT = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("by", "typed", "due"),
    [
        ("", "", None),
        ("none", "2026-10-09", None),
        ("case_manager", "2026-10-09", date(2026, 10, 9)),
        ("cit_officer", "", date(2026, 10, 12)),
    ],
)
def test_the_typed_day_wins_and_else_the_countys_days_count(by, typed, due):
    assert follow_up_due(by=by, contact_day=CONTACT, due=typed) == due


def test_a_follow_up_from_before_the_contact_is_another_ones():
    assert not is_followed_up(contact_day=CONTACT, done=[date(2026, 10, 4)])
    assert is_followed_up(contact_day=CONTACT, done=[CONTACT])
