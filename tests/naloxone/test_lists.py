"""Products and fixed places shipped as data."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Bug
from leadapp.core.paths import resources, shipped_forms
from leadapp.kinds.movement import PLACES
from leadapp.kinds.naloxone_used import MG_PER_DOSE
from leadapp.naloxone.lists import load_fixed_places, load_products

LISTS = resources() / "lists"


def test_products_are_those_the_lot_form_offers():
    form = (shipped_forms() / "lot" / "form.md").read_text("utf-8")
    offered = {
        line.split("|")[2].strip() for line in form.splitlines() if line.startswith("| product |")
    }
    assert set(load_products(LISTS)) == offered


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
