"""The way of a record on real desks: finished, its companions, corrected, voided, resumed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.paths import shipped_forms
from leadapp.services import browsing, filling, verifying
from leadapp.services.desk import Desk
from leadapp.services.filling.known import books
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.services.made_county import LAW, new_desk, person, put

SHARED = RingId("shared")
CONTACT = {
    "when": "2026-11-20T20:15:00.000-07:00",
    "where": "Hwy 12 pullout, mile 41",
    "reason": "welfare_check",
    "seen": "none",
    "officers": "2",
    "minutes_choice": "30",
    "weapon": "no",
    "injury_or_force": "no",
    "ending": "scene",
    "ending_detail": "resolved_on_scene",
    "naloxone_given": "no",
    "follow_up": "no",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "car", law=True)
    yield desk
    desk.close()


def stock(desk: Desk) -> tuple[RecordId, RecordId]:
    """Put 20 doses of one lot into a car; straight from the supplier."""
    lot = put(
        desk,
        SHARED,
        "lot",
        {
            "product": "nasal_4",
            "lot_number": "A2291",
            "expiry": "2027-06-30",
            "doses_per_kit": "2",
            "funding": "settlement",
        },
    )
    unit = put(desk, SHARED, "place", {"name": "Unit 9", "place_kind": "vehicle", "active": "yes"})
    put(
        desk,
        SHARED,
        "stock_movement",
        {
            "day": "2026-11-01",
            "move": "received",
            "lot": lot,
            "from_place": "supplier",
            "to_place": unit,
            "doses": "20",
            "kits": "10",
        },
    )
    return lot, unit


def used(lot: str, unit: str, doses: str) -> dict[str, str]:
    """Return a contact with naloxone used."""
    return CONTACT | {
        "naloxone_given": "yes",
        "naloxone_doses": doses,
        "naloxone_from": unit,
        "naloxone_lot": lot,
    }


def correct(desk: Desk, record: RecordId, key: str, text: str, reason: str) -> filling.Saved:
    """Correct one answer of a finished record."""
    stored = browsing.record(desk, record)
    opened = filling.correct(desk, stored, lookup=desk.lookup("law"))
    opened.session.set_answer(key, text)
    result = filling.ready(desk, opened)
    assert not isinstance(result, list)
    known = filling.gather(desk, opened, result)
    return filling.save(desk, opened, result, known, reason=reason)


def test_a_finished_contact_is_listed_with_what_follows_from_its_answers(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT)
    stored = browsing.record(car, saved.record)
    assert stored.ring == LAW
    assert stored.calculated["disposition"] == "resolved_on_scene"
    assert stored.calculated["officer_minutes"] == "60"
    assert {problem.code for problem in saved.warnings} == {"forms.answer_waits"}


def test_naloxone_used_at_a_contact_leaves_the_stock_of_the_car(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    assert books(car)[lot, unit] == 17
    movement = browsing.record(car, saved.companions[0])
    assert movement.ring == SHARED
    assert movement.finished_at.startswith("2026-11-20T12:00")
    assert [offer.form for offer in saved.offers] == ["naloxone_used"]
    assert saved.offers[0].answers["counted_by_contact"] == "yes"


def test_a_movement_points_to_no_form_and_no_person(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    said = " ".join(browsing.record(car, saved.companions[0]).answers.values())
    assert saved.record not in said
    assert "pullout" not in said


def test_correcting_the_doses_reverses_and_replaces_and_the_last_word_counts(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    correct(car, saved.record, "result/naloxone_doses", "2", "Counted again")
    assert books(car)[lot, unit] == 18
    correct(car, saved.record, "result/naloxone_doses", "5", "The report says five")
    assert books(car)[lot, unit] == 15
    correct(car, saved.record, "result/naloxone_given", "no", "Another car's")
    assert books(car)[lot, unit] == 20


def test_a_note_for_the_case_manager_goes_into_the_referral(car: Desk) -> None:
    asked = {
        "follow_up": "yes",
        "ok_to_contact": "verbal",
        "follow_up_note": "Asked about a place to stay",
    }
    saved = filling.submit(car, "cit_contact", CONTACT | asked)
    offer = saved.offers[0]
    begun = filling.begin(car, offer.form, lookup=car.lookup("refer"), prefill=offer.answers)
    assert "Asked about a place to stay" in begun.session.draft().values()
    shown = begun.session.value("afterwards/remarks")
    assert shown == "Asked about a place to stay"
    assert begun.session.is_relevant("afterwards/remarks")


def test_answers_left_for_later_are_a_problem_of_the_record(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT)
    found = browsing.record(car, saved.record).problems
    assert [problem.code for problem in found] == ["store.answers_wait"]
    waiting = int(str(found[0].values["count"]))
    correct(car, saved.record, "incident/county", "Alder", "Finished later")
    after = browsing.record(car, saved.record).problems
    assert after[0].values["count"] == str(waiting - 1)


def test_what_a_merge_hides_is_named_on_the_record(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    stored = browsing.record(car, saved.record)
    correct(car, saved.record, "scene/where", "Mile 42", "Wrong mile")
    hiding = RecordWrite(  # by somebody who has not seen the correction
        record=stored.record,
        form=stored.form,
        form_version=stored.form_version,
        op="save",
        values={"result/naloxone_given": "no"},
        author=car.user,
        at=car.clock.now(),
        parents=stored.heads,
    )
    car.archive.write(stored.ring, [hiding])
    found = browsing.record(car, saved.record).problems
    hidden = {one.place.path for one in found if one.code == "services.hidden_answer"}
    assert hidden == {"result/naloxone_doses", "result/naloxone_from", "result/naloxone_lot"}


def test_correcting_something_else_moves_no_stock(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    again = correct(car, saved.record, "scene/where", "Mile 42", "Wrong mile")
    assert again.companions == ()
    assert books(car)[lot, unit] == 17


def test_a_correction_writes_only_what_changed_and_says_why(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT)
    correct(car, saved.record, "scene/where", "Mile 42", "Wrong mile")
    first, second = browsing.history(car, browsing.record(car, saved.record))
    assert [change.key for change in second.changes] == ["scene/where"]
    assert second.reason == "Wrong mile"
    assert len(first.changes) > 5


def test_a_correction_without_a_reason_is_refused(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT)
    with pytest.raises(Refusal) as caught:
        correct(car, saved.record, "scene/where", "Mile 42", " ")
    assert caught.value.code == "services.reason_needed"


def test_voiding_a_contact_puts_its_doses_back_and_hides_it_from_lists(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    stored = browsing.record(car, saved.record)
    filling.void(car, stored, filling.undone_by_void(car, stored), reason="Entered twice")
    assert books(car)[lot, unit] == 20
    assert browsing.record(car, saved.record).voided
    with pytest.raises(Refusal) as caught:
        filling.correct(car, browsing.record(car, saved.record), lookup=car.lookup("law"))
    assert caught.value.code == "services.record_is_void"


def test_a_hand_out_beyond_the_books_is_recorded_and_flagged(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "23"))
    assert books(car)[lot, unit] == -3
    movement = browsing.record(car, saved.companions[0])
    assert movement.answers["shortfall"] == "1"


def test_answers_that_break_a_rule_are_all_named_and_nothing_is_written(car: Desk) -> None:
    with pytest.raises(Refusal) as caught:
        filling.submit(car, "cit_contact", CONTACT | {"officers": "0", "minutes_choice": ""})
    places = {problem.place.path for problem in caught.value.problems}
    assert places == {"scene/officers", "scene/minutes_choice"}
    assert all(problem.blocks for problem in caught.value.problems)
    assert "cit_contact" not in {line.kind for line in browsing.records(car, _everything())}


def test_an_answer_to_no_question_is_refused(car: Desk) -> None:
    with pytest.raises(Refusal) as caught:
        filling.submit(car, "cit_contact", CONTACT | {"shoe_size": "44"})
    assert caught.value.code == "services.no_such_question"


def test_repeat_copies_are_made_from_labels(office: Desk) -> None:
    answers = {
        "reporter": "community",
        "day": "2026-11-02",
        "county": "Alder",
        "town": "Alder",
        "place_type": "home",
        "called_911": "yes",
        "replacement": "no",
        "people[a]/survived": "yes",
        "people[a]/state_before": "unresponsive_breathing",
        "people[a]/administrations[x]/giver": "friend",
        "people[a]/administrations[x]/product": "nasal_4",
        "people[a]/administrations[x]/doses": "1",
        "people[a]/administrations[y]/giver": "friend",
        "people[a]/administrations[y]/product": "nasal_4",
        "people[a]/administrations[y]/doses": "2",
        "people[b]/survived": "unknown",
        "people[b]/state_before": "unknown",
        "people[b]/administrations[x]/giver": "other",
        "people[b]/administrations[x]/product": "nasal_4",
        "people[b]/administrations[x]/doses": "1",
    }
    saved = filling.submit(office, "naloxone_used", answers)
    rows = office.reader.rows("SELECT survived, doses FROM naloxone_person ORDER BY n", {})
    assert [tuple(row) for row in rows] == [("yes", 3), ("unknown", 1)]
    assert saved.ring == "supply"


def test_an_intake_opens_an_episode_once(office: Desk) -> None:
    someone = person(office, RingId("care"), "Osgood", "Terri")
    answers = _intake(someone)
    first = filling.submit(office, "lead_intake", answers)
    assert len(first.companions) == 1
    second = filling.submit(office, "lead_intake", answers)
    assert second.companions == ()
    rows = office.reader.rows("SELECT status FROM episode_status", {})
    assert [tuple(row) for row in rows] == [("active",)]


def test_a_draft_is_found_again_whole_and_finished_once(car: Desk) -> None:
    begun = filling.begin(car, "cit_contact", lookup=car.lookup("law"), prefill=CONTACT)
    filling.keep(car, filling.as_draft(car, begun))
    kept = car.drafts.load(begun.draft)
    assert kept is not None
    again = filling.resume(car, kept, lookup=car.lookup("law"), stored=None)
    assert again.session.draft() == begun.session.draft()
    result = filling.ready(car, again)
    assert not isinstance(result, list)
    saved = filling.save(car, again, result, filling.gather(car, again, result))
    assert saved.record == begun.record


def test_a_resumed_correction_writes_against_what_its_author_saw(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT)
    stored = browsing.record(car, saved.record)
    begun = filling.correct(car, stored, lookup=car.lookup("law"))
    begun.session.set_answer("scene/where", "Mile 42")
    filling.keep(car, filling.as_draft(car, begun))
    correct(car, saved.record, "scene/officers", "3", "Three came")
    kept = car.drafts.load(begun.draft)
    assert kept is not None
    now = browsing.record(car, saved.record)
    again = filling.resume(car, kept, lookup=car.lookup("law"), stored=now)
    result = filling.ready(car, again)
    assert not isinstance(result, list)
    known = filling.gather(car, again, result)
    filling.save(car, again, result, known, reason="Wrong mile")
    after = browsing.record(car, saved.record)
    assert after.answers["scene/officers"] == "3"
    assert after.answers["scene/where"] == "Mile 42"
    assert not after.conflicts


def test_forms_of_another_side_or_ring_cannot_be_started(car: Desk, office: Desk) -> None:
    assert not {"lead_intake", "contact_note"} & {one.form for one in filling.writable(car)}
    with pytest.raises(Refusal):
        filling.begin(car, "lead_intake", lookup=car.lookup("care"))
    with pytest.raises(Refusal):
        filling.begin(office, "cit_contact", lookup=office.lookup("law"))


def test_all_that_was_written_verifies(car: Desk) -> None:
    lot, unit = stock(car)
    saved = filling.submit(car, "cit_contact", used(lot, unit, "3"))
    correct(car, saved.record, "result/naloxone_doses", "2", "Counted again")
    assert verifying.verify(car).problems == ()


def _everything() -> RecordQuery:
    return RecordQuery(limit=500)


def _intake(someone: RecordId) -> dict[str, str]:
    sample = shipped_forms() / "lead_intake" / "samples" / "minimal.json"
    answers: dict[str, str] = json.loads(sample.read_text("utf-8"))["answers"]
    return answers | {"start/person": someone, "completion/minimum_day": "2026-11-12"}


def test_a_choice_the_form_does_not_offer_is_refused_and_never_left_out(car: Desk) -> None:
    wrong = CONTACT | {"reason": "no_such_reason", "seen": "suicidal no_such_sight"}
    with pytest.raises(Refusal) as caught:
        filling.submit(car, "cit_contact", wrong)
    assert {(one.code, one.place.path) for one in caught.value.problems} == {
        ("services.not_a_choice", "scene/reason"),
        ("services.not_a_choice", "scene/seen"),
    }


def test_somebody_who_is_not_in_the_list_is_no_answer_either(car: Desk) -> None:
    with pytest.raises(Refusal) as caught:
        filling.submit(car, "cit_contact", CONTACT | {"person": "nobody-of-that-number"})
    assert [one.place.path for one in caught.value.problems] == ["scene/person"]


def test_an_answer_to_a_question_that_is_not_asked_is_said_to_be_left_out(car: Desk) -> None:
    saved = filling.submit(car, "cit_contact", CONTACT | {"naloxone_doses": "3"})
    left_out = [one for one in saved.warnings if one.code == "services.not_asked"]
    assert [one.place.path for one in left_out] == ["result/naloxone_doses"]
    assert "result/naloxone_doses" not in browsing.record(car, saved.record).answers
