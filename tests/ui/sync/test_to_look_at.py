"""What waits for a choice after a sync stands on top of Sync; what came for somebody is counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from leadapp.services import outbox
from leadapp.services.forms_in_use import approve
from leadapp.staff.roles import Role
from leadapp.ui.sync.page import SyncPage
from tests.journeys.hands import ALT, CTRL, SHIFT
from tests.services.made_county import REFER, put
from tests.services.test_forms_in_use import added, version
from tests.services.test_outbox import a_pdf, named
from tests.services.test_syncing import correct
from tests.services.two_computers import Computer, joined, settle
from tests.ui.sync.conftest import Open, Seat

Both = tuple[Computer, Computer]
REFERRAL = {"first_name": "Wren", "last_name": "Hollis", "status": "received"}


def _tab(seat: Seat) -> str:
    page = seat.app.shell.current_page()
    assert isinstance(page, SyncPage)
    return page.tab().name


def test_what_two_computers_changed_is_said_after_the_sync_and_one_key_goes_there(
    computers: Both, open_at: Open
) -> None:
    office, law = computers
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        correct(desk, record, "urgency", "today")
    with law.desk() as desk:
        correct(desk, record, "urgency", "week")
    law.sync()
    seat = open_at(office)
    seat.unlock()
    seat.add_stick(office.stick)
    assert not seat.sees("after the last sync")
    seat.sync()
    assert seat.sees("1 thing to review after the last sync")
    seat.press_button("Review")
    assert _tab(seat) == "review"
    seat.key(Qt.Key.Key_1, ALT)
    seat.key(Qt.Key.Key_R, CTRL | SHIFT)
    seat.settle()
    assert _tab(seat) == "review"
    assert seat.names()[0] == "To review"


def test_a_key_that_leads_to_an_empty_tab_ends_on_its_name(computers: Both, open_at: Open) -> None:
    seat = open_at(computers[0])
    seat.unlock()
    seat.key(Qt.Key.Key_R, CTRL | SHIFT)
    seat.settle()
    assert seat.names()[0] == "Review"


def test_a_form_approved_on_two_computers_stands_there_with_the_way_to_it(
    tmp_path: Path, computers: Both, open_at: Open
) -> None:
    one, _law = computers
    other = joined(tmp_path, one, "office", "Rosa Quill", roles={Role.COORDINATOR})
    settle(one, other)
    with one.desk() as desk:
        approve(desk, added(desk, tmp_path, version("2")), "First", rings="shared")
    other.clock.step(timedelta(minutes=5))
    with other.desk() as desk:
        approve(desk, added(desk, tmp_path, version("3")), "Later", rings="shared")
    other.sync()
    seat = open_at(one)
    seat.unlock()
    seat.add_stick(one.stick)
    seat.sync()
    assert seat.sees("A form was approved on two computers")
    seat.press_button("Choose the version of Visit")
    page = seat.app.shell.current_page()
    assert page is not None
    assert page.name == "admin"


def test_what_came_for_somebody_is_new_until_they_open_it(computers: Both, open_at: Open) -> None:
    office, law = computers
    settle(office, law, rounds=1)
    with law.desk() as desk:
        to = named(desk, "Nora Ellison")
        outbox.put(desk, a_pdf(), what="Summary", copy="internal", ring=REFER, to=to)
    law.sync()
    seat = open_at(office)
    seat.unlock()
    seat.add_stick(office.stick)
    seat.sync()
    status = seat.app.shell.status
    assert status.outbox.words == "1 new file for you"
    seat.sync()  # the receipt goes along
    law.sync()
    with law.desk() as desk:
        assert [one.state for one in outbox.documents(desk)] == ["confirmed"]
    seat.tab_to("Part of Sync", back=True)
    seat.key(Qt.Key.Key_Right)
    seat.settle()
    assert _tab(seat) == "outbox"
    assert seat.sees("Outbox  1")
    seat.press_button("Open")
    seat.key(Qt.Key.Key_Escape)
    seat.settle()
    assert status.outbox.words == ""
