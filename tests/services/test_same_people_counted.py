"""Figures of distinct persons: two records said to be one are counted once, and apart again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.casework.due import Due
from leadapp.core.ids import RecordId
from leadapp.measures.figures import figure
from leadapp.services import persons, reporting, same_people, today
from leadapp.services.by_person import ByPerson
from leadapp.services.desk import Desk
from leadapp.services.reporting import run
from leadapp.services.reporting.run import rows_of
from tests.services import made_county as county
from tests.services.made_county import CARE

MONTH = "2026-11"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def twice(office: Desk) -> tuple[RecordId, RecordId]:
    """Return one person recorded twice: long in the program here, new and gone again there."""
    one = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    other = county.person(office, CARE, "Osgood", "Terri Lynn", "1989-03-14")
    for person, ago in ((one, 5), (other, 6)):
        county.note(office, person, ago, "Checked in")
    county.status(office, one, "active", 300)
    county.status(office, other, "active", 9)
    county.status(office, other, "exited", 2)
    return one, other


def values(desk: Desk, *names: str) -> dict[str, float | None]:
    report = reporting.monthly(desk, MONTH)
    return {name: report.figures[name, "this"].value for name in names}


NAMES = ("lead_new_clients", "lead_active", "lead_contacts")
APART = {"lead_new_clients": 1, "lead_active": 1, "lead_contacts": 2}
"""The newest status of the one is active; the other came new this month, and left."""
AS_ONE = {"lead_new_clients": 0, "lead_active": 0, "lead_contacts": 2}
"""Long in the program, so not new, and left two days ago; both notes still count."""


def test_persons_count_once_records_as_often_as_they_are(office: Desk, twice) -> None:
    assert values(office, *NAMES) == APART
    one, other = twice
    said = same_people.say(office, one, other, "same")
    assert values(office, *NAMES) == AS_ONE
    same_people.undo(office, said)
    assert values(office, *NAMES) == APART
    same_people.say(office, one, other, "different")
    assert values(office, *NAMES) == APART


def test_an_opened_figure_lists_the_records_of_both(office: Desk, twice) -> None:
    one, other = twice
    county.status(office, one, "exited", 1)
    assert values(office, "lead_left") == {"lead_left": 2}
    same_people.say(office, one, other, "same")
    report = reporting.monthly(office, MONTH)
    opened = reporting.open_figure(office, report, "lead_left")
    assert (opened.text, opened.records) == ("1", 2)


def test_every_figure_is_what_its_rows_say(office: Desk, twice) -> None:
    one, other = twice
    same_people.say(office, one, other, "same")
    for name in reporting.REPORTS:
        report = reporting.run_report(office, name, MONTH)
        for (measure_id, column), found in report.figures.items():
            measure = report.measures[measure_id]
            if not measure.is_ratio and found.value is not None:
                counted = figure(measure, rows_of(office, report, measure_id, column))
                assert (counted.value, counted.persons) == (found.value, found.persons), measure_id


def test_where_nobody_is_joined_the_sql_stays_as_it_is(office: Desk, twice) -> None:
    measures = run.shipped_measures()
    asking = ByPerson(office)
    assert all(asking.sql(one.select) is one.select for one in measures.values())


def test_one_person_has_one_day_to_be_called(office: Desk) -> None:
    people = county.people_of_care(office)
    first, other = people["Lund"], county.person(office, CARE, "Lund", "Randall", "1990-05-19")
    county.note(office, other, 1, "Called back")
    assert called(office) == {first}
    said = same_people.say(office, first, other, "same")
    assert called(office) == set()
    assert today.due(office, first) == today.due(office, other)
    same_people.undo(office, said)
    assert called(office) == {first}


def called(desk: Desk) -> set[str]:
    """Return who of the Lunds is to be contacted by now."""
    late = {one.person for one in today.due(desk) if one.sort in (Due.CONTACT, Due.NO_CONTACT)}
    return {one for one in late if "Lund" in persons.names(desk, [one]).get(one, "")}
