"""Kits due for a look: by place, by the last inspection, by what it said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.journal.rings import SHARED
from leadapp.services import county_numbers, stock_inspections
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


def car(desk: Desk, name: str, *, kind: str = "vehicle", minimum: str = "4") -> RecordId:
    answers = {"name": name, "place_kind": kind, "active": "yes", "minimum": minimum}
    return county.put(desk, SHARED, "place", answers)


def look(desk: Desk, place: RecordId, ago: int, **more: str) -> None:
    fine = {"present": "yes", "seal": "yes", "expiry_seen": "yes", "temperature": "in_range"}
    answers = {"day": county.day(ago), "place": place, "action": "ok", **fine, **more}
    county.put(desk, SHARED, "kit_inspection", answers, days_ago=ago)


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in stock_inspections.kits_due(desk)]


def test_a_place_is_due_a_month_after_its_last_inspection(office: Desk) -> None:
    for name, ago in (("Fresh", 3), ("Soon", 25), ("On the day", 31), ("Late", 32)):
        look(office, car(office, name), ago)
    car(office, "Never")
    assert states(office) == [
        ("Never", "overdue"), ("Late", "overdue"), ("On the day", "soon"), ("Soon", "soon"),
        ("Fresh", "done"),
    ]  # fmt: skip
    late = next(one for one in stock_inspections.kits_due(office) if one.name == "Late")
    assert (late.last_day, late.due_day, late.days_late) == (county.day(32), county.day(1), 1)


def test_a_kit_to_replace_stays_first_until_a_later_look_says_it_is_good(office: Desk) -> None:
    place = car(office, "Unit 9")
    look(office, place, 40)
    look(office, place, 2, seal="no", temperature="heat", action="replace")
    (kit,) = stock_inspections.kits_due(office)
    assert (kit.state, kit.found, kit.is_due) == ("replace", ("seal", "heat"), True)
    look(office, place, 1)
    assert states(office) == [("Unit 9", "done")]


def test_places_without_kits_are_not_listed(office: Desk) -> None:
    car(office, "Clinic", kind="facility")
    car(office, "Empty car", minimum="0")
    assert states(office) == []


def test_a_county_may_look_more_often(office: Desk) -> None:
    look(office, car(office, "Unit 9"), 10)
    assert states(office) == [("Unit 9", "done")]
    county_numbers.set_inspection_days(office, 7)
    assert states(office) == [("Unit 9", "overdue")]


def test_who_may_not_list_inspections_is_refused(tmp_path: Path) -> None:
    desk = county.new_desk(tmp_path, roles=frozenset({Role.REPORT_CLERK}))
    desk.roles = frozenset({Role.REPORT_CLERK})
    try:
        with pytest.raises(Refusal):
            stock_inspections.kits_due(desk)
    finally:
        desk.close()
