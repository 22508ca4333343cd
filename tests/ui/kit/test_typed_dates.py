"""What people type is read as they mean it, and what is written back is read as the same."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.ui.kit.typed_dates import (
    Direction,
    Part,
    Rules,
    Typed,
    Wants,
    in_words,
    normal,
    read_typed,
    step_months,
)

NOW = datetime(2025, 11, 3, 14, 41)  # noqa: DTZ001 - a Monday; people type local times
DAY = Rules(NOW)
PAST = Rules(NOW, direction=Direction.PAST)
FUTURE = Rules(NOW, direction=Direction.FUTURE)
PARTIAL = Rules(NOW, partial=True, unknown=True)
MOMENT = Rules(NOW, wants=Wants.MOMENT, direction=Direction.PAST)
CLOCK = Rules(NOW, wants=Wants.TIME)


@pytest.mark.parametrize(
    ("text", "rules", "meant"),
    [
        ("t", DAY, date(2025, 11, 3)),
        ("T", DAY, date(2025, 11, 3)),
        ("y", DAY, date(2025, 11, 2)),
        ("n", DAY, date(2025, 11, 3)),
        ("t-3", DAY, date(2025, 10, 31)),
        ("-3", DAY, date(2025, 10, 31)),
        ("+7", DAY, date(2025, 11, 10)),
        ("11/3", DAY, date(2025, 11, 3)),
        ("11-3", DAY, date(2025, 11, 3)),
        ("1103", DAY, date(2025, 11, 3)),
        ("nov 3", DAY, date(2025, 11, 3)),
        ("3 nov", DAY, date(2025, 11, 3)),
        ("November 3, 2024", DAY, date(2024, 11, 3)),
        ("12/25", PAST, date(2024, 12, 25)),
        ("12/25", DAY, date(2025, 12, 25)),
        ("1/5", FUTURE, date(2026, 1, 5)),
        ("2/29", PAST, date(2024, 2, 29)),
        ("11/3/25", DAY, date(2025, 11, 3)),
        ("11/3/1989", DAY, date(1989, 11, 3)),
        ("11/3/89", PAST, date(1989, 11, 3)),
        ("11/4/25", PAST, date(1925, 11, 4)),
        ("11031989", DAY, date(1989, 11, 3)),
        ("2025-10-31", DAY, date(2025, 10, 31)),
        ("mon", PAST, date(2025, 11, 3)),
        ("fri", DAY, date(2025, 10, 31)),
        ("friday", DAY, date(2025, 10, 31)),
        ("mon", FUTURE, date(2025, 11, 10)),
        ("fri", FUTURE, date(2025, 11, 7)),
    ],
)
def test_a_day_is_read_as_meant(text: str, rules: Rules, meant: date) -> None:
    assert read_typed(text, rules) == Typed(Part.DAY, meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("t 8:15p", datetime(2025, 11, 3, 20, 15)),  # noqa: DTZ001
        ("n", datetime(2025, 11, 3, 14, 41)),  # noqa: DTZ001
        ("-20m", datetime(2025, 11, 3, 14, 21)),  # noqa: DTZ001
        ("-2h", datetime(2025, 11, 3, 12, 41)),  # noqa: DTZ001
        ("8:15a", datetime(2025, 11, 3, 8, 15)),  # noqa: DTZ001
        ("815a", datetime(2025, 11, 3, 8, 15)),  # noqa: DTZ001
        ("0815", datetime(2025, 11, 3, 8, 15)),  # noqa: DTZ001
        ("2015", datetime(2025, 11, 2, 20, 15)),  # noqa: DTZ001 - not yet today, so last night
        ("11/2 8:15 pm", datetime(2025, 11, 2, 20, 15)),  # noqa: DTZ001
        ("y 2340", datetime(2025, 11, 2, 23, 40)),  # noqa: DTZ001
        ("nov 1 2025 12a", datetime(2025, 11, 1, 0, 0)),  # noqa: DTZ001
    ],
)
def test_a_moment_is_read_as_meant(text: str, meant: datetime) -> None:
    assert read_typed(text, MOMENT) == Typed(Part.MOMENT, meant.date(), meant.time())


@pytest.mark.parametrize("text", ["8:15p", "815p", "2015", "20:15", "8:15 pm", "8:15 P.M."])
def test_a_time_is_read_as_meant(text: str) -> None:
    assert read_typed(text, CLOCK) == Typed(Part.TIME, time=time(20, 15))


def test_a_month_a_year_and_unknown_are_read_where_the_form_allows() -> None:
    assert read_typed("8/2025", PARTIAL) == Typed(Part.MONTH, date(2025, 8, 1))
    assert read_typed("2025", PARTIAL) == Typed(Part.YEAR, date(2025, 1, 1))
    assert read_typed("?", PARTIAL) == Typed(Part.UNKNOWN)
    assert read_typed("8/2025", DAY) is None
    assert read_typed("?", DAY) is None


def test_a_day_alone_in_a_field_for_a_moment_lacks_its_time() -> None:
    assert read_typed("11/2", MOMENT) == Typed(Part.DAY, date(2025, 11, 2))


@pytest.mark.parametrize("text", ["", "13/45", "soon", "32", "2/30", "0/5", "mo", "x 8:15p", "-"])
def test_what_means_nothing_is_not_guessed(text: str) -> None:
    assert read_typed(text, DAY) is None


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(_DAYS, st.sampled_from(list(Direction)))
def test_the_normal_form_of_a_day_is_read_as_the_same_day(day: date, way: Direction) -> None:
    typed = Typed(Part.DAY, day)
    assert read_typed(normal(typed), Rules(NOW, direction=way)) == typed


@given(_DAYS, _TIMES, st.sampled_from(list(Direction)))
def test_the_normal_form_of_a_moment_is_read_as_the_same(
    day: date, clock: time, way: Direction
) -> None:
    typed = Typed(Part.MOMENT, day, clock)
    assert read_typed(normal(typed), Rules(NOW, Wants.MOMENT, way)) == typed


@given(_TIMES)
def test_the_normal_form_of_a_time_is_read_as_the_same(clock: time) -> None:
    typed = Typed(Part.TIME, time=clock)
    assert read_typed(normal(typed), CLOCK) == typed


@given(_DAYS)
def test_the_normal_form_of_a_month_and_a_year_is_read_as_the_same(day: date) -> None:
    month = Typed(Part.MONTH, day.replace(day=1))
    year = Typed(Part.YEAR, day.replace(month=1, day=1))
    assert read_typed(normal(month), PARTIAL) == month
    if day.year < 2100:
        assert read_typed(normal(year), PARTIAL) == year


@given(st.text(max_size=20), st.sampled_from([DAY, PAST, FUTURE, PARTIAL, MOMENT, CLOCK]))
def test_no_text_breaks_the_reading(text: str, rules: Rules) -> None:
    read_typed(text, rules)


def test_it_is_said_back_in_words() -> None:
    moment = Typed(Part.MOMENT, date(2025, 11, 3), time(20, 15))
    assert in_words(moment, date(2025, 11, 5)) == "Mon Nov 3, 8:15 pm"
    assert in_words(Typed(Part.DAY, date(2025, 11, 2)), date(2025, 11, 3)) == "Yesterday, Sun Nov 2"
    assert in_words(Typed(Part.DAY, date(1989, 11, 3)), date(2025, 11, 3)) == "Fri Nov 3, 1989"


@given(_DAYS, st.integers(-48, 48))
def test_a_month_on_is_in_the_next_month(day: date, by: int) -> None:
    moved = step_months(day, by)
    months = (moved.year * 12 + moved.month) - (day.year * 12 + day.month)
    assert months == by
    assert moved.day <= day.day
