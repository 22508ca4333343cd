"""What Today tells: due work from records, stock on the shelves, what only this computer has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.casework.due import Due
from leadapp.services import backups, browsing, filling, persons, same_people, today
from leadapp.services.desk import Desk
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path / "office")
    yield desk
    desk.close()


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path / "car", law=True)
    yield desk
    desk.close()


def sorts(desk: Desk, person: str) -> list[Due]:
    return [line.sort for line in today.due(desk, person)]


def test_a_planned_contact_is_due_until_one_is_made(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    county.status(office, of, "active", 20)
    county.note(office, of, 10, "Met", next_day=county.day(2))
    assert sorts(office, of) == [Due.CONTACT]
    county.note(office, of, 1, "Met again")
    assert sorts(office, of) == []


def test_nobody_is_due_after_leaving(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    county.status(office, of, "active", 200)
    county.note(office, of, 100, "Met")
    assert sorts(office, of) == [Due.NO_CONTACT]
    county.status(office, of, "exited", 3)
    assert sorts(office, of) == []


def test_an_intake_clock_stops_with_the_minimum_intake(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    taken = county.referral(office, "Lund", "Randy", 5, due_day=county.day(-9))
    county.put(
        office,
        county.CARE,
        "referral_status",
        {"referral": taken, "person": of, "status": "screening", "status_day": county.day(4)},
    )
    assert len(today.due(office, of)) == 1
    intake = {"person": of, "referral": taken, "started_day": county.day(2)}
    county.put(office, county.CARE, "lead_intake", intake)
    assert len(today.due(office, of)) == 1
    county.put(
        office, county.CARE, "lead_intake", {**intake, "minimum_day": county.day(1)}, days_ago=1
    )
    assert today.due(office, of) == []


def test_a_consent_near_its_end_is_due_unless_a_longer_one_follows(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    county.consent(office, of, "court", county.day(-10))
    assert sorts(office, of) == [Due.CONSENT]
    county.consent(office, of, "court", county.day(-200), ago=2)
    assert sorts(office, of) == []


def test_a_consent_revoked_on_another_record_of_the_person_is_not_to_be_renewed(office):
    one = county.person(office, county.CARE, "Lund", "Randy", "1990-05-19")
    other = county.person(office, county.CARE, "Lund", "Randall", "1990-05-19")
    county.consent(office, one, "court", county.day(-10))
    same_people.say(office, one, other, "same")
    assert sorts(office, one) == [Due.CONSENT]
    revoked = {
        "person": other, "type": "lead_multiparty", "signed_day": county.day(90),
        "expires_kind": "date", "expires_day": county.day(-400), "revoked_day": county.day(2),
    }  # fmt: skip
    county.put(office, county.CARE, "consent", revoked, days_ago=2)
    assert sorts(office, one) == []


def test_a_shorter_consent_is_due_though_a_longer_one_was_revoked(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    county.consent(office, of, "court", county.day(-10))
    longer = {
        "person": of, "type": "lead_multiparty", "signed_day": county.day(90),
        "expires_kind": "date", "expires_day": county.day(-400), "revoked_day": county.day(2),
    }  # fmt: skip
    county.put(office, county.CARE, "consent", longer, days_ago=2)
    assert sorts(office, of) == [Due.CONSENT]


def test_the_contact_a_status_names_counts_where_there_is_no_note(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    answers = {"person": of, "status": "active", "status_day": county.day(40), "set_by": "rule"}
    answers["last_contact_day"] = county.day(40)
    county.put(office, county.CARE, "episode_status", answers, days_ago=40)
    assert sorts(office, of) == [Due.NO_CONTACT]


def test_a_page_counts_stays_and_suggests_the_status_that_contact_does(office):
    of = county.person(office, county.CARE, "Lund", "Randy")
    for now, ago in (("active", 300), ("exited", 200), ("active", 100)):
        county.status(office, of, now, ago)
    county.note(office, of, 45, "Met")
    county.note(office, of, 5, "Not at home", made="attempted")
    page = persons.page(office, of)
    assert page is not None
    assert (page.stays, page.since) == (2, county.day(100))
    assert (page.last_contact, page.suggested) == (county.day(45), "inactive")
    county.status(office, of, "inactive", 1)
    page = persons.page(office, of)
    assert page is not None
    assert page.suggested == ""


def test_a_name_stands_with_what_is_due_though_nobody_is_linked(office):
    county.referral(office, "Whitcomb", "June", 9)
    (line,) = today.due(office)
    assert line.name == "Whitcomb, June"
    assert line.person == ""


def test_stock_counts_shelves_only(office):
    county.shelf_stock(office)
    found = today.stock(office)
    assert found == today.Stock(12, 1, (("Front desk cabinet", 20),), 0)


def test_a_backup_is_told_with_its_age(office):
    assert today.this_computer(office).backup_is_late
    backups.back_up(office)
    told = today.this_computer(office)
    assert told.backup_days == 0
    assert not told.backup_is_late
    assert told.entries > 0


def test_a_car_has_no_due_work_of_care(car):
    assert not today.has_due_work(car)
    assert today.due(car) == []


def test_answers_that_wait_are_counted_on_an_officers_contact(car):
    county.cit_contact(car, 2)
    old = county.cit_contact(car, 30)
    (recent, waiting) = sorted(today.my_contacts(car), key=lambda one: one.line.record == old)
    assert recent.waiting > 5
    assert waiting.line.record == old


def test_a_follow_up_an_officer_wanted_stands_until_a_visit_was_made(car):
    of = county.person(car, county.LAW, "Lund", "Randy")
    officer = "cit_officer"
    due = county.day(20)
    asked = county.cit_contact(car, 30, person=of, follow_up_by=officer, follow_up_due=due)
    county.cit_contact(car, 29, person=of, follow_up_by="case_manager")
    visited = "follow_up_visit"
    last = county.cit_contact(car, 3, person=of, follow_up_by=officer, origin=visited)
    county.cit_contact(car, 40, person=of, origin=visited)

    def again() -> dict[str, str]:
        found = today.my_contacts(car)
        return {one.line.record: str(one.follow_up) for one in found if one.follow_up}

    assert again() == {last: county.day(-4)}
    visit = browsing.record(car, last)
    filling.void(car, visit, filling.undone_by_void(car, visit), reason="Another person")
    assert again() == {asked: due}


def test_same_person_is_asked_within_one_ring_only(office):
    people = county.people_of_care(office)
    page = persons.page(office, people["Osgood"])
    assert page is not None
    assert [one.record for one in page.same] == [people["Double"]]
    near = persons.near(office, county.CARE, last="Osgod", first="Terri")
    assert {one.person.record for one in near} >= {people["Osgood"], people["Double"]}
