"""The Sync page by keys: a stick is added, both sides sync, and what came is said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from leadapp.services import syncing
from leadapp.services.syncing import past
from leadapp.ui.kit.notice import Notice
from leadapp.ui.sync.history_tab import HistoryTab
from leadapp.ui.sync.page import SyncPage
from tests.journeys.hands import ALT, CTRL
from tests.services.made_county import REFER, put
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Open, Seat

Both = tuple[Computer, Computer]
REFERRAL = {"first_name": "Wren", "last_name": "Hollis", "status": "received"}


def _at_office_after_referrals(computers: Both, open_at: Open, count: int = 1) -> Seat:
    """Have the deputy write and sync; return the coordinator, whose stick is added."""
    office, law = computers
    with law.desk() as desk:
        for _ in range(count):
            put(desk, REFER, "lead_referral", REFERRAL)
    law.sync()
    seat = open_at(office)
    seat.unlock()
    seat.add_stick(office.stick)
    return seat


def test_without_a_place_the_key_asks_for_one(office: Seat) -> None:
    office.sync()
    assert office.sees("Add a place to sync with")
    assert office.is_at("Folder")


def test_a_stick_is_added_and_synced_with(office: Seat, computers: Both) -> None:
    office.add_stick(computers[0].stick)
    assert office.sees("stick is added and can be written.")
    office.sync()
    assert office.sees("The last exchange, with stick")
    assert office.sees("The other computers")
    assert office.app.shell.status.synced.words.startswith("Last sync")


def test_a_folder_that_is_not_there_is_said_at_its_question(office: Seat, tmp_path: Path) -> None:
    office.add_stick(tmp_path / "no such stick")
    assert office.is_at("Folder")
    assert office.sees("is not there")
    assert syncing.targets(office.app.open_desk) == []


def test_what_one_wrote_comes_to_the_other_and_one_may_leave_the_page(
    computers: Both, open_at: Open
) -> None:
    seat = _at_office_after_referrals(computers, open_at)
    seat.key(Qt.Key.Key_1, ALT)
    seat.sync()
    page = seat.app.shell.current_page()
    assert page is not None
    assert page.name == "today"
    assert seat.app.shell.toast.isVisible()
    done = past.past(seat.app.open_desk)[0]
    assert done.entries_in > 0
    assert done.whole


def test_a_stick_that_was_pulled_is_told_with_what_is_safe(computers: Both, open_at: Open) -> None:
    seat = _at_office_after_referrals(computers, open_at)
    computers[0].stick.rename(computers[0].stick.with_name("elsewhere"))
    seat.sync()
    assert seat.sees("Everything you saved is still on this computer")
    seat.key(Qt.Key.Key_F5)
    seat.settle()
    assert seat.sees("stick")
    assert not past.past(seat.app.open_desk)[0].whole


def test_stopping_ends_it_safely_and_the_next_one_goes_on(computers: Both, open_at: Open) -> None:
    seat = _at_office_after_referrals(computers, open_at, count=3)
    sync = seat.app.shell.actions_.get("sync_now")
    sync.trigger()
    runner = _runner(seat)
    seat.until(lambda: runner.running, "it never began")
    runner.stop()
    seat.settle()
    assert seat.sees("Stopped safely")
    seat.sync()
    assert past.past(seat.app.open_desk)[0].whole


def test_locking_ends_an_exchange_and_loses_nothing(computers: Both, open_at: Open) -> None:
    seat = _at_office_after_referrals(computers, open_at)
    seat.app.shell.actions_.get("sync_now").trigger()
    runner = _runner(seat)
    seat.until(lambda: runner.running, "it never began")
    seat.key(Qt.Key.Key_L, CTRL)
    seat.until(lambda: not seat.app.files_open, "the files stayed open")
    assert not runner.running
    seat.unlock()
    seat.sync()
    assert past.past(seat.app.open_desk)[0].whole


def test_history_lists_what_was(office: Seat, computers: Both) -> None:
    office.add_stick(computers[0].stick)
    office.sync()
    page = office.app.shell.current_page()
    assert isinstance(page, SyncPage)
    office.tab_to("Part of Sync", back=True)
    office.key(Qt.Key.Key_Left)
    office.settle()
    assert page.tab().name == "history"
    tab = page.tab()
    assert isinstance(tab, HistoryTab)
    row = tab.table.current_row()
    assert tab.table.paged.rowCount() == 1
    assert row is not None
    assert row.cells[1].text == "stick"


def test_a_place_is_tested_and_removed(office: Seat, computers: Both) -> None:
    office.add_stick(computers[0].stick)
    office.press_button("Test stick")
    assert office.sees("stick can be reached and written")
    office.press_button("Remove stick")
    assert syncing.targets(office.app.open_desk) == []
    assert any(computers[0].stick.iterdir())


def test_one_file_is_written_looked_at_and_taken_in(computers: Both, open_at: Open) -> None:
    office, law = computers
    letter = law.root.parent / "today.dvb.txt"
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        syncing.export_bundles(desk, REFER, letter, mail=True)
    seat = open_at(office)
    seat.unlock()
    seat.key(Qt.Key.Key_7, ALT)
    seat.settle()
    seat.press_button("Take a file in")
    seat.write(str(letter))
    seat.enter()
    assert seat.sees("From Dan Halvorsen")
    assert seat.is_at("Take it in")
    seat.enter()
    assert seat.sees("Taken in:")
    out = office.root.parent / "out.dvb.txt"
    seat.press_button("Write a file")
    seat.write("referrals")
    seat.enter()
    seat.answer("Save as", str(out))
    seat.press_button("Write the file")
    assert out.exists()
    assert _notices(seat)


def _notices(seat: Seat) -> list[str]:
    return [one.accessibleName() for one in seat.app.shell.findChildren(Notice) if one.isVisible()]


def _runner(seat: Seat):
    assert seat.app._places is not None
    return seat.app._places.sync.runner


def test_today_has_a_card_only_when_something_is_to_be_looked_at(
    computers: Both, open_at: Open
) -> None:
    seat = _at_office_after_referrals(computers, open_at)
    seat.sync()
    seat.key(Qt.Key.Key_1, ALT)
    seat.settle()
    assert not seat.sees("The last sync did not go through")
    computers[0].stick.rename(computers[0].stick.with_name("elsewhere"))
    seat.sync()
    assert seat.sees("The last sync did not go through to its end")
    seat.press_button("Open Sync")
    assert seat.app.shell.current_page() is seat.app.shell.page("sync")


def test_what_is_only_here_is_said_until_it_was_sent(computers: Both, open_at: Open) -> None:
    law = computers[1]
    seat = open_at(law)
    seat.unlock()
    seat.add_stick(law.stick)
    seat.sync()
    put(seat.app.open_desk, REFER, "lead_referral", REFERRAL, days_ago=3)
    seat.key(Qt.Key.Key_F5)
    seat.settle()
    assert seat.sees("1 entry is only on this computer. The oldest is from 3 days ago.")
    seat.sync()
    assert seat.sees("Sent: all that is listed here lies at stick.")
    assert not seat.sees("only on this computer.")
