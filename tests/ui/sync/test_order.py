"""A record is emptied by order in the window, by keys: what it reaches, why, and a word typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leadapp.core.ids import RecordId
from leadapp.services.desk import Desk
from tests.services.made_county import REFER, put
from tests.services.two_computers import Computer, settle
from tests.ui.sync.conftest import Open, Seat

Both = tuple[Computer, Computer]
REFERRAL = {"first_name": "Wren", "last_name": "Hollis", "status": "received"}


def _opened(seat: Seat, record: RecordId) -> None:
    assert seat.app._places is not None
    seat.app._places.open_record(REFER, record)
    seat.settle()


def _says(desk: Desk, record: RecordId) -> bool:
    return "Hollis" in str(desk.reader.record(REFER, record))


def test_a_coordinator_removes_what_a_record_says_after_typing_the_word(
    computers: Both, open_at: Open
) -> None:
    office, law = computers
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    seat = open_at(office)
    seat.unlock()
    _opened(seat, record)
    assert seat.sees("Hollis")
    seat.press_button("Remove by order")
    assert seat.sees("This cannot be taken back")
    assert seat.sees("Emptied here now, on 1 other computer at the next sync: 1 entry")
    seat.key(Qt.Key.Key_Escape)
    assert not seat.sees("This cannot be taken back")
    seat.press_button("Remove by order")
    seat.answer("By whose order, and why?", "court order of May 4")
    seat.press_button("Remove for good")
    assert seat.sees("Type the word as it stands")
    assert _says(seat.app.open_desk, record)
    seat.write("Remove")
    seat.press_button("Remove for good")
    seat.until(lambda: not _says(seat.app.open_desk, record), "it was never emptied")
    seat.settle()
    assert not seat.sees("Hollis")
    assert not seat.sees("This cannot be taken back")


def test_a_deputy_is_not_offered_it(computers: Both, open_at: Open) -> None:
    law = computers[1]
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    seat = open_at(law)
    seat.unlock()
    _opened(seat, record)
    assert seat.sees("Hollis")
    assert not seat.sees("Remove by order")
