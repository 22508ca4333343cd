"""The pictures of exchanging: the Sync page, computers under Admin, joining on a new computer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt

from tests.journeys.hands import ALT, CTRL, SHIFT, Hands

_TYPED, _INVITATION = "two slow trucks climb", "invitation.json"


class Tour(Protocol):
    """What is needed of the walk through the program."""

    part: str

    @property
    def hands(self) -> Hands: ...
    def open(self, folder: Path) -> None: ...
    def close(self) -> None: ...
    def shoot(self, name: str) -> None: ...
    def unlock(self, folder: Path, user: str) -> None: ...
    def lock(self) -> None: ...


def exchanging(tour: Tour, folder: Path) -> None:
    """Sync with a stick, invite a computer."""
    place = _place(tour, folder)
    shutil.rmtree(place, ignore_errors=True)
    stick = place / "blue stick"
    stick.mkdir(parents=True)
    tour.unlock(folder, "coordinator")
    _sync_page(tour, stick)
    _computers(tour, place / _INVITATION)
    tour.lock()


def joining(tour: Tour, folder: Path) -> None:
    """Join on a new computer with the invitation that ``exchanging`` saved."""
    place = _place(tour, folder)
    shutil.rmtree(place / "new", ignore_errors=True)
    (place / "request.json").unlink(missing_ok=True)
    _joining(tour, place, place / _INVITATION)


def _place(tour: Tour, folder: Path) -> Path:
    return folder.parent / f"exchange-{tour.part}"


def _sync_page(tour: Tour, stick: Path) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_7, ALT)
    tour.shoot("sync-nothing-yet")
    hands.key(Qt.Key.Key_N, CTRL)
    hands.settle()
    tour.shoot("sync-add-folder")
    hands.tab_to("What kind of place", back=True)
    hands.key(Qt.Key.Key_Right)
    tour.shoot("sync-add-sftp")
    hands.key(Qt.Key.Key_Left)
    hands.answer("Folder", str(stick))
    hands.key(Qt.Key.Key_S, CTRL)
    hands.settle()
    hands.key(Qt.Key.Key_S, CTRL | SHIFT)
    hands.settle()
    tour.shoot("sync-done")
    hands.press_button("Write a file")
    tour.shoot("sync-one-file")
    hands.key(Qt.Key.Key_Escape)
    hands.tab_to("Part of Sync", back=True)
    hands.key(Qt.Key.Key_Left)
    tour.shoot("sync-history")


def _computers(tour: Tour, invitation: Path) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_8, ALT)
    hands.settle()
    hands.tab_to("Part of Admin", back=True)
    for _ in range(6):
        if hands.names()[0] == "Computers":
            break
        hands.key(Qt.Key.Key_Right)
        hands.settle()
    tour.shoot("admin-computers")
    hands.key(Qt.Key.Key_N, CTRL)
    hands.key(Qt.Key.Key_1)
    hands.answer("Which agency", "sheriff")
    hands.answer("Save the invitation as", str(invitation))
    tour.shoot("admin-invite")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.settle()
    tour.shoot("admin-invited")


def _joining(tour: Tour, place: Path, invitation: Path) -> None:
    tour.open(place / "new")
    hands = tour.hands
    hands.until_seen("A new program on this computer")
    hands.tab_to("Join with an invitation", back=True)
    hands.key(Qt.Key.Key_Space)
    hands.until_seen("Join a program with an invitation")
    hands.write(str(invitation))
    hands.enter()
    tour.shoot("join-invited")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until_seen("You, the first person on this computer")
    hands.answer("Your name", "Sam Ortega")
    hands.answer("Password", _TYPED)
    hands.answer("Password again", _TYPED)
    hands.answer("Save the request as", str(place / "request.json"))
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until_seen("Read these six words to the coordinator")
    tour.shoot("join-six-words")
    tour.close()
