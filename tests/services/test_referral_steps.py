"""A referral's status on a real desk: held to the referral's other statuses when it is finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.services import browsing, filling
from leadapp.services.desk import Desk
from tests.services.made_county import CARE, day, new_desk, person, referral


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


@pytest.fixture
def lund(office: Desk) -> RecordId:
    return person(office, CARE, "Lund", "Randy")


@pytest.fixture
def made(office: Desk) -> RecordId:
    return referral(office, "Lund", "Randy", 20)


def became(desk: Desk, made: str, status: str, ago: int, **more: str) -> filling.Saved:
    answers = {"referral": made, "status": status, "status_day": day(ago), "screening": "eligible"}
    return filling.submit(desk, "referral_status", answers | more)


def told(saved: filling.Saved) -> list[str]:
    return [one.code for one in saved.warnings]


def amend(desk: Desk, record: RecordId, name: str, text: str) -> filling.Saved:
    opened = filling.correct(desk, browsing.record(desk, record), lookup=desk.lookup("care"))
    opened.session.set_answer(f"about/{name}", text)
    result = filling.ready(desk, opened)
    assert not isinstance(result, list)
    return filling.save(desk, opened, result, filling.gather(desk, opened, result), reason="Slip")


def test_an_enrolled_referral_cannot_go_back_and_nothing_is_written(
    office: Desk, lund: RecordId, made: RecordId
) -> None:
    assert told(became(office, made, "screening", 15)) == []
    assert told(became(office, made, "enrolled", 10, person=lund)) == []
    before = office.reader.rows("SELECT COUNT(*) FROM referral_status", {})
    with pytest.raises(Refusal) as caught:
        became(office, made, "received", 3)
    (problem,) = caught.value.problems
    assert problem.code == "casework.enrolled_stays"
    assert (problem.place.path, problem.values["label"]) == ("about/status", "Status")
    assert office.reader.rows("SELECT COUNT(*) FROM referral_status", {}) == before


def test_an_odd_step_and_a_late_one_are_told_and_kept(
    office: Desk, lund: RecordId, made: RecordId
) -> None:
    became(office, made, "ineligible", 12, ineligible_reason="age")
    assert told(became(office, made, "outreach", 8)) == ["casework.referral_step_odd"]
    assert told(became(office, made, "screening", 10)) == ["casework.later_status_stands"]


def test_another_referral_of_the_same_person_goes_its_own_way(
    office: Desk, lund: RecordId, made: RecordId
) -> None:
    became(office, made, "enrolled", 10, person=lund)
    again = referral(office, "Lund", "Randy", 2)
    assert told(became(office, again, "screening", 1, person=lund)) == []


def test_a_wrong_enrollment_is_put_right_by_correcting_it(
    office: Desk, lund: RecordId, made: RecordId
) -> None:
    wrong = became(office, made, "enrolled", 10, person=lund)
    amend(office, wrong.record, "status", "outreach")
    assert told(became(office, made, "waitlisted", 3)) == []


def test_correcting_something_else_of_a_status_is_never_refused(
    office: Desk, lund: RecordId, made: RecordId
) -> None:
    early = became(office, made, "screening", 15)
    became(office, made, "enrolled", 15, person=lund)
    amend(office, early.record, "remarks", "Called twice")
    with pytest.raises(Refusal):
        amend(office, early.record, "status", "waitlisted")


@pytest.mark.parametrize("status", ["enrolled", "duplicate"])
def test_enrolled_and_repeated_referrals_are_somebodys(
    office: Desk, made: RecordId, status: str
) -> None:
    with pytest.raises(Refusal) as caught:
        became(office, made, status, 3)
    (problem,) = caught.value.problems
    assert problem.place.path == "about/person"
    assert str(problem.values["message"]).startswith("Choose the person")
