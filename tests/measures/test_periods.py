"""Periods: their days, names, neighbours and edges."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.measures.periods import days, month, month_of, named, quarter_of, year_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
FIRST_MONTHS = st.sampled_from((1, 7, 10))


def test_a_month_ends_before_the_first_of_the_next():
    found = month("2026-12")
    assert (found.start, found.end, found.last_day) == (
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2026, 12, 31),
    )


def test_parameters_are_what_selects_may_name():
    assert month("2024-02").parameters() == {
        "start": "2024-02-01",
        "end": "2024-03-01",
        "last_day": "2024-02-29",
    }


@pytest.mark.parametrize(
    ("period", "label", "short"),
    [
        (month("2026-10"), "October 2026", "Oct"),
        (quarter_of(date(2026, 8, 9)), "July to September 2026", "Q3"),
        (quarter_of(date(2026, 8, 9), 7), "July to September 2026", "Q1"),
        (year_of(date(2026, 8, 9)), "2026", "2026"),
        (year_of(date(2026, 8, 9), 7), "fiscal year to June 2027", "FY 2027"),
        (year_of(date(2026, 8, 9), 10), "fiscal year to September 2026", "FY 2026"),
        (month("2026-10").so_far(), "January 1, 2026 to October 31, 2026", "2026"),
        (month("2026-06").so_far(7), "July 1, 2025 to June 30, 2026", "FY 2026"),
        (days(date(2026, 5, 4), date(2026, 5, 4)), "May 4, 2026", "Period"),
    ],
)
def test_periods_are_called_as_people_call_them(period, label, short):
    assert (period.label, period.short) == (label, short)


def test_a_month_alone_is_called_without_its_year():
    assert month("2026-09").month_name == "September"
    assert year_of(date(2026, 8, 9)).month_name == "2026"


def test_the_year_so_far_goes_back_to_the_same_days_a_year_before():
    before = month("2024-02").so_far().previous()
    assert (before.start, before.end) == (date(2023, 1, 1), date(2023, 3, 1))


def test_any_days_go_back_by_as_many_days():
    before = days(date(2026, 3, 1), date(2026, 3, 10)).previous()
    assert (before.start, before.last_day) == (date(2026, 2, 19), date(2026, 2, 28))


def test_a_period_without_days_is_refused():
    with pytest.raises(Refusal, match=r"measures\.period_is_empty"):
        days(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize("name", ["2026-13", "October", "2026", ""])
def test_what_is_no_month_is_refused(name):
    with pytest.raises(Refusal, match=r"measures\.not_a_month"):
        month(name)


def test_twelve_months_end_with_the_one_reported():
    found = month("2026-02").months_up_to(12)
    assert [one.label for one in (found[0], found[-1])] == ["March 2025", "February 2026"]
    assert all(left.end == right.start for left, right in itertools.pairwise(found))


def test_a_month_has_ended_the_day_after_its_last():
    assert not month("2026-10").has_ended(date(2026, 10, 31))
    assert month("2026-10").has_ended(date(2026, 11, 1))


@given(DAYS)
def test_a_month_touches_the_one_before(day):
    found = month_of(day)
    assert found.start <= day < found.end
    assert found.previous().end == found.start


@given(DAYS, FIRST_MONTHS)
def test_quarters_and_years_hold_their_day_and_touch_their_neighbours(day, first_month):
    for found in (quarter_of(day, first_month), year_of(day, first_month)):
        assert found.start <= day < found.end
        assert found.previous().end == found.start


@given(DAYS, FIRST_MONTHS)
def test_the_year_so_far_holds_the_period_and_is_within_one_year(day, first_month):
    so_far = month_of(day).so_far(first_month)
    assert so_far.start.month == first_month
    assert so_far.start <= month_of(day).start
    assert so_far.end - so_far.start <= timedelta(days=366)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 11, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_found_by_its_name(name, start, end):
    assert (named(name).start, named(name).end) == (start, end)


@pytest.mark.parametrize("name", ["", "2026-13", "2026-Q5", "0026", "10/2026"])
def test_what_names_no_period_is_refused(name):
    with pytest.raises(Refusal):
        named(name)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("2026-10", "October 2026"),
        ("2026-Q1", "January to March 2026"),
        ("2026", "2026"),
        ("FY2027-07", "fiscal year to June 2027"),
        ("FY2027-10", "fiscal year to September 2027"),
        ("2026-10-YTD", "January 1, 2026 to October 31, 2026"),
        ("2026-02-YTD10", "October 1, 2025 to February 28, 2026"),
        ("2026-10-05..2026-11-01", "October 5, 2026 to November 1, 2026"),
    ],
)
def test_a_name_gives_its_period_and_the_period_its_name(name, label):
    period = named(name)
    assert period.label == label
    assert period.name == name


@pytest.mark.parametrize(
    "name", ["FY2027-08", "2026-13-YTD", "2026-02-30..2026-03-01", "2026-10-05..2026-10-04"]
)
def test_a_name_of_no_period_is_refused(name):
    with pytest.raises(Refusal):
        named(name)
