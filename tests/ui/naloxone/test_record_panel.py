"""The record panel by keys: few stops, two people for a loss, products, codes, called-back lots."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leadapp.journal.rings import SHARED
from leadapp.naloxone.codes import Scanned
from leadapp.services import filling, stock
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerQuery, NewMovement
from leadapp.ui.naloxone.record_panel import RecordPanel
from tests.services import made_county as county
from tests.ui.naloxone.counter import Counter, Keys, Shelves, held, opened


def focused(panel: RecordPanel) -> str:
    """Return the name of the question that has the focus."""
    focus = QApplication.focusWidget()
    found = (
        name
        for name, field in panel.fields.items()
        if focus is not None and (field.control is focus or field.control.isAncestorOf(focus))
    )
    return next(found, "")


def test_a_kit_left_behind_takes_a_dozen_keys_past_all_that_is_filled_in(
    keys: Keys,
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    panel = counter.page.panel
    panel.giver.set_value("deputy")
    keys.type("2")
    keys.enter()
    assert focused(panel) == "recipient"
    keys.type("just")
    keys.enter()
    assert focused(panel) == "shown"
    keys.type("y")
    keys.enter()
    assert panel.foot.record_button.hasFocus()
    keys.enter()
    assert counter.toasts != []
    assert held(office)[shelves.soon, shelves.cabinet] == 8
    assert keys.pressed <= 12


def test_the_second_kit_like_the_first_asks_only_who_and_whether_it_was_shown(
    keys: Keys,
    counter: Counter,
    office: Desk,
) -> None:
    panel = counter.page.panel
    panel.giver.set_value("peer")
    panel.setting.set_value("event")
    for _ in range(2):
        panel.recipient.set_value("friend")
        panel.shown.set_value("yes")
        counter.save()
    assert (panel.setting.value(), panel.giver.value()) == ("event", "peer")
    assert panel.recipient.value() is None
    assert panel.from_place.value() is not None
    assert stock.ledger_count(office, LedgerQuery(moves=("given",))) == 2


def test_the_place_offered_is_where_this_person_last_handed_out_from(
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    assert counter.page.panel.from_place.value() == shelves.cabinet
    stock.record(
        office, NewMovement("left_behind", shelves.late, shelves.car, "", 2, 1, county.day(1))
    )
    again = opened(counter.qtbot, counter.work, office)
    assert again.page.panel.from_place.value() == shelves.car


def test_a_use_report_starts_with_who_reports_and_the_lot_of_the_first_dose(
    counter: Counter,
    shelves: Shelves,
) -> None:
    panel = counter.page.panel
    panel.giver.set_value("deputy")
    wanted: list[tuple[str, dict[str, str]]] = []
    panel.form_wanted.connect(lambda form, answers: wanted.append((form, answers)))
    panel.start("used")
    counter.settle()
    counter.save()
    ((form, answers),) = wanted
    assert form == "naloxone_used"
    assert answers["reporter"] == "law"
    assert answers["people[1]/administrations[1]/lot"] == shelves.soon
    assert answers["people[1]/administrations[1]/product"] == "nasal_4"


# -- two people --------------------------------------------------------------------------------


def test_where_nobody_else_has_an_account_here_the_panel_says_so(
    counter: Counter,
    shelves: Shelves,
) -> None:
    panel = counter.page.panel
    panel.start("lost", shelves.late, shelves.car)
    counter.save()
    assert panel.fields["approver"].error == "Choose who else saw it"
    assert "Nobody else" in panel.second.approver.accessibleDescription()


# -- products ----------------------------------------------------------------------------------


def test_a_product_the_county_added_is_there_for_the_next_lot_and_known_by_its_carton(
    counter: Counter,
    office: Desk,
) -> None:
    answers = {
        "name": "Nasal 5 mg", "route": "nasal", "substance": "naloxone", "active": "yes",
        "doses_per_kit": "3", "gtin": "00369547353024",
    }  # fmt: skip
    product = filling.submit(office, "product", answers).record
    counter.page.on_shown()
    counter.settle()
    panel = counter.page.panel
    panel.lot.unknown.emit(Scanned(gtin="00369547353024", lot_number="F5", expiry="2028-01-31"))
    new_lot = counter.page.new_lot
    assert (new_lot.product.value(), new_lot.per_kit.text()) == (product, "3")
    new_lot.funding.set_value("local")
    counter.save()
    assert "F5" in [one.lot_number for one in stock.view(office).lots]


def test_a_new_product_is_begun_by_keys_while_stock_is_received(
    keys: Keys,
    counter: Counter,
) -> None:
    panel = counter.page.panel
    wanted: list[str] = []
    panel.form_wanted.connect(lambda form, _answers: wanted.append(form))
    keys.type("4")
    assert panel.kind() == "received"
    panel.questions.new_product_button.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert wanted == ["product"]


# -- called back -------------------------------------------------------------------------------


def test_a_recalled_lot_is_offered_last_and_by_that_name_and_never_suggested(
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    write = {"day": county.day(0), "move": "recalled", "lot": shelves.soon, "doses": "1",
             "from_place": shelves.cabinet, "to_place": "supplier", "reason": "maker_notice"}  # fmt: skip
    county.put(office, SHARED, "stock_movement", write)
    counter.page.on_shown()
    counter.settle()
    assert counter.rows()[0][6] == "Recalled"
    panel = counter.page.panel
    panel.start("issued", "", shelves.cabinet)
    counter.settle()
    chosen = panel.lot.lot()
    assert chosen is not None
    assert chosen.lot == shelves.late
    found: list[list[str]] = []
    panel.lot._find("NX", lambda hits: found.append([f"{one.label}: {one.sub}" for one in hits]))
    assert [hit.partition(",")[0] for hit in found[0]][1] == "NX4102: Recalled"
    panel.choose(shelves.soon, shelves.cabinet)
    panel.to_place.set_value(shelves.car)
    panel._settle()
    counter.settle()
    assert "was recalled" in panel.foot.against.text()
    assert panel.fields["override"].isVisibleTo(panel)
    counter.save()
    assert counter.toasts == []
    assert focused(panel) == "override"
    panel.override.set_value("supervisor_order")
    panel._settle()
    counter.save()
    assert counter.toasts == ["Recorded: Issued to a responder"]


# -- self-made codes ---------------------------------------------------------------------------


def test_a_self_made_code_is_asked_only_once_turned_on_and_tells_only_how_often(
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    panel = counter.page.panel
    panel.start("given", shelves.late, shelves.cabinet)
    assert not panel.fields["self_made"].isVisibleTo(panel)
    stock.use_codes(office, on=True)
    counter.page.on_shown()
    counter.settle()
    assert panel.fields["self_made"].isVisibleTo(panel)
    for times in (1, 2):
        panel.start("given", shelves.late, shelves.cabinet)
        panel.setting.set_value("event")
        panel.giver.set_value("peer")
        panel.recipient.set_value("friend")
        panel.shown.set_value("yes")
        panel.questions.self_made.set_value("Blue 1987" if times == 1 else "blue1987")
        counter.save()
        assert counter.toasts[-1].endswith(f"Hand-outs with this code: {times}.")
    assert panel.questions.self_made.text() == ""
    marks = {row[0] for row in office.reader.rows("SELECT code_mark FROM naloxone_given")}
    assert len(marks) == 1
    assert "1987" not in marks.pop()


def test_a_hand_out_that_leaves_the_office_carries_no_self_made_code(
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    panel = counter.page.panel
    stock.use_codes(office, on=True)
    counter.page.on_shown()
    counter.settle()
    panel.start("transferred", shelves.late, shelves.cabinet)
    panel.questions.self_made.set_value("blue1987")
    assert not panel.fields["self_made"].isVisibleTo(panel)
    assert panel.entered().self_made == ""


def test_a_self_made_code_goes_into_no_form_and_so_into_no_draft(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    stock.use_codes(office, on=True)
    counter.page.on_shown()
    counter.settle()
    panel = counter.page.panel
    panel.start("given", shelves.late, shelves.cabinet)
    panel.questions.self_made.set_value("blue1987")
    with counter.qtbot.assertNotEmitted(panel.form_wanted):
        panel.foot.form_button.click()
    assert "taken here alone" in panel.foot.against.text()
    assert focused(panel) == "self_made"
    panel.questions.self_made.set_value("")
    with counter.qtbot.waitSignal(panel.form_wanted) as asked:
        panel.foot.form_button.click()
    assert "self_made" not in asked.args[1]
