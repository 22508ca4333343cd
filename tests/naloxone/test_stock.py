"""Stock: balances, expiry, the lot to hand out next, and what short books do."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.ids import RecordId
from leadapp.core.problems import Severity
from leadapp.naloxone.movements import VIRTUAL_PLACES, Movement
from leadapp.naloxone.stock import (
    Expiry,
    Lot,
    balances,
    count_difference,
    expiry_of,
    first_expiring,
    on_shelves,
    problems_with_issue,
    problems_with_stock,
    shortfall,
)

TODAY = date(2026, 10, 5)
_ids = count()


def _move(doses, start, end, lot="a", move="given"):
    return Movement(
        RecordId(f"m{next(_ids)}"), RecordId(lot), start, end, move, doses, "2026-10-01"
    )


def _lot(name, expiry, product="nasal_4"):
    return Lot(RecordId(name), product, name.upper(), expiry, 2)


MOVES = st.lists(
    st.builds(
        _move,
        st.integers(1, 99),
        st.sampled_from(("supplier", "store", "unit9")),
        st.sampled_from(("store", "unit9", "public", "used")),
        st.sampled_from("ab"),
    )
)


@given(MOVES)
def test_a_lot_sums_to_nothing_over_all_places(moves):
    sums = balances(moves)
    for lot in "ab":
        assert sum(doses for (of, _), doses in sums.items() if of == lot) == 0


@given(MOVES, st.randoms())
def test_the_order_of_movements_does_not_matter(moves, random):
    shuffled = list(moves)
    random.shuffle(shuffled)
    assert balances(shuffled) == balances(moves)


@given(MOVES, MOVES)
def test_balances_of_two_laptops_add_up_to_the_merged_ones(mine, theirs):
    one, two, both = balances(mine), balances(theirs), balances(mine + theirs)
    keys = one.keys() | two.keys()
    assert both == {k: d for k in keys if (d := one.get(k, 0) + two.get(k, 0))}


def test_a_shelf_below_zero_is_shown_and_not_clamped():
    sums = balances([_move(2, "supplier", "unit9"), _move(5, "unit9", "public")])
    (held,) = on_shelves(sums)
    assert (held.place, held.doses) == ("unit9", -3)
    (problem,) = problems_with_stock(sums)
    assert (problem.code, problem.values["doses"]) == ("naloxone.below_zero", 3)
    assert not problem.blocks


def test_virtual_places_are_no_shelves():
    sums = balances([_move(2, "supplier", "store")])
    assert {held.place for held in on_shelves(sums)} & VIRTUAL_PLACES == set()


@pytest.mark.parametrize(
    ("expiry", "status"),
    [
        ("2026-10-04", Expiry.EXPIRED),
        ("2026-10-05", Expiry.WITHIN_30),
        ("2026-11-04", Expiry.WITHIN_30),
        ("2026-11-05", Expiry.WITHIN_60),
        ("2026-12-04", Expiry.WITHIN_60),
        ("2027-01-03", Expiry.WITHIN_90),
        ("2027-01-04", Expiry.GOOD),
        ("", Expiry.UNKNOWN),
    ],
)
def test_a_lot_may_be_used_through_its_last_day(expiry, status):
    assert expiry_of(_lot("a", expiry), TODAY) is status


def test_the_first_to_expire_of_what_is_there_is_suggested():
    lots = {
        lot.id: lot
        for lot in (
            _lot("old", "2026-09-30"),
            _lot("next", "2026-12-31"),
            _lot("later", "2027-12-31"),
            _lot("elsewhere", "2026-11-30"),
            _lot("empty", "2026-11-01"),
            _lot("other", "2026-10-30", product="im_vial"),
            _lot("unread", ""),
        )
    }
    sums = balances(
        [
            *(
                _move(4, "supplier", "store", lot)
                for lot in lots
                if lot not in ("elsewhere", "empty")
            ),
            _move(4, "supplier", "unit9", "elsewhere"),
        ]
    )
    found = first_expiring(sums, lots, place="store", on=TODAY, product="nasal_4")
    assert found is not None
    assert found.id == "next"


def test_an_unread_date_is_taken_last_and_an_expired_lot_never():
    lots = {lot.id: lot for lot in (_lot("old", "2026-09-30"), _lot("unread", ""))}
    sums = balances([_move(4, "supplier", "store", lot) for lot in lots])
    found = first_expiring(sums, lots, place="store", on=TODAY)
    assert found is not None
    assert found.id == "unread"
    assert first_expiring({}, lots, place="store", on=TODAY) is None


@pytest.mark.parametrize(
    ("doses", "on_hand", "missing"), [(2, 5, 0), (5, 5, 0), (5, 2, 3), (5, -4, 5)]
)
def test_a_shortfall_is_what_the_books_do_not_have(doses, on_hand, missing):
    assert shortfall(doses, on_hand=on_hand) == missing


def _issue(move, *, on_hand=0, expiry="2026-01-01", override=False):
    movement = _move(2, "unit9", "public", move=move)
    lot = _lot("a", expiry)
    return problems_with_issue(movement, on_hand=on_hand, lot=lot, on=TODAY, override=override)


@pytest.mark.parametrize("move", ["given", "left_behind", "used"])
def test_a_field_hand_out_is_told_but_never_blocked(move):
    found = _issue(move)
    assert [problem.code for problem in found] == ["naloxone.shortfall", "naloxone.expired_lot"]
    assert {problem.severity for problem in found} == {Severity.WARNING}


def test_at_the_desk_short_books_and_expired_stock_block():
    assert all(problem.blocks for problem in _issue("issued"))
    assert len(_issue("issued")) == 2


def test_an_override_lets_expired_stock_out():
    (problem,) = _issue("issued", on_hand=10, override=True)
    assert not problem.blocks


def test_expired_stock_may_be_taken_off_the_shelf():
    assert _issue("expired", on_hand=10) == []


def test_a_count_says_how_much_to_adjust():
    assert count_difference(10, 8) == -2
