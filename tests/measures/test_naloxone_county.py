"""Naloxone against the county, counted by hand: residents, officers, releases from jail."""

from __future__ import annotations

import pytest

from leadapp.core.paths import resources
from leadapp.measures.layouts import cautions_of, load_layout
from leadapp.measures.periods import month, named

OCTOBER = month("2026-10")


def hand_out(county, **cells):
    known = {"ring": "supply", "day": "2026-10-10", "declined": "no", "setting": "event"}
    county.add("naloxone_given", **(known | {"kits": 3, "doses": 6} | cells))


def setting(county, name, value):
    county.add("setting", ring="shared", day="2026-11-20", name=name, value=value)


def test_what_is_given_for_100000_residents(county):
    hand_out(county)
    hand_out(county, kits=9, doses=18, declined="yes")
    hand_out(county, kits=9, doses=18, day="2026-11-01")
    setting(county, "county_residents", "40000 2024")
    assert county.value("naloxone_kits_per_100k", OCTOBER) == pytest.approx(3 / 0.4)
    doses = county.figure("naloxone_doses_per_100k", OCTOBER)
    assert (doses.value, doses.text, doses.records) == (pytest.approx(15), "15", 1)
    assert county.value("county_residents_100k", OCTOBER) == pytest.approx(0.4)


def test_residents_are_said_with_the_year_of_the_census_figure(county):
    setting(county, "county_residents", "61234 2024")
    assert county.figure("county_residents", OCTOBER).by_group == {"Residents, census 2024": 61_234}


def test_without_residents_nothing_is_said_for_100000_and_the_report_says_so(county, measures):
    hand_out(county)
    layout = load_layout(resources() / "reports" / "naloxone.toml", measures)
    found = county.figure("naloxone_doses_per_100k", OCTOBER)
    assert (found.value, found.text) == (None, "\N{EN DASH}")
    sentence = "The residents of the county are not set"
    said = cautions_of(layout, {"naloxone_doses_per_100k": found}, {})
    assert any(one.startswith(sentence) for one in said)
    setting(county, "county_residents", "61234 2024")
    found = county.figure("naloxone_doses_per_100k", OCTOBER)
    said = cautions_of(layout, {"naloxone_doses_per_100k": found}, {})
    assert not any(one.startswith(sentence) for one in said)


@pytest.fixture
def officers(county):
    for role, start, end, trained in (
        ("patrol", "2020-01-01", "", "2021-05-01"),
        ("patrol", "2020-01-01", "2026-10-31", "2026-10-31"),
        ("detention", "2026-10-31", "", ""),
        ("sworn_other", "2020-01-01", "", "2026-11-01"),
        ("telecommunicator", "2020-01-01", "", "2026-10-02"),
        ("patrol", "2020-01-01", "2026-10-30", "2021-05-01"),
        ("patrol", "2026-11-01", "", "2026-10-15"),
    ):
        county.add(
            "officer", ring="shared", officer_role=role, agency="sheriff", active_from=start,
            active_to=end, naloxone_trained_day=trained,
        )  # fmt: skip
    return county


def test_officers_trained_are_out_of_those_in_service_on_the_last_day(officers):
    assert officers.value("naloxone_officers", OCTOBER) == 4
    assert officers.value("naloxone_officers_trained", OCTOBER) == 2
    assert officers.value("naloxone_officers_trained_share", OCTOBER) == 2 / 4


def test_officers_trained_in_the_period_count_by_their_day_of_training(officers):
    found = officers.figure("naloxone_officers_newly_trained", OCTOBER)
    assert (found.value, found.by_group) == (3, {"sheriff": 3})


def test_expiring_stock_is_a_share_of_what_may_be_used(county):
    for lot, expiry, doses in (("a", "2026-11-30", 10), ("b", "2028-01-31", 30)):
        county.add("lot", record_id=lot, expiry=expiry)
        county.add(
            "movement", day="2026-10-01", lot_id=lot, from_place="supplier", to_place="store",
            move="received", doses=doses,
        )  # fmt: skip
    assert county.value("stock_expiring_share", OCTOBER) == 10 / 40


def test_releases_from_jail_are_those_of_the_months_of_the_period(county):
    for which, releases in (("2026-09", "50"), ("2026-10", "40"), ("2026-11", "30")):
        setting(county, f"jail_releases {which}", releases)
    hand_out(county, setting="jail_release")
    hand_out(county, setting="jail_release", declined="yes")
    assert county.value("naloxone_jail_releases", OCTOBER) == 40
    assert county.value("naloxone_jail_releases", named("2026-Q4")) == 0
    setting(county, "jail_releases 2026-12", "20")
    assert county.value("naloxone_jail_releases", named("2026-Q4")) == 90
    assert county.value("naloxone_jail_coverage", named("2026-Q3")) is None
    assert county.value("naloxone_jail_coverage", OCTOBER) == 1 / 40
    assert county.value("naloxone_jail_offered", OCTOBER) == 2 / 40
    assert county.figure("naloxone_jail_coverage", OCTOBER).records == 1
