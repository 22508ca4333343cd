"""A new computer is invited, joins, is let in and shut out: two windows, one stick, keys only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from leadapp.core.ids import DeviceId
from leadapp.services.syncing import past
from leadapp.ui.admin.computers import ComputersSection
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.setup.joining import JoinScreen
from tests.journeys.hands import ALT, CTRL
from tests.services.made_county import PASSWORD
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Open, Seat

Both = tuple[Computer, Computer]
NEW, AGENCY = "Sam Ortega", "sheriff"


def _computers(seat: Seat) -> ComputersSection:
    """Go to Admin > Computers."""
    seat.key(Qt.Key.Key_8, ALT)
    seat.settle()
    page = seat.app.shell.current_page()
    assert isinstance(page, AdminPage)
    seat.tab_to("Part of Admin", back=True)
    for _ in range(8):
        section = page.section()
        if isinstance(section, ComputersSection):
            return section
        seat.key(Qt.Key.Key_Right)
        seat.settle()
    raise AssertionError("no such section")


def _invite(seat: Seat, invitation: Path, whose: str = "") -> None:
    _computers(seat)
    seat.key(Qt.Key.Key_N, CTRL)
    seat.key(Qt.Key.Key_1)
    seat.answer("Which agency", AGENCY[:-1])
    assert seat.sees(f"New here: \u201c{AGENCY[:-1]}\u201d")
    seat.write(AGENCY[-1])
    assert not seat.sees("New here")
    if whose:
        seat.tab_to("Who will use it")
        seat.rewrite(whose)
        seat.key(Qt.Key.Key_Return)
    seat.answer("Save the invitation as", str(invitation))
    seat.key(Qt.Key.Key_S, CTRL)
    seat.settle()
    assert seat.sees("The invitation is written")


def _join(seat: Seat, invitation: Path, request: Path) -> str:
    """Join by keys; return the six words."""
    seat.until_seen("A new program on this computer")
    seat.tab_to("Join with an invitation", back=True)
    seat.key(Qt.Key.Key_Space)
    seat.until_seen("Join a program with an invitation")
    seat.write(str(invitation))
    seat.enter()
    assert seat.sees("Alder County invites this computer")
    seat.key(Qt.Key.Key_S, CTRL)
    seat.until_seen("You, the first person on this computer")
    seat.answer("Your name", NEW)
    seat.answer("Password", PASSWORD)
    seat.answer("Password again", PASSWORD)
    seat.answer("Save the request as", str(request))
    seat.key(Qt.Key.Key_S, CTRL)
    seat.until_seen("Read these six words to the coordinator")
    said = next(text for text in seat.words() if text.startswith("The six words: "))
    seat.key(Qt.Key.Key_S, CTRL)
    return said


def test_a_computer_joins_is_let_in_and_shut_out(
    computers: Both, open_at: Open, tmp_path: Path
) -> None:
    office, _ = computers
    invitation, request = tmp_path / "invitation.json", tmp_path / "request.json"
    seat = open_at(office)
    seat.unlock()
    seat.add_stick(office.stick)
    _invite(seat, invitation)

    new = Computer(tmp_path / "sam" / "program", NEW, office.stick)
    new.root.parent.mkdir()
    other = open_at(new)
    said = _join(other, invitation, request)
    other.unlock()
    assert other.sees("This computer waits to be let in")

    seat.app.shell.activateWindow()
    seat.settle()
    section = _computers(seat)
    seat.press_button("Approve a request")
    seat.write(str(request))
    seat.enter()
    assert said in seat.words()
    seat.key(Qt.Key.Key_1)
    seat.tick(f"Roles of {NEW}", "Deputy")
    seat.key(Qt.Key.Key_S, CTRL)
    seat.settle()
    assert seat.sees("computer is let in")
    assert seat.is_at("Sync now")
    seat.enter()
    assert past.past(seat.app.open_desk)[0].whole

    other.app.shell.activateWindow()
    other.settle()
    other.add_stick(office.stick)
    other.sync()
    assert not other.sees("This computer waits to be let in")
    assert other.sees("What you may do on this computer has changed")
    other.press_button("Lock, then sign in again")
    other.unlock()
    other.sync()
    assert past.past(other.app.open_desk)[0].whole

    seat.app.shell.activateWindow()
    seat.settle()
    seat.tab_to("Computers")
    _shut_out(seat, section)


def _shut_out(seat: Seat, section: ComputersSection) -> None:
    """Shut the new computer out; it stays red until the stick says so."""
    section.table.setFocus()
    for _ in range(4):
        row = section.table.current_row()
        if row is not None and NEW in row.words():
            break
        seat.key(Qt.Key.Key_Down)
    seat.press_button("Shut this computer out")
    seat.write("left in a taxi")
    seat.press_button("Shut out")
    if seat.sees("Shut out anyway"):
        seat.press_button("Shut out anyway")
    assert seat.sees("A computer was shut out, and not every place says so yet")
    gone = {DeviceId(section.table.current_key()): ("stick",)}
    assert past.untold(seat.app.open_desk) == gone
    seat.press_button("Sync now")
    assert not seat.sees("A computer was shut out, and not every place says so yet")
    assert past.untold(seat.app.open_desk) == {}


def test_a_further_computer_of_somebody_keeps_their_roles(
    computers: Both, open_at: Open, tmp_path: Path
) -> None:
    office, law = computers
    invitation, request = tmp_path / "invitation.json", tmp_path / "request.json"
    seat = open_at(office)
    seat.unlock()
    _invite(seat, invitation, whose="Dan")
    (tmp_path / "second").mkdir()
    _join(
        open_at(Computer(tmp_path / "second" / "program", NEW, office.stick)), invitation, request
    )
    seat.app.shell.activateWindow()
    seat.settle()
    section = _computers(seat)
    seat.press_button("Approve a request")
    seat.write(str(request))
    seat.enter()
    assert seat.sees("A further computer of Dan Halvorsen")
    seat.tab_to("Request file")
    seat.rewrite(str(invitation))
    seat.enter()
    assert seat.sees("no request of a computer to be let in")
    assert not seat.sees("A further computer of Dan Halvorsen"), "the words of another file stay"
    seat.rewrite(str(request))
    seat.enter()
    seat.key(Qt.Key.Key_1)
    seat.key(Qt.Key.Key_S, CTRL)
    seat.settle()
    assert seat.sees("computer is let in")
    rows = [section.table.paged.row(at) for at in range(section.table.paged.rowCount())]
    assert sum(row is not None and law.name in row.words() for row in rows) == 2


def test_a_wrong_file_is_no_request(computers: Both, open_at: Open, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    seat = open_at(computers[0])
    seat.unlock()
    _computers(seat)
    seat.press_button("Approve a request")
    seat.write(str(wrong))
    seat.enter()
    assert seat.sees("no request of a computer to be let in")
    assert seat.is_at("Request file")


def test_an_invitation_that_is_none_is_said_at_its_question(
    computers: Both, open_at: Open, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    (tmp_path / "new").mkdir()
    seat = open_at(Computer(tmp_path / "new" / "program", NEW, computers[0].stick))
    seat.until_seen("A new program on this computer")
    seat.tab_to("Join with an invitation", back=True)
    seat.key(Qt.Key.Key_Space)
    seat.until_seen("Join a program with an invitation")
    seat.write(str(wrong))
    seat.enter()
    screen = seat.app.cover
    assert isinstance(screen, JoinScreen)
    assert screen.step == 0
    assert seat.sees("no invitation")
    assert not (tmp_path / "new" / "program" / "device.json").exists()
