"""A lobby machine: a user with stock rights alone, on a law computer, from unlock to a kit taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import RingId, UserId
from leadapp.journal.rings import SHARED, SYS
from leadapp.services import accounts, filling, setup, stock
from leadapp.services.stock import LedgerQuery, NewLot, NewMovement
from leadapp.staff.roles import Role
from leadapp.ui.naloxone.page import NaloxonePage
from tests.services.made_county import put
from tests.ui.front import ADA, MORNING, PASSWORDS, TINY, County, Window

LOBBY = "Lobby machine"
PASSWORDS[LOBBY] = "twelve quiet vending kits await"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = MORNING.date().isoformat()


@pytest.fixture
def lobby(home: Path) -> County:
    """A sheriff's computer with the lobby machine's own user, and ten doses in the machine."""
    clock = SteppingClock(MORNING)
    root = home / "program"
    keepers = frozenset({Role.ADMINISTRATOR, Role.LAW_SUPERVISOR, Role.STOCK_MANAGER})
    wanted = setup.Wanted(
        "Alder County", "law", ADA, PASSWORDS[ADA], roles=keepers, agency="sheriff", cost=TINY
    )
    made = setup.create_program(root, wanted, clock=clock)
    name, group = made.asked
    page = next(one for one in made.pages if one.name == name)
    setup.confirm(made, page=name, group=group, typed=page.groups[group - 1])
    county = County(root, clock, {ADA: made.user})
    desk = county.desk(ADA)
    new = accounts.NewUser(LOBBY, frozenset({Role.STOCK_MANAGER}), PASSWORDS[LOBBY])
    county.users[LOBBY] = UserId(accounts.add_user(desk, new))
    machine = put(
        desk, SHARED, "place", {"name": "Jail lobby", "place_kind": "machine", "active": "yes"}
    )
    lot, _ = stock.add_lot(desk, NewLot("nasal_4", "NX77", "2028-01-31", 2, "settlement"))
    stock.record(desk, NewMovement("received", lot, "", machine, 10, 5, TODAY))
    desk.close()
    return county


def places(window: Window) -> list[str]:
    return [one.name for one in window.app.shell.nav.items if one.isVisible()]


def stock_page(window: Window) -> NaloxonePage:
    shell = window.app.shell
    window.wait(lambda: shell.page("naloxone") is not None)
    page = shell.page("naloxone")
    assert isinstance(page, NaloxonePage)
    window.wait(page.isVisible)
    return page


def test_the_lobby_machine_has_the_naloxone_page_and_no_ring_with_forms(
    lobby: County, open_window: Callable[[County], Window]
) -> None:
    window = open_window(lobby)
    window.unlock(LOBBY)
    assert places(window) == ["naloxone"]
    here = stock_page(window)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_8):
        QTest.keyClick(window.focused(), key, ALT)
    assert here.isVisible()
    assert set(window.app.open_desk.rings) == {SYS, RingId(SHARED)}


def test_a_kit_taken_at_the_lobby_is_recorded_by_keys_and_says_nothing_of_anyone(
    lobby: County, open_window: Callable[[County], Window]
) -> None:
    window = open_window(lobby)
    window.unlock(LOBBY)
    panel = stock_page(window).side.panel
    window.wait(lambda: panel.lot.lot() is not None)
    QTest.keyClick(window.focused(), Qt.Key.Key_N, CTRL)
    window.type("1")
    window.press(Qt.Key.Key_Return)
    window.wait(panel.foot.record_button.hasFocus)
    window.press(Qt.Key.Key_Return)
    desk = window.app.open_desk
    window.wait(window.app.shell.toast.isVisible)
    window.wait(lambda: not window.app.work._under_way)
    (line,) = stock.ledger(desk, LedgerQuery(moves=("given",)))
    assert (line.doses, line.from_name, line.left) == (2, "Jail lobby", 8)
    assert "naloxone_given" not in {source.form for source in filling.writable(desk)}


def test_whoever_has_another_role_too_is_no_lobby_machine(
    lobby: County, open_window: Callable[[County], Window]
) -> None:
    window = open_window(lobby)
    window.unlock(ADA)
    assert {"today", "forms", "naloxone", "admin"} <= set(places(window))
