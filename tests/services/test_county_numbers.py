"""Numbers a county types in: kept as settings, refused where they make no sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.services import county_numbers
from leadapp.services.county_numbers import CountyNumbers
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


def test_nothing_is_set_at_first(office: Desk) -> None:
    assert county_numbers.county_numbers(office) == CountyNumbers(None, None, None, {})


def test_what_is_set_last_is_read(office: Desk) -> None:
    county_numbers.set_residents(office, 60_000, 2020)
    county_numbers.set_residents(office, 61_234, 2024)
    county_numbers.set_inspection_days(office, 14)
    county_numbers.set_jail_releases(office, "2026-09", 88)
    county_numbers.set_jail_releases(office, "2026-10", 0)
    assert county_numbers.county_numbers(office) == CountyNumbers(
        61_234, 2024, 14, {"2026-09": 88, "2026-10": 0}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda desk: county_numbers.set_residents(desk, 0, 2024),
        lambda desk: county_numbers.set_residents(desk, 61_234, 24),
        lambda desk: county_numbers.set_inspection_days(desk, 0),
        lambda desk: county_numbers.set_jail_releases(desk, "2026-10", -1),
        lambda desk: county_numbers.set_jail_releases(desk, "October", 1),
    ],
)
def test_numbers_that_make_no_sense_are_refused(
    office: Desk, wrong: Callable[[Desk], object]
) -> None:
    with pytest.raises(Refusal):
        wrong(office)
    assert county_numbers.county_numbers(office) == CountyNumbers(None, None, None, {})


def test_who_may_not_change_settings_is_refused(tmp_path: Path) -> None:
    desk = county.new_desk(tmp_path, roles=frozenset({Role.STOCK_MANAGER}))
    desk.roles = frozenset({Role.STOCK_MANAGER})
    try:
        assert not county_numbers.may_set(desk)
        with pytest.raises(Refusal):
            county_numbers.set_inspection_days(desk, 7)
    finally:
        desk.close()
