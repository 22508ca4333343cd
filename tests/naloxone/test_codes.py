"""Codes off cartons: read as scanners type them and as people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.naloxone.codes import SEPARATOR, Scanned, read_code
from tests.naloxone.cartons import carton_code

GTIN = "00369547353025"
PRINTED = Scanned(GTIN, "NX4102", "2027-06-30", "S77")
LETTERS = st.text("ABCDEFGHXYZ0123456789-/.", min_size=1, max_size=20)


def with_check(digits: str) -> str:
    total = sum(int(n) * (3 if at % 2 == 0 else 1) for at, n in enumerate(reversed(digits)))
    return digits + str(-total % 10)


SCANNED = st.builds(
    Scanned,
    st.text("0123456789", min_size=13, max_size=13).map(with_check),
    LETTERS,
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str),
    LETTERS | st.just(""),
)


@given(SCANNED)
def test_what_is_written_is_read_back(scanned):
    assert read_code(carton_code(scanned)) == scanned


@given(SCANNED, st.sampled_from(["", "]d2", "]C1"]))
def test_the_order_of_the_parts_does_not_matter(scanned, prefix):
    code = (
        f"{prefix}10{scanned.lot_number}{SEPARATOR}01{scanned.gtin}"
        f"17{scanned.expiry[2:].replace('-', '')}"
    ) + (f"21{scanned.serial}" if scanned.serial else "")
    assert read_code(code) == scanned


@pytest.mark.parametrize(
    "code",
    [
        f"01{GTIN}1727063010NX4102{SEPARATOR}21S77",
        f"]d201{GTIN}1727063010NX4102{SEPARATOR}21S77\n",
        f"{SEPARATOR}01{GTIN}1727063021S77{SEPARATOR}10NX4102",
        f"01{GTIN}1727063010NX4102<GS>21S77",
        f"01{GTIN}1727063010NX4102{{GS}}21S77",
        f"(01){GTIN}(17)270630(10)NX4102(21)S77",
        f"(01) {GTIN} (17) 270630 (10) NX4102 (21) S77",
        f"01{GTIN}1727060010NX4102{SEPARATOR}21S77",
        f"01{GTIN}1727063010NX4102{SEPARATOR}21S77{SEPARATOR}11250101",
    ],
)
def test_scanners_and_people_write_it_in_their_ways(code):
    assert read_code(code) == PRINTED


def test_a_carton_with_a_bar_code_alone_gives_its_number():
    assert read_code("369547353025") == Scanned(gtin=GTIN)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "naloxone.code_not_read"),
        ("NX4102", "naloxone.code_not_read"),
        ("12345", "naloxone.code_not_read"),
        (f"01{GTIN[:9]}", "naloxone.code_not_read"),
        ("0100369547353027" + "10A1", "naloxone.code_mistyped"),
        (f"01{GTIN}17271341", "naloxone.code_not_read"),
        (f"01{GTIN}17270231", "naloxone.code_not_read"),
        (f"01{GTIN}10", "naloxone.code_not_read"),
        (f"01{GTIN}10{'A' * 21}", "naloxone.code_not_read"),
        (f"(10)A1(10)A2(01){GTIN}", "naloxone.code_not_read"),
        ("21S77", "naloxone.code_not_read"),
    ],
)
def test_what_is_no_code_is_refused_in_words(code, why):
    with pytest.raises(Refusal) as refused:
        read_code(code)
    assert refused.value.code == why


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_code(text)
    except Refusal:
        return
    assert found.gtin or found.lot_number or found.expiry
