"""The county's list of products: added, retired, offered; and lots that are called back."""

from __future__ import annotations

import pytest

from leadapp.core.problems import Severity
from leadapp.forms.session import Submission
from leadapp.journal.rings import SHARED
from leadapp.kinds.naloxone_used import MG_PER_DOSE
from leadapp.services import exporting, filling, reporting, stock, unlock
from leadapp.services.stock import NewLot, NewMovement
from leadapp.staff.rights import Reach, reach
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
from tests.services.made_county import PASSWORD, day, new_desk, put
from tests.services.test_stock import another, hand_out, lot, move, place, refused, suggested


@pytest.fixture
def desk(tmp_path):
    desk = new_desk(tmp_path, roles=frozenset({Role.COORDINATOR, Role.STOCK_MANAGER}))
    yield desk
    unlock.lock(desk)


def add(desk, name="Nasal 5 mg", **more):
    answers = {"name": name, "route": "nasal", "substance": "naloxone", "active": "yes", **more}
    return filling.submit(desk, "product", answers).record


def change(desk, product, **answers):
    stored = desk.reader.record(SHARED, product)
    begun = filling.correct(desk, stored, lookup=desk.lookup("shared"))
    filling.put_answers(desk, begun, answers)
    ready = filling.ready(desk, begun)
    assert isinstance(ready, Submission)
    filling.save(desk, begun, ready, filling.gather(desk, begun, ready))


def offered(desk, family="supply"):
    return [row.name for row in desk.lookup(family).search("products", "")]


def test_a_new_program_begins_with_the_products_that_ship_as_records_of_its_own(desk):
    listed = desk.reader.records(RecordQuery(kinds=("product",), limit=50))
    assert {line.record for line in listed} == {one.code for one in stock.products(desk)}
    strengths = {one.code: one.naloxone_mg for one in stock.products(desk) if one.naloxone_mg}
    assert strengths == MG_PER_DOSE


def test_a_product_the_county_adds_is_offered_for_lots_and_hand_outs_by_its_name(desk):
    new = add(desk, doses_per_kit="2", gtin="00369547353024")
    assert "Nasal 5 mg" in [one.label for one in stock.view(desk).products]
    assert new in offered(desk)
    assert ("00369547353024", new) in {(one.gtin, one.code) for one in stock.products(desk)}
    one, _ = stock.add_lot(desk, NewLot(new, "F5", day(-300), 2, "local"))
    store = place(desk)
    move(desk, "received", one, "", store, 10)
    assert stock.view(desk).lots[0].product_label == "Nasal 5 mg"
    filling.submit(desk, "naloxone_given", {**hand_out(one, store), "product": new})


def test_a_retired_product_is_offered_nowhere_and_its_lots_keep_its_name(desk):
    store, one = place(desk), lot(desk)
    move(desk, "received", one, "", store, 10)
    change(desk, "nasal_4", active="no")
    assert "nasal_4" not in offered(desk)
    assert "nasal_4" not in [one.code for one in stock.products(desk)]
    new = NewLot("nasal_4", "NX9", day(-300), 2, "local")
    assert refused(stock.add_lot, desk, new) == {"naloxone.no_product"}
    assert stock.view(desk).lots[0].product_label == "Nasal 4 mg"
    assert desk.lookup("supply").row("products", "nasal_4").label == "Nasal 4 mg"


def test_only_a_report_of_use_may_say_that_the_product_is_unknown(desk):
    assert "unknown" in offered(desk, "supply")
    assert "unknown" not in offered(desk, "shared")
    one, store = lot(desk), place(desk)
    answers = {**hand_out(one, store), "product": "unknown"}
    assert "forms.answer_breaks_rule" in refused(filling.submit, desk, "naloxone_given", answers)


def test_a_report_calls_the_countys_products_by_their_names(desk):
    store, new = place(desk), add(desk, doses_per_kit="2")
    one, _ = stock.add_lot(desk, NewLot(new, "F5", day(-300), 2, "local"))
    move(desk, "received", one, "", store, 10)
    move(desk, "received", lot(desk), "", store, 6)
    change(desk, new, active="no")
    paper = reporting.paper_of(desk, reporting.run_report(desk, "naloxone", "2026-11"))
    (table,) = [
        table
        for table in (*paper.tables, *paper.further)
        if table.title == "Doses on hand, by product"
    ]
    assert [(row.label, row.values[0]) for row in table.rows] == [
        ("Nasal 4 mg", "6"), ("Nasal 5 mg", "10"),
    ]  # fmt: skip


@pytest.mark.parametrize(("substance", "mg"), [("naloxone", 10.0), ("other", None)])
def test_an_average_dose_takes_the_countys_strength_and_naloxone_alone(desk, substance, mg):
    new = add(desk, strength="5", substance=substance)
    copy = "people[p1]/administrations[a1]"
    answers = {
        "reporter": "community", "day": day(1), "county": "Alder", "town": "286",
        "place_type": "home", "called_911": "yes", "replacement": "no", "people[p1]/survived": "yes",
        "people[p1]/state_before": "drowsy", f"{copy}/giver": "friend",
        f"{copy}/product": new, f"{copy}/doses": "2",
    }  # fmt: skip
    used = filling.submit(desk, "naloxone_used", answers).record
    rows = desk.reader.rows(
        "SELECT mg FROM naloxone_administration WHERE record_id = :record", {"record": used}
    )
    assert [row[0] for row in rows] == [mg]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.STOCK_MANAGER])
def test_whoever_may_set_a_program_up_or_keep_stock_may_write_products(role):
    """The first records of the list are an administrator's: other computers must take them."""
    assert reach(role, "write", "product", "shared") is Reach.ALL


# -- called back -----------------------------------------------------------------------------


@pytest.fixture
def shelves(desk):
    """Return a store, a car, the lot that expires first and another one at both."""
    store, car = place(desk), place(desk, "Unit 9", "vehicle", "2")
    soon, late = lot(desk, "SOON", day(-100)), lot(desk, "LATE", day(-400))
    for one in (soon, late):
        move(desk, "received", one, "", store, 20)
        move(desk, "transferred", one, store, car, 4)
    return store, car, soon, late


def recall(desk, one):
    write = {"recalled": day(0), "recall_notice": "Maker, letter of Nov 20"}
    change(desk, one, **write)


def test_a_recalled_lot_is_never_suggested_nor_counted_as_fit(desk, shelves):
    _store, car, soon, late = shelves
    assert suggested(desk, car) == soon
    recall(desk, soon)
    assert suggested(desk, car) == late
    assert {one.lot_number: one.recalled for one in stock.view(desk).lots} == {
        "SOON": True, "LATE": False,
    }  # fmt: skip
    fit = {one.name: one.fit for one in stock.view(desk).places}
    assert fit == {"Store": 16, "Unit 9": 4}
    assert soon not in {one.lot for one in stock.surplus(desk)}
    labels = [row.label for row in desk.lookup("supply").search("lots", "")]
    assert labels == ["Lot LATE", "Lot SOON, recalled"]


def test_issuing_a_recalled_lot_needs_a_reason_and_the_ledger_shows_it(desk, shelves):
    store, car, soon, _ = shelves
    recall(desk, soon)
    new = NewMovement("issued", soon, store, car, 2, 1, day(0))
    assert refused(stock.record, desk, new) == {"naloxone.recalled_lot"}
    move(desk, "issued", soon, store, car, 2, kits=1, override_reason="supervisor_order")
    assert stock.ledger(desk, stock.LedgerQuery(moves=("issued",)))[0].override


def test_a_field_hand_out_of_a_recalled_lot_is_told_and_never_blocked(desk, shelves):
    _, car, soon, _ = shelves
    recall(desk, soon)
    new = NewMovement("left_behind", soon, car, "", 2, 1, day(0))
    (told,) = stock.check(desk, new)
    assert (told.code, told.severity) == ("naloxone.recalled_lot", Severity.WARNING)
    stock.record(desk, new)


def test_taking_a_lot_off_one_shelf_as_recalled_calls_it_back_everywhere_until_undone(
    desk, shelves
):
    store, car, soon, late = shelves
    put_off = {
        "day": day(0), "move": "recalled", "lot": soon, "from_place": store,
        "to_place": "supplier", "doses": "16", "reason": "maker_notice",
    }  # fmt: skip
    movement = put(desk, SHARED, "stock_movement", put_off)
    assert suggested(desk, car) == late
    stock.undo(desk, movement, day(0))
    assert suggested(desk, car) == soon


def test_a_recall_marks_the_lot_for_every_list_and_taking_it_back_takes_the_mark_off(desk, shelves):
    store, _, soon, _ = shelves
    other = another(desk, "Lena Marsh", Role.STOCK_MANAGER)
    stock.record_recall(desk, soon, store, approver=other, password=PASSWORD, day=day(0))
    labels = [row.label for row in desk.lookup("supply").search("lots", "")]
    assert labels == ["Lot LATE", "Lot SOON, recalled"]
    (line,) = stock.ledger(desk, stock.LedgerQuery(moves=("recalled",)))
    stock.undo(desk, line.movement, day(0))
    labels = [row.label for row in desk.lookup("supply").search("lots", "")]
    assert labels == ["Lot LATE", "Lot SOON"]


def test_a_recall_by_notice_stands_though_a_shelf_is_put_back(desk, shelves):
    store, car, soon, late = shelves
    recall(desk, soon)
    other = another(desk, "Lena Marsh", Role.STOCK_MANAGER)
    stock.record_recall(desk, soon, store, approver=other, password=PASSWORD, day=day(0))
    (line,) = stock.ledger(desk, stock.LedgerQuery(moves=("recalled",)))
    stock.undo(desk, line.movement, day(0))
    assert suggested(desk, car) == late


# -- the standing order of a hand-out ----------------------------------------------------------


def order(desk, first, last="", products="", who="Dr. Roe"):
    answers = {
        "order_type": "statewide", "prescriber": who, "organisation": "Alder County",
        "products": products, "first_day": first, "last_day": last,
    }  # fmt: skip
    return filling.submit(desk, "standing_order", answers).record


def order_kept(desk, one, store, **more):
    saved = filling.submit(desk, "naloxone_given", {**hand_out(one, store), **more})
    stored = desk.reader.record(saved.ring, saved.record)
    return {**stored.answers, **stored.calculated}.get("kit/standing_order", "")


def test_a_hand_out_keeps_the_order_in_force_on_its_day_for_its_product(desk):
    one, store = lot(desk), place(desk)
    order(desk, day(900), day(500))
    other = order(desk, day(400), products="im_vial")
    assert order_kept(desk, one, store) == ""
    now = order(desk, day(300), day(-30), products="nasal_4 nasal_3")
    assert order_kept(desk, one, store) == now
    assert order_kept(desk, one, store, product="im_vial") == other
    assert order_kept(desk, one, store, day=day(350), product="im_vial") == other
    assert order_kept(desk, one, store, day=day(350)) == ""


def test_an_offer_declined_drops_its_kit_and_no_order(desk):
    order(desk, day(300))
    answers = {name: hand_out("", "")[name] for name in ("day", "county", "setting", "giver")}
    saved = filling.submit(
        desk, "naloxone_given", {**answers, "declined": "yes", "recipient": "friend"}
    )
    assert saved.dropped == 2  # the one kit and its two doses that stand there at first


def test_a_use_report_begins_with_the_lot_of_its_first_dose(desk):
    dose = "people[1]/administrations[1]"
    begun = filling.begin(
        desk,
        "naloxone_used",
        lookup=desk.lookup("supply"),
        prefill={"reporter": "staff", f"{dose}/giver": "staff", f"{dose}/product": "nasal_4"},
    )
    session = begun.session
    (person,) = session.copies("people")
    (first,) = session.copies(f"{person}/administrations")
    given = [session.state(f"{first}/{name}").value for name in ("giver", "product")]
    assert given == ["staff", "nasal_4"]


def test_the_mark_of_a_self_made_code_is_in_no_export_and_on_no_list(desk):
    stock.use_codes(desk, on=True)
    mark = stock.mark_of(desk, "blue 1987")
    one, store = lot(desk), place(desk)
    saved = filling.submit(desk, "naloxone_given", hand_out(one, store, code_mark=mark))
    assert stock.times_before(desk, mark) == 1
    made = exporting.gather(desk, "naloxone_given")
    written = b"".join(exporting.files(made, ".csv").values())
    assert saved.record.encode() in written
    assert mark.encode() not in written
    assert b"code_mark" not in written
