"""A record's answers by question name and by repeat copy."""

from leadapp.kinds import KINDS
from tests.kinds.records import record


def test_an_answer_is_found_by_the_last_name_of_its_path():
    assert record({"scene/arrival/when": "x"}).answer("when") == "x"


def test_a_question_without_an_answer_is_blank():
    assert record({}).answer("when") == ""


def test_meta_keys_are_no_questions():
    assert record({"_reason": "typing slip"}).answer("_reason") == ""


def test_an_answer_in_a_repeat_is_not_a_plain_answer():
    assert record({"household[a]/name": "Etta"}).answer("name") == ""


def test_copies_come_in_their_order_with_decimals_between():
    found = record(
        {
            "household[a]/name": "third",
            "household[a]/_order": "2",
            "household[b]/name": "first",
            "household[b]/_order": "1",
            "household[c]/name": "second",
            "household[c]/_order": "1.5",
        }
    ).copies("household")
    assert [copy["name"] for copy in found] == ["first", "second", "third"]


def test_a_removed_copy_is_left_out_with_the_copies_inside_it():
    folded = record(
        {
            "people[a]/_removed": "1",
            "people[a]/administrations[x]/doses": "2",
            "people[b]/administrations[y]/doses": "1",
            "people[b]/survived": "yes",
        }
    )
    assert [copy["_copy"] for copy in folded.copies("people")] == ["b"]
    assert [copy["doses"] for copy in folded.copies("administrations")] == ["1"]


def test_an_inner_copy_knows_the_copy_it_lies_in():
    folded = record({"event/people[a]/more/administrations[x]/doses": "2"})
    assert folded.copies("administrations")[0]["_within"] == "a"


def test_inner_copies_come_in_the_order_of_the_outer_ones():
    folded = record(
        {
            "people[a]/_order": "2",
            "people[a]/administrations[x]/_order": "1",
            "people[a]/administrations[x]/giver": "last",
            "people[b]/_order": "1",
            "people[b]/administrations[y]/_order": "9",
            "people[b]/administrations[y]/giver": "first",
        }
    )
    assert [copy["giver"] for copy in folded.copies("administrations")] == ["first", "last"]


def test_a_copy_without_an_order_comes_last():
    found = record({"a[x]/q": "none", "a[y]/q": "one", "a[y]/_order": "nan", "a[z]/_order": "1"})
    assert [copy["_copy"] for copy in found.copies("a")] == ["z", "x", "y"]


def test_a_neutral_line_says_only_kind_and_day():
    folded = record({"contact/brief": "Went to detox", "contact/when": "2026-10-07T10:00:00-04:00"})
    shown = KINDS["contact_note"].neutral(folded)
    assert (shown.title, shown.line, shown.day) == ("Contact note", "", "2026-10-07")
    assert shown.status == ""
