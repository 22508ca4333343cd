"""LEAD measures: a worked county of eight referrals, then statuses, consents and contacts."""

from __future__ import annotations

from datetime import date

import pytest

from leadapp.measures.periods import days, month

JANUARY, FEBRUARY = month("2026-01"), month("2026-02")
BOTH = days(date(2026, 1, 1), date(2026, 2, 28))

# referral, person, door, day, due, screening, status as known in the end
REFERRALS = [
    ("R1", "A", "arrest", "2026-01-02", "2026-01-16", "eligible", "enrolled"),
    ("R2", "B", "arrest", "2026-01-05", "2026-01-19", "eligible", "outreach"),
    ("R3", "C", "social", "2026-01-07", "", "eligible", "enrolled"),
    ("R4", "A", "social", "2026-01-15", "", "", "duplicate"),
    ("R5", "D", "arrest", "2026-01-20", "2026-02-03", "ineligible", "ineligible"),
    ("R6", "E", "community", "2026-01-22", "", "eligible", "declined_by_person"),
    ("R7", "F", "arrest", "2026-01-28", "2026-02-11", "eligible", "enrolled"),
    ("R8", "G", "community", "2026-01-30", "", "eligible", "outreach"),
]


def _refer(county, *, enrolled=("R1", "R3", "R7")):
    """Fill in the worked county: officers' referrals know no person, the care side does."""
    for name, person, door, day, due, screening, status in REFERRALS:
        county.add(
            "referral", record_id=name, ring="refer-sheriff", day=day, door=door, due_day=due,
            agency="sheriff", status="received",
        )  # fmt: skip
        county.add(
            "referral_status", ring="care", referral_id=name, person_id=person, day=day,
            screening=screening,
            status=status if status != "enrolled" or name in enrolled else "outreach",
        )  # fmt: skip


def _enrol(county):
    for referral, person, done in (
        ("R1", "A", "2026-01-10"),
        ("R3", "C", "2026-02-20"),
        ("R7", "F", "2026-02-09"),
    ):
        county.add(
            "intake",
            ring="care",
            referral_id=referral,
            person_id=person,
            minimum_day=done,
            day=done,
        )
        county.add("episode_status", ring="care", person_id=person, status="active", day=done)


@pytest.fixture
def worked(county):
    _refer(county)
    _enrol(county)
    for person, status, day in (
        ("A", "not_filed_intake_done", "2026-01-15"),
        ("B", "filed_no_intake", "2026-01-20"),
        ("F", "held", "2026-02-10"),
    ):
        county.add("diverted_charge", ring="care", person_id=person, status=status, status_day=day)
    return county


@pytest.mark.parametrize(
    ("measure", "period", "value"),
    [
        ("lead_referrals", JANUARY, 8),
        ("lead_referrals_by_agency", JANUARY, 8),
        ("lead_people_referred", JANUARY, 7),
        ("lead_screened", JANUARY, 7),
        ("lead_eligible", JANUARY, 6),
        ("lead_eligibility", JANUARY, 6 / 7),
        ("lead_intakes_due", JANUARY, 2),
        ("lead_intakes_on_time", JANUARY, 1),
        ("lead_intake_on_time_rate", JANUARY, 1 / 2),
        ("lead_intake_on_time_rate", FEBRUARY, 1),
        ("lead_intakes_due", FEBRUARY, 1),
        ("lead_people_served", JANUARY, 1),
        ("lead_people_served", BOTH, 3),
        ("lead_referrals_enrolled", JANUARY, 3),
        ("lead_enrollment_rate", JANUARY, 3 / 8),
        ("lead_charges", BOTH, 3),
        ("lead_charges_decided", BOTH, 2),
        ("lead_charges_not_filed", BOTH, 1),
        ("lead_not_filed_rate", BOTH, 1 / 2),
        ("lead_intakes", JANUARY, 1),
        ("lead_new_clients", FEBRUARY, 2),
        ("lead_active", JANUARY, 1),
        ("lead_active", FEBRUARY, 3),
    ],
)
def test_the_worked_county(worked, measure, period, value):
    assert worked.value(measure, period) == pytest.approx(value)


def test_referrals_by_door_of_the_worked_county(worked):
    assert worked.figure("lead_referrals", JANUARY).by_group == {
        "arrest": 4,
        "social": 2,
        "community": 2,
    }


def test_enrollment_of_january_grows_as_february_is_learned(county):
    _refer(county, enrolled=("R1",))
    assert county.figure("lead_enrollment_rate", JANUARY).text == "1 of 8"


def test_the_newest_status_of_a_referral_stands(county):
    county.add("referral", record_id="R", day="2026-01-02", door="arrest", status="received")
    for day, status in (("2026-01-03", "screening"), ("2026-01-09", "withdrawn")):
        county.add("referral_status", referral_id="R", day=day, status=status)
    assert county.value("lead_referrals", JANUARY) == 0


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
def test_of_two_statuses_of_one_day_the_one_written_later_stands(county, ids):
    county.add("referral", record_id="R", day="2026-01-02", door="arrest", status="received")
    for name, at, status in zip(ids, ("1", "2"), ("withdrawn", "screening"), strict=True):
        county.add(
            "referral_status", record_id=name, referral_id="R", day="2026-01-09", written=at,
            status=status,
        )  # fmt: skip
    assert county.value("lead_referrals", JANUARY) == 1


def test_drafts_are_no_referrals(county):
    county.add("referral", day="2026-01-02", door="social", status="draft")
    assert county.value("lead_referrals", JANUARY) == 0


def test_an_intake_on_the_due_day_is_on_time_and_the_day_after_is_late(county):
    for name, done in (("R", "2026-01-16"), ("S", "2026-01-17")):
        county.add(
            "referral", record_id=name, day="2026-01-02", door="arrest", due_day="2026-01-16",
            status="received",
        )  # fmt: skip
        county.add("intake", referral_id=name, person_id=name, minimum_day=done)
    assert county.figure("lead_intake_on_time_rate", JANUARY).text == "1 of 2"


def test_offers_without_an_answer_were_not_made(county):
    for offer in ("accepted", "accepted", "declined", "undecided", ""):
        county.add("referral", day="2026-01-08", door="arrest", status="received", offer=offer)
    assert county.value("lead_offers", JANUARY) == 4
    assert county.value("lead_offers_accepted", JANUARY) == 2
    assert county.value("lead_acceptance", JANUARY) == pytest.approx(2 / 4)


def test_the_median_hand_off_leaves_out_what_was_not_timed(county):
    for minutes in (10, 20, 50, None):
        county.add("referral", day="2026-01-08", status="received", response_minutes=minutes)
    found = county.figure("lead_response_minutes", JANUARY)
    assert (found.value, found.unknown) == (20, 1)


@pytest.fixture
def statuses(county):
    """Ann stays, Ben is out of sight, Cy left, Dee waits, Eve died and Fay came back."""
    for person, day, status in (
        ("ann", "2025-11-02", "active"),
        ("ben", "2025-12-01", "active"),
        ("ben", "2026-01-31", "in_the_wind"),
        ("cy", "2025-12-05", "active"),
        ("cy", "2026-01-20", "exited"),
        ("dee", "2026-01-10", "pending_intake"),
        ("eve", "2026-01-02", "active"),
        ("eve", "2026-01-30", "deceased"),
        ("fay", "2024-05-01", "active"),
        ("fay", "2024-09-01", "exited"),
        ("fay", "2026-01-05", "active"),
        ("gus", "2026-02-01", "active"),
    ):
        county.add("episode_status", ring="care", person_id=person, day=day, status=status)
    return county


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("lead_active", 2),
        ("lead_people_in_program", 3),
        ("lead_left", 2),
        ("lead_new_clients", 1),
        ("lead_people_served", 5),
        ("lead_active_months", 2),
    ],
)
def test_statuses_at_the_end_of_january(statuses, measure, value):
    assert statuses.value(measure, JANUARY) == value


def test_people_in_the_program_are_counted_by_their_newest_status(statuses):
    assert statuses.figure("lead_people_in_program", JANUARY).by_group == {
        "active": 2,
        "in_the_wind": 1,
    }


def test_active_months_add_up_the_people_of_each_month_end(statuses):
    quarter = days(date(2025, 11, 1), date(2026, 1, 31))
    assert statuses.figure("lead_active_months", quarter).by_group == {
        "2025-11": 1,
        "2025-12": 3,
        "2026-01": 2,
    }


def test_waiting_for_intake_yields_to_active_on_the_same_day(county):
    county.add("episode_status", person_id="ann", day="2026-01-09", status="active")
    county.add("episode_status", person_id="ann", day="2026-01-09", status="pending_intake")
    assert county.value("lead_active", JANUARY) == 1


@pytest.mark.parametrize(
    ("consent", "on_file"),
    [
        ({"signed_day": "2026-01-12", "expires_day": "2027-01-12"}, 1),
        ({"signed_day": "2026-01-12", "expires_day": ""}, 1),
        ({"signed_day": "2025-01-31", "expires_day": "2026-01-31"}, 1),
        ({"signed_day": "2025-01-30", "expires_day": "2026-01-30"}, 0),
        ({"signed_day": "2026-01-12", "revoked_day": "2026-01-31"}, 0),
        ({"signed_day": "2026-01-12", "revoked_day": "2026-02-01"}, 1),
        ({"signed_day": "2026-02-01"}, 0),
        ({"signed_day": ""}, 0),
        ({"signed_day": "2026-01-12", "type": "general"}, 0),
    ],
)
def test_a_consent_counts_while_it_is_live_on_the_last_day(county, consent, on_file):
    county.add("intake", person_id="ann", minimum_day="2026-01-10")
    county.add("episode_status", person_id="ann", day="2026-01-10", status="active")
    county.add("consent", **{"person_id": "ann", "type": "lead_multiparty"} | consent)
    assert county.value("lead_intakes_with_consent", JANUARY) == on_file
    assert county.value("lead_active_with_consent", JANUARY) == on_file
    assert county.value("lead_consent_rate", JANUARY) == on_file


@pytest.fixture
def notes(county):
    for day, made, with_person, minutes, mode, place in (
        ("2026-01-01", "contact", "yes", 30, "in_person", "street"),
        ("2026-01-15", "contact", "yes", 50, "in_person", "office"),
        ("2026-01-20", "contact", "no", 10, "phone", ""),
        ("2026-01-31", "attempted", "", 5, "phone", ""),
        ("2026-01-31", "contact", "yes", None, "in_person", ""),
        ("2026-02-01", "contact", "yes", 90, "in_person", "street"),
    ):
        county.add(
            "contact_note", ring="care", person_id="ann", day=day, made=made,
            with_person=with_person, minutes=minutes, mode=mode, contact_place=place,
        )  # fmt: skip
    for person in ("ann", "ben"):
        county.add(
            "episode_status", ring="care", person_id=person, day="2025-12-01", status="active"
        )
    return county


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("lead_contacts", 4),
        ("lead_attempts", 1),
        ("lead_contact_minutes", 90),
        ("lead_contacts_with_person", 3),
        ("lead_contacts_per_active", 3 / 2),
        ("lead_contacts_in_person", 3),
        ("lead_contacts_in_field", 1),
        ("lead_field_share", 1 / 3),
    ],
)
def test_contacts_of_january(notes, measure, value):
    assert notes.value(measure, JANUARY) == pytest.approx(value)


def test_contacts_per_active_person_is_a_month_over_two_months(notes):
    assert notes.value("lead_contacts_per_active", BOTH) == pytest.approx(4 / 4)
