from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Damage
from leadapp.core.ids import FormId, RingId
from leadapp.staff.opening import Seat, may_make, opens, rings_of
from leadapp.staff.rights import (
    ACTIONS,
    FAMILIES,
    Reach,
    load_rights,
    may,
    may_program,
    reach,
    shipped_rights,
)
from leadapp.staff.roles import Role, roles_of
from leadapp.staff.writing import may_write_form

AGENCIES = ("sheriff", "police")
EVERYTHING = frozenset(
    RingId(name)
    for name in (
        [
            "sys",
            "shared",
            "supply",
            "care",
            "law-sheriff",
            "law-police",
            "refer-sheriff",
            "refer-police",
        ]
    )
)
LAW_RINGS = frozenset({"law-sheriff", "refer-sheriff"})


def seat(*roles, device_class="office", admitted=("care",), granted=()):
    return Seat(
        frozenset(roles),
        "sheriff",
        device_class,
        "sheriff" if device_class == "law" else "",
        frozenset(map(RingId, admitted)),
        frozenset(map(RingId, granted)),
    )


def opened(*roles, **options):
    return rings_of(seat(*roles, **options), AGENCIES) - {"sys", "shared"}


def test_a_deputys_password_opens_no_care():
    assert opened(Role.DEPUTY, device_class="law") == LAW_RINGS
    assert opened(Role.DEPUTY, granted=["care"]) == set()


def test_a_deputy_on_an_office_device_opens_law_only_where_the_county_grants_it():
    assert opened(Role.DEPUTY, admitted=["law-sheriff"]) == LAW_RINGS
    assert opened(Role.DEPUTY, admitted=["law-police"]) == set()


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(sorted(EVERYTHING))))
def test_nobody_opens_care_or_supply_on_a_law_device_whatever_is_granted(roles, granted):
    found = opened(*roles, device_class="law", admitted=granted, granted=granted)
    assert found <= LAW_RINGS


@given(st.sets(st.sampled_from(sorted(EVERYTHING))), st.sampled_from(["law", "office"]))
def test_an_administrator_opens_no_records(granted, device_class):
    found = opened(Role.ADMINISTRATOR, device_class=device_class, admitted=granted, granted=granted)
    assert found == set()


@pytest.mark.parametrize(
    ("role", "rings"),
    [
        (Role.CASE_MANAGER, {"refer-sheriff", "refer-police", "care", "supply"}),
        (Role.COORDINATOR, {"refer-sheriff", "refer-police", "care", "supply"}),
        (Role.STOCK_MANAGER, {"supply"}),
        (Role.REPORT_CLERK, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_office_roles_open_what_the_table_says(role, rings):
    assert opened(role) == rings
    assert opened(role, device_class="law", granted=EVERYTHING, admitted=EVERYTHING) == set()


def test_a_coordinator_reads_law_only_when_device_and_person_are_granted():
    law = RingId("law-sheriff")
    assert not opens(seat(Role.COORDINATOR, granted=[law]), law)
    assert not opens(seat(Role.COORDINATOR, admitted=[law]), law)
    assert opens(seat(Role.COORDINATOR, admitted=[law], granted=[law]), law)


def test_a_clerk_opens_what_was_granted_but_makes_no_file():
    clerk = seat(Role.REPORT_CLERK, granted=["care"])
    assert opens(clerk, RingId("care"))
    assert not may_make(clerk, RingId("care"))
    assert may_make(seat(Role.CASE_MANAGER), RingId("care"))


def test_an_office_device_the_county_did_not_admit_has_no_care():
    assert "care" not in opened(Role.CASE_MANAGER, admitted=[])


@pytest.mark.parametrize(
    ("role", "action", "kind", "family", "wanted"),
    [
        (Role.DEPUTY, "write", "cit_contact", "law", Reach.ALL),
        (Role.DEPUTY, "view", "cit_contact", "law", Reach.OWN),
        (Role.DEPUTY, "list", "cit_contact", "law", Reach.ALL),
        (Role.DEPUTY, "view", "person", "law", Reach.ALL),
        (Role.DEPUTY, "view", "referral", "refer", Reach.OWN),
        (Role.DEPUTY, "view", "intake", "care", Reach.NONE),
        (Role.DEPUTY, "export", "cit_contact", "law", Reach.NONE),
        (Role.LAW_SUPERVISOR, "view", "cit_contact", "law", Reach.ALL),
        (Role.CASE_MANAGER, "view", "cit_contact", "law", Reach.NONE),
        (Role.CASE_MANAGER, "view", "intake", "care", Reach.ALL),
        (Role.CASE_MANAGER, "view", "counselling_note", "care", Reach.OWN),
        (Role.COORDINATOR, "view", "counselling_note", "care", Reach.OWN),
        (Role.CASE_MANAGER, "view", "naloxone_given", "supply", Reach.OWN),
        (Role.STOCK_MANAGER, "view", "naloxone_given", "supply", Reach.ALL),
        (Role.STOCK_MANAGER, "view", "intake", "care", Reach.NONE),
        (Role.REPORT_CLERK, "count", "intake", "care", Reach.ALL),
        (Role.REPORT_CLERK, "view", "intake", "care", Reach.NONE),
        (Role.REPORT_CLERK, "grant", "intake", "care", Reach.NONE),
        (Role.AUDITOR, "view", "disclosure", "care", Reach.ALL),
        (Role.AUDITOR, "view", "intake", "care", Reach.NONE),
        (Role.AUDITOR, "write", "disclosure", "care", Reach.NONE),
        (Role.ADMINISTRATOR, "write", "setting", "shared", Reach.ALL),
        (Role.ADMINISTRATOR, "view", "movement", "shared", Reach.NONE),
    ],
)
def test_rights_inside_a_ring(role, action, kind, family, wanted):
    assert reach(role, action, kind, family) is wanted
    assert may(role, action, kind, family) is (wanted is not Reach.NONE)


def test_an_administrator_may_nothing_in_any_ring_with_records():
    found = [
        (action, family)
        for action in ACTIONS
        for family in FAMILIES - {"shared", "sys", "program"}
        if may(Role.ADMINISTRATOR, action, "person", family)
    ]
    assert found == []


def test_law_roles_may_nothing_in_care_or_supply():
    found = [
        (role, action, family)
        for role in (Role.DEPUTY, Role.LAW_SUPERVISOR)
        for action in ACTIONS
        for family in ("care", "supply")
        if may(role, action, "person", family)
    ]
    assert found == []


def test_accounts_are_for_administrators_and_coordinators():
    may_add = {role for role in Role if may_program(role, "add_user")}
    assert may_add == {Role.ADMINISTRATOR, Role.COORDINATOR}
    assert may_program(Role.LAW_SUPERVISOR, "release")
    assert not may_program(Role.DEPUTY, "release")


@pytest.mark.parametrize(
    "row",
    [
        'role = "chief"\nfamily = "law"',
        'role = "deputy"\nfamily = "moon"',
        'role = "deputy"\nfamily = "law"\nall = ["fly"]',
        'role = "deputy"\nfamily = "law"\nall = "view"',
    ],
)
def test_an_unknown_word_in_the_table_is_damage(tmp_path, row):
    file = tmp_path / "rights.toml"
    file.write_text(f"[[right]]\n{row}\n")
    with pytest.raises(Damage, match=r"staff\.unknown_right"):
        load_rights(file)


def test_two_rows_for_one_thing_are_damage(tmp_path):
    file = tmp_path / "rights.toml"
    file.write_text('[[right]]\nrole = "deputy"\nfamily = "law"\n' * 2)
    with pytest.raises(Damage, match=r"staff\.right_twice"):
        load_rights(file)


def test_roles_of_a_newer_program_are_left_out():
    assert roles_of(["deputy", "astronaut"]) == {Role.DEPUTY}
    assert roles_of("deputy") == frozenset()


@pytest.mark.parametrize(
    ("role", "op", "form", "ring", "wanted"),
    [
        ("deputy", "save", "cit_contact", "law-sheriff", True),
        ("deputy", "save", "cit_contact", "care", False),
        ("deputy", "redact", "cit_contact", "law-sheriff", False),
        ("coordinator", "redact", "lead_intake", "care", True),
        # An order to redact names no form: as the store writes it.
        ("coordinator", "redact", "", "refer-sheriff", True),
        ("deputy", "redact", "", "refer-sheriff", False),
        ("deputy", "redact", "not_yet_known", "law-sheriff", False),
        ("case_manager", "redact", "", "care", False),
        ("case_manager", "save", "not_yet_known", "care", True),
        ("report_clerk", "save", "not_yet_known", "care", False),
        ("case_manager", "roster", "lead_intake", "care", False),
        ("astronaut", "save", "cit_contact", "law-sheriff", False),
    ],
)
def test_the_journal_asks_the_same_table(role, op, form, ring, wanted):
    kinds = {FormId("cit_contact"): "cit_contact", FormId("lead_intake"): "intake"}
    check = may_write_form(shipped_rights(), kinds)
    assert check(role, op, FormId(form), RingId(ring)) is wanted
