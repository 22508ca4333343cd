"""Movements: reversing, replacing, checking, and reading back what was written."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.ids import RecordId, RingId, UserId, derive_id
from leadapp.kinds import KINDS
from leadapp.kinds.contract import Record
from leadapp.naloxone.movements import (
    Movement,
    correction,
    movement_from,
    plan,
    replacement_of,
    reversal_of,
)
from leadapp.naloxone.stock import balances

GIVEN = Movement(
    id=RecordId("m1"), lot=RecordId("lot"), from_place="unit9", to_place="public", move="given",
    doses=4, day="2026-10-05", kits=2,
)  # fmt: skip


def test_a_movement_and_its_reversal_leave_nothing():
    assert balances([GIVEN, reversal_of(GIVEN, day="2026-10-09")]) == {}


def test_reversing_twice_is_reversing_once():
    assert reversal_of(GIVEN, day="2026-10-09") == reversal_of(GIVEN, day="2026-10-09")


def test_two_corrections_meet_in_one_record_each():
    first = correction(GIVEN, replace(GIVEN, doses=2), day="2026-10-09")
    second = correction(GIVEN, replace(GIVEN, doses=6), day="2026-10-10")
    assert [movement.id for movement in first] == [movement.id for movement in second]
    assert len({movement.id for movement in first}) == 2


def test_a_correction_leaves_the_corrected_doses():
    made = correction(GIVEN, replace(GIVEN, doses=2), day="2026-10-09")
    assert balances([GIVEN, *made]) == {("lot", "unit9"): -2, ("lot", "public"): 2}


def test_a_correction_that_changes_nothing_makes_nothing():
    assert correction(GIVEN, replace(GIVEN, id=RecordId("other")), day="2026-10-09") == ()


def test_reversal_and_replacement_say_what_they_undo():
    assert reversal_of(GIVEN, day="2026-10-09").reverses == "m1"
    assert replacement_of(GIVEN, GIVEN).replaces == "m1"


def test_a_replacement_can_be_corrected_again():
    once = replacement_of(GIVEN, replace(GIVEN, doses=2))
    again = correction(once, replace(once, doses=3), day="2026-10-11")
    history = [GIVEN, reversal_of(GIVEN, day="2026-10-09"), once, *again]
    assert balances(history)[GIVEN.lot, "public"] == 3
    assert len({movement.id for movement in history}) == 5


MOVEMENTS = st.builds(
    Movement,
    id=st.just(RecordId(derive_id("a"))),
    lot=st.sampled_from((RecordId("l1"), RecordId("l2"))),
    from_place=st.sampled_from(("store", "supplier")),
    to_place=st.sampled_from(("unit9", "public")),
    move=st.sampled_from(("given", "issued")),
    doses=st.integers(1, 500),
    day=st.just("2026-10-05"),
    kits=st.integers(0, 50),
    shortfall=st.booleans(),
    override=st.booleans(),
    reverses=st.sampled_from(("", "x")),
    replaces=st.sampled_from(("", "y")),
)


@given(MOVEMENTS)
def test_a_planned_movement_comes_back_from_its_table_as_it_went(movement):
    planned = plan(movement, why="naloxone.stock_given")
    record = Record(
        id=planned.record, ring=RingId("shared"), form=planned.form, form_version="1", author=UserId("u"),
        created_ms=0, changed_ms=0, finished_at="2026-10-05T12:00:00-04:00", conflicted=False,
        answers=planned.answers,
    )  # fmt: skip
    ((table, cells),) = KINDS["movement"].rows(record)
    assert table == "movement"
    assert (
        movement_from(record.id, {**cells, "day": KINDS["movement"].summary(record).day})
        == movement
    )


def test_a_planned_movement_answers_only_what_the_kind_asks():
    needed = {need.name for need in KINDS["movement"].needs}
    assert set(plan(GIVEN, why="naloxone.stock_given").answers) <= needed
