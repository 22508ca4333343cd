"""What a hand-out and a use report begin with: what is known of who writes, and no more."""

from __future__ import annotations

import pytest

from leadapp.journal.rings import SHARED
from leadapp.services import stock, unlock
from leadapp.staff.roles import Role
from tests.services.made_county import day, new_desk, put
from tests.services.test_stock import lot, move, place

DOSE = "people[1]/administrations[1]"


@pytest.fixture(params=["law", "office"])
def desk(tmp_path, request):
    law = request.param == "law"
    role = Role.DEPUTY if law else Role.CASE_MANAGER
    desk = new_desk(tmp_path, law=law, roles=frozenset({role, Role.STOCK_MANAGER}))
    yield desk
    unlock.lock(desk)


@pytest.fixture
def unit(desk):
    """Return the place this person handed out from, and what it holds."""
    unit, soon, late = place(desk, "Unit 9", "vehicle"), lot(desk, "SOON", day(-90)), lot(desk)
    for one in (late, soon):
        move(desk, "received", one, "", unit, 10)
    move(desk, "given", late, unit, "", 2)
    return unit, soon


def test_a_hand_out_begins_with_the_giver_the_usual_place_and_its_first_lot(desk, unit):
    known = stock.begins_with(desk, "naloxone_given", {})
    assert (known["from_place"], known["lot"]) == unit
    assert known["giver"] == ("deputy" if desk.side == "law" else "case_manager")
    assert known["county"] == desk.device.county


def test_only_a_deputys_use_report_takes_doses_beforehand(desk, unit):
    known = stock.begins_with(desk, "naloxone_used", {})
    found = (known.get("from_place"), known.get(f"{DOSE}/lot"))
    assert found == (unit if desk.side == "law" else (None, None))
    assert known["reporter"] == ("law" if desk.side == "law" else "staff")


def test_what_was_said_wins_and_nothing_is_known_of_other_forms(desk, unit):
    said = {"lot": "that one", "from_place": "there", "giver": "peer", "day": day(1)}
    known = stock.begins_with(desk, "naloxone_given", said)
    assert {name: known[name] for name in said} == said
    assert "product" not in known
    community = stock.begins_with(desk, "naloxone_used", {"reporter": "community"})
    assert f"{DOSE}/giver" not in community
    assert f"{DOSE}/lot" not in community
    assert stock.begins_with(desk, "kit_inspection", {"place": "here"}) == {"place": "here"}


def test_whoever_never_handed_out_here_begins_with_no_place(desk):
    put(desk, SHARED, "place", {"name": "Store", "place_kind": "store", "active": "yes"})
    assert "from_place" not in stock.begins_with(desk, "naloxone_given", {})
