"""What each kind gives to be counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.kinds import KINDS
from leadapp.kinds.cells import day, minutes_between, spoken, whole
from tests.kinds.records import record

NAMES = sorted({need.name for kind in KINDS.values() for need in kind.needs})


def only(kind, table, answers, ring="care"):
    return [cells for name, cells in KINDS[kind].rows(record(answers, ring)) if name == table]


texts = st.text(max_size=12) | st.sampled_from(
    ["yes", "2026-10-05", "2026-10-05T01:00:00-04:00", "9" * 30, "-1.5", "nan", "no_injury none"]
)
paths = st.builds(
    lambda outer, copy, name: f"{outer}{copy}{name}",
    st.sampled_from(["", "group/", "a/b/"]),
    st.sampled_from(["", "people[a]/", "people[a]/administrations[b]/", "parties[]/", "x]/["]),
    st.sampled_from([*NAMES, "_order", "_removed", ""]) | st.text(max_size=5),
)


@given(answers=st.dictionaries(paths, texts, max_size=15), name=st.sampled_from(sorted(KINDS)))
@settings(max_examples=300, deadline=None)
def test_any_answers_give_declared_columns_and_never_an_error(answers, name):
    kind = KINDS[name]
    declared = {table.name: {column.name for column in table.columns} for table in kind.tables}
    for table, cells in kind.rows(record(answers)):
        assert set(cells) == declared[table]
    assert kind.summary(record(answers)).title
    assert kind.neutral(record(answers)).line == ""


@given(answers=st.dictionaries(paths, texts, max_size=15), name=st.sampled_from(sorted(KINDS)))
@settings(max_examples=200, deadline=None)
def test_cells_have_the_type_their_column_declares(answers, name):
    allowed = {"text": (str,), "integer": (int, type(None)), "real": (float, type(None))}
    kind = KINDS[name]
    types = {(t.name, c.name): c.type for t in kind.tables for c in t.columns}
    for table, cells in kind.rows(record(answers)):
        for column, value in cells.items():
            assert isinstance(value, allowed[types[table, column]])


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_declares_each_column_once_and_gives_one_row_of_its_own(name):
    kind = KINDS[name]
    for table in kind.tables:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        for index in table.indexes:
            assert set(index) <= {*names, "day"}
    main = [table.name for table in kind.tables if not table.child]
    assert main == [name]
    assert [table for table, _ in kind.rows(record({})) if table == name] == [name]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_has_its_name_in_words(name):
    words = load_words(resources() / "words")
    assert words.say(f"kinds.one.{name}") == KINDS[name].title
    assert words.say(f"kinds.many.{name}") != f"kinds.many.{name}"


def test_care_kinds_are_protected_and_those_an_officer_reads_are_not():
    protected = {name for name, kind in KINDS.items() if kind.protected}
    assert protected == {
        "referral_status", "intake", "contact_note", "consent", "episode_status", "diverted_charge",
    }  # fmt: skip
    assert all(KINDS[name].rings == ("care",) for name in protected)


def test_contacts_notes_and_naloxone_are_corrected_only_with_a_reason():
    assert {name for name, kind in KINDS.items() if kind.correction_needs_reason} == {
        "cit_contact", "contact_note", "naloxone_given", "naloxone_used",
    }  # fmt: skip


def test_no_injury_or_force_stands_for_none_of_each():
    (row,) = only("cit_contact", "cit_contact", {"injury_or_force": "no"})
    assert (row["force_level"], row["reportable_force"], row["injury_officer"]) == (
        "none", "no", "none",
    )  # fmt: skip
    assert row["handcuffed"] == ""


def test_a_yes_to_force_waits_for_its_answers():
    (row,) = only("cit_contact", "cit_contact", {"injury_or_force": "yes", "force_level": "spray"})
    assert (row["force_level"], row["injury_person"]) == ("spray", "")


def test_each_clinician_is_a_row_and_none_is_not():
    assert only("cit_contact", "cit_clinician", {"clinicians": "ems telehealth"}) == [
        {"mode": "ems"},
        {"mode": "telehealth"},
    ]
    assert only("cit_contact", "cit_clinician", {"clinicians": "none"}) == []


def test_times_of_a_contact_become_minutes_also_over_midnight():
    (row,) = only(
        "cit_contact",
        "cit_contact",
        {"dispatched_at": "2026-10-05T23:50:00-04:00", "when": "2026-10-06T00:05:00-04:00"},
    )
    assert (row["response_minutes"], row["transfer_minutes"]) == (15, None)


def test_a_person_is_found_by_any_name_and_by_bare_digits():
    (row,) = only(
        "person",
        "person",
        {"last_name": "Muñoz", "nickname": "Güero", "phone": "(828) 555-0101"},
        ring="law-sheriff",
    )
    assert row["side"] == "law"
    for wanted in ("munoz", "guero", "8285550101"):
        assert wanted in row["search"]


def test_a_birth_year_follows_from_the_birth_day():
    (row,) = only("person", "person", {"birth_day": "1984-06-02", "birth_year": "1970"})
    assert row["birth_year"] == 1984
    (row,) = only("person", "person", {"birth_year": "1970"})
    assert row["birth_year"] == 1970


def test_urgent_needs_are_needs():
    rows = only("intake", "intake_need", {"needs": "food", "needs_urgent": "food phone"})
    assert rows == [{"need": "food", "level": "urgent"}, {"need": "phone", "level": "urgent"}]


@pytest.mark.parametrize(
    ("met", "said"), [("participant officer", "yes"), ("family", "no"), ("", "")]
)
def test_a_contact_note_says_whether_the_person_was_met(met, said):
    (row,) = only("contact_note", "contact_note", {"with_whom": met})
    assert row["with_person"] == said


def test_naloxone_used_sums_doses_by_person_and_event():
    answers = {
        "people[a]/_order": "1",
        "people[a]/survived": "yes",
        "people[a]/administrations[x]/doses": "1",
        "people[a]/administrations[x]/product": "nasal_4",
        "people[a]/administrations[y]/doses": "2",
        "people[b]/_order": "2",
        "people[b]/survived": "unknown",
    }
    (event,) = only("naloxone_used", "naloxone_used", answers)
    assert (event["people"], event["doses"]) == (2, 3)
    people = only("naloxone_used", "naloxone_person", answers)
    assert [(one["survived"], one["doses"]) for one in people] == [("yes", 3), ("unknown", None)]
    given_by = only("naloxone_used", "naloxone_administration", answers)
    assert [one["mg"] for one in given_by] == [4.0, None]


def test_an_expiry_changes_only_with_a_notice():
    printed = {"expiry": "2027-06-30", "notice_expiry": "2028-06-30"}
    assert only("lot", "lot", printed)[0]["expiry"] == "2027-06-30"
    assert only("lot", "lot", {**printed, "notice": "letter"})[0]["expiry"] == "2028-06-30"


def test_an_unset_flag_of_a_movement_is_zero():
    (row,) = only("movement", "movement", {"doses": "4", "shortfall": "1"})
    assert (row["doses"], row["shortfall"], row["override"]) == (4, 1, 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (" 7 ", 7), ("7.0", 7), ("7.5", None), ("", None), ("\u0667", None)],
)
def test_whole_numbers(text, number):
    assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [("2026-10-05T23:59:00-04:00", "2026-10-05"), ("2026-10-05", "2026-10-05"), ("Oct 5", "")],
)
def test_the_day_of_a_moment_is_its_local_day(text, found):
    assert day(text) == found


def test_minutes_need_two_moments_that_can_be_compared():
    assert minutes_between("2026-10-05T10:00:00", "2026-10-05T10:30:00-04:00") is None
    assert minutes_between("2026-10-05T10:30:00-04:00", "2026-10-05T10:00:00-04:00") is None


def test_codes_are_spoken_as_words():
    assert spoken("resolved_on_scene") == "Resolved on scene"
