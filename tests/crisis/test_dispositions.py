"""Endings: every one has a class and lies under exactly one quick ending."""

from __future__ import annotations

from collections import Counter

import pytest

from leadapp.crisis.dispositions import (
    ARREST,
    INVOLUNTARY,
    QUICK_ENDINGS,
    class_of,
    disposition_of,
    quick_ending_of,
)
from leadapp.kinds.cit_contact import DISPOSITIONS


def test_every_ending_lies_under_one_quick_ending():
    listed = Counter(code for codes in QUICK_ENDINGS.values() for code in codes)
    assert listed == dict.fromkeys(DISPOSITIONS, 1)


def test_the_codes_rules_ask_for_are_in_the_list():
    assert {ARREST, *INVOLUNTARY} <= set(DISPOSITIONS)


@pytest.mark.parametrize(
    ("code", "counts_as"),
    [("left_with_family", "scene"), ("diverted", "services"), ("citation", "arrest"), ("x", "")],
)
def test_an_ending_counts_as_its_class(code, counts_as):
    assert class_of(code) == counts_as


@pytest.mark.parametrize(
    ("quick", "detail", "code"),
    [
        ("care", "", "voluntary_transport"),
        ("lead", "arrest", "diverted"),
        ("arrest", "citation", "citation"),
        ("arrest", "", ""),
        ("arrest", "diverted", ""),
        ("nothing", "arrest", ""),
    ],
)
def test_a_quick_ending_with_its_detail_is_one_of_the_list(quick, detail, code):
    assert disposition_of(quick, detail) == code


def test_a_code_finds_its_quick_ending():
    assert quick_ending_of("custody_order") == "hold"
    assert quick_ending_of("homemade") == ""
