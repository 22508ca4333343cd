"""Causality decides, conflicts are listed, a person settles them."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Bug
from leadapp.journal.fold import begin, extend, fold
from tests.journal.making import chain, written


def shown(*entries):
    return {key: value for key, value in fold(entries).values.items() if not key.startswith("_")}


def test_a_later_value_replaces_an_earlier_one():
    first = written({"phone": "1", "name": "Ruiz"})
    second = written({"phone": "2"}, first)
    assert shown(first, second) == {"phone": "2", "name": "Ruiz"}
    assert not fold([first, second]).conflicted


def test_who_knew_of_a_value_wins_whatever_the_clocks_say():
    first = written({"phone": "1"}, t=4 * 10**12)
    second = written({"phone": "2"}, first, t=1)
    assert shown(first, second) == {"phone": "2"}


def test_two_values_side_by_side_are_both_listed_and_the_later_is_shown():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first, t=5, by="ann")
    right = written({"phone": "3"}, first, t=6, by="bob")
    folded = fold([first, left, right])
    assert folded.values["phone"] == "3"
    assert [(one.value, one.author) for one in folded.conflicts["phone"]] == [
        ("3", "bob"),
        ("2", "ann"),
    ]
    assert folded.heads == tuple(sorted([left.short, right.short]))


def test_different_answers_changed_side_by_side_are_no_conflict():
    first = written({"phone": "1", "street": "a"})
    left = written({"phone": "2"}, first)
    right = written({"street": "b"}, first)
    assert shown(first, left, right) == {"phone": "2", "street": "b"}
    assert not fold([first, left, right]).conflicted


def test_the_same_value_twice_is_no_conflict():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first, t=5)
    right = written({"phone": "2"}, first, t=6)
    assert not fold([first, left, right]).conflicted


def test_an_entry_that_knew_of_both_settles_the_matter():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first, t=5)
    right = written({"phone": "3"}, first, t=6)
    choice = written({"phone": "2"}, left, right, t=7)
    folded = fold([first, left, right, choice])
    assert (folded.values["phone"], folded.conflicts) == ("2", {})


def test_an_entry_that_knew_of_both_but_wrote_another_answer_settles_nothing():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first, t=5)
    right = written({"phone": "3"}, first, t=6)
    other = written({"street": "b"}, left, right, t=7)
    assert list(fold([first, left, right, other]).conflicts) == ["phone"]


def test_what_an_entry_says_of_itself_never_conflicts():
    first = written({"_at": "1"})
    left = written({"_at": "2", "_reason": "x"}, first, t=5)
    right = written({"_at": "3", "_reason": "y"}, first, t=6)
    assert not fold([first, left, right]).conflicted


def test_a_void_hides_a_record_and_a_restore_brings_it_back():
    first = written({"phone": "1"})
    void = written({"_deleted": "1"}, first, op="void")
    back = written({"_deleted": ""}, void, op="restore")
    assert fold([first, void]).voided
    assert not fold([first, void, back]).voided


def test_a_void_against_an_edit_is_a_conflict_and_the_record_stays_visible():
    first = written({"phone": "1"})
    void = written({"_deleted": "1"}, first, op="void", t=9)
    edit = written({"phone": "2"}, first, t=5)
    folded = fold([first, void, edit])
    assert (folded.voided, list(folded.conflicts)) == (False, ["_deleted"])


def test_an_edit_by_one_who_knew_of_the_void_leaves_it_void():
    first = written({"phone": "1"})
    void = written({"_deleted": "1"}, first, op="void")
    edit = written({"phone": "2"}, void)
    assert fold([first, void, edit]).voided


def test_an_edit_after_a_restore_contests_a_second_void():
    first = written({"phone": "1"})
    void = written({"_deleted": "1"}, first, op="void")
    back = written({"_deleted": ""}, void, op="restore")
    edit = written({"phone": "2"}, back, t=5)
    again = written({"_deleted": "1"}, back, op="void", t=6)
    folded = fold([first, void, back, edit, again])
    assert (folded.voided, list(folded.conflicts)) == (False, ["_deleted"])


def test_two_voids_side_by_side_are_one_void():
    first = written({"phone": "1"})
    left = written({"_deleted": "1"}, first, op="void", by="ann")
    right = written({"_deleted": "1"}, first, op="void", by="bob")
    folded = fold([first, left, right])
    assert (folded.voided, folded.conflicted) == (True, False)


def test_conflicts_are_not_announced_while_a_parent_is_on_its_way():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first, t=5)
    middle = written({"phone": "3"}, left, t=6)
    late = written({"phone": "4"}, middle, t=7)
    folded = fold([first, left, late])
    assert (folded.waiting, folded.conflicts, folded.values["phone"]) == (True, {}, "4")
    assert not fold([first, left, late, middle]).waiting


def test_two_beginnings_of_one_record_meet_in_it():
    left = written({"reason": "typo"}, t=1, by="ann")
    right = written({"reason": "wrong lot"}, t=2, by="bob")
    folded = fold([right, left])
    assert list(folded.conflicts) == ["reason"]
    assert (folded.first.author, folded.last.author) == ("ann", "bob")


def test_entries_about_the_journal_are_never_heads():
    first = written({"phone": "1"})
    about = written({"accesses": "[]"}, op="accesses", t=9)
    assert fold([first, about]).heads == (first.short,)
    with pytest.raises(Bug):
        fold([about])


def test_a_redacted_entry_keeps_its_place():
    first = written({"phone": "1"})
    second = written({"phone": "secret"}, first)
    third = written({"street": "b"}, second)
    folded = fold([first, second.without_payload(), third])
    assert (folded.values["phone"], folded.waiting, folded.heads) == ("1", False, (third.short,))


def test_extending_equals_folding_again():
    made = chain(6)
    folded = begin(made[0], made[0].values)
    for entry in made[1:]:
        assert folded is not None
        folded = extend(folded, entry, entry.values)
    assert folded == fold(made)


def test_an_entry_that_did_not_know_of_everything_asks_for_the_whole_fold():
    first = written({"phone": "1"})
    left = written({"phone": "2"}, first)
    right = written({"phone": "3"}, first)
    assert extend(fold([first, left]), right, right.values) is None
    assert extend(fold([left]), right, right.values) is None
    assert begin(left, left.values) is None
