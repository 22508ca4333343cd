"""Movements by hand: their ends, numbers, days and codes; standing orders; self-made codes."""

from datetime import date

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.paths import shipped_forms
from leadapp.core.problems import Severity
from leadapp.forms.reading import read_markdown
from leadapp.kinds.movement import MOVES
from leadapp.naloxone.marks import mark
from leadapp.naloxone.moves import (
    BY_ANYONE,
    ENDS,
    REASONS,
    Wanted,
    before_receipt,
    problems_with_codes,
    problems_with_day,
    problems_with_ends,
    problems_with_numbers,
    with_ends,
)
from leadapp.naloxone.orders import Order, covered, state_on

TODAY = date(2026, 10, 5)


def wanted(move="issued", start="store", end="car", doses=4, kits=2, **more):
    return Wanted(move, "lot", start, end, doses, kits, "2026-10-05", **more)


def codes(problems):
    return {problem.code for problem in problems}


def test_every_kind_of_movement_has_its_ends():
    assert set(ENDS) == set(MOVES)
    assert set(ENDS) > BY_ANYONE


def test_the_reasons_are_those_of_the_form():
    book = read_markdown((shipped_forms() / "stock_movement" / "form.md").read_text("utf-8"))
    rows = [dict(row.cells) for row in book.sheets["choices"].rows]
    assert [row["name"] for row in rows if row["list_name"] == "reason"] == list(REASONS)


@pytest.mark.parametrize("move", sorted(ENDS))
def test_the_usual_places_are_filled_in_and_fit(move):
    start, end = with_ends(Wanted(move, "lot", "", "", 1, 0, "2026-10-05"))
    start, end = start or "store", end or "car"
    assert problems_with_ends(move, start, end) == []


@pytest.mark.parametrize(
    ("move", "start", "end", "code"),
    [
        ("received", "public", "store", "naloxone.not_from_there"),
        ("received", "supplier", "used", "naloxone.not_to_there"),
        ("given", "store", "car", "naloxone.not_to_there"),
        ("transferred", "store", "store", "naloxone.same_place"),
        ("transferred", "", "store", "naloxone.no_place"),
        ("adjusted", "store", "car", "naloxone.no_shelf"),
        ("vanished", "store", "car", "naloxone.no_move"),
    ],
)
def test_places_that_do_not_fit_are_told(move, start, end, code):
    assert code in codes(problems_with_ends(move, start, end))


@pytest.mark.parametrize(
    ("doses", "kits", "code"),
    [
        (0, 0, "naloxone.no_doses"),
        (-4, 0, "naloxone.no_doses"),
        (1_000_001, 0, "naloxone.too_many_doses"),
        (2, 3, "naloxone.kits_odd"),
        (5, 2, "naloxone.kits_differ"),
    ],
)
def test_numbers_that_do_not_fit_are_told(doses, kits, code):
    assert codes(problems_with_numbers(wanted(doses=doses, kits=kits), 2)) == {code}


def test_kits_and_doses_that_differ_only_warn():
    (found,) = problems_with_numbers(wanted(doses=5, kits=2), 2)
    assert found.severity is Severity.WARNING


def test_a_day_to_come_or_none_is_told():
    assert codes(problems_with_day("2026-10-06", TODAY)) == {"naloxone.day_ahead"}
    assert codes(problems_with_day("soon", TODAY)) == {"naloxone.no_day"}
    assert problems_with_day("2026-10-05", TODAY) == []


def test_a_loss_needs_a_reason_of_the_list():
    assert codes(problems_with_codes(wanted("lost", end="lost"))) == {"naloxone.reason_needed"}
    assert codes(problems_with_codes(wanted(reason="Ann took it"))) == {"naloxone.no_such_reason"}
    assert codes(problems_with_codes(wanted(override_reason="because"))) == {
        "naloxone.no_such_reason"
    }


def test_an_issue_before_the_receipt_is_told_at_the_desk_and_noted_in_the_field():
    (desk,) = before_receipt(wanted(doses=4), on_hand=10, least=0)
    (field,) = before_receipt(wanted("used", end="used", doses=4), on_hand=10, least=0)
    assert (desk.blocks, field.blocks) == (True, False)
    assert before_receipt(wanted(doses=4), on_hand=10, least=4) == []


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        ("2026-10-06", "", "not_begun"),
        ("", "", "not_begun"),
        ("2025-07-01", "", "in_force"),
        ("2025-07-01", "2026-10-04", "ended"),
        ("2025-07-01", "2026-10-05", "ending"),
        ("2025-07-01", "2026-12-04", "ending"),
        ("2025-07-01", "2026-12-05", "in_force"),
    ],
)
def test_an_order_stands_by_its_days(first, last, state):
    assert state_on(Order(first, last), TODAY) == state


def test_an_order_covers_its_products_and_one_without_products_all():
    nasal = Order("2025-07-01", "", ("nasal_4",))
    assert covered([nasal], TODAY, "nasal_4")
    assert not covered([nasal], TODAY, "im_vial")
    assert covered([Order("2025-07-01", "")], TODAY, "im_vial")
    assert not covered([Order("2025-07-01", "2026-01-01")], TODAY)


def test_a_mark_is_alike_however_the_code_is_written_and_not_without_the_secret():
    assert mark(b"s" * 32, "Blue 7-Fox") == mark(b"s" * 32, "blue7fox")
    assert mark(b"s" * 32, "blue7fox") != mark(b"t" * 32, "blue7fox")
    assert "blue" not in mark(b"s" * 32, "blue7fox")


def test_a_code_too_short_to_tell_people_apart_is_refused():
    with pytest.raises(Refusal, match="code_too_short"):
        mark(b"s" * 32, "a-1")
