"""A folder that fails on purpose at one of its uses, and what two computers do through it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.exchange.naming import ring_folder
from leadapp.services import syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, SyncReport
from leadapp.services.syncing.places import rings_at
from leadapp.targets.folder import FolderTarget
from tests.services.made_county import REFER, put
from tests.services.test_places import REFERRAL
from tests.services.two_computers import Computer

How = Literal["before", "after", "torn"]


class PowerCut(Exception):
    """The power goes."""


class Faulty(FolderTarget):
    """A folder where something befalls the ``at``-th use of it."""

    def __init__(self, base: Path, at: int, befalls: How | Callable[[], None]) -> None:
        super().__init__(base)
        self.at = at
        self.befalls = befalls

    def _step(self) -> bool:
        """Return whether it is this use, and the power goes in or after it."""
        self.at -= 1
        if self.at:
            return False
        if callable(self.befalls):
            self.befalls()
            return False
        if self.befalls == "before":
            raise PowerCut
        return True

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        going = self._step()
        found = super().list_sizes(folder)
        if going:
            raise PowerCut
        return found

    def get(self, folder: str, name: str, most: int) -> bytes:
        going = self._step()
        data = super().get(folder, name, most)
        if going:
            raise PowerCut
        return data

    def put(self, folder: str, name: str, data: bytes) -> None:
        going = self._step()
        if going and self.befalls == "torn":
            (self.base / folder).mkdir(exist_ok=True)
            (self.base / folder / name).write_bytes(data[: len(data) // 2])
            raise PowerCut
        super().put(folder, name, data)
        if going:
            raise PowerCut


class Cleaned(FolderTarget):
    """A folder where a virus scanner takes away what is put there."""

    def put(self, folder: str, name: str, data: bytes) -> None:
        super().put(folder, name, data)
        (self.base / folder / name).unlink()


class Watched(FolderTarget):
    """A folder that notes what is read of it; ``away`` are files a cloud drive keeps to itself."""

    def __init__(self, base: Path, away: frozenset[str] = frozenset()) -> None:
        super().__init__(base)
        self.read: list[str] = []
        self.away = away

    def get(self, folder: str, name: str, most: int) -> bytes:
        self.read.append(name)
        if name in self.away:
            raise Refusal("targets.cannot_read", file=name)
        return super().get(folder, name, most)


def kept(computer: Computer) -> KeptTarget:
    """Return the stick as a target."""
    return KeptTarget("stick", computer.stick)


def over(desk: Desk, there: FolderTarget) -> SyncReport:
    """Exchange over a folder of one's own making."""
    stick = KeptTarget("stick", there.base)
    return syncing.sync_over(desk, there, stick, rings_at(desk, stick))


def write(computer: Computer, last_name: str = "Hollis") -> RecordId:
    """Write a referral, and exchange nothing."""
    with computer.desk() as desk:
        return put(desk, REFER, "lead_referral", {**REFERRAL, "last_name": last_name})


def knows(computer: Computer, record: RecordId, last_name: str = "Hollis") -> bool:
    """Return whether the computer shows the referral."""
    with computer.desk() as desk:
        return read(desk, record) == last_name


def read(desk: Desk, record: RecordId) -> str:
    """Return the name in a referral, "" where there is none."""
    stored = desk.reader.record(REFER, record)
    key = desk.shelf.keys(desk.shelf.source("lead_referral"))["last_name"]
    return stored.answers.get(key, "") if stored else ""


def refer_folder(computer: Computer) -> Path:
    """Return where the ring's files lie on the stick."""
    with computer.desk() as desk:
        return computer.stick / ring_folder(desk.device.program_id, REFER)


def files(folder: Path) -> list[Path]:
    """Return the bundles of a folder, all below it."""
    return sorted(folder.rglob("*.dvb"))


def copy_of(stick: Path, to: Path) -> Path:
    """Copy a stick."""
    shutil.copytree(stick, to)
    return to


def put_back(stick: Path, copied: Path) -> None:
    """Set a stick back to an older state."""
    shutil.rmtree(stick)
    shutil.copytree(copied, stick)
