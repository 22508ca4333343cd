"""Matching people: who may be whom, how sure, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.casework.matching import Likeness, PersonName, matches
from leadapp.casework.names import are_short_forms, bare, one_slip_apart, sound
from leadapp.core.ids import RecordId

ROBERT = PersonName(RecordId("new"), "Mueller", "Robert", birth_day="1988-03-14")


def _known(**changes):
    return replace(ROBERT, record=RecordId("known"), **changes)


def _likeness(**changes):
    found = matches(ROBERT, [_known(**changes)])
    return found[0].likeness if found else None


@pytest.mark.parametrize(
    ("changes", "likeness"),
    [
        ({}, Likeness.SURE),
        ({"last": "MÜLLER"}, Likeness.LIKELY),
        ({"last": "mueller", "first": "Bob"}, Likeness.SURE),
        ({"first": "Roberto", "nickname": "Rob"}, Likeness.SURE),
        ({"last": "Muelller"}, Likeness.LIKELY),
        ({"birth_day": "1988-03-15"}, Likeness.LIKELY),
        ({"birth_day": "", "birth_year": 1988}, Likeness.LIKELY),
        ({"birth_day": ""}, Likeness.POSSIBLE),
        ({"first": "R"}, Likeness.LIKELY),
        ({"first": "Sandra"}, Likeness.LIKELY),
        ({"birth_day": "1961-07-30"}, None),
        ({"first": "Sandra", "birth_day": ""}, None),
        ({"last": "Kowalski", "first": "Sandra"}, None),
    ],
)
def test_how_sure_a_match_is(changes, likeness):
    assert _likeness(**changes) is likeness


def test_day_and_month_swapped_is_a_slip():
    known = _known(birth_day="1988-04-03")
    (found,) = matches(replace(ROBERT, birth_day="1988-03-04"), [known])
    assert "casework.match_born_near" in found.why


def test_a_match_says_why():
    (found,) = matches(ROBERT, [_known(first="Bob", phone="828-555-0134")])
    assert found.why == (
        "casework.match_last_same",
        "casework.match_first_short",
        "casework.match_born_same",
    )


def test_the_same_phone_written_otherwise_speaks_for_it():
    person = replace(ROBERT, phone="(828) 555-0134")
    (found,) = matches(person, [_known(phone="+1 828 555 0134")])
    assert "casework.match_phone_same" in found.why


def test_best_comes_first_and_oneself_never():
    known = [
        _known(last="Muelller"),
        replace(ROBERT, record=RecordId("same")),
        ROBERT,
    ]
    assert [match.record for match in matches(ROBERT, known)] == ["same", "known"]


def test_people_without_names_match_nobody():
    blank = PersonName(RecordId("x"), "", "", birth_day="1988-03-14")
    assert matches(blank, [_known()]) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [("miller", "millar"), ("miller", "millr"), ("miller", "millier"), ("miller", "milelr")],
)
def test_one_letter_added_lost_changed_or_swapped_is_one_slip(one, two):
    assert one_slip_apart(one, two)
    assert one_slip_apart(two, one)


@pytest.mark.parametrize(
    ("one", "two"), [("lee", "lea"), ("miller", "miller"), ("miller", "mullar")]
)
def test_short_same_or_further_names_are_not_one_slip_apart(one, two):
    assert not one_slip_apart(one, two)


@pytest.mark.parametrize(
    ("name", "code"),
    [("robert", "r163"), ("rupert", "r163"), ("ashcraft", "a261"), ("tymczak", "t522"), ("", "")],
)
def test_names_that_sound_alike_share_a_code(name, code):
    assert sound(name) == code


def test_names_are_compared_bare():
    assert bare("O\N{RIGHT SINGLE QUOTATION MARK}Brien") == bare("OBRIEN") == "obrien"
    assert bare("De la Cruz") == "delacruz"
    assert are_short_forms("bob", "robert")
    assert not are_short_forms("bob", "william")


NAMES = st.builds(
    PersonName,
    st.sampled_from((RecordId("a"), RecordId("b"))),
    st.sampled_from(("Miller", "Millar", "Ruiz", "")),
    st.sampled_from(("Ann", "Anna", "Bob", "Robert", "")),
    birth_day=st.sampled_from(("", "1988-03-14", "1988-04-13", "1970-01-01")),
    birth_year=st.sampled_from((0, 1988)),
)


@given(NAMES, NAMES)
def test_likeness_is_mutual(one, two):
    one, two = replace(one, record=RecordId("1")), replace(two, record=RecordId("2"))
    there = [match.score for match in matches(one, [two])]
    back = [match.score for match in matches(two, [one])]
    assert there == back
