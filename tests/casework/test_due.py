"""Due work: what is listed, on which day, in which order."""

from __future__ import annotations

from datetime import date

import pytest

from leadapp.casework.consents import Consent
from leadapp.casework.due import ClientLine, Due, ReferralLine, due_work

TODAY = date(2026, 10, 5)


def _due(referrals=(), clients=(), consents=()):
    return due_work(referrals=referrals, clients=clients, consents=consents, today=TODAY)


def _referral(status="outreach", day="2026-10-01", due="", urgency="", **more):
    return ReferralLine("r", "ann", status, day, due, urgency, **more)


def _client(last="", following=""):
    return ClientLine("ann", "n", last, following)


def _days(items):
    return [(item.sort, item.day) for item in items]


def test_an_intake_is_due_on_its_clock():
    assert _days(_due([_referral(due="2026-10-15")])) == [(Due.INTAKE, date(2026, 10, 15))]


@pytest.mark.parametrize(
    ("urgency", "day"),
    [("same_day", date(2026, 10, 1)), ("72_hours", date(2026, 10, 4)), ("", date(2026, 10, 8))],
)
def test_a_referral_without_a_clock_waits_as_long_as_its_urgency(urgency, day):
    assert _days(_due([_referral(urgency=urgency)])) == [(Due.REFERRAL, day)]


def test_closed_referrals_and_done_intakes_are_not_due():
    closed = [_referral(status) for status in ("enrolled", "ineligible", "withdrawn", "duplicate")]
    assert _due([*closed, _referral(due="2026-10-15", intake_done=True)]) == []


def test_what_is_further_than_two_weeks_is_not_listed_yet():
    assert len(_due([_referral(due="2026-10-19")])) == 1
    assert _due([_referral(due="2026-10-20")]) == []


def test_a_planned_contact_is_due_until_one_was_made_since():
    assert _days(_due(clients=[_client("2026-09-30", "2026-10-06")])) == [
        (Due.CONTACT, date(2026, 10, 6))
    ]
    assert _due(clients=[_client("2026-10-04", "2026-10-03")]) == []


@pytest.mark.parametrize(
    ("last", "day"),
    [("2026-09-05", None), ("2026-09-04", date(2026, 10, 4)), ("2026-07-06", date(2026, 10, 4))],
)
def test_a_month_or_a_quarter_without_contact_is_told(last, day):
    found = _days(_due(clients=[_client(last)]))
    assert found == ([(Due.NO_CONTACT, day)] if day else [])


def test_a_consent_near_its_end_is_listed_a_month_ahead():
    ending = Consent("ann", "lead_multiparty", "2025-11-01", "2026-11-01")
    assert _days(_due(consents=[("c", ending)])) == [(Due.CONSENT, date(2026, 11, 1))]


def test_overdue_comes_first():
    items = _due(
        [_referral(due="2026-10-15"), _referral(urgency="same_day")],
        [_client("2026-09-30", "2026-10-06")],
    )
    assert [item.sort for item in items] == [Due.REFERRAL, Due.CONTACT, Due.INTAKE]
    assert [item.day < TODAY for item in items] == [True, False, False]


def test_days_that_are_no_days_are_left_out():
    assert _due([_referral(day="soon")], [_client("", "later")]) == []
