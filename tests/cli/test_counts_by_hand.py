"""A month typed record by record, and its report counted by hand."""

from __future__ import annotations

import json

import pytest

CONTACT = {
    "where": "Library steps", "reason": "mental_health", "seen": "hopeless", "officers": "1",
    "weapon": "no", "injury_or_force": "no", "naloxone_given": "no", "follow_up": "no",
}  # fmt: skip
BY_HAND = {
    # Three contacts in October; the fourth, ten minutes before it began, is September's.
    "cit_contacts": 3,
    "cit_people": 1,
    "cit_arrests": 1,
    "cit_minutes_median": 45,  # 30, 45, 60
    "cit_officer_minutes": 180,  # 1 x 30 + 2 x 45 + 1 x 60
    "lead_referrals": 1,
    "lead_new_clients": 1,
    "lead_intakes": 1,
    "lead_intakes_with_consent": 1,
    "lead_contacts": 1,
    "lead_attempts": 1,
    "lead_contact_minutes": 40,
    "lead_active": 1,
    "naloxone_kits_given": 1,
    "naloxone_doses_given": 2,
    "doses_used_by_responders": 1,
    # 20 received in September; October: 1 used, 2 given; carrying to the unit changes no sum.
    "stock_first_day": 20,
    "stock_received": 0,
    "stock_given": -2,
    "stock_used": -1,
    "stock_last_day": 17,
}


@pytest.fixture
def submit(empty_county, tmp_path, capsys):
    """Type one record as ``user``; return its id."""

    def type_it(user, form, **answers):
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(answers), "utf-8")
        assert empty_county.command("submit", form, str(file), user=user) == 0, capsys.readouterr()
        return capsys.readouterr().out.strip()

    return type_it


def shared_lists(submit):
    sheriff = submit("coordinator", "agency", name="Sheriff", active="yes", agency_kind="sheriff")
    officer = submit(
        "coordinator", "officer", name="R. Halvorsen", officer_role="patrol", agency=sheriff,
        active_from="2020-01-01",
    )  # fmt: skip
    places = {
        name: submit("coordinator", "place", name=name, place_kind=kind, active="yes")
        for name, kind in (("Store", "store"), ("Unit 9", "vehicle"), ("Center", "facility"))
    }
    lot = submit(
        "coordinator", "lot", product="nasal_4", lot_number="A2291", expiry="2028-06-30",
        doses_per_kit="2", funding="settlement",
    )  # fmt: skip
    for day, move, from_place, to_place, doses in (
        ("2026-09-20", "received", "supplier", places["Store"], "20"),
        ("2026-10-02", "transferred", places["Store"], places["Unit 9"], "6"),
    ):
        submit(
            "coordinator", "stock_movement", day=day, move=move, lot=lot, from_place=from_place,
            to_place=to_place, doses=doses, kits=str(int(doses) // 2),
        )  # fmt: skip
    return sheriff, officer, places, lot


def contacts(submit, places, lot):
    person = submit("deputy", "person_law", last_name="Lund", first_name="Randy", sex="male")
    seen = {**CONTACT, "person": person}
    on_scene = {"ending": "scene", "ending_detail": "resolved_on_scene"}
    submit(
        "deputy", "cit_contact",
        **{**seen, **on_scene, "officers": "2"},
        when="2026-10-01T00:05:00.000-05:00", minutes_choice="45",
    )  # fmt: skip
    submit(
        "deputy", "cit_contact",
        **{**seen, "naloxone_given": "yes"},
        when="2026-10-12T14:00:00.000-05:00", minutes_choice="60",
        ending="arrest", ending_detail="arrest", taken_to=places["Center"],
        naloxone_doses="1", naloxone_from=places["Unit 9"], naloxone_lot=lot,
    )  # fmt: skip
    submit(
        "deputy", "cit_contact", **CONTACT,
        when="2026-10-31T23:30:00.000-05:00", minutes_choice="30", ending="care",
        taken_to=places["Center"],
    )  # fmt: skip
    submit(
        "deputy", "cit_contact", **seen, **on_scene,
        when="2026-09-30T23:50:00.000-05:00", minutes_choice="90",
    )  # fmt: skip


def care(submit, sheriff, officer):
    referral = submit(
        "deputy", "lead_referral", door="social", when="2026-10-08T10:00:00.000-05:00",
        agency=sheriff, officer=officer, how_began="dispatch", where="Library steps",
        last_name="Osgood", age="40", warrants="none", supervision="no", pending_case="no",
        treatment_court="no", no_contact_order="no", basis="observation",
        past_conduct="crisis_calls", screening="eligible", offer="accepted",
        ok_to_contact="written", status="received",
    )  # fmt: skip
    person = submit("casemanager", "person_care", last_name="Osgood", sex="female")
    submit(
        "casemanager", "lead_intake", person=person, referral=referral, started_day="2026-10-10",
        housing="shelter", employment="unemployed", income_source="none", insurance="none",
        transport="none", needs="food", barriers="none", opioids_now="no", oud="no",
        overdose_ever="no", crisis_now="no", warrants="no", pending_case="no",
        want_first="A dry place", minimum_day="2026-10-10",
    )  # fmt: skip
    submit(
        "casemanager", "referral_status", referral=referral, person=person,
        status_day="2026-10-10", status="enrolled", screening="eligible",
    )  # fmt: skip
    submit(
        "casemanager", "consent",
        **{
            "person": person, "type": "lead_multiparty", "discloser": "LEAD",
            "purpose": "coordination", "signed_day": "2026-10-10", "way": "paper",
            "capacity": "self", "expires_kind": "date", "expires_day": "2027-10-10",
            "language": "english", "copy_given": "yes", "redisclosure_shown": "yes",
            "revocation_explained": "yes", "refusal_explained": "yes",
            "parties[1]/party": "sheriff", "parties[1]/agency": sheriff,
            "parties[1]/categories": "status",
        },
    )  # fmt: skip
    for when, made, minutes in (("2026-10-14", "contact", "40"), ("2026-10-20", "attempted", "5")):
        submit(
            "casemanager", "contact_note", person=person, when=f"{when}T09:00:00.000-05:00",
            minutes=minutes, made=made, mode="phone", with_whom="participant",
            activities="support", brief="Checked in",
        )  # fmt: skip


def test_the_report_says_what_a_hand_count_says(empty_county, submit, capsys):
    sheriff, officer, places, lot = shared_lists(submit)
    contacts(submit, places, lot)
    submit(
        "deputy", "naloxone_given", day="2026-10-20", county="Alder", declined="no",
        setting="leave_behind", giver="deputy", recipient="family", kits="1", doses="2",
        product="nasal_4", lot=lot, from_place=places["Unit 9"], instruction="spoken",
    )  # fmt: skip
    care(submit, sheriff, officer)
    words = ("monthly", "--period", "2026-10", "--json")
    assert empty_county.command("report", *words, user="coordinator") == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    counted = {one["measure"]: one["value"] for one in figures if one["column"] == "this"}
    assert {name: counted[name] for name in BY_HAND} == BY_HAND
    contacts_by_column = {
        one["column"]: one["value"] for one in figures if one["measure"] == "cit_contacts"
    }
    assert contacts_by_column == {"this": 3, "previous": 1, "so_far": 4}
    assert empty_county.command("verify", user="coordinator") == 0
