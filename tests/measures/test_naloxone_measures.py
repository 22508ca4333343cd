"""Naloxone measures: hand-outs, use reports, and a stock table that always adds up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadapp.kinds.movement import PLACES
from leadapp.measures.periods import month

OCTOBER = month("2026-10")


@pytest.fixture
def handed_out(county):
    for day, setting, kits, doses, declined, trained in (
        ("2026-10-01", "overdose", 1, 2, "no", 1),
        ("2026-10-31", "event", 10, 20, "no", 8),
        ("2026-10-15", "overdose", None, None, "yes", None),
        ("2026-10-16", "event", 2, None, "no", None),
        ("2026-11-01", "event", 5, 10, "no", 5),
        ("2026-09-30", "event", 5, 10, "no", 5),
    ):
        county.add(
            "naloxone_given", ring="supply", day=day, setting=setting, kits=kits, doses=doses,
            declined=declined, people_trained=trained,
        )  # fmt: skip
    return county


@pytest.mark.parametrize(
    ("measure", "value", "unknown"),
    [
        ("naloxone_kits_given", 13, 0),
        ("naloxone_doses_given", 22, 1),
        ("naloxone_people_trained", 9, 0),
    ],
)
def test_hand_outs_of_october(handed_out, measure, value, unknown):
    found = handed_out.figure(measure, OCTOBER)
    assert (found.value, found.unknown) == (value, unknown)


@pytest.fixture
def reported(county):
    for day, people in (
        ("2026-10-02", ("yes", "yes")),
        ("2026-10-30", ("no",)),
        ("2026-10-30", ("unknown",)),
        ("2026-11-02", ("yes",)),
    ):
        record = county.add("naloxone_used", ring="law-sheriff", day=day, reporter="law")
        for number, survived in enumerate(people):
            county.add("naloxone_person", record_id=record, n=number, survived=survived)
    return county


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("naloxone_reports", 3),
        ("naloxone_people", 4),
        ("naloxone_people_survived", 2),
        ("naloxone_survival", 2 / 4),
    ],
)
def test_use_reports_of_october(reported, measure, value):
    assert reported.value(measure, OCTOBER) == value


def test_survival_shows_yes_no_and_unknown(reported):
    found = reported.figure("naloxone_people", OCTOBER)
    assert found.by_group == {"yes": 2, "no": 1, "unknown": 1}
    assert reported.figure("naloxone_survival", OCTOBER).unknown == 1


# day, from, to, kind, doses
LEDGER = [
    ("2026-08-10", "supplier", "store", "received", 100),
    ("2026-08-20", "store", "unit9", "issued", 20),
    ("2026-09-10", "unit9", "public", "given", 12),
    ("2026-10-01", "supplier", "store", "received", 48),
    ("2026-10-02", "store", "supplier", "returned", 8),
    ("2026-10-05", "store", "jail", "transferred", 30),
    ("2026-10-09", "jail", "public", "given", 14),
    ("2026-10-09", "public", "jail", "given", 4),
    ("2026-10-12", "unit9", "used", "used", 3),
    ("2026-10-20", "store", "expired", "expired", 6),
    ("2026-10-20", "store", "damaged", "damaged", 1),
    ("2026-10-21", "store", "lost", "lost", 2),
    ("2026-10-22", "counted", "store", "adjusted", 5),
    ("2026-10-31", "store", "training", "training", 2),
    ("2026-11-01", "store", "public", "given", 10),
]
ADDS_UP = (
    "stock_first_day", "stock_received", "stock_given", "stock_used", "stock_wasted", "stock_other",
)  # fmt: skip


def _record(county, ledger):
    for day, from_place, to_place, move, doses in ledger:
        county.add(
            "movement", ring="shared", day=day, lot_id="lot", from_place=from_place,
            to_place=to_place, move=move, doses=doses,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "doses"),
    [
        ("stock_first_day", 88),
        ("stock_received", 40),
        ("stock_given", -10),
        ("stock_used", -3),
        ("stock_wasted", -7),
        ("stock_other", 1),
        ("stock_last_day", 109),
        ("doses_used_by_responders", 3),
        ("stock_lost_to_waste", 9),
        ("stock_to_account_for", 128),
        ("stock_wastage", 9 / 128),
        ("stock_usable", 109),
        ("stock_monthly_outflow", 25 / 3),
        ("stock_cover", 109 / (25 / 3)),
    ],
)
def test_the_stock_of_october(county, measure, doses):
    _record(county, LEDGER)
    assert county.value(measure, OCTOBER) == pytest.approx(doses)


SHELVES = ("store", "unit9", "jail")
MOVEMENTS = st.lists(
    st.tuples(
        st.dates(min_value=OCTOBER.previous().start, max_value=OCTOBER.end).map(
            lambda day: day.isoformat()
        ),
        st.sampled_from(SHELVES + PLACES),
        st.sampled_from(SHELVES + PLACES),
        st.sampled_from(("given", "received", "adjusted")),
        st.integers(1, 50),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=MOVEMENTS)
def test_any_stock_adds_up_from_first_day_to_last(county, ledger):
    county.connection.execute("DELETE FROM movement")
    _record(county, ledger)
    parts = [county.value(measure, OCTOBER) for measure in ADDS_UP]
    assert sum(parts) == county.value("stock_last_day", OCTOBER)


def test_last_days_stock_is_the_next_months_first(county):
    _record(county, LEDGER)
    november = month("2026-11")
    assert county.value("stock_last_day", OCTOBER) == county.value("stock_first_day", november)


def test_a_lot_is_usable_through_its_last_day_and_expiring_before_it(county):
    for lot, expiry in (
        ("a", "2026-10-30"),
        ("b", "2026-10-31"),
        ("c", "2026-11-30"),
        ("d", "2026-12-01"),
        ("e", "2027-01-29"),
        ("f", "2027-01-30"),
        ("g", ""),
    ):
        county.add("lot", record_id=lot, expiry=expiry, product="nasal_4")
        county.add(
            "movement", day="2026-10-01", lot_id=lot, from_place="supplier", to_place="store",
            move="received", doses=10,
        )  # fmt: skip
    assert county.value("stock_usable", OCTOBER) == 60
    assert county.figure("stock_expiring", OCTOBER).by_group == {
        "within_30": 20,
        "within_60": 10,
        "within_90": 10,
    }


def test_every_naloxone_measure_has_a_test(measures):
    here = Path(__file__)
    others = (here.with_name(f"test_naloxone_{name}.py") for name in ("more", "county"))
    text = "".join(file.read_text("utf-8") for file in (here, *others))
    begin = ("naloxone", "stock", "doses", "county")
    wanted = [name for name in measures if name.startswith(begin)]
    assert [name for name in wanted if f'"{name}"' not in text] == []
