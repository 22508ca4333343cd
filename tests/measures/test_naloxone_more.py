"""Rates, averages and shares of naloxone, counted by hand; the naloxone report's layout."""

from __future__ import annotations

import pytest

from leadapp.core.paths import resources
from leadapp.measures.layouts import load_layout
from leadapp.measures.periods import month

OCTOBER = month("2026-10")


def hand_out(county, **cells):
    known = {"ring": "supply", "day": "2026-10-10", "declined": "no", "setting": "event"}
    return county.add("naloxone_given", **(known | {"kits": 1, "doses": 2} | cells))


def use(county, *people, **cells):
    """Add a report; each person is (survived, administrations), each (giver, product, doses)."""
    given = [one for _, administrations in people for one in administrations]
    doses = sum(one[2] or 0 for one in given) if given else None
    known = {"ring": "law-sheriff", "day": "2026-10-12", "reporter": "law", "agency": "sheriff"}
    record = county.add("naloxone_used", **(known | {"doses": doses} | cells))
    mg = {"nasal_4": 4.0, "nasal_8": 8.0, "im_vial": 0.4}
    number = 0
    for at, (survived, administrations) in enumerate(people):
        own = sum(one[2] or 0 for one in administrations) if administrations else None
        county.add("naloxone_person", record_id=record, n=at, survived=survived, doses=own)
        for giver, product, count in administrations:
            each = mg.get(product)
            amount = None if each is None or count is None else each * count
            county.add(
                "naloxone_administration", record_id=record, n=number, giver=giver,
                product=product, doses=count, mg=amount,
            )  # fmt: skip
            number += 1
    return record


def test_who_paid_is_that_of_the_lot_and_the_groups_add_up(county):
    for lot, funding in (("a", "settlement"), ("b", "sor")):
        county.add("lot", record_id=lot, funding=funding)
    hand_out(county, lot_id="a", kits=3, doses=6)
    hand_out(county, lot_id="b", kits=2, doses=5)
    hand_out(county, lot_id="", kits=1, doses=2)
    hand_out(county, lot_id="a", kits=9, doses=18, declined="yes")
    hand_out(county, lot_id="a", kits=9, doses=18, day="2026-11-01")
    kits = county.figure("naloxone_kits_by_funding", OCTOBER)
    doses = county.figure("naloxone_doses_by_funding", OCTOBER)
    assert kits.by_group == {"settlement": 3, "sor": 2, "": 1}
    assert doses.by_group == {"settlement": 6, "sor": 5, "": 2}
    assert (kits.value, doses.value) == (6, 13)
    assert doses.value == county.value("naloxone_doses_given", OCTOBER)
    assert doses.unknown == 1


def test_what_is_not_naloxone_is_kept_apart(county):
    county.add("product", record_id="own", substance="other")
    county.add("product", record_id="nasal_4", substance="naloxone")
    hand_out(county, product="nasal_4", doses=2)
    hand_out(county, product="other_antagonist", doses=4)
    hand_out(county, product="own", doses=8)
    hand_out(county, product="own", doses=16, declined="yes")
    assert county.value("naloxone_doses_given", OCTOBER) == 2
    assert county.value("naloxone_kits_given", OCTOBER) == 1
    assert county.value("naloxone_doses_by_funding", OCTOBER) == 2
    assert county.value("naloxone_kits_by_funding", OCTOBER) == 1
    assert county.value("naloxone_others_given", OCTOBER) == 12


def test_the_route_of_a_product_of_the_county_is_that_of_its_record(county):
    county.add("product", record_id="own", route="injection")
    county.add("product", record_id="else", route="other")
    use(county, ("yes", [("law", "own", 1), ("law", "nasal_4", 1), ("law", "else", 1)]))
    assert county.figure("naloxone_by_route", OCTOBER).by_group == {
        "injection": 1, "nasal": 1, "other": 1,
    }  # fmt: skip


def test_declined_offers_are_counted_apart(county):
    hand_out(county)
    hand_out(county, declined="yes", kits=None, doses=None)
    assert county.value("naloxone_declined", OCTOBER) == 1


def test_use_reports_for_each_dose_given(county):
    assert county.value("naloxone_reversal_rate", OCTOBER) is None
    hand_out(county, kits=4, doses=8)
    use(county, ("yes", [("deputy", "nasal_4", 1)]))
    use(county, ("yes", [("deputy", "nasal_4", 1)]))
    assert county.value("naloxone_reversal_rate", OCTOBER) == 2 / 8


@pytest.fixture
def events(county):
    dose = ("law", "nasal_4", 1)
    use(county, ("yes", [dose, ("ems", "nasal_4", 1)]))  # 8 mg
    use(county, ("yes", [("law", "nasal_8", 1)]), ("no", [dose]))  # 12 mg, two people
    use(county, ("unknown", [("friend", "unknown", 2)]), reporter="community")
    use(county, ("yes", [dose, ("friend", "other_antagonist", 1)]))
    use(county, ("yes", [("law", "im_vial", 3)]))  # 1.2 mg
    use(county, ("", []))
    use(county, ("yes", [dose]), day="2026-11-01")
    return county


def test_the_average_dose_leaves_out_who_got_an_unknown_one(events):
    found = events.figure("naloxone_mg_per_person", OCTOBER)
    assert found.value == pytest.approx((8 + 12 + 1.2) / 4)
    assert found.unknown == 3


def test_doses_at_an_event(events):
    assert events.figure("naloxone_events_by_doses", OCTOBER).by_group == {
        "2": 4,
        "3_up": 1,
        "": 1,
    }


def test_an_event_counts_once_for_each_who_gave(events):
    found = events.figure("naloxone_events_by_giver", OCTOBER)
    assert found.by_group == {"law": 4, "ems": 1, "friend": 2}
    assert found.value == 5


def test_routes_and_agencies_count_times_given(events):
    routes = events.figure("naloxone_by_route", OCTOBER)
    assert routes.by_group == {"nasal": 5, "injection": 1, "unknown": 2}
    agencies = events.figure("naloxone_by_agency", OCTOBER)
    assert agencies.by_group == {"sheriff": 7, "community": 1}
    assert routes.value == agencies.value == 8


def test_survival_is_three_shares_of_one_whole(events):
    names = ("naloxone_survival", "naloxone_died_share", "naloxone_survival_unknown_share")
    assert [events.value(name, OCTOBER) for name in names] == [4 / 7, 1 / 7, 2 / 7]
    assert events.value("naloxone_people_not_survived", OCTOBER) == 1
    assert events.value("naloxone_people_survival_unknown", OCTOBER) == 2


def test_911_is_out_of_those_who_say(county):
    for answer in ("yes", "yes", "no", "unknown", ""):
        use(county, ("yes", []), reporter="community", called_911=answer)
    use(county, ("yes", []), reporter="law", called_911="")
    assert county.value("naloxone_911", OCTOBER) == 5
    assert county.value("naloxone_911_yes", OCTOBER) == 2
    assert county.value("naloxone_911_answered", OCTOBER) == 3
    assert county.value("naloxone_911_share", OCTOBER) == 2 / 3
    assert county.figure("naloxone_911", OCTOBER).unknown == 2


def test_a_kit_can_be_left_where_someone_survived(county):
    for survived, left in (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("yes", "")):
        use(county, (survived, []), kit_left=left)
    use(county, ("no", []), ("yes", []), kit_left="yes")
    assert county.value("naloxone_kit_could_stay", OCTOBER) == 3
    assert county.value("naloxone_kit_left", OCTOBER) == 2
    assert county.value("naloxone_leave_behind_rate", OCTOBER) == 2 / 3


def move(county, lot, from_place, to_place, doses, day="2026-10-05"):
    county.add(
        "movement", ring="shared", day=day, lot_id=lot, from_place=from_place,
        to_place=to_place, doses=doses, move="transferred",
    )  # fmt: skip


@pytest.fixture
def shelves(county):
    county.add("lot", record_id="good", expiry="2027-05-31", doses_per_kit=2)
    county.add("lot", record_id="old", expiry="2026-10-30", doses_per_kit=2)
    for name, kind, agency, active in (
        ("store", "store", "health", "yes"),
        ("car1", "vehicle", "sheriff", "yes"),
        ("car2", "vehicle", "sheriff", "yes"),
        ("car3", "vehicle", "sheriff", ""),
        ("car4", "vehicle", "sheriff", "no"),
    ):
        county.add(
            "place", record_id=name, ring="shared", day="2026-01-02", place_kind=kind,
            agency=agency, active=active,
        )  # fmt: skip
    move(county, "good", "supplier", "store", 40)
    move(county, "old", "supplier", "store", 10)
    move(county, "good", "store", "car1", 6)
    move(county, "old", "store", "car2", 4)
    move(county, "good", "store", "car4", 4)
    move(county, "good", "store", "car3", 2)
    move(county, "good", "car3", "public", 2)
    return county


def test_cars_equipped_hold_something_not_expired(shelves):
    assert shelves.value("stock_carriers", OCTOBER) == 3
    assert shelves.value("stock_carriers_equipped", OCTOBER) == 1
    assert shelves.value("stock_equipped_share", OCTOBER) == 1 / 3


def test_kits_on_hand_by_agency(shelves):
    found = shelves.figure("stock_kits_available", OCTOBER)
    assert found.by_group == {"health": 14, "sheriff": 5}
    assert found.value == shelves.value("stock_usable", OCTOBER) / 2


def test_jail_release_is_taken_out_of_offered(county):
    hand_out(county, setting="jail_release")
    hand_out(county, setting="jail_release", kits=5, doses=10)
    hand_out(county, setting="jail_release", declined="yes")
    hand_out(county, setting="jail_lobby")
    assert county.value("naloxone_jail_offers", OCTOBER) == 3
    assert county.value("naloxone_jail_taken", OCTOBER) == 2
    assert county.value("naloxone_jail_share", OCTOBER) == 2 / 3


def test_sites_report_with_a_hand_out_from_them(county):
    for name, kind, active in (
        ("lobby", "machine", "yes"),
        ("cells", "jail", "yes"),
        ("church", "partner", ""),
        ("closed", "partner", "no"),
        ("store", "store", "yes"),
    ):
        county.add(
            "place", record_id=name, ring="shared", day="2026-01-02", place_kind=kind, active=active
        )
    for place in ("lobby", "lobby", "closed", "store"):
        hand_out(county, from_place=place)
    hand_out(county, from_place="church", day="2026-09-30")
    assert county.value("naloxone_sites", OCTOBER) == 3
    assert county.value("naloxone_sites_reporting", OCTOBER) == 1
    assert county.value("naloxone_sites_share", OCTOBER) == 1 / 3


@pytest.fixture(scope="module")
def layout(measures):
    return load_layout(resources() / "reports" / "naloxone.toml", measures)


def test_the_naloxone_report_adds_up_its_stock(layout):
    (ledger,) = [table for table in layout.tables if table.adds_up]
    assert [line.total for line in ledger.lines] == [False] * 6 + [True]
    assert ledger.lines[0].measure == "stock_first_day"


def test_the_naloxone_report_shows_every_new_measure_or_what_is_made_of_it(layout, measures):
    made_of = {
        part
        for name in layout.measures
        if measures[name].is_ratio
        for part in (measures[name].numerator, measures[name].denominator)
    }
    new = [name for name, measure in measures.items() if measure.source.startswith("Naloxone N")]
    unseen = set(new) - set(layout.measures) - made_of
    assert unseen == set()


def test_charts_and_groups_name_each_group_once(layout):
    for table in layout.tables:
        groups = [(line.measure, group) for line in table.lines for group in line.groups]
        assert len(groups) == len(set(groups)), table.title
