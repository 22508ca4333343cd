"""What the store sums is what the rows say: the same figure both ways, whatever the rows."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.measures.definitions import Measure, load_measures
from leadapp.measures.figures import figure, read_rows
from leadapp.measures.sums import can_be_summed, figure_from_sums, summing

MEASURES = load_measures(resources() / "reports" / "measures")
PICK = "SELECT record_id, ring, person_id, group_name, amount FROM rows WHERE :start <> :end -- all"
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["law", "care"]),
        st.sampled_from(["", "p1", "p2", None]),
        st.sampled_from(["", "yes", "no", "unknown", None]),
        st.one_of(st.none(), st.integers(-5, 50), st.sampled_from([0.5, 2.25])),
    ),
    max_size=12,
)
DAYS = {"start": "2026-10-01", "end": "2026-11-01"}


def measure(how: str, *, grouped: bool) -> Measure:
    return Measure(
        id="made_up",
        title="Made up",
        words="Made up.",
        unit="events",
        how=how,
        source="test",
        select=PICK,
        group="answer" if grouped else "",
    )


def both_ways(asked: Measure, rows: list[tuple[object, ...]]) -> tuple[object, object]:
    engine = sqlite3.connect(":memory:")
    engine.execute("CREATE TABLE rows (record_id, ring, person_id, group_name, amount)")
    engine.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", rows)
    summed = figure_from_sums(asked, engine.execute(summing(asked), DAYS).fetchall())
    read = figure(asked, read_rows(asked, engine.execute(asked.select, DAYS).fetchall()))
    engine.close()
    return summed, read


@pytest.mark.parametrize("how", ["records", "persons", "sum", "mean"])
@pytest.mark.parametrize("grouped", [True, False])
@given(rows=ROWS)
def test_summing_and_reading_rows_agree(
    how: str, grouped: bool, rows: list[tuple[object, ...]]
) -> None:
    summed, read = both_ways(measure(how, grouped=grouped), rows)
    assert summed == read


def test_a_text_for_an_amount_is_refused_both_ways() -> None:
    with pytest.raises(Refusal):
        both_ways(measure("sum", grouped=False), [("r1", "law", "", "", "nine")])


def test_medians_and_ratios_are_not_summed() -> None:
    assert not can_be_summed(measure("median", grouped=False))
    assert not can_be_summed(replace(measure("ratio", grouped=False), select=""))


def test_every_shipped_measure_is_summed_or_a_median_or_a_ratio() -> None:
    left = {one.how for one in MEASURES.values() if not can_be_summed(one)}
    assert left == {"median", "ratio"}
