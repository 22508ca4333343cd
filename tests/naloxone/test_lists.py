"""Products and fixed places shipped as data."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Bug
from leadapp.core.paths import resources
from leadapp.kinds.movement import PLACES
from leadapp.kinds.naloxone_used import MG_PER_DOSE
from leadapp.naloxone.lists import load_fixed_places, load_products

LISTS = resources() / "lists"


def test_products_that_ship_say_how_they_are_given_and_what_is_not_naloxone():
    found = load_products(LISTS).values()
    assert {one.route for one in found} == {"nasal", "injection", "other"}
    assert [one.code for one in found if not one.naloxone] == ["other_antagonist"]


def test_milligrams_are_those_that_averages_are_made_of():
    found = load_products(LISTS)
    known = {code: one.mg_per_dose for code, one in found.items() if one.mg_per_dose is not None}
    assert known == MG_PER_DOSE


def test_fixed_places_are_those_movements_know_in_both_languages():
    assert {row.name for row in load_fixed_places(LISTS)} == set(PLACES)
    labels = {row.name: row.label for row in load_fixed_places(LISTS, "es")}
    assert labels["supplier"] == "Proveedor"


def test_a_list_that_lost_a_place_is_ours_to_mend(tmp_path):
    (tmp_path / "fixed_places.toml").write_text('[[place]]\ncode = "supplier"\nlabel = "S"\n')
    with pytest.raises(Bug, match=r"naloxone\.fixed_places_differ"):
        load_fixed_places(tmp_path)
