"""Tasks behind More, by keys: exports looked at and saved, kits to inspect, standing orders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.journal.rings import SHARED
from leadapp.services import county_numbers, filling
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.staff.roles import Role
from leadapp.ui.naloxone.hand_out import write_hand_out
from leadapp.ui.naloxone.papers import FilledForm, papers
from leadapp.ui.work import Work
from tests.services import made_county as county
from tests.ui.naloxone.counter import Counter, Shelves, opened, place

SUPPLY = RingId("supply")
LAST_MONTH = 33
"""Days before the made-up today: in October."""


def used(desk: Desk, ago: int, **more: str) -> None:
    known = {"day": county.day(ago), "reporter": "staff", "county": "Alder County"}
    answers = {**known, "town": "28801", "place_type": "Terri Osgood's", **more}
    people: list[Mapping[str, str]] = [{"survived": "yes"}]
    county.put(desk, SUPPLY, "naloxone_used", answers, days_ago=ago, copies={"people": people})


def given(desk: Desk, ago: int, **more: str) -> None:
    known = {"day": county.day(ago), "setting": "event", "declined": "no", "kits": "2"}
    answers = {**known, "county": "Alder County", "town": "Riverside", **more}
    county.put(desk, SUPPLY, "naloxone_given", answers, days_ago=ago)


def saves_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        return str(folder / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)


def test_more_holds_the_tasks_and_opens_by_keys(counter: Counter) -> None:
    QTest.keyClick(counter.page.more_button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in menu.actions()]
    assert words == [
        "Kit inspections",
        "Standing orders",
        "Exports: state form, overdose map",
        "County numbers: residents, jail",
    ]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    counter.settle()
    assert counter.page.middle.task is counter.page.middle.kits


def test_an_export_is_looked_at_and_saved_without_town_or_text(
    counter: Counter, office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(office, LAST_MONTH)
    given(office, LAST_MONTH, town="28801-1234")
    given(office, 1)
    page, exports = counter.page, counter.page.middle.exports
    page.middle.show_exports()
    counter.settle()
    assert exports.summary.text() == "2 hand-outs, October 2026"
    assert "1 of 2 lines have those" in exports.left_out.text()
    assert "Not open to you here, so not in it: what law staff wrote." in exports.left_out.text()
    saves_to(tmp_path, monkeypatch)
    counter.save()
    assert counter.toasts == ["Saved naloxone-given-2026-10.csv"]
    text = (tmp_path / "naloxone-given-2026-10.csv").read_text("utf-8")
    assert len(text.splitlines()) == 3
    assert "Riverside" not in text
    assert ",288," in text


def test_a_whole_quarter_is_exported_with_weeks_only(counter: Counter, office: Desk) -> None:
    given(office, LAST_MONTH)
    given(office, 1)
    exports = counter.page.middle.exports
    counter.page.middle.show_exports()
    exports.period.set_value("2026-Q4")
    exports.days.buttons[1].click()
    counter.settle()
    assert exports.summary.text() == "2 hand-outs, October to December 2026"
    row = exports.tables["given"].paged.row(0)
    assert row is not None
    assert row.cells[0].text == "2026-10-19"


def test_lines_for_the_overdose_map_are_copied(counter: Counter, office: Desk) -> None:
    used(office, LAST_MONTH)
    exports = counter.page.middle.exports
    counter.page.middle.show_exports()
    counter.settle()
    exports.sort.set_value("odmap")
    exports.sort.changed.emit("odmap")
    counter.settle()
    assert exports.summary.text() == "1 person given naloxone, October 2026"
    exports.copy_button.click()
    counter.settle()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(county.day(LAST_MONTH))
    assert "ZIP 288xx" in copied
    assert "Osgood" not in copied


def test_nothing_to_export_is_said_and_not_saved(counter: Counter) -> None:
    exports = counter.page.middle.exports
    counter.page.middle.show_exports()
    counter.settle()
    assert not exports.save_button.isEnabled()
    counter.save()
    assert exports.problem.text() == "There is nothing to save. Choose another period."


def test_kits_to_look_at_are_listed_and_one_is_started_by_enter(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    fine = {"present": "yes", "seal": "yes", "expiry_seen": "yes", "temperature": "in_range"}
    for ago, where in ((40, shelves.cabinet), (2, shelves.car)):
        answers = {**fine, "place": where, "action": "ok", "day": county.day(ago)}
        county.put(office, SHARED, "kit_inspection", answers, days_ago=ago)
    page, kits = counter.page, counter.page.middle.kits
    page.on_shown()
    page.middle.show_kits()
    counter.settle()
    assert [badge.accessibleName() for badge in page.badges][-1] == "1 kit to look at"
    rows = [kits.kits.paged.row(at) for at in range(kits.kits.paged.rowCount())]
    assert [[row.cells[0].text, row.cells[6].text] for row in rows if row is not None] == [
        ["Office cabinet", "9 days late"], ["Unit 9", ""],
    ]  # fmt: skip
    assert kits.earlier.paged.rowCount() == 1
    with counter.qtbot.waitSignal(page.form_wanted) as asked:
        QTest.keyClick(kits.kits, Qt.Key.Key_Return)
    assert asked.args == ["kit_inspection", {"place": shelves.cabinet}]


def test_the_register_says_what_is_in_force_and_adds_an_order(
    counter: Counter, office: Desk
) -> None:
    page, orders = counter.page, counter.page.middle.orders
    page.middle.show_orders()
    counter.settle()
    assert orders.summary.text().startswith("No order is in force today")
    for products, first, last in (
        ("nasal_4", county.day(100), ""),
        ("im_vial", county.day(400), county.day(300)),
    ):
        answers = {
            "order_type": "statewide", "prescriber": "State Health Director",
            "organisation": "County programs", "products": products, "first_day": first,
            "last_day": last, "protocol": "3",
        }  # fmt: skip
        county.put(office, SHARED, "standing_order", answers)
    page.changed()
    counter.settle()
    assert orders.card.aside.text() == "1 in force today"
    assert orders.summary.text() == "Covered today: Nasal 4 mg."
    rows = [orders.orders.paged.row(at) for at in range(2)]
    assert [row.cells[5].text for row in rows if row is not None] == ["In force", "Ended"]
    with counter.qtbot.waitSignal(page.form_wanted) as asked:
        page.main_action()
    assert asked.args == ["standing_order", {}]


def test_numbers_of_the_county_are_typed_in_and_shown_again(counter: Counter, office: Desk) -> None:
    view = counter.page.middle.numbers
    counter.page.middle.show_numbers()
    counter.settle()
    assert view.residents.hasFocus()
    QTest.keyClicks(view.residents, "61,234")
    counter.save()
    assert view.fields["year"].error == "Enter a whole number, like 12"
    assert view.year.hasFocus()
    QTest.keyClicks(view.year, "2024")
    QTest.keyClicks(view.releases, "40")
    counter.save()
    found = county_numbers.county_numbers(office)
    assert (found.residents, found.census_year) == (61_234, 2024)
    assert found.jail_releases == {"2026-10": 40}
    assert (view.residents.text(), view.releases.text()) == ("61234", "40")
    counter.save()
    assert view.problem.text() == "Nothing was changed, so there is nothing to save."
    view.year.set_number(24)
    counter.save()
    assert view.problem.text().startswith("The residents were not saved.")


def test_the_form_of_a_hand_out_is_printed_from_its_line_and_logged(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    answers = {
        "day": county.day(1), "county": "Alder County", "setting": "event", "giver": "peer",
        "recipient": "family", "declined": "no", "product": "nasal_4", "lot": shelves.soon,
        "kits": "1", "instruction": "spoken", "from_place": shelves.cabinet,
    }  # fmt: skip
    saved: list[Saved] = []
    refused: list[LeadappError] = []
    write_hand_out(office, counter.work, answers, saved.append, refused.append, counter.page)
    counter.settle()
    assert not refused
    page = counter.page
    page.on_shown()
    counter.settle()
    page.ledger.table.go_to_first()
    found = papers(office, page._chosen(), today(office.clock))
    form = next(one for one in found if one.words == "Form of the hand-out of Nov 21, 2026")
    made = form.make()
    assert isinstance(made, FilledForm)
    assert made.pdf.startswith(b"%PDF")
    made.log()
    logged = [line for ring in office.rings for line in office.reader.accesses(ring)]
    assert ("print", saved[0].record) in [(line.act, line.record) for line in logged]


def test_the_report_of_a_use_is_printed_from_its_line(
    counter: Counter, shelves: Shelves, office: Desk
) -> None:
    dose = "people[1]/administrations[1]"
    begun = filling.begin(
        office,
        "naloxone_used",
        lookup=office.lookup("supply"),
        prefill={
            "day": county.day(1), "reporter": "staff", "county": "Alder", "town": "Riverside",
            "kit_left": "no", "exposure": "no", "replacement": "no", "from_place": shelves.cabinet,
            "people[1]/survived": "yes", "people[1]/state_before": "drowsy",
            "agency": county.put(office, SHARED, "agency", {"name": "Health", "active": "yes"}),
            f"{dose}/giver": "staff", f"{dose}/product": "nasal_4", f"{dose}/lot": shelves.soon,
        },
    )  # fmt: skip
    ready = filling.ready(office, begun)
    assert not isinstance(ready, list), [one.place.path for one in ready]
    saved = filling.save(office, begun, ready, filling.gather(office, begun, ready))
    page = counter.page
    page.on_shown()
    counter.settle()
    page.ledger.table.go_to_first()
    found = papers(office, page._chosen(), today(office.clock))
    form = next(one for one in found if one.words == "Report of the use of Nov 21, 2026")
    made = form.make()
    assert isinstance(made, FilledForm)
    assert made.pdf.startswith(b"%PDF")
    made.log()
    logged = [line for ring in office.rings for line in office.reader.accesses(ring)]
    assert ("print", saved.record) in [(line.act, line.record) for line in logged]


def test_escape_goes_back_from_each_task_and_ctrl_s_follows_the_focus(counter: Counter) -> None:
    page = counter.page
    middle = page.middle
    for show in (middle.show_kits, middle.show_orders, middle.show_exports, middle.show_numbers):
        show()
        counter.settle()
        task = page.middle.task
        assert task is not None
        assert not [
            type(one).__name__
            for one in task.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isVisibleTo(task)
            and not one.accessibleName()
        ]
        assert page.leave()
        assert page.middle.task is None
    page.middle.show_orders()
    counter.settle()
    with counter.qtbot.assertNotEmitted(page.form_wanted):
        page.new_thing()
        page.main_action()
    assert page.panel._against_words.text() or page.panel.fields["to_place"].error is not None


def test_who_may_not_take_data_out_is_not_offered_to(
    tmp_path: Path, qtbot: QtBot, work: Work
) -> None:
    desk = county.new_desk(tmp_path, law=True)
    try:
        desk.roles = frozenset({Role.DEPUTY})
        place(desk, "Unit 9", 4)
        names = [one.name for one in opened(qtbot, work, desk).page._more]
        assert "stock_exports" not in names
        assert "stock_kits" in names
    finally:
        desk.close()
