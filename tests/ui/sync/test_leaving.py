"""A laptop that was shut out learns it, hands its work over and forgets everything, by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from leadapp.core.ids import DeviceId
from leadapp.services import syncing
from leadapp.services.syncing import enrolling, leaving
from leadapp.store.queries import RecordQuery
from leadapp.ui.setup.wizard import SetupScreen
from tests.journeys.hands import ALT
from tests.services.made_county import REFER, put
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Open

Both = tuple[Computer, Computer]
REFERRAL = {"first_name": "Wren", "last_name": "Hollis", "status": "received"}


def _shut_out(computers: Both) -> None:
    """Shut the laptop out; it writes one more referral before it hears of it."""
    office, law = computers
    with law.desk() as desk:
        car = DeviceId(desk.device.device_id)
    with office.desk() as desk:
        enrolling.revoke(desk, car, "left in a taxi", anyway=True)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
    office.sync()


def test_a_shut_out_laptop_hands_its_work_over_and_forgets(
    computers: Both, open_at: Open, tmp_path: Path
) -> None:
    _shut_out(computers)
    office, law = computers
    work = tmp_path / "work.dvb"
    seat = open_at(law)
    seat.unlock()
    seat.add_stick(law.stick)
    seat.sync()
    assert seat.sees("This computer was shut out")
    assert seat.sees("counted nowhere else: 1 entry")
    seat.press_button("Forget everything here")
    seat.press_button("Forget it")
    assert seat.sees("Hand it over to a coordinator as a file first")
    seat.answer("Write it for a coordinator as", str(work))
    seat.press_button("Hand the work over")
    assert work.exists()
    seat.press_button("Forget everything here")
    seat.press_button("Forget it")
    seat.until(lambda: isinstance(seat.app.cover, SetupScreen), "set-up never came")
    assert not list(law.root.iterdir())
    with office.desk() as desk:
        assert syncing.inspect_bundle(desk, work).entries >= 1


def test_a_coordinator_looks_at_the_handed_over_file_and_adopts_it(
    computers: Both, open_at: Open, tmp_path: Path
) -> None:
    _shut_out(computers)
    office, law = computers
    law.sync()
    with law.desk() as desk:
        leaving.hand_over(desk, tmp_path / "work.dvb")
    seat = open_at(office)
    seat.unlock()
    seat.key(Qt.Key.Key_7, ALT)
    seat.settle()
    seat.press_button("Take a file in")
    seat.write(str(tmp_path / "work.dvb"))
    seat.enter()
    assert seat.sees("That computer was shut out: 1 entry of it counts nowhere yet")
    assert not seat.sees("Take it in")
    assert seat.is_at("Why may it count?")
    seat.enter()
    assert seat.sees("Say why you vouch for it.")
    seat.write("his own work")
    seat.enter()
    assert seat.sees("Adopted: 1 entry")
    reader = seat.app.open_desk.reader
    assert reader.count(RecordQuery(rings=(REFER,), text="hollis")) == 1


def test_who_is_in_sees_nothing_of_leaving(computers: Both, open_at: Open) -> None:
    seat = open_at(computers[1])
    seat.unlock()
    seat.key(Qt.Key.Key_7, ALT)
    seat.settle()
    assert not seat.sees("Forget everything here")
