"""The stock at a desk: written, looked at, counted, taken back. With the faults of other systems."""

from __future__ import annotations

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.core.problems import Severity
from leadapp.forms.session import Submission
from leadapp.journal.rings import SHARED
from leadapp.naloxone.cartons import lot_of
from leadapp.services import accounts, filling, stock, unlock
from leadapp.services.stock import LedgerQuery, NewLot, NewMovement
from leadapp.staff.roles import Role
from tests.services.made_county import NOW, PASSWORD, day, new_desk, put, sit

SECOND = "Lena Marsh"


@pytest.fixture
def desk(tmp_path):
    desk = new_desk(tmp_path, roles=frozenset({Role.COORDINATOR, Role.STOCK_MANAGER}))
    yield desk
    unlock.lock(desk)


@pytest.fixture
def second(desk):
    """Return another person who writes stock."""
    return another(desk, SECOND, Role.STOCK_MANAGER)


def another(desk, name, role):
    new = accounts.NewUser(name=name, roles=frozenset({role}), password=PASSWORD)
    return accounts.add_user(desk, new)


def place(desk, name="Store", kind="store", minimum=""):
    answers = {"name": name, "place_kind": kind, "active": "yes", "minimum": minimum}
    return put(desk, SHARED, "place", answers)


def lot(desk, number="NX1", expiry=None, doses_per_kit=2):
    expiry = day(-400) if expiry is None else expiry
    record, _ = stock.add_lot(desk, NewLot("nasal_4", number, expiry, doses_per_kit, "settlement"))
    return record


def move(desk, what, of, start="", end="", doses=10, *, kits=0, ago=0, **more):
    return stock.record(desk, NewMovement(what, of, start, end, doses, kits, day(ago), **more))


def on_hand(desk, of, where):
    held = {(one.lot, one.place): one.doses for one in stock.view(desk).held}
    return held.get((of, where), 0)


def suggested(desk, where):
    line = stock.suggest_lot(desk, where)
    return line.lot if line else ""


def refused(act, *rest, **more):
    with pytest.raises(Refusal) as told:
        act(*rest, **more)
    problems = {problem.code for problem in told.value.problems}
    return problems or {told.value.code}


# -- looking ---------------------------------------------------------------------------------


def test_stock_is_seen_by_lot_and_place_with_kits_and_doses(desk):
    store, car = place(desk, minimum="40"), place(desk, "Unit 9", "vehicle", "4")
    soon, later = lot(desk, "SOON", day(-50)), lot(desk, "LATER")
    move(desk, "received", soon, "", store, 7)
    move(desk, "received", later, "", store, 20)
    move(desk, "transferred", later, store, car, 5)
    seen = stock.view(desk)
    assert [(one.lot_number, one.on_hand, one.expiry_state) for one in seen.lots] == [
        ("SOON", 7, "within_60"), ("LATER", 20, "good"),
    ]  # fmt: skip
    assert [(one.name, one.on_hand, one.below) for one in seen.places] == [
        ("Store", 22, True), ("Unit 9", 5, False),
    ]  # fmt: skip
    kits = {(one.lot, one.place): (one.doses, one.kits) for one in seen.held}
    assert kits == {(soon, store): (7, 3), (later, store): (15, 7), (later, car): (5, 2)}
    assert (seen.figures.on_hand, seen.figures.expiring_60) == (27, 7)
    assert (seen.figures.below_minimum, seen.figures.over_issued) == (1, 0)


def test_expired_doses_do_not_fill_a_place(desk):
    store = place(desk, minimum="4")
    old = lot(desk, "OLD", day(1))
    move(desk, "received", old, "", store, 10)
    (line,) = stock.view(desk).places
    assert (line.on_hand, line.fit, line.below) == (10, 0, True)


def test_the_ledger_says_what_is_left_after_each_line(desk):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = lot(desk)
    move(desk, "received", one, "", store, 20, ago=40)
    move(desk, "transferred", one, store, car, 6, ago=40)
    move(desk, "left_behind", one, car, "", 2, kits=1, ago=3)
    move(desk, "used", one, car, "", 1, ago=2)
    lines = stock.ledger(desk, LedgerQuery())
    assert [(x.move, x.change, x.left) for x in lines] == [
        ("used", -1, 17), ("left_behind", -2, 18), ("transferred", 0, 20), ("received", 20, 20),
    ]  # fmt: skip
    assert (lines[1].to_name, lines[1].from_name, lines[1].kits) == ("Given to people", "Unit 9", 1)
    assert lines[0].author_name == desk.name


@pytest.mark.parametrize(
    ("query", "moves"),
    [
        (LedgerQuery(moves=("used",)), ["used"]),
        (LedgerQuery(moves=("used", "received")), ["used", "received"]),
        (LedgerQuery(first_day=day(5)), ["used"]),
        (LedgerQuery(last_day=day(5)), ["transferred", "received"]),
        (LedgerQuery(offset=1, limit=1), ["transferred"]),
        (LedgerQuery(offset=9), []),
    ],
)
def test_the_ledger_is_narrowed_and_counted_alike(desk, query, moves):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = lot(desk)
    move(desk, "received", one, "", store, 20, ago=40)
    move(desk, "transferred", one, store, car, 6, ago=39)
    move(desk, "used", one, car, "", 1, ago=2)
    assert [line.move for line in stock.ledger(desk, query)] == moves
    if not query.offset:
        assert stock.ledger_count(desk, query) == len(moves)
    of_car = LedgerQuery(place=car)
    assert [line.move for line in stock.ledger(desk, of_car)] == ["used", "transferred"]
    assert stock.ledger_count(desk, of_car) == 2
    assert stock.ledger_count(desk, LedgerQuery(lot=one)) == 3


def test_a_deep_page_is_the_page_that_counting_down_finds(desk, monkeypatch):
    store = place(desk)
    one = lot(desk)
    for ago in range(0, 150, 10):
        move(desk, "received", one, "", store, ago + 1, ago=ago)
    whole = stock.ledger(desk, LedgerQuery(limit=99))
    monkeypatch.setattr("leadapp.services.stock.lines._DEEP", 1)
    pages = [stock.ledger(desk, LedgerQuery(offset=at, limit=4)) for at in range(0, 15, 4)]
    assert [line for page in pages for line in page] == list(whole)
    assert stock.ledger(desk, LedgerQuery(lot=one, offset=14)) == whole[14:]


def test_the_books_at_the_end_of_a_day_add_up_from_one_month_to_the_next(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 20, kits=10, ago=60)
    move(desk, "given", one, store, "", 4, kits=2, ago=30)
    move(desk, "given", one, store, "", 2, kits=1, ago=0)
    found = [
        [(line.doses, line.kits) for line in stock.books_on(desk, day(ago))]
        for ago in (61, 60, 31, 30, 1, 0)
    ]
    assert found == [[], [(20, 10)], [(20, 10)], [(16, 8)], [(16, 8)], [(14, 7)]]


def test_the_first_to_expire_is_suggested_and_never_what_has_expired(desk):
    store = place(desk)
    old, soon, later, undated = (
        lot(desk, "OLD", day(1)), lot(desk, "SOON", day(-20)), lot(desk, "LATER"), lot(desk, "U", ""),
    )  # fmt: skip
    for one in (undated, later, old):
        move(desk, "received", one, "", store, 4)
    assert suggested(desk, store) == later
    move(desk, "received", soon, "", store, 4)
    assert suggested(desk, store) == soon
    assert stock.suggest_lot(desk, store, "nasal_8") is None


def test_surplus_is_what_is_above_the_minimum_of_what_expires_first(desk):
    store = place(desk, minimum="10")
    soon, later = lot(desk, "SOON", day(-80)), lot(desk, "LATER")
    move(desk, "received", soon, "", store, 6)
    move(desk, "received", later, "", store, 20)
    place(desk, "Unit 9", "vehicle")
    assert [(one.lot_number, one.doses, one.kits) for one in stock.surplus(desk)] == [
        ("SOON", 6, 3), ("LATER", 10, 5),
    ]  # fmt: skip


# -- writing ---------------------------------------------------------------------------------


def test_short_books_stop_an_issue_and_never_a_hand_out_in_the_field(desk):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = lot(desk)
    move(desk, "received", one, "", store, 2)
    assert refused(move, desk, "issued", one, store, car, 4) == {"naloxone.shortfall"}
    move(desk, "given", one, store, "", 4)
    (line, _) = stock.ledger(desk, LedgerQuery())
    assert (line.shortfall, line.left, on_hand(desk, one, store)) == (True, -2, -2)
    assert stock.view(desk).figures.over_issued == 1
    assert [problem.code for problem in stock.view(desk).problems] == ["naloxone.below_zero"]


def test_expired_stock_is_issued_only_with_a_reason_on_record(desk):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    old = lot(desk, "OLD", day(1))
    move(desk, "received", old, "", store, 4)
    assert refused(move, desk, "issued", old, store, car, 2) == {"naloxone.expired_lot"}
    told = refused(move, desk, "issued", old, store, car, 2, override_reason="he said so")
    assert told == {"naloxone.no_such_reason"}
    move(desk, "issued", old, store, car, 2, override_reason="nothing_else")
    assert stock.ledger(desk, LedgerQuery(moves=("issued",)))[0].override


@pytest.mark.parametrize("what", ["lost", "stolen", "recalled", "adjusted"])
def test_a_loss_takes_two_people_and_a_reason(desk, second, what):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    alone = {"naloxone.reason_needed", "naloxone.second_person_needed"}
    assert refused(move, desk, what, one, store, "", 2) == alone
    assert refused(move, desk, what, one, store, "", 2, reason="missing", approver=desk.user) == {
        "naloxone.second_person_needed"
    }
    confirmed = {"approver": second, "password": PASSWORD}
    move(desk, what, one, store, "", 2, reason="missing", **confirmed)
    assert (on_hand(desk, one, store), stock.ledger(desk, LedgerQuery())[0].approver) == (8, second)


def test_who_left_or_writes_no_stock_is_no_second_person(desk, second):
    clerk = another(desk, "Bo Clerk", Role.REPORT_CLERK)
    assert [one.user for one in stock.approvers(desk)] == [second]
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    told = refused(move, desk, "lost", one, store, "", 2, reason="missing", approver=clerk)
    assert told == {"naloxone.second_person_needed"}
    accounts.disable_user(desk, second)
    assert stock.approvers(desk) == ()


def test_taking_back_is_done_once_and_leaves_both_lines(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10, kits=5)
    (line,) = stock.ledger(desk, LedgerQuery())
    stock.undo(desk, line.movement, day(0))
    assert stock.undo(desk, line.movement, day(0)).entries == ()
    back, first = stock.ledger(desk, LedgerQuery())
    assert (back.reverses, back.left, first.reversed) == (first.movement, 0, True)
    assert refused(stock.undo, desk, back.movement, day(0)) == {"naloxone.reversal_stays"}
    assert stock.books_on(desk, day(0)) == ()


def test_a_movement_is_neither_corrected_nor_voided_past_the_ledger(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    (line,) = stock.ledger(desk, LedgerQuery())
    stored = desk.reader.record(SHARED, line.movement)
    lookup = desk.lookup("shared")
    assert refused(filling.correct, desk, stored, lookup=lookup) == {"naloxone.movement_stays"}
    known = filling.undone_by_void(desk, stored)
    assert refused(filling.void, desk, stored, known, reason="x") == {"naloxone.movement_stays"}


def test_a_hand_out_undone_in_the_ledger_stays_undone_when_its_form_is_corrected(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    saved = filling.submit(desk, "naloxone_given", hand_out(one, store))
    (line,) = stock.ledger(desk, LedgerQuery(moves=("given",)))
    stock.undo(desk, line.movement, day(0))
    form = filling.correct(
        desk, desk.reader.record(saved.ring, saved.record), lookup=desk.lookup("supply")
    )
    filling.put_answers(desk, form, {"doses": "4", "kits": "2"})
    submission = filling.ready(desk, form)
    assert isinstance(submission, Submission)
    filling.save(desk, form, submission, filling.gather(desk, form, submission), reason="slip")
    assert on_hand(desk, one, store) == 10


def hand_out(of, where, **more):
    return {
        "day": day(0), "county": "Alder", "declined": "no", "setting": "event",
        "giver": "case_manager", "recipient": "friend", "kits": "1", "doses": "2",
        "product": "nasal_4", "lot": of, "from_place": where, "instruction": "spoken", **more,
    }  # fmt: skip


def test_a_movement_tells_noon_of_its_day_and_no_text(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10, ago=3)
    (line,) = stock.ledger(desk, LedgerQuery())
    (entry,) = desk.reader.history(SHARED, line.movement)
    assert entry.at.startswith(f"{day(3)}T12:00:00")
    answers = desk.reader.record(SHARED, line.movement).answers
    assert {name.rpartition("/")[2] for name in answers} <= {
        "day", "lot", "from_place", "to_place", "move", "doses", "kits", "shortfall", "override",
        "override_reason", "reason", "approver", "reverses", "replaces",
    }  # fmt: skip


# -- counting and the faults of other systems ------------------------------------------------


def test_a_count_is_held_against_the_books_when_it_is_written_not_the_sheet(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    (line,) = stock.count_sheet(desk, store)
    assert line.expected == 10
    move(desk, "given", one, store, "", 2)
    stock.record_count(desk, store, {one: 8}, approver="", reason="", day=day(0))
    assert on_hand(desk, one, store) == 8
    assert stock.ledger_count(desk, LedgerQuery(moves=("adjusted",))) == 0
    assert stock.view(desk).places[0].last_counted == day(0)


def test_a_count_below_what_was_expected_or_set_aside_is_taken_as_counted(desk, second):
    store = place(desk, minimum="10")
    one = lot(desk)
    move(desk, "received", one, "", store, 10)
    stock.record_count(
        desk, store, {one: 0}, approver=second, password=PASSWORD, reason="", day=day(0)
    )
    assert on_hand(desk, one, store) == 0


def test_adjusting_twice_shows_below_nothing_and_the_next_count_puts_it_right(desk, second):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 3)
    for doses in (3, 2):  # as two laptops do that counted the same shelf and then met
        put(
            desk, SHARED, "stock_movement",
            {
                "day": day(0), "move": "adjusted", "lot": one, "from_place": store,
                "to_place": "counted", "doses": str(doses), "approver": second,
            },
        )  # fmt: skip
    assert on_hand(desk, one, store) == -2
    assert stock.view(desk).figures.over_issued == 1
    assert stock.count_sheet(desk, store)[0].expected == -2
    stock.record_count(
        desk, store, {one: 1}, approver=second, password=PASSWORD, reason="", day=day(0)
    )
    assert (on_hand(desk, one, store), stock.view(desk).problems) == (1, ())


def test_a_count_that_differs_takes_two_people(desk, second):
    store = place(desk)
    one, found = lot(desk), lot(desk, "FOUND")
    move(desk, "received", one, "", store, 10)
    counted = {one: 9, found: 4}
    told = refused(stock.record_count, desk, store, counted, approver="", reason="", day=day(0))
    assert told == {"naloxone.second_person_needed"}
    stock.record_count(
        desk, store, counted, approver=second, password=PASSWORD, reason="", day=day(0)
    )
    assert (on_hand(desk, one, store), on_hand(desk, found, store)) == (9, 4)
    told = refused(stock.record_count, desk, store, {one: -1}, approver="", reason="", day=day(0))
    assert told == {"naloxone.counted_below_zero"}


def test_a_lot_without_a_last_day_is_in_stock_told_of_and_comes_last(desk):
    store = place(desk)
    undated, dated = lot(desk, "A", ""), lot(desk, "B")
    move(desk, "received", undated, "", store, 4)
    assert suggested(desk, store) == undated
    move(desk, "received", dated, "", store, 4)
    seen = stock.view(desk)
    assert [(one.lot_number, one.expiry_state) for one in seen.lots] == [
        ("B", "good"), ("A", "unknown"),
    ]  # fmt: skip
    assert [problem.code for problem in seen.problems] == ["naloxone.lots_without_expiry"]
    assert suggested(desk, store) == dated


def test_an_issue_dated_before_the_receipt_is_stopped_at_the_desk_and_flagged_in_the_field(desk):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = lot(desk)
    move(desk, "received", one, "", store, 10, ago=5)
    assert refused(move, desk, "issued", one, store, car, 4, ago=9) == {"naloxone.before_receipt"}
    new = NewMovement("used", one, store, "", 4, 0, day(9))
    (told,) = stock.check(desk, new)
    assert (told.code, told.severity) == ("naloxone.before_receipt", Severity.WARNING)
    stock.record(desk, new)
    assert stock.ledger(desk, LedgerQuery(moves=("used",)))[0].shortfall
    move(desk, "issued", one, store, car, 6, ago=5)
    assert refused(move, desk, "issued", one, store, car, 1) == {"naloxone.shortfall"}


# -- lots ------------------------------------------------------------------------------------


def test_a_notice_puts_a_later_day_on_its_lot_alone_and_keeps_the_old_one(desk):
    one, other = lot(desk, "A", day(-10)), lot(desk, "B", day(-10))
    stock.extend(desk, one, day(-300), "Maker's letter 12", day(3))
    lines = {line.lot: line for line in stock.view(desk).lots}
    assert (lines[one].expiry, lines[one].extended_from) == (day(-300), day(-10))
    assert (lines[other].expiry, lines[other].extended_from) == (day(-10), "")
    stock.extend(desk, one, day(-400), "Maker's letter 15", day(1))
    again = next(line for line in stock.view(desk).lots if line.lot == one)
    assert (again.expiry, again.extended_from) == (day(-400), day(-300))
    assert len(desk.reader.history(SHARED, one)) == 3


def test_a_last_day_changes_only_by_a_notice_and_only_to_a_later_one(desk):
    one = lot(desk, "A", day(-10))
    assert refused(stock.extend, desk, one, day(-300), " ", day(3)) == {"naloxone.notice_needed"}
    assert refused(stock.extend, desk, one, day(-5), "Letter", day(3)) == {"naloxone.not_later"}
    told = refused(stock.extend, desk, one, day(-300), "Letter", day(-1))
    assert told == {"naloxone.notice_day_needed"}


def test_a_lot_is_added_once(desk):
    lot(desk, "NX1")
    told = refused(stock.add_lot, desk, NewLot("nasal_4", "nx1", "", 2, "local"))
    assert told == {"naloxone.lot_there"}
    stock.add_lot(desk, NewLot("nasal_3", "NX1", "", 2, "local"))


def test_a_scanned_carton_finds_its_lot(desk):
    scanned = stock.read_code("01003695473530251727063010NX77")
    new = NewLot("nasal_4", scanned.lot_number, scanned.expiry, 2, "local", scanned.gtin)
    one, _ = stock.add_lot(desk, new)
    found = lot_of(scanned, stock.view(desk).lots)
    assert found is not None
    assert (found.lot, found.expiry, found.gtin) == (one, "2027-06-30", scanned.gtin)


def test_a_recall_names_shelves_and_hand_outs_and_takes_the_lot_off(desk, second):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = lot(desk)
    move(desk, "received", one, "", store, 20)
    move(desk, "transferred", one, store, car, 6)
    filling.submit(desk, "naloxone_given", hand_out(one, car))
    move(desk, "used", one, car, "", 1)
    move(desk, "given", one, car, "", 1)
    stock.undo(desk, stock.ledger(desk, LedgerQuery(moves=("given",)))[0].movement, day(0))
    seen = stock.recall(desk, one)
    names = dict(seen.place_names)
    assert {names[held.place]: held.doses for held in seen.held}["Store"] == 14
    assert seen.on_hand + seen.doses_handed_out + seen.doses_used == 20
    stock.record_recall(desk, one, approver=second, password=PASSWORD, day=day(0))
    after = stock.recall(desk, one)
    assert (after.held, after.on_hand) == ((), 0)
    told = refused(stock.record_recall, desk, one, approver=second, password=PASSWORD, day=day(0))
    assert told == {"naloxone.nothing_to_recall"}


def test_a_recalls_hand_outs_know_the_setting_where_their_form_is_open(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 20)
    filling.submit(desk, "naloxone_given", hand_out(one, store))
    (found,) = stock.recall(desk, one).hand_outs
    assert (found.setting, found.doses, found.kits, found.from_name) == ("event", 2, 1, "Store")


# -- registers, codes, roles -----------------------------------------------------------------


def test_the_register_says_which_orders_hold_on_a_day(desk):
    order = {
        "order_type": "distribution", "prescriber": "Dr. Marsh", "organisation": "Sheriff",
        "products": "nasal_4", "first_day": day(300), "last_day": day(10),
    }  # fmt: skip
    put(desk, SHARED, "standing_order", order)
    assert [one.state for one in stock.standing_orders(desk, day(0))] == ["ended"]


def test_a_hand_out_without_a_standing_order_is_kept_and_told(desk):
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 20)
    told = filling.submit(desk, "naloxone_given", hand_out(one, store)).warnings
    assert [problem.code for problem in told] == ["naloxone.no_order"]
    order = {"order_type": "statewide", "prescriber": "Dr. Marsh", "first_day": day(300)}
    put(desk, SHARED, "standing_order", order)
    assert filling.submit(desk, "naloxone_given", hand_out(one, store)).warnings == ()


def test_an_inspection_is_kept_by_place(desk):
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    look = {"day": day(2), "place": car, "present": "no", "action": "replace"}
    filling.submit(desk, "kit_inspection", look)
    assert [(one.place_name, one.action) for one in stock.inspections(desk, car)] == [
        ("Unit 9", "replace")
    ]
    assert stock.inspections(desk, store) == ()


def test_self_made_codes_are_off_until_the_county_turns_them_on_and_only_in_supply(desk):
    assert not stock.codes_on(desk)
    assert refused(stock.mark_of, desk, "blue7fox") == {"naloxone.codes_off"}
    stock.use_codes(desk, on=True)
    mark = stock.mark_of(desk, "blue7fox")
    assert mark == stock.mark_of(desk, "Blue 7 Fox")
    stock.use_codes(desk, on=True)
    assert stock.mark_of(desk, "blue7fox") == mark
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 20)
    saved = filling.submit(desk, "naloxone_given", hand_out(one, store, code_mark=mark))
    assert saved.ring == "supply"
    for companion in saved.companions:
        assert mark not in str(desk.reader.record(SHARED, companion).answers)
    stock.use_codes(desk, on=False)
    assert refused(stock.mark_of, desk, "blue7fox") == {"naloxone.codes_off"}


@pytest.mark.parametrize("law", [False, True])
def test_a_kiosk_moves_stock_on_either_sort_of_computer_and_sees_no_one(tmp_path, law):
    setting_up = new_desk(tmp_path, law=law)
    kiosk = another(setting_up, "Kiosk", Role.STOCK_MANAGER)
    root = setting_up.root
    unlock.lock(setting_up)
    desk = sit(root, "Kiosk", SteppingClock(NOW))
    assert desk.user == kiosk
    assert set(desk.rings) == ({"sys", "shared"} if law else {"sys", "shared", "supply"})
    store = place(desk)
    one = lot(desk)
    move(desk, "received", one, "", store, 20)
    move(desk, "left_behind", one, store, "", 2, kits=1)
    assert stock.view(desk).figures.on_hand == 18
    writable = {source.form for source in filling.writable(desk)}
    assert {"lot", "place", "kit_inspection", "standing_order"} <= writable
    assert not writable & {"cit_contact", "person_care", "person_law", "lead_referral"}
    unlock.lock(desk)


def test_a_deputy_moves_what_a_car_carries_and_receives_nothing(tmp_path):
    desk = new_desk(tmp_path, law=True)
    store, car = place(desk), place(desk, "Unit 9", "vehicle")
    one = put(desk, SHARED, "lot", {"product": "nasal_4", "lot_number": "A", "doses_per_kit": "2"})
    assert refused(move, desk, "received", one, "", store, 20) == {"services.not_allowed"}
    move(desk, "given", one, car, "", 2)
    assert refused(stock.extend, desk, one, day(-9), "x", day(0)) == {"services.not_allowed"}
    (line,) = stock.ledger(desk, LedgerQuery())
    stock.undo(desk, line.movement, day(0))
    assert on_hand(desk, one, car) == 0
    unlock.lock(desk)
