"""What a published copy hides: nobody can read or work out a count of 1 to 10."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.measures.suppression import Sum, may_show_rate, suppress

COUNTS = st.one_of(st.just(0), st.integers(1, 14), st.integers(0, 200))


def table(rows):
    """Return the cells and lines of a table with its margins."""
    height, width = len(rows), len(rows[0])
    cells = {f"{r},{c}": rows[r][c] for r in range(height) for c in range(width)}
    for r in range(height):
        cells[f"{r},all"] = sum(rows[r])
    for c in range(width):
        cells[f"all,{c}"] = sum(row[c] for row in rows)
    cells["all,all"] = sum(map(sum, rows))
    across = [*map(str, range(height)), "all"]
    down = [*map(str, range(width)), "all"]
    lines = [Sum(f"{r},all", tuple(f"{r},{c}" for c in range(width))) for r in across]
    lines += [Sum(f"all,{c}", tuple(f"{r},{c}" for r in range(height))) for c in down]
    return cells, lines


def worked_out(shown, lines):
    """Return what an attacker learns by subtracting again and again."""
    known = dict(shown)
    while True:
        before = len(known)
        for line in lines:
            missing = [name for name in line.cells if name not in known]
            if len(missing) == 1:
                parts = sum(known[name] for name in line.parts if name in known)
                total = known.get(line.total, 0)
                known[missing[0]] = parts if missing[0] == line.total else total - parts
        if len(known) == before:
            return known


TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=2, max_size=5)
)


@given(TABLES, st.sampled_from((5, 6, 11)))
def test_no_small_count_is_shown_or_can_be_worked_out(rows, threshold):
    cells, lines = table(rows)
    found = suppress(cells, lines, threshold=threshold)
    known = worked_out(found.shown, lines)
    assert [name for name, count in known.items() if 0 < count < threshold] == []
    assert found.given_away == ()


@given(TABLES)
def test_no_line_leaves_a_small_remainder(rows):
    cells, lines = table(rows)
    found = suppress(cells, lines)
    for line in lines:
        if line.total in found.shown:
            left = cells[line.total] - sum(found.shown.get(part, 0) for part in line.parts)
            assert not 0 < left < 11


@given(TABLES)
def test_what_is_shown_is_true_and_zeros_stay(rows):
    cells, lines = table(rows)
    found = suppress(cells, lines)
    assert all(cells[name] == count for name, count in found.shown.items())
    assert {name for name, count in cells.items() if count == 0} <= set(found.shown)


def test_nothing_is_hidden_where_nothing_is_small():
    cells, lines = table([[20, 30], [0, 40]])
    assert suppress(cells, lines).hidden == frozenset()


def test_one_small_cell_takes_others_with_it():
    cells, lines = table([[3, 30], [40, 50]])
    found = suppress(cells, lines)
    assert found.hidden == {"0,0", "0,1", "1,0", "1,1"}
    assert found.text("0,0") == "<11"
    assert found.text("all,all") == "123"


def test_two_blocks_joined_by_one_cell_do_not_give_it_away():
    rows = [
        [5, 5, 90, 90, 90],
        [5, 5, 6, 90, 90],
        [90, 90, 90, 5, 5],
        [90, 90, 6, 5, 5],
    ]
    cells, lines = table(rows)
    found = suppress(cells, lines)
    assert "1,2" not in worked_out(found.shown, lines)


def test_the_year_minus_the_year_before_this_month_is_a_line_too():
    cells = {"year to September": 40, "October": 4, "year to October": 44}
    line = Sum("year to October", ("year to September", "October"))
    found = suppress(cells, [line], released=frozenset({"year to September"}))
    assert found.hidden == {"October", "year to October"}


def test_what_was_released_before_and_gives_a_small_count_away_is_told():
    cells = {"year to September": 40, "October": 4, "year to October": 44}
    line = Sum("year to October", ("year to September", "October"))
    released = frozenset({"year to September", "year to October"})
    assert suppress(cells, [line], released=released).given_away == (line,)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(12, 40, True), (0, 40, True), (3, 40, False), (37, 40, False), (4, 8, False), (40, 40, True)],
)
def test_a_rate_is_shown_only_where_none_of_its_parts_is_small(numerator, denominator, shown):
    assert may_show_rate(numerator=numerator, denominator=denominator) is shown


def test_a_rate_of_a_hidden_cell_is_hidden():
    assert not may_show_rate(numerator=20, denominator=40, hidden=(False, True))
