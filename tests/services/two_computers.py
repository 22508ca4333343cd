"""An office and a deputy's laptop that was let in, each with a real program folder."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import RingId
from leadapp.services import syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, enrolling, joining
from leadapp.services.syncing.report import SyncReport
from leadapp.staff.roles import Role
from leadapp.vault.derivation import Argon2
from tests.services import made_county
from tests.services.made_county import NOW, PASSWORD

CHEAP = Argon2(memory_kib=32, passes=1, lanes=1)
OFFICE, DEPUTY = "Nora Ellison", "Dan Halvorsen"


@dataclass
class Computer:
    """One computer: its program folder, who uses it, and the folder it exchanges through."""

    root: Path
    name: str
    stick: Path
    clock: SteppingClock = field(default_factory=lambda: SteppingClock(NOW))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        desk = made_county.sit(self.root, self.name, self.clock)
        try:
            yield desk
        finally:
            desk.close()

    def sync(self) -> SyncReport:
        with self.desk() as desk:
            return sync(desk, self.stick)


def sync(desk: Desk, stick: Path, rings: tuple[RingId, ...] = (), *, carries=False) -> SyncReport:
    """Exchange over ``stick`` at an open desk."""
    return syncing.sync(desk, KeptTarget("stick", stick, rings, carries))


@cache
def _settled() -> Path:
    """Return a folder with both, settled; made once a run."""
    place = Path(tempfile.mkdtemp(prefix="leadapp-computers-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    settle(*office_and_law(place))
    return place


def settled(tmp_path: Path) -> tuple[Computer, Computer]:
    """Return an office and a law computer that hold the same, and whose stick is up to date."""
    shutil.copytree(_settled(), tmp_path, dirs_exist_ok=True)
    stick = tmp_path / "stick"
    return (
        Computer(tmp_path / "office" / "program", OFFICE, stick),
        Computer(tmp_path / "dan" / "program", DEPUTY, stick),
    )


def office_and_law(tmp_path: Path) -> tuple[Computer, Computer]:
    """Return both, the law computer let in; nothing has been exchanged after that yet."""
    stick = tmp_path / "stick"
    stick.mkdir()
    made_county.new_desk(tmp_path / "office").close()
    office = Computer(tmp_path / "office" / "program", OFFICE, stick)
    law = joined(tmp_path, office, "law", DEPUTY, roles={Role.DEPUTY}, agency="sheriff")
    return office, law


def joined(
    tmp_path: Path,
    office: Computer,
    device_class: str,
    name: str,
    *,
    roles=(),
    agency="",
    admit=(),
    further_of=None,
) -> Computer:
    """Bring one more computer in, by its two files and the six words."""
    place = tmp_path / (name.split()[0].lower() + ("-2" if further_of else ""))
    place.mkdir()
    invitation, request = place / "invitation.json", place / "request.json"
    with office.desk() as desk:
        enrolling.invite(
            desk, invitation, device_class=device_class, agency=agency, user=further_of
        )
    words = joining.join(
        place / "program",
        invitation,
        joining.Joiner(name, PASSWORD, cost=CHEAP),
        request,
        clock=SteppingClock(NOW),
        anchors=place / "anchors",
    )
    with office.desk() as desk:
        enrolling.approve(
            desk, request, words=words, roles=roles, admit=admit, further_of=further_of
        )
    return Computer(place / "program", name, office.stick)


def settle(*computers: Computer, rounds: int = 2) -> None:
    """Exchange in turn until everyone has everything."""
    for _ in range(rounds):
        for one in computers:
            one.sync()
