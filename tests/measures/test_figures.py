"""Figures: what they count, what they leave unknown, and how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.measures.definitions import Measure, Measures
from leadapp.measures.figures import Figure, Row, figure, number_text, read_rows
from tests.measures.conftest import figure_of


def _measure(how="records", unit="events", group=""):
    return Measure(id="m", title="M", words="Said.", unit=unit, how=how, source="S", group=group)


def _row(record="a", ring="care", person="p", group="", amount=1):
    return Row(record, ring, person, group, amount)


def test_a_record_in_two_groups_counts_once():
    found = figure(_measure(group="mode"), [_row(group="ems"), _row(group="peer")])
    assert found.value == 1
    assert found.by_group == {"ems": 1, "peer": 1}


def test_one_id_in_two_rings_is_two_records():
    assert figure(_measure(), [_row(ring="law-a"), _row(ring="law-b")]).value == 2


def test_people_count_once_and_the_nameless_are_unknown():
    rows = [_row("a"), _row("b"), _row("c", person="q"), _row("d", person="")]
    found = figure(_measure("persons", "persons"), rows)
    assert (found.value, found.records, found.persons, found.unknown) == (2, 4, 2, 1)


def test_blank_and_unknown_groups_are_unknown_but_declined_is_an_answer():
    rows = [_row("a", group=""), _row("b", group="unknown"), _row("c", group="declined")]
    found = figure(_measure(group="veteran"), rows)
    assert found.unknown == 2
    assert found.by_group == {"": 1, "unknown": 1, "declined": 1}


@pytest.mark.parametrize(("how", "value"), [("sum", 130), ("mean", 130 / 3), ("median", 30)])
def test_missing_amounts_are_left_out_and_counted(how, value):
    amounts = (10, 30, 90, None)
    rows = [_row(str(number), amount=amount) for number, amount in enumerate(amounts)]
    found = figure(_measure(how, "minutes"), rows)
    assert found.value == pytest.approx(value)
    assert found.unknown == 1


def test_nothing_to_take_a_median_of_is_no_answer():
    assert figure(_measure("median", "minutes"), []).text == "\N{EN DASH}"
    assert figure(_measure("sum", "doses"), []).text == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1013, "1,013"),
        (-19, "\N{MINUS SIGN}19"),
        (0, "0"),
        (2.25, "2.2"),
        (38.04, "38"),
        (-0.04, "0"),
    ],
)
def test_numbers_are_written_for_a_page(value, text):
    assert number_text(value) == text


def _share(over, under):
    measures = Measures(
        {
            "over": _measure(),
            "under": _measure(),
            "share": Measure(
                id="share", title="S", words="S.", unit="share", how="ratio", source="S",
                numerator="over", denominator="under",
            ),
        }
    )  # fmt: skip
    rows = {
        "over": [_row(str(number)) for number in range(over)],
        "under": [_row(str(number)) for number in range(under)],
    }
    return figure_of(measures, "share", rows)


def test_a_share_of_few_is_said_in_numbers_not_percent():
    assert _share(8, 9).text == "8 of 9"


def test_a_share_of_enough_is_a_percentage():
    assert _share(46, 54).text == "85%"


def test_a_share_of_nothing_is_no_answer():
    found = _share(0, 0)
    assert (found.value, found.text) == (None, "\N{EN DASH}")


def test_a_select_with_other_columns_is_refused():
    with pytest.raises(Refusal, match=r"measures\.wrong_columns"):
        read_rows(_measure(), [("a", "care", "p", "")])


def test_an_amount_that_is_text_is_refused():
    with pytest.raises(Refusal, match=r"measures\.amount_not_a_number"):
        read_rows(_measure(), [("a", "care", "p", "", "many")])


def test_nulls_of_the_store_are_blanks():
    assert read_rows(_measure(), [("a", "care", None, None, None)]) == [
        Row("a", "care", "", "", None)
    ]


ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from("abcde"),
        st.sampled_from(("law", "care")),
        st.sampled_from(("", "p", "q")),
        st.sampled_from(("", "yes", "unknown")),
        st.one_of(st.none(), st.integers(0, 50)),
    ),
    max_size=30,
)


@given(ROWS, st.sampled_from(("records", "persons", "sum", "median")), st.randoms())
def test_the_order_of_rows_does_not_matter(rows, how, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert figure(_measure(how), rows) == figure(_measure(how), shuffled)


@given(ROWS)
def test_groups_of_a_sum_add_up_to_it(rows):
    found = figure(_measure("sum", "doses", group="g"), rows)
    assert sum(found.by_group.values()) == found.value


@given(ROWS)
def test_unknown_is_never_more_than_there_is(rows):
    found: Figure = figure(_measure(group="g"), rows)
    assert 0 <= found.unknown <= found.records
