"""A use report and a hand-out from the patrol car by keys, and how many keys each takes.

A practiced hand presses two keys a second: sixty keys are half a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import UserId
from leadapp.journal.rings import SHARED
from leadapp.services import accounts, setup, stock
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerQuery, NewLot, NewMovement
from leadapp.staff.roles import Role
from tests.journeys.desk_work import start
from tests.journeys.hands import CTRL, Hands
from tests.services.made_county import put
from tests.ui.front import ADA, MORNING, PASSWORDS, TINY, County, Window

DEPUTY = "Sam Ortiz"
PASSWORDS[DEPUTY] = "seven patient mules carry hay"
TODAY = MORNING.date().isoformat()
MOST_FOR_A_REPORT = 25
MOST_FOR_A_HAND_OUT = 12


class Counting(Hands):
    """Counts what is pressed."""

    pressed = 0

    def key(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        times: int = 1,
    ) -> None:
        """Press one key, so many times."""
        self.pressed += times
        super().key(key, modifier, times=times)

    def write(self, text: str) -> None:
        """Type letters one after the other."""
        self.pressed += len(text)
        super().write(text)


@pytest.fixture
def patrol(home: Path) -> County:
    """A sheriff's computer: a deputy who left a kit of unit 9 behind yesterday."""
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
    new = accounts.NewUser(DEPUTY, frozenset({Role.DEPUTY}), PASSWORDS[DEPUTY], agency="sheriff")
    county.users[DEPUTY] = UserId(accounts.add_user(desk, new))
    stock_up(desk)
    desk.close()
    desk = county.desk(DEPUTY)
    (unit,) = {one.place for one in stock.view(desk).held}
    (lot,) = {one.lot for one in stock.view(desk).held}
    stock.record(desk, NewMovement("left_behind", lot, unit, "", 2, 1, TODAY))
    desk.close()
    return county


def stock_up(desk: Desk) -> None:
    about = {"name": "Sheriff", "agency_kind": "sheriff", "ring_name": "sheriff", "active": "yes"}
    put(desk, SHARED, "agency", about)
    unit = put(desk, SHARED, "place", {"name": "Unit 9", "place_kind": "vehicle", "active": "yes"})
    lot, _ = stock.add_lot(desk, NewLot("nasal_4", "NX77", "2028-01-31", 2, "settlement"))
    stock.record(desk, NewMovement("received", lot, "", unit, 10, 5, TODAY))


@pytest.fixture
def hands(patrol: County, open_window: Callable[[County], Window], qtbot: QtBot) -> Counting:
    window = open_window(patrol)
    window.unlock(DEPUTY)
    hands = Counting(window.app)
    hands.settle()
    return hands


def doses_out(hands: Counting, move: str) -> list[tuple[int, str, str]]:
    lines = stock.ledger(hands.app.open_desk, LedgerQuery(moves=(move,)))
    return [(one.doses, one.from_name, one.lot_number) for one in lines]


def test_a_dose_used_on_a_call_is_reported_in_half_a_minute_of_keys(hands: Counting) -> None:
    hands.key(Qt.Key.Key_4, CTRL)
    hands.until_seen("Finish Naloxone used")
    assert not hands.sees("1. Law enforcement"), "a person is not called by who gave the dose"
    hands.answer("Town or ZIP", "Cedar")
    hands.answer("Kit left behind?", "2")
    hands.answer("Responder exposed or hurt?", "2")
    hands.answer("Replacement wanted?", "2")
    hands.answer("Survived?", "1")
    hands.answer("State before naloxone", "dr")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until(lambda: "Naloxone used" in hands.app.shell.toast.words, "it was not saved")
    hands.settle()
    assert doses_out(hands, "used") == [(1, "Unit 9", "NX77")]
    assert hands.pressed <= MOST_FOR_A_REPORT


def test_a_kit_left_behind_is_recorded_on_its_form_in_a_few_keys(hands: Counting) -> None:
    start(hands, "Naloxone given")
    hands.until_seen("Finish Naloxone given")
    hands.pressed = 0
    hands.answer("Setting", "lef")
    hands.answer("Received by", "fa")
    hands.answer("Basic instruction given", "sp")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until(lambda: "Naloxone given" in hands.app.shell.toast.words, "it was not saved")
    hands.settle()
    assert doses_out(hands, "left_behind") == [(2, "Unit 9", "NX77")] * 2
    assert hands.pressed <= MOST_FOR_A_HAND_OUT
