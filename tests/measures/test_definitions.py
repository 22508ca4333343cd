"""Measures as files: everything wrong is said at once, and what ships is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import leadapp
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.measures.definitions import read_measures

GOOD = """
[[measure]]
id = "people"
title = "People"
words = "Different people."
unit = "persons"
how = "persons"
source = "X"
version = 1
rings = ["law"]
select = "SELECT record_id, ring, person_id, '', 1 FROM cit_contact WHERE day < :end"
"""


def _codes(text):
    with pytest.raises(Refusal) as refused:
        read_measures({"own.toml": text})
    return {problem.code for problem in refused.value.problems}


def test_a_measure_reads_back():
    found = read_measures({"own.toml": GOOD})["people"]
    assert (found.unit, found.how, found.rings, found.version) == (
        "persons",
        "persons",
        ("law",),
        1,
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('words = "Different people."', 'words = ""', "blank"),
        ('unit = "persons"', 'unit = "heads"', "unknown_unit"),
        ('how = "persons"', 'how = "guess"', "unknown_how"),
        ("version = 1", "version = 0", "no_version"),
        ("SELECT record_id", "DELETE record_id", "not_a_select"),
        ('how = "persons"', 'how = "ratio"', "ratio_needs_two"),
        ('id = "people"', 'id = "people', "file_not_readable"),
    ],
)
def test_each_fault_has_its_code(old, new, code):
    assert f"measures.{code}" in _codes(GOOD.replace(old, new))


def test_two_measures_with_one_id_are_told():
    assert "measures.same_id_twice" in _codes(GOOD + GOOD)


def test_a_ratio_of_what_is_not_there_is_told():
    ratio = """
[[measure]]
id = "share"
title = "Share"
words = "A share."
unit = "share"
how = "ratio"
source = "X"
numerator = "people"
denominator = "nothing"
"""
    assert _codes(GOOD + ratio) == {"measures.unknown_part"}


def test_a_ratio_opens_one_of_its_two_parts():
    ratio = GOOD.replace('"people"', '"share"').replace('how = "persons"', 'how = "ratio"')
    ratio = ratio.partition("rings")[0] + 'numerator = "some"\ndenominator = "people"\n'
    both = GOOD + GOOD.replace('"people"', '"some"') + ratio
    assert read_measures({"own.toml": both})["share"].opened == "people"
    opens = both + 'opens = "numerator"\n'
    assert read_measures({"own.toml": opens})["share"].opened == "some"
    assert _codes(both + 'opens = "either"\n') == {"measures.unknown_opens"}


def test_all_faults_come_at_once():
    text = GOOD.replace('unit = "persons"', 'unit = "heads"').replace("version = 1", "version = 0")
    assert _codes(text) == {"measures.unknown_unit", "measures.no_version"}


def test_a_ratio_needs_the_rings_of_both_sides(measures):
    assert measures.needs("lead_contacts_per_active") == (
        "lead_contacts_with_person",
        "lead_active_months",
    )
    assert measures.rings("lead_intake_on_time_rate") == ("refer", "care")


def test_definitions_are_sentences_a_reader_can_check(measures):
    assert [m.id for m in measures.values() if not m.words.endswith(".")] == []


def test_every_code_here_has_its_sentence():
    words = load_words(resources() / "words")
    package = Path(leadapp.__file__).parent
    for name in ("measures", "casework", "crisis", "naloxone"):
        text = "".join(file.read_text("utf-8") for file in (package / name).glob("*.py"))
        codes = set(re.findall(rf'"({name}\.[a-z_]+)"', text))
        assert codes - words.codes() == set()


def test_measures_come_in_the_order_of_the_files():
    other = GOOD.replace('id = "people"', 'id = "others"')
    assert list(read_measures({"a.toml": GOOD, "b.toml": other})) == ["people", "others"]
