"""First day, in, out and last day add up, for each lot and in total, over any ledger."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from leadapp.kinds.movement import PLACES
from leadapp.naloxone.reconciliation import SORTS, Flow, LotMonth, reconcile, sort_of, together

SHELVES = ("store", "unit9", "jail")
# month (0 before, 1 in it, 2 after), lot, from, to, doses
LEDGERS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from("abc"),
        st.sampled_from(SHELVES + PLACES),
        st.sampled_from(SHELVES + PLACES),
        st.integers(1, 500),
    ),
    max_size=60,
)


def held(ledger, until):
    sums: Counter[tuple[str, str]] = Counter()
    for month, lot, start, end, doses in ledger:
        if month < until:
            sums[lot, start] -= doses
            sums[lot, end] += doses
    return sums


def months(ledger):
    flows = [Flow(*line[1:]) for line in ledger if line[0] == 1]
    return reconcile(held(ledger, 1), flows, held(ledger, 2))


@given(LEDGERS)
def test_every_lot_and_all_together_add_up(ledger):
    lots = months(ledger)
    assert all(lot.adds_up for lot in lots)
    total = together(lots)
    assert total.adds_up
    on_shelves = sum(doses for (_, place), doses in held(ledger, 2).items() if place in SHELVES)
    assert total.last_day == on_shelves


@given(LEDGERS, st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_matter(ledger, chance):
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    assert months(shuffled) == months(ledger)


@given(LEDGERS)
def test_a_movement_and_its_reversal_leave_first_and_last_day_as_they_were(ledger):
    before = months(ledger)
    undone = [*ledger, (1, "a", "store", "public", 7), (1, "a", "public", "store", 7)]
    assert months(undone) == before


def test_moves_between_places_change_no_line():
    ledger = [(0, "a", "supplier", "store", 40), (1, "a", "store", "unit9", 12)]
    assert months(ledger) == (LotMonth("a", 40, (0,) * len(SORTS), 40),)


def test_each_sort_stands_in_its_column():
    ledger = [
        (1, "a", "supplier", "store", 100),
        (1, "a", "store", "public", 20),
        (1, "a", "store", "used", 3),
        (1, "a", "store", "expired", 4),
        (1, "a", "store", "damaged", 1),
        (1, "a", "store", "lost", 2),
        (1, "a", "store", "stolen", 5),
        (1, "a", "store", "donated", 6),
        (1, "a", "counted", "store", 8),
    ]
    (lot,) = months(ledger)
    assert dict(zip(SORTS, lot.changes, strict=True)) == {
        "received": 100, "given": -20, "used": -3, "wasted": -5, "lost": -7, "other": -6,
        "counted": 8,
    }  # fmt: skip


def test_every_fixed_place_has_a_column():
    assert {sort_of(place) for place in PLACES} == set(SORTS)


def test_a_balance_that_the_movements_do_not_give_is_seen():
    (lot,) = reconcile({("a", "store"): 10}, [], {("a", "store"): 11})
    assert not lot.adds_up


def test_what_is_below_nothing_is_not_clamped():
    (lot,) = months([(1, "a", "unit9", "public", 2)])
    assert (lot.first_day, lot.last_day) == (0, -2)
