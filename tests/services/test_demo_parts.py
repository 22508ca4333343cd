"""The parts the made-up county is made of: chance, months, moments, the agenda."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leadapp.services.demo.agenda import Agenda
from leadapp.services.demo.chance import Chance, Odds
from leadapp.services.demo.moments import last_day, months_before, working
from leadapp.services.demo.names import Human, age_band

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SEEDS = st.integers(0, 10_000)


@given(SEEDS, st.integers(1, 4))
def test_some_names_are_some_of_the_names_each_once(seed, most):
    odds = Odds(one=1, two=5, three=0.5)
    drawn = Chance(seed).some(odds, most).split()
    assert 1 <= len(drawn) <= min(most, 3)
    assert drawn == [name for name in odds.names if name in drawn]


def test_names_come_up_as_often_as_their_weights_say():
    chance, odds = Chance(1), Odds(rare=1, often=9)
    drawn = [chance.of(odds) for _ in range(2000)]
    assert 120 < drawn.count("rare") < 290


@given(SEEDS)
def test_the_same_seed_draws_the_same(seed):
    one, other = Chance(seed), Chance(seed)
    assert [one.fresh_id(), one.fresh_uuid()] == [other.fresh_id(), other.fresh_uuid()]


@given(DAYS, st.integers(1, 30))
def test_months_follow_each_other_up_to_the_last_that_ended(today, count):
    months = months_before(today, count, UTC)
    assert len(months) == count
    assert months[-1].end.date() == today.replace(day=1)
    assert all(before.end == after.start for before, after in pairwise(months))
    assert all(month.start.day == 1 and 28 <= month.days <= 31 for month in months)


@given(DAYS, SEEDS)
def test_moments_of_a_month_lie_in_it(today, seed):
    (month,) = months_before(today, 1, UTC)
    chance = Chance(seed)
    for moment in (month.around_the_clock(chance), month.in_the_office(chance)):
        assert month.start <= moment < month.end


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), SEEDS)  # noqa: DTZ001 - the zone is the strategy's
def test_an_office_works_by_day_and_not_at_the_weekend(moment, seed):
    found = working(moment, Chance(seed))
    assert found.weekday() < 5
    assert 8 <= found.hour < 17
    assert timedelta(days=0) <= moment.date() - found.date() <= timedelta(days=2)


@given(DAYS, st.integers(-14, 30))
def test_the_last_day_of_a_month_is_followed_by_a_first(day, months):
    found = last_day(day, months)
    assert (found + timedelta(days=1)).day == 1
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


@given(DAYS, SEEDS)
def test_people_have_an_age_of_their_band_and_phones_that_ring_nowhere(today, seed):
    human = Human(Chance(seed), today)
    assert 13 <= human.age(today) < 81
    assert human.age_band(today) == age_band(human.age(today))
    assert not human.phone or human.phone.startswith("555-01")


@given(st.lists(st.integers(0, 40)), st.integers(0, 40))
def test_things_happen_in_order_of_time_and_only_before_the_end(hours, end):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    agenda, seen = Agenda(start + timedelta(hours=end)), []

    def noting(number):
        return lambda at: seen.append((at, number))

    for number, hour in enumerate(hours):
        agenda.put(start + timedelta(hours=hour), noting(number))
    agenda.run(start + timedelta(hours=100))
    assert seen == sorted(seen)
    assert len(seen) == sum(hour < end for hour in hours)


def test_what_follows_from_a_thing_happens_in_the_same_run():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    agenda, seen = Agenda(start + timedelta(days=9)), []

    def again(at):
        seen.append(at.day)
        agenda.put(at + timedelta(days=2), again)

    agenda.put(start, again)
    agenda.run(start + timedelta(days=4))
    assert seen == [1, 3]
