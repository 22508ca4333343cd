"""The monthly summary's layout, and how charts and cautions are filled."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.kinds.cit_contact import DISPOSITIONS
from leadapp.measures.figures import Figure
from leadapp.measures.layouts import bars_of, cautions_of, load_layout, periods_of, read_layout
from leadapp.measures.periods import month


@pytest.fixture(scope="module")
def layout(measures):
    return load_layout(resources() / "reports" / "monthly.toml", measures)


def _figure(unknown=0, **by_group):
    return Figure(
        "m",
        sum(by_group.values()),
        "events",
        records=9,
        persons=9,
        unknown=unknown,
        by_group=by_group,
    )


def test_the_monthly_summary_names_only_measures_there_are(layout, measures):
    assert set(layout.measures) <= set(measures)
    assert len(layout.boxes) == 5


def test_columns_are_this_month_the_one_before_and_the_year():
    found = periods_of(month("2026-10"))
    assert [period.short for period in found.values()] == ["Oct", "Sep", "2026"]


def test_bars_name_only_endings_there_are(layout):
    named = {group for bar in layout.charts[0].bars for group in bar.groups}
    assert named - {"", "unknown"} <= set(DISPOSITIONS)


def test_bars_hold_every_contact_once(layout):
    found = _figure(
        **{"arrest": 3, "citation": 2, "diverted": 1, "deceased": 4, "homemade": 5, "": 2}
    )
    bars = bars_of(layout.charts[0], found)
    assert sum(value for _, value in bars) == 17
    shown = {bar.label: value for bar, value in bars if value}
    assert shown == {
        "Arrest or citation": 5,
        "Diverted to LEAD": 1,
        "Other ending": 9,
        "Not recorded": 2,
    }
    assert bars[-1][0].missing


def test_no_other_bar_where_every_group_is_named(layout):
    labels = [bar.label for bar, _ in bars_of(layout.charts[0], _figure(arrest=1))]
    assert "Other ending" not in labels


def test_cautions_count_what_is_missing_in_words(layout):
    said = cautions_of(layout, {"cit_contacts": _figure(unknown=2)}, {"conflicts": 1})
    assert said[0].startswith("2 CIT contacts have no ending recorded.")
    assert said[1].startswith("1 record differs between two computers.")
    assert "People are counted once even if seen many times." in said


def test_nothing_missing_says_only_what_is_always_said(layout):
    assert len(cautions_of(layout, {}, {})) == 2


def test_the_stock_table_ends_with_its_total(layout):
    table = next(table for table in layout.tables if table.adds_up)
    assert [line.total for line in table.lines] == [False] * 6 + [True]


def test_a_layout_with_an_unknown_measure_is_refused(measures):
    text = 'id = "x"\ntitle = "X"\nversion = 1\n[[box]]\nmeasure = "nothing"\nlabel = "N"\n'
    with pytest.raises(Refusal) as refused:
        read_layout(text, measures)
    assert refused.value.problems[0].code == "measures.layout_names_nothing"


@pytest.mark.parametrize(
    "text", ["id = ", 'id = "x"', 'id="x"\ntitle="x"\nversion=1\n[[box]]\na=1']
)
def test_a_layout_that_is_not_one_is_refused(measures, text):
    with pytest.raises(Refusal, match=r"measures\.layout_not_readable"):
        read_layout(text, measures)


def test_one_group_in_two_bars_is_refused(measures):
    text = """
id = "x"
title = "X"
version = 1
[[chart]]
title = "Endings"
measure = "cit_contacts"
by = "groups"
bars = [{ label = "A", groups = ["arrest"] }, { label = "B", groups = ["arrest"] }]
"""
    with pytest.raises(Refusal) as refused:
        read_layout(text, measures)
    assert refused.value.problems[0].code == "measures.group_in_two_bars"
