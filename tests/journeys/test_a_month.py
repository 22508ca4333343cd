"""A county's first month, from set-up to the summary on paper, by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from leadapp.papers.reading import figures_of
from leadapp.services import unlock as door
from tests.journeys.conftest import Computer
from tests.journeys.desk_work import (
    add_person,
    describe_county,
    finish,
    go_to_work,
    lock,
    make_program,
    place,
    start,
    unlock,
)
from tests.journeys.hands import CTRL, Hands

ADA, MEG, DALE, NORA = (
    "seven brown dogs ran home",
    "four green kettles sing",
    "two slow trucks climb",
    "nine paper boats drift",
)
S = Qt.Key.Key_S

BY_HAND = {
    # Dale wrote one contact on October 12: one event, two officers for 45 minutes, no force,
    # diverted to LEAD (which counts among services). No person was linked: no people counted.
    "cit_contacts": 1,
    "cit_contacts_all": 1,
    "cit_contacts_by_class": 1,
    "cit_contacts_by_force": 1,
    "cit_minutes_median": 45,
    "cit_officer_minutes": 90,
    "cit_officer_minutes_mean": 90,
    "cit_officer_minutes_median": 90,
    # ... and one referral the same day, by the social door, eligible, offered and accepted.
    "lead_referrals": 1,
    "lead_referrals_by_agency": 1,
    "lead_screened": 1,
    "lead_offers": 1,
    "lead_acceptance": 1,
    # Nora's one intake reached its minimum on October 15, and the client's time began.
    "lead_intakes": 1,
    "lead_new_clients": 1,
    "lead_active": 1,
    "lead_people_in_program": 1,
    # She wrote one note of one contact of 40 minutes, at the client's home.
    "lead_contacts": 1,
    "lead_contact_minutes": 40,
    "lead_contacts_per_active": 1,
    "lead_field_share": 1,
    # 12 doses came in and 2 were used at the contact; 2 in three months let 10 last 15.
    "stock_received": 12,
    "stock_used": -2,
    "doses_used_by_responders": 2,
    "stock_last_day": 10,
    "stock_cover": 15,
}
"""Every figure of October that is not zero."""


@pytest.mark.usefixtures("forms_read_anew")
def test_a_month_from_set_up_to_the_summary_by_keys_alone(computer: Computer) -> None:
    hands = computer.hands
    set_up(computer)

    unlock(hands, "Nora Ellison", NORA)
    hands.press_button("Yes, let Meg Orr open it")
    hands.until_seen("Given.")
    go_to_work(computer)
    lock(hands)

    unlock(hands, "Meg Orr", MEG)
    go_to_work(computer)
    write_lists(hands)
    lock(hands)

    unlock(hands, "Dale Rusk", DALE)
    go_to_work(computer)
    write_contact(hands)
    write_referral(hands)
    lock(hands)

    computer.clock.step(timedelta(minutes=30))
    unlock(hands, "Nora Ellison", NORA)
    go_to_work(computer)
    add_client(hands)
    write_intake(hands)
    write_note(hands)
    lock(hands)

    unlock(hands, "Meg Orr", MEG)
    go_to_work(computer)
    save_summary(hands)
    hands.until(lambda: (computer.papers / "monthly-summary-2026-10.pdf").exists(), "not saved")
    hands.settle()
    lock(hands)

    assert_counted_by_hand(computer)
    assert_deputy_opens_no_care(computer)


def set_up(computer: Computer) -> None:
    """An office computer with four people; the county grants ``law`` to the coordinator."""
    hands = computer.hands
    describe_county(hands)
    make_program(computer, "Ada Quill", ADA)
    add_person(hands, "Meg Orr", "Coordinator", MEG)
    add_person(hands, "Dale Rusk", "Deputy", DALE, agency="sheriff")
    add_person(hands, "Nora Ellison", "Case manager", NORA)
    hands.answer("Law agency", "sheriff")
    hands.press_button("Allow it")
    hands.until_seen("Allowed.")
    hands.key(S, CTRL)


def write_lists(hands: Hands) -> None:
    """The coordinator writes what the others choose from: agency, officer, unit, lot, receipt."""
    start(hands, "Agency")
    hands.answer("Name", "Cedar County Sheriff")
    hands.answer("Kind", "Sheriff")
    hands.answer("Name in the keys", "sheriff")
    finish(hands, "Agency")
    start(hands, "Officer")
    hands.answer("Name", "D. Rusk")
    hands.answer("Role", "Patrol")
    hands.choose("Agency", "Cedar")
    hands.answer("Active from", "1/5/2020")
    finish(hands, "Officer")
    start(hands, "Place")
    hands.answer("Name", "Unit 14")
    hands.answer("Kind", "Vehicle or officer")
    finish(hands, "Place")
    start(hands, "Lot")
    hands.answer("Product", "Nasal 4 mg")
    hands.answer("Lot number", "NX4390")
    hands.answer("Printed expiry", "12/31/2027")
    hands.answer("Paid by", "Settlement")
    finish(hands, "Lot")
    start(hands, "Stock movement")
    hands.tab_to("Day")
    hands.rewrite("10/2/2026")
    hands.answer("What happened", "Received")
    hands.choose("Lot", "NX4390")
    hands.choose("From", "Supplier")
    hands.choose("To", "Unit 14")
    hands.answer("Doses", "12")
    finish(hands, "Stock movement")


def write_contact(hands: Hands) -> None:
    """The deputy writes the contact of October 12 with naloxone used; LEAD is asked in."""
    start(hands, "CIT contact")
    hands.tab_to("When")
    hands.rewrite("10/12/2026 9:40 pm")
    hands.answer("Where", "Hwy 12 pullout, mile 41")
    hands.answer("Why you were there", "5")
    hands.answer("What you saw", "14")
    hands.answer("Minutes on scene", "3")
    hands.tab_to("Officers there")
    hands.rewrite("2")
    hands.answer("Weapon present?", "2")
    hands.answer("Injury or force?", "2")
    hands.answer("How it ended", "4")
    hands.answer("Naloxone used?", "1")
    hands.answer("Ask LEAD to follow up?", "2")
    hands.answer("Doses used", "2")
    hands.choose("Taken from (unit)", "Unit 14")
    hands.choose("Lot", "NX4390")
    finish(hands, "CIT contact")
    hands.key(Qt.Key.Key_Escape)  # what is offered next is kept for later
    hands.settle()


def write_referral(hands: Hands) -> None:
    """The deputy refers the person by the social door."""
    start(hands, "LEAD referral")
    hands.answer("Door", "2")
    hands.tab_to("When")
    hands.rewrite("10/12/2026 10:30 pm")
    hands.choose("Agency", "Cedar")
    hands.choose("Officer", "Rusk")
    hands.answer("How contact began", "Overdose call")
    hands.answer("Place", "Hwy 12 pullout")
    hands.answer("First name", "June")
    hands.answer("Last name", "Whitcomb")
    hands.answer("Birth date", "4/5/1989")
    hands.answer("Warrants", "None")
    hands.answer("On probation or parole?", "2")
    hands.answer("Pending case?", "2")
    hands.answer("In treatment court?", "2")
    hands.answer("No-contact order?", "2")
    hands.tick("Basis for referral", "Overdose")
    hands.tick("Past conduct", "None known")
    hands.answer("Screening result", "1")
    hands.answer("Offer", "1")
    hands.answer("Agrees to be contacted?", "1")
    finish(hands, "LEAD referral")


def add_client(hands: Hands) -> None:
    """The case manager adds the person on the People page."""
    place(hands, 2)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.settle()
    hands.answer("Last name", "Whitcomb")
    hands.answer("First name", "June")
    hands.answer("Birth date", "4/5/1989")
    hands.press_button("Add a new person")
    hands.until_seen("Finish Person in care")
    hands.answer("Sex or gender", "Female")
    finish(hands, "Person in care")


def write_intake(hands: Hands) -> None:
    """... and does the intake, every section of it."""
    start(hands, "LEAD intake")
    hands.choose("Person", "Whitcomb")
    hands.tab_to("Started")
    hands.rewrite("10/15/2026")
    next_section(hands)
    hands.answer("Where have you mostly stayed, last 30 days?", "Shelter")
    hands.answer("Working now?", "Unemployed")
    hands.answer("Main income", "Wages")
    hands.answer("Insurance", "Medicaid")
    hands.answer("Transport", "Rides from others")
    hands.tick("Needs help with", "Food")
    hands.tick("What gets in the way", "Shame, stigma")
    next_section(hands)
    hands.answer("Uses opioids now?", "1")
    hands.answer("Opioid use disorder", "Self-reported")
    hands.answer("Overdose ever?", "2")
    next_section(hands)
    hands.answer("Crisis or thoughts of suicide now?", "2")
    next_section(hands)
    hands.answer("Warrants?", "2")
    hands.answer("Pending case?", "2")
    next_section(hands)
    hands.answer("First thing I want", "A room of my own")
    next_section(hands)
    hands.answer("Minimum intake done", "10/15/2026")
    finish(hands, "LEAD intake")


def next_section(hands: Hands) -> None:
    """Go on to the next section of a long form."""
    hands.key(Qt.Key.Key_PageDown, CTRL)
    hands.settle()


def write_note(hands: Hands) -> None:
    """... and one contact note."""
    start(hands, "Contact note")
    hands.choose("Person", "Whitcomb")
    hands.tab_to("When")
    hands.rewrite("10/20/2026 2:00 pm")
    hands.answer("Minutes spent", "40")
    hands.answer("Made?", "1")
    hands.answer("How", "1")
    hands.answer("Where", "Home")
    hands.tick("With", "Participant")
    hands.tick("What was done", "Planning")
    hands.answer("Brief line, safe for lists", "Went through papers")
    finish(hands, "Contact note")


def save_summary(hands: Hands) -> None:
    """The coordinator previews October and saves it."""
    place(hands, 5)
    hands.until_seen("Page 1 of")
    hands.press_button("Save PDF")


def assert_counted_by_hand(computer: Computer) -> None:
    table = figures_of(computer.paper("monthly-summary-2026-10.pdf"))
    assert table["period"]["label"] == "October 2026"
    october = [one for one in table["values"] if one["column"] == "this" and not one["group"]]
    assert {one["measure"]: one["value"] for one in october if one["value"]} == BY_HAND
    by_group = {
        (one["measure"], one["group"]): one["value"]
        for one in table["values"]
        if one["column"] == "this" and one["group"] and one["value"]
    }
    assert by_group["cit_contacts", "diverted"] == 1
    assert by_group["lead_referrals", "social"] == 1


def assert_deputy_opens_no_care(computer: Computer) -> None:
    desk = door.unlock(computer.folder, name="Dale Rusk", password=DALE, clock=computer.clock)
    try:
        assert "care" not in desk.rings
        assert "law-sheriff" in desk.rings
    finally:
        door.lock(desk)
