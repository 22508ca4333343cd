"""Two records said to be one person, while another computer works on them; and taken apart again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leadapp.core.ids import RecordId
from leadapp.services import browsing, filling, persons, same_people, verdicts
from leadapp.services.desk import Desk
from leadapp.store.queries import RecordQuery
from tests.services import made_county as county
from tests.services.made_county import CARE
from tests.services.test_same_people import exchange, rewritten, three, two_offices
from tests.services.two_computers import Computer

Offices = tuple[Computer, Computer]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, list[RecordId]]:
    """Return a folder with two offices that know one person written three times."""
    place = tmp_path_factory.mktemp("offices")
    office, second = two_offices(place)
    with office.desk() as desk:
        people = three(desk)
    exchange(office, second, place)
    return place, people


@pytest.fixture
def offices(tmp_path: Path, made) -> Offices:
    shutil.copytree(made[0], tmp_path, dirs_exist_ok=True)
    stick = tmp_path / "stick"
    return (
        Computer(tmp_path / "office" / "program", "Nora Ellison", stick),
        Computer(tmp_path / "lee" / "program", "Lee Ruiz", stick),
    )


@pytest.fixture
def people(made) -> list[RecordId]:
    return made[1]


def phone(desk: Desk, person: RecordId) -> str:
    return browsing.record(desk, person, CARE).answers.get(
        desk.shelf.keys(desk.shelf.source("person_care"))["phone"], ""
    )


def facts(desk: Desk, person: RecordId) -> persons.PersonFacts:
    page = persons.page(desk, person)
    assert page is not None
    return page.facts


def test_edits_of_two_persons_and_their_merge_at_the_same_time_all_stand(tmp_path, offices, people):
    one, other, _ = people
    office, second = offices
    with office.desk() as desk:
        same_people.say(desk, one, other, "same")
        rewritten(desk, one, nickname="TL")
    with second.desk() as desk:
        rewritten(desk, other, phone="406-555-0142")
        note = county.note(desk, other, 1, "Called")
    exchange(office, second, tmp_path)
    for computer in offices:
        with computer.desk() as desk:
            assert desk.reader.count(RecordQuery(conflicted=True)) == 0
            both = facts(desk, other)
            assert (both.everyone, both.phone) == ((one, other), "406-555-0142")
            assert both.last_contact == county.day(1)
            stored = browsing.record(desk, note, CARE)
            assert other in stored.answers.values()


def test_persons_taken_apart_while_one_is_edited_keep_what_each_record_says(
    tmp_path, offices, people
):
    one, other, _ = people
    office, second = offices
    with office.desk() as desk:
        same_people.say(desk, one, other, "same")
    exchange(office, second, tmp_path)
    with office.desk() as desk:
        rewritten(desk, one, phone="406-555-0111")
    with second.desk() as desk:
        same_people.take_out(desk, other)
        rewritten(desk, other, phone="406-555-0222")
    exchange(office, second, tmp_path)
    for computer in offices:
        with computer.desk() as desk:
            assert desk.reader.count(RecordQuery(conflicted=True)) == 0
            for person, number in ((one, "406-555-0111"), (other, "406-555-0222")):
                alone = facts(desk, person)
                assert (alone.everyone, alone.phone) == ((person,), number)
                assert phone(desk, person) == number


def test_a_person_voided_while_another_computer_merged_it_is_void_and_the_other_stands(
    tmp_path, offices, people
):
    one, other, _ = people
    office, second = offices
    with office.desk() as desk:
        same_people.say(desk, one, other, "same")
    with second.desk() as desk:
        stored = browsing.record(desk, one, CARE)
        filling.void(desk, stored, filling.undone_by_void(desk, stored), reason="Entered twice")
    exchange(office, second, tmp_path)
    for computer in offices:
        with computer.desk() as desk:
            assert browsing.record(desk, one, CARE).voided
            assert facts(desk, other).everyone == (other,)
            query = RecordQuery(kinds=("person",), without=persons.hidden(desk))
            shown = {line.record for line in browsing.records(desk, query)}
            assert other in shown
            assert one not in shown


def test_a_merge_taken_back_here_and_another_made_there_both_hold(tmp_path, offices, people):
    one, other, third = people
    office, second = offices
    with office.desk() as desk:
        same_people.say(desk, one, other, "same")
    exchange(office, second, tmp_path)
    with office.desk() as desk:
        same_people.say(desk, one, other, "")
    with second.desk() as desk:
        same_people.say(desk, other, third, "same")
    exchange(office, second, tmp_path)
    for computer in offices:
        with computer.desk() as desk:
            found = verdicts.joined(desk)
            assert found.everyone(one) == (one,)
            assert found.everyone(third) == (other, third)
            assert not any(pair.contested for pair in verdicts.judged(desk))
