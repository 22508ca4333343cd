"""Which lot and product a scanned carton is of."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from leadapp.naloxone.cartons import lot_of, product_of
from leadapp.naloxone.codes import Scanned

OURS, THEIRS = "00369547353025", "00312345678906"


@dataclass(frozen=True)
class Carton:
    name: str
    lot_number: str
    expiry: str = ""
    gtin: str = ""


LOTS = [
    Carton("unread", "NX77", "2027-06-30"),
    Carton("ours", "NX77", "2027-06-30", OURS.lstrip("0")),
    Carton("early", "NX80", "2026-01-31"),
    Carton("late", "NX80", "2028-01-31"),
]


@pytest.mark.parametrize(
    ("scanned", "found"),
    [
        (Scanned(OURS, "nx77"), "ours"),
        (Scanned(THEIRS, "NX77"), "unread"),
        (Scanned("", "NX77", "2027-06-30"), "unread"),
        (Scanned("", "NX-80", "2028-01-31"), None),
        (Scanned(OURS, "NX80", "2028-01-31"), "late"),
        (Scanned(OURS, "NX80", "2030-01-31"), "early"),
        (Scanned(OURS, "NX81"), None),
        (Scanned(OURS), None),
    ],
)
def test_a_carton_is_of_the_lot_with_its_number_trade_item_and_day(scanned, found):
    lot = lot_of(scanned, LOTS)
    assert (lot.name if lot else None) == found


def test_a_lot_of_another_maker_is_not_taken_but_another_pack_of_the_same_lot():
    assert lot_of(Scanned(THEIRS, "NX77"), LOTS[1:]) is None
    assert lot_of(Scanned(THEIRS, "NX77", "2029-06-30"), LOTS[1:]) is None
    assert lot_of(Scanned(THEIRS, "NX77", "2027-06-30"), LOTS[1:]) == LOTS[1]


def test_a_trade_item_is_of_the_first_product_listed_with_it():
    listed = [("", "none"), (OURS.lstrip("0"), "nasal_4"), (OURS, "other")]
    assert product_of(OURS, listed) == "nasal_4"
    assert product_of(THEIRS, listed) == ""
    assert product_of("", listed) == ""
