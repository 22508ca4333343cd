"""An officer's form begins with what the roster says of who writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.ids import RecordId
from leadapp.journal.rings import SHARED
from leadapp.services import browsing, filling
from leadapp.services.desk import Desk
from tests.services.made_county import day, new_desk, put
from tests.services.test_filling import CONTACT


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "car", law=True)
    yield desk
    desk.close()


def officer(desk: Desk, **more: str) -> RecordId:
    answers = {"name": "D. Halvorsen", "badge": "14", "officer_role": "patrol", "agency": "a1"}
    return put(desk, SHARED, "officer", answers | {"active_from": day(900)} | more, days_ago=300)


def begun(desk: Desk, form: str = "cit_contact", **said: str) -> dict[str, str]:
    return filling.begins_with(desk, form, said)


@pytest.mark.parametrize(("cit_from", "certified"), [(day(400), "yes"), (day(-3), "no")])
def test_a_contact_begins_with_its_officer_and_the_certificate_of_the_day(
    car: Desk, cit_from: str, certified: str
) -> None:
    officer(car, name="Somebody else", user_id="Sam Else")
    mine = officer(car, user_id=car.name, cit_from=cit_from)
    assert begun(car) == {
        "county": "Alder County",
        "officer": mine,
        "agency": "a1",
        "reporting_cit": certified,
    }
    assert begun(car, officer="other")["officer"] == "other"


def test_who_left_or_is_on_no_line_is_asked(car: Desk) -> None:
    assert begun(car) == {"county": "Alder County"}
    officer(car, user_id=car.user, active_to=day(30))
    assert begun(car) == {"county": "Alder County"}
    now = officer(car, user_id=car.user, active_from=day(20))
    assert begun(car, "lead_referral")["officer"] == now


def test_other_forms_begin_as_they_were(car: Desk) -> None:
    officer(car, user_id=car.user)
    assert begun(car, "person_law", last_name="Lund") == {"last_name": "Lund"}


def test_the_roster_is_asked_as_of_the_day_of_the_contact(car: Desk) -> None:
    mine = officer(car, user_id=car.user, cit_from=day(1))
    answers = CONTACT | begun(car) | {"when": f"{day(2)}T20:15:00.000-07:00", "agency": ""}
    saved = filling.submit(car, "cit_contact", answers)
    told = [one for one in saved.warnings if one.code == "crisis.roster_says_otherwise"]
    assert [one.place.path for one in told] == ["cit_response/reporting_cit"]
    stored = browsing.record(car, saved.record)
    assert stored.answers["incident/officer"] == mine
    assert stored.answers["cit_response/reporting_cit"] == "yes"
