"""Episodes: status on a day, how many stays, and what a finished intake opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.casework.episodes import (
    ENDED,
    OPEN,
    StatusChange,
    first_status_of_intake,
    is_in_program,
    status_on,
    stays,
    suggested_status,
)
from leadapp.core.ids import RecordId
from leadapp.core.paths import shipped_forms
from leadapp.kinds.episode_status import STATUSES

INTAKE = RecordId("intake")


def _history(*changes):
    return [
        StatusChange(RecordId(f"s{number}"), day, status)
        for number, (day, status) in enumerate(changes)
    ]


STAY = _history(
    ("2026-01-05", "pending_intake"), ("2026-01-10", "active"), ("2026-03-01", "exited")
)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-01-04", ""),
        ("2026-01-05", "pending_intake"),
        ("2026-01-10", "active"),
        ("2026-02-28", "active"),
        ("2026-03-01", "exited"),
    ],
)
def test_the_last_change_up_to_a_day_stands(day, status):
    assert status_on(STAY, day) == status


def test_a_change_written_late_counts_from_its_day():
    late = [*STAY, StatusChange(RecordId("z"), "2026-02-01", "in_the_wind")]
    assert status_on(late, "2026-02-15") == "in_the_wind"
    assert status_on(late, "2026-03-01") == "exited"


def test_of_two_changes_of_one_day_the_one_written_later_stands():
    back = StatusChange(RecordId("a"), "2026-06-01", "active", written="2")
    away = StatusChange(RecordId("b"), "2026-06-01", "in_the_wind", written="1")
    assert status_on([back, away], "2026-06-01") == "active"


def test_out_of_sight_is_still_in_the_program():
    assert is_in_program(_history(("2026-01-01", "in_the_wind")), "2026-02-01")
    assert not is_in_program(STAY, "2026-03-01")


def test_coming_back_is_a_second_stay():
    back = [*STAY, StatusChange(RecordId("z"), "2026-06-01", "active")]
    assert stays(back, "2026-12-31") == ["2026-01-05", "2026-06-01"]
    assert stays(back, "2026-05-31") == ["2026-01-05"]
    assert stays([], "2026-12-31") == []


def test_every_status_is_open_or_ended():
    assert set(STATUSES) == OPEN | ENDED
    assert not OPEN & ENDED


def _opens(*changes, done="2026-01-10", person="ann"):
    return first_status_of_intake(
        INTAKE, person=person, minimum_day=done, history=_history(*changes)
    )


def test_a_finished_intake_makes_the_person_active_from_its_day():
    plan = _opens()
    assert plan is not None
    assert (plan.form, plan.ring_family) == ("episode_status", "care")
    opened = {"person": "ann", "status": "active", "status_day": "2026-01-10"}
    assert opened.items() <= plan.answers.items()
    asked = (shipped_forms() / "episode_status" / "form.md").read_text("utf-8")
    assert all(f"| {name} |" in asked for name in plan.answers)


def test_finishing_twice_makes_one_record():
    assert _opens() == _opens()


def test_one_who_waited_or_had_left_becomes_active():
    assert _opens(("2026-01-05", "pending_intake")) is not None
    assert _opens(("2025-01-05", "active"), ("2025-06-05", "exited")) is not None


@pytest.mark.parametrize("status", sorted(OPEN - {"pending_intake"}))
def test_one_who_is_in_the_program_stays_as_is(status):
    assert _opens(("2026-01-05", status)) is None


def test_an_unfinished_intake_opens_nothing():
    assert _opens(done="") is None
    assert _opens(person="") is None


def _suggested(status, *, set_ago=200, days):
    today = date(2026, 11, 22)
    return suggested_status(
        status,
        set_on=today - timedelta(days=set_ago),
        last_contact=today - timedelta(days=days),
        today=today,
    )


@pytest.mark.parametrize(
    ("days", "status"),
    [(0, ""), (30, ""), (31, "inactive"), (90, "inactive"), (91, "in_the_wind")],
)
def test_days_without_contact_suggest_a_status(days, status):
    assert _suggested("active", days=days) == status


def test_contact_suggests_that_one_out_of_touch_is_active_again():
    assert _suggested("in_the_wind", set_ago=20, days=3) == "active"


def test_who_set_a_status_against_the_rule_is_asked_again_only_at_the_next_turn():
    assert _suggested("active", set_ago=5, days=40) == ""
    assert _suggested("active", set_ago=55, days=91) == "in_the_wind"


@pytest.mark.parametrize("status", sorted((OPEN | ENDED) - {"active", "inactive", "in_the_wind"}))
def test_only_how_much_one_is_in_touch_follows_from_contact(status):
    assert _suggested(status, days=91) == ""


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("2026-01-01", "2026-01-02", "2026-01-03")), st.sampled_from(STATUSES)
    ),
    max_size=8,
)


@given(CHANGES, st.randoms())
def test_a_history_reads_alike_in_any_order(changes, random):
    history = _history(*changes)
    shuffled = list(history)
    random.shuffle(shuffled)
    assert status_on(shuffled, "2026-01-02") == status_on(history, "2026-01-02")
    assert stays(shuffled, "2026-01-03") == stays(history, "2026-01-03")
