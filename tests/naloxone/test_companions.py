"""Movements that hand-outs, use reports and contacts make."""

from __future__ import annotations

from typing import Any  # keyword arguments of several types

import pytest

from leadapp.core.ids import RecordId
from leadapp.core.paths import shipped_forms
from leadapp.naloxone.companions import (
    movement_for_contact,
    movements_for_given,
    movements_for_used,
)

PARENT = RecordId("parent")
LOT = RecordId("lot")
WHERE: dict[str, Any] = {"from_place": "unit9", "day": "2026-10-05"}


def _given(books=None, **answers):
    known = {"lot": LOT, "doses": "2", "kits": "1", "setting": "event", "declined": "no"}
    return movements_for_given(PARENT, known | answers, books=books or {}, **WHERE)


def _used(copies, *, reporter="law", **more):
    return movements_for_used(PARENT, copies, reporter=reporter, books={}, **WHERE, **more)


def test_a_hand_out_moves_its_doses_to_the_public():
    (plan,) = _given({(LOT, "unit9"): 10})
    assert (plan.form, plan.ring_family) == ("stock_movement", "shared")
    wanted = {"from_place": "unit9", "to_place": "public", "doses": "2", "shortfall": "0"}
    assert wanted.items() <= plan.answers.items()


def test_planning_twice_plans_the_same_record():
    assert _given() == _given()


def test_short_books_flag_the_movement_and_do_not_stop_it():
    (plan,) = _given({(LOT, "unit9"): 1})
    assert plan.answers["shortfall"] == "1"


def test_the_place_on_the_form_wins():
    (plan,) = _given(from_place="jail")
    assert plan.answers["from_place"] == "jail"


def test_what_was_declined_or_had_no_lot_moves_nothing():
    assert _given(declined="yes") == []
    assert _given(lot="") == []
    assert _given(doses="") == []


def test_leaving_behind_is_its_own_kind_of_movement():
    (plan,) = _given(setting="left_behind")
    assert plan.answers["move"] == "left_behind"


def test_a_planned_movement_points_back_to_nothing():
    (plan,) = _given()
    assert PARENT not in {plan.record, *plan.answers.values()}


def test_each_administration_out_of_our_stock_moves():
    copies = [
        {"_copy": "c1", "lot": LOT, "doses": "2"},
        {"_copy": "c2", "lot": "", "doses": "1"},
        {"_copy": "c3", "lot": LOT, "doses": "1"},
    ]
    plans = _used(copies)
    assert [plan.answers["doses"] for plan in plans] == ["2", "1"]
    assert {plan.answers["to_place"] for plan in plans} == {"used"}


def test_a_copy_keeps_its_movement_when_another_is_put_before_it():
    kept = {"_copy": "c1", "lot": LOT, "doses": "2"}
    before = {"_copy": "c0", "lot": LOT, "doses": "1"}
    assert _used([before, kept])[1].record == _used([kept])[0].record


def test_the_second_administration_sees_what_the_first_took():
    copies = [{"_copy": name, "lot": LOT, "doses": "2"} for name in ("c1", "c2")]
    plans = movements_for_used(PARENT, copies, reporter="law", books={(LOT, "unit9"): 3}, **WHERE)
    assert [plan.answers["shortfall"] for plan in plans] == ["0", "1"]


def test_community_reports_and_contacts_counted_already_move_nothing():
    copies = [{"_copy": "c1", "lot": LOT, "doses": "2"}]
    assert _used(copies, reporter="community") == []
    assert _used(copies, counted_by_contact=True) == []


def _contact(**changes):
    answers = {"naloxone_given": "yes", "lot": LOT, "doses": "2"} | WHERE | changes
    return movement_for_contact(PARENT, books={}, **answers)


def test_a_contact_with_naloxone_used_moves_its_doses():
    plan = _contact()
    assert plan is not None
    wanted = {"move": "used", "doses": "2", "from_place": "unit9", "shortfall": "1"}
    assert wanted.items() <= plan.answers.items()


@pytest.mark.parametrize(
    "changes", [{"naloxone_given": "no"}, {"lot": ""}, {"doses": "two"}, {"from_place": ""}]
)
def test_a_contact_without_naloxone_lot_or_unit_moves_nothing(changes):
    assert _contact(**changes) is None


def test_nothing_leaves_a_place_nobody_named():
    nowhere: dict[str, Any] = {"from_place": "", "day": "2026-10-05", "books": {}}
    assert movements_for_given(PARENT, {"lot": LOT, "doses": "2"}, **nowhere) == []
    copies = [{"_copy": "c1", "lot": LOT, "doses": "2"}]
    assert movements_for_used(PARENT, copies, reporter="law", **nowhere) == []


def test_the_form_it_plans_is_shipped_and_asks_every_answer():
    (plan,) = _given()
    asked = (shipped_forms() / plan.form / "form.md").read_text("utf-8")
    assert all(f"| {name} |" in asked for name in plan.answers)
