"""Counts that are published: none of 1 to 10 is told, by itself or by another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from leadapp.measures.definitions import Measure
from leadapp.measures.disclosure import hide, is_guarded, members, refinements
from leadapp.measures.figures import Row
from leadapp.measures.suppression import THRESHOLD, Sum

EVENTS = Measure("m", "M", "m", "events", "records", "test")


def people(*numbers):
    return {("law", str(number)): 1.0 for number in numbers}


def test_a_part_of_nearly_all_hides_with_the_rest_it_leaves():
    found = hide({"all": people(*range(40)), "most": people(*range(37))}, [])
    assert found.cells == {"most"}


def test_a_part_of_others_says_nothing():
    found = hide({"all": people(*range(40)), "others": people(*range(10, 47))}, [])
    assert not found.cells


def test_what_counts_the_same_hides_the_same():
    counted = {
        "all": people(*range(40)),
        "again": people(*range(40)),
        "few": people(1, 2),
        "many": people(*range(3, 40), 0),
    }
    found = hide(counted, [Sum("all", ("few", "many"))])
    assert found.cells == {"few", "many"}
    also = hide(counted, [Sum("all", ("few", "many"))], also=frozenset({"all"}))
    assert also.cells == {"few", "many", "all", "again"}


def test_a_coarser_grouping_does_not_tell_what_the_finer_hides():
    counted = {
        "fine|a": people(*range(20)),
        "fine|b": people(*range(20, 24)),
        "fine|c": people(*range(24, 60)),
        "coarse|ab": people(*range(24)),
        "coarse|c": people(*range(24, 60)),
    }
    groups = [["fine|a", "fine|b", "fine|c"], ["coarse|ab", "coarse|c"]]
    ties = list(refinements(counted, groups))
    assert Sum("coarse|ab", ("fine|a", "fine|b")) in ties
    assert hide(counted, ties).cells == {"fine|b", "fine|a"}


def test_what_was_told_before_stays_told_and_more_is_hidden_around_it():
    counted = {"all": people(*range(40)), "few": people(1), "many": people(*range(2, 41))}
    found = hide(counted, [Sum("all", ("few", "many"))], released=frozenset({"many"}))
    assert found.cells == {"few", "all"}
    assert hide(counted, [Sum("all", ("few", "many"))], released=frozenset(counted)).given_away == 0
    told = hide(counted, [Sum("all", ("few", "many"))], released=frozenset({"many", "all"}))
    assert told.given_away == 1


def test_units_say_what_is_guarded_but_for_measures_that_say_so_themselves():
    assert is_guarded(EVENTS)
    assert is_guarded(replace(EVENTS, unit="people", how="sum"))
    assert not is_guarded(replace(EVENTS, unit="kits", how="sum"))
    assert is_guarded(replace(EVENTS, unit="doses", how="sum", suppress="always"))
    assert not is_guarded(replace(EVENTS, suppress="never"))


def test_members_are_records_persons_or_amounts():
    rows = [
        Row("1", "law", "p", "", 2.0),
        Row("1", "law", "p", "", -1.0),
        Row("2", "law", "", "", None),
    ]
    assert sum(members(EVENTS, rows).values()) == 2
    assert sum(members(replace(EVENTS, how="persons"), rows).values()) == 1
    assert sum(members(replace(EVENTS, how="sum"), rows).values()) == 3


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), max_size=60))
def test_no_difference_of_two_shown_counts_is_small_where_one_holds_the_other(marked):
    counted = {"all": people(*range(len(marked)))}
    counted["some"] = people(*(at for at, mark in enumerate(marked) if mark[1]))
    counted["others"] = people(*(at for at, mark in enumerate(marked) if mark[1] and mark[2]))
    cells = [f"g|{group}" for group in range(4)]
    for group, name in enumerate(cells):
        counted[name] = people(*(at for at, mark in enumerate(marked) if mark[0] == group))
    found = hide(counted, [Sum("all", tuple(cells))])
    shown = {name: who for name, who in counted.items() if name not in found.cells}
    assert not any(0 < len(who) < THRESHOLD for who in shown.values())
    for one, other in combinations(shown.values(), 2):
        less, more = sorted((one, other), key=len)
        if less.keys() <= more.keys():
            assert not 0 < len(more) - len(less) < THRESHOLD
    if "all" in shown:
        left = len(marked) - sum(len(shown[name]) for name in cells if name in shown)
        assert not 0 < left < THRESHOLD
