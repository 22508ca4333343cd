"""A computer set up for a law agency: nothing of care is ever on it, whoever logs in."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt

from leadapp.services import accounts
from leadapp.services import unlock as door
from leadapp.staff.roles import Role
from tests.journeys.conftest import Computer
from tests.journeys.desk_work import (
    add_person,
    describe_county,
    go_to_work,
    lock,
    make_program,
    unlock,
)
from tests.journeys.hands import CTRL

ADA, DALE, RUTH, NORA, MEG = (
    "seven brown dogs ran home",
    "two slow trucks climb",
    "three loud radios hum",
    "nine paper boats drift",
    "four green kettles sing",
)


def test_a_law_computer_never_holds_care_whoever_logs_in(computer: Computer) -> None:
    hands = computer.hands
    describe_county(hands, law=True)
    make_program(computer, "Ada Quill", ADA)
    assert not hands.sees("Case manager")  # set-up does not even offer it here
    add_person(hands, "Dale Rusk", "Deputy", DALE)
    add_person(hands, "Ruth Pell", "Law supervisor", RUTH)
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until_seen("I agree, unlock")
    employ_office_staff(computer)
    everyone = {
        "Ada Quill": ADA, "Dale Rusk": DALE, "Ruth Pell": RUTH, "Nora Ellison": NORA, "Meg Orr": MEG,
    }  # fmt: skip
    for name, password in everyone.items():
        unlock(hands, name, password)
        go_to_work(computer)
        assert_nothing_of_care(computer.folder)
        lock(hands)
    assert_nothing_of_care(computer.folder)


def employ_office_staff(computer: Computer) -> None:
    """Give office people accounts here, as another computer's roster could: not by the window."""
    desk = door.unlock(computer.folder, name="Ada Quill", password=ADA, clock=computer.clock)
    try:
        for name, role, password in (
            ("Nora Ellison", Role.CASE_MANAGER, NORA),
            ("Meg Orr", Role.COORDINATOR, MEG),
        ):
            accounts.add_user(desk, accounts.NewUser(name, frozenset({role}), password))
    finally:
        door.lock(desk)
    computer.hands.app.look_at_folder()
    computer.hands.settle()


def assert_nothing_of_care(folder: Path) -> None:
    names = {path.name for path in folder.rglob("*")}
    assert not [name for name in names if "care" in name or "supply" in name]
    keyring = json.loads((folder / "keyring.json").read_text("utf-8"))
    assert "care" not in keyring["rings"]
    assert "supply" not in keyring["rings"]
