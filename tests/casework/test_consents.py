"""Consents: live on a day, and only for whom and what they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leadapp.casework.consents import (
    Consent,
    Party,
    expires_within,
    is_live,
    longest_live,
    over_all_records,
)

SHERIFF = Party("police", "sheriff", frozenset({"status", "progress"}))
SIGNED = Consent("ann", "lead_multiparty", "2026-01-10", "2027-01-10", parties=(SHERIFF,))


@pytest.mark.parametrize(
    ("day", "live"),
    [("2026-01-09", False), ("2026-01-10", True), ("2027-01-10", True), ("2027-01-11", False)],
)
def test_a_consent_lives_from_signing_through_its_last_day(day, live):
    assert is_live(SIGNED, day) is live


def test_it_ends_with_the_day_it_is_revoked():
    revoked = replace(SIGNED, revoked="2026-06-01")
    assert is_live(revoked, "2026-05-31")
    assert not is_live(revoked, "2026-06-01")


def test_unsigned_is_never_live_and_no_end_never_ends():
    assert not is_live(replace(SIGNED, signed=""), "2026-06-01")
    assert is_live(replace(SIGNED, expires=""), "2090-01-01")


def test_the_consent_that_lasts_longest_is_relied_on():
    longer = replace(SIGNED, expires="2028-01-10")
    endless = replace(SIGNED, expires="")
    revoked = replace(endless, revoked="2026-05-01")
    assert longest_live([SIGNED, longer, revoked], "2026-06-01") == longer
    assert longest_live([SIGNED, longer, endless], "2026-06-01") == endless
    assert longest_live([revoked], "2026-06-01") is None


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (date(2026, 12, 10), False),
        (date(2026, 12, 11), True),
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
    ],
)
def test_an_end_within_thirty_days_is_near(day, near):
    assert expires_within(SIGNED, day=day) is near


COURT = Party("court", "", frozenset({"status"}))


@pytest.mark.parametrize(
    ("other", "reached"),
    [
        ({}, True),
        ({"type": "part2_specific"}, True),
        ({"parties": (COURT,)}, True),
        ({"type": "part2_specific", "parties": (COURT,)}, False),
        ({"type": "part2_specific", "parties": ()}, True),
        ({"revoked": "2026-01-10"}, True),
        ({"revoked": "2026-01-09"}, False),
        ({"person": "ann"}, False),
    ],
)
def test_a_revocation_on_another_record_reaches_what_was_signed_by_then(other, reached):
    revoked = replace(SIGNED, person="ann too", signed="2025-12-01", revoked="2026-06-01")
    here, there = over_all_records([SIGNED, replace(revoked, **other)])
    assert bool(here.revoked) is reached
    assert there == replace(revoked, **other)


def test_the_earliest_revocation_counts():
    revoked = [replace(SIGNED, person=f"ann {day}", revoked=f"2026-06-{day}") for day in (20, 11)]
    own = replace(SIGNED, revoked="2026-06-15")
    assert over_all_records([own, *revoked])[0].revoked == "2026-06-11"
    assert over_all_records([own])[0] == own
