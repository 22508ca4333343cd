"""CIT measures over a few contacts counted by hand."""

from __future__ import annotations

from typing import Any  # cells of a row

import pytest

from leadapp.measures.periods import month

OCTOBER = month("2026-10")
NONE = {"injury_person": "none", "injury_officer": "none", "injury_other": "none"}

# Six contacts in October (two of one person, one of nobody known), one on either side.
CONTACTS: list[dict[str, Any]] = [
    {
        "day": "2026-10-01", "person_id": "ann", "disposition": "resolved_on_scene",
        "disposition_class": "scene", "cit_requested": "yes", "cit_dispatched": "yes",
        "cit_arrived": "yes", "offence": "no", "force_level": "none", "reportable_force": "no",
        "veteran": "yes", "age_band": "35_44", "minutes": 30, "officer_minutes": 60, **NONE,
    },
    {
        "day": "2026-10-09", "person_id": "ann", "disposition": "arrest",
        "disposition_class": "arrest", "cit_requested": "yes", "cit_dispatched": "yes",
        "cit_arrived": "no", "offence": "yes", "force_level": "hands_on",
        "reportable_force": "yes", "injury_person": "minor", "injury_officer": "none",
        "injury_other": "none", "veteran": "yes", "age_band": "35_44", "minutes": 90,
        "officer_minutes": 180,
    },
    {
        "day": "2026-10-12", "person_id": "ben", "disposition": "diverted",
        "disposition_class": "services", "cit_requested": "yes", "cit_dispatched": "no",
        "cit_arrived": "no", "offence": "yes", "force_level": "none", "reportable_force": "no",
        "veteran": "unknown", "age_band": "13_17", "minutes": 45, "officer_minutes": 45, **NONE,
    },
    {
        "day": "2026-10-20", "person_id": "", "disposition": "emergency_hold",
        "disposition_class": "services", "cit_requested": "no", "cit_dispatched": "no",
        "cit_arrived": "yes", "offence": "no", "force_level": "handcuffs",
        "reportable_force": "no", "injury_person": "before", "injury_officer": "serious",
        "injury_other": "none", "veteran": "no", "age_band": "under_13", "minutes": 60,
        "officer_minutes": 120,
    },
    {
        "day": "2026-10-25", "person_id": "cy", "disposition": "citation",
        "disposition_class": "arrest", "cit_requested": "no", "cit_dispatched": "no",
        "cit_arrived": "no", "offence": "yes", "force_level": "none", "reportable_force": "no",
        "veteran": "no", "age_band": "25_34", "minutes": 15, "officer_minutes": 15, **NONE,
    },
    {
        "day": "2026-10-31", "person_id": "dee", "disposition": "", "disposition_class": "",
        "cit_requested": "no", "cit_arrived": "", "offence": "unknown", "reportable_force": "",
        "veteran": "", "age_band": "unknown", "minutes": None, "officer_minutes": None,
    },
    {"day": "2026-09-30", "person_id": "ben", "disposition": "arrest", "veteran": "yes"},
    {"day": "2026-11-01", "person_id": "eve", "disposition": "arrest", "veteran": "yes"},
]  # fmt: skip


@pytest.fixture
def october(county):
    records = [county.add("cit_contact", ring="law-sheriff", **cells) for cells in CONTACTS]
    for record, mode in ((0, "ems"), (0, "peer"), (2, "ems"), (6, "peer")):
        county.add("cit_clinician", record_id=records[record], mode=mode)
    return county


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("cit_contacts", 6),
        ("cit_contacts_all", 6),
        ("cit_people", 4),
        ("cit_contacts_by_class", 6),
        ("cit_contacts_by_arrival", 6),
        ("cit_officer_arrived", 2),
        ("cit_response_rate", 2 / 6),
        ("cit_requested", 3),
        ("cit_requested_dispatched", 2),
        ("cit_requested_arrived", 1),
        ("cit_dispatch_rate", 2 / 3),
        ("cit_arrival_rate", 1 / 3),
        ("cit_arrests", 1),
        ("cit_arrest_rate", 1 / 6),
        ("cit_arrestable", 3),
        ("cit_not_charged", 1),
        ("cit_diversion_rate", 1 / 3),
        ("cit_contacts_by_force", 6),
        ("cit_contacts_by_reportable", 6),
        ("cit_force_used", 1),
        ("cit_force_rate", 1 / 6),
        ("cit_contacts_by_injury", 6),
        ("cit_contacts_by_officer_injury", 6),
        ("cit_person_injured", 1),
        ("cit_officer_injured", 1),
        ("cit_anyone_injured", 2),
        ("cit_person_injury_rate", 1 / 6),
        ("cit_officer_injury_rate", 1 / 6),
        ("cit_officer_minutes", 420),
        ("cit_officer_minutes_mean", 84),
        ("cit_officer_minutes_median", 60),
        ("cit_minutes_median", 45),
        ("cit_clinician", 2),
        ("cit_clinician_rate", 2 / 6),
        ("cit_veteran", 2),
        ("cit_under_18", 2),
        ("cit_people_12_months", 4),
        ("cit_repeat_people", 2),
        ("cit_repeat_rate", 2 / 4),
    ],
)
def test_october_counted_by_hand(october, measure, value):
    assert october.value(measure, OCTOBER) == pytest.approx(value)


def test_every_cit_measure_is_counted_by_hand_above(measures):
    counted = {case[0] for case in test_october_counted_by_hand.pytestmark[0].args[1]}
    assert {name for name in measures if name.startswith("cit_")} == counted


@pytest.mark.parametrize(
    ("measure", "unknown"),
    [
        ("cit_contacts", 1),
        ("cit_people", 1),
        ("cit_response_rate", 1),
        ("cit_minutes_median", 1),
        ("cit_force_rate", 1),
        ("cit_clinician_rate", 0),
    ],
)
def test_what_is_not_recorded_is_counted_beside(october, measure, unknown):
    assert october.figure(measure, OCTOBER).unknown == unknown


def test_clinicians_by_kind_count_a_contact_in_each(october):
    assert october.figure("cit_clinician", OCTOBER).by_group == {"ems": 2, "peer": 1}


def test_first_and_last_day_of_the_month_are_in_and_the_next_are_not(october):
    days = {row.record_id for row in october.rows("cit_contacts", OCTOBER)}
    assert days == {"r001", "r002", "r003", "r004", "r005", "r006"}


def test_repeats_look_back_twelve_months_and_no_further(county):
    for day in ("2025-10-31", "2026-10-30"):
        county.add("cit_contact", day=day, person_id="ann")
    for day in ("2025-11-01", "2026-10-30"):
        county.add("cit_contact", day=day, person_id="ben")
    assert county.value("cit_repeat_people", OCTOBER) == 1
