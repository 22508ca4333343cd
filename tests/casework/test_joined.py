"""Persons said to be one: the same answer in any order, the smallest id, apart again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leadapp.casework.joined import join
from leadapp.core.ids import RecordId

ids = st.sampled_from([RecordId(name) for name in "abcdefgh"])
pairs = st.lists(st.tuples(ids, ids), max_size=12)


def reached(start: RecordId, said: list[tuple[RecordId, RecordId]]) -> set[RecordId]:
    """Walk from one to the next until nobody new is found."""
    found = {start}
    while more := {two for pair in said for two in pair if found & set(pair)} - found:
        found |= more
    return found


@given(pairs)
def test_who_can_be_walked_to_belongs_together_and_the_smallest_id_names_them(said) -> None:
    joined = join(said)
    for person in "abcdefgh":
        everyone = reached(RecordId(person), said)
        assert set(joined.everyone(RecordId(person))) == everyone
        assert joined.head(RecordId(person)) == min(everyone)
        assert (person in joined.heads) == (len(everyone) > 1)


@given(pairs, st.randoms())
def test_order_direction_and_saying_it_twice_change_nothing(said, random) -> None:
    again = [tuple(random.sample(pair, 2)) for pair in said * 2]
    random.shuffle(again)
    assert join(again) == join(said)


def test_three_in_a_chain_are_one_and_two_again_without_a_link() -> None:
    a, b, c = (RecordId(name) for name in "abc")
    assert join([(b, c), (a, b)]).everyone(c) == (a, b, c)
    assert join([(b, c)]).everyone(c) == (b, c)
    assert not join([])
