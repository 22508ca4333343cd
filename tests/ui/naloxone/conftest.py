"""An office with naloxone on its shelves, and the page over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui.work import Work
from tests.services import made_county as county
from tests.ui.naloxone.counter import Counter, Keys, Shelves, lot, opened, place, receive


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def shelves(office: Desk) -> Shelves:
    found = Shelves(
        place(office, "Office cabinet", 4),
        place(office, "Unit 9", 8),
        place(office, "Unit 14"),
        lot(office, "NX4102", 40),
        lot(office, "NX4390", 500),
    )
    receive(office, found.soon, found.cabinet, 10)
    receive(office, found.late, found.cabinet, 24)
    receive(office, found.late, found.car, 4)
    return found


@pytest.fixture
def counter(qtbot: QtBot, work: Work, office: Desk, shelves: Shelves) -> Iterator[Counter]:
    counter = opened(qtbot, work, office)
    yield counter
    # Nothing more is asked once the lanes have ended.
    counter.page.panel._pause.stop()


@pytest.fixture
def keys(counter: Counter) -> Keys:
    counter.page.new_thing()
    return Keys(counter)


@pytest.fixture
def lena(office: Desk) -> str:
    """Another stock manager with a password at this computer."""
    roles = frozenset({Role.STOCK_MANAGER})
    new = accounts.NewUser(name="Lena Marsh", roles=roles, password=county.PASSWORD)
    return accounts.add_user(office, new)
