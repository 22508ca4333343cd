"""The program folder: where each file of a program is, and who may work in it.

One window a folder: the system's own file lock says so, and a crash frees it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from leadapp.core.errors import Refusal
from leadapp.core.files import cannot_write
from leadapp.core.ids import RingId
from leadapp.store.places import refuse_synced_place

RING_SUFFIX = ".ring"
DRAFT_SUFFIX = ".drafts"
_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class ProgramFolder:
    """Paths below ``root``. Names tell rings apart, never people."""

    root: Path

    def ring_file(self, ring: RingId) -> Path:
        """Return where the ring's journal and records are."""
        return self.rings_folder / f"{ring}{RING_SUFFIX}"

    def draft_file(self, ring: RingId) -> Path:
        """Return where the ring's drafts are."""
        return self.drafts_folder / f"{ring}{DRAFT_SUFFIX}"

    @property
    def rings_folder(self) -> Path:
        """Return the folder of ring files."""
        return self.root / "rings"

    @property
    def drafts_folder(self) -> Path:
        """Return the folder of draft files."""
        return self.root / "drafts"

    @property
    def keyring(self) -> Path:
        """Return the file of sealed ring keys."""
        return self.root / "keyring.json"

    @property
    def device(self) -> Path:
        """Return the file of what must be known before unlock."""
        return self.root / "device.json"

    @property
    def attempts(self) -> Path:
        """Return the file that counts failed unlocks."""
        return self.root / "attempts.json"

    @property
    def backups(self) -> Path:
        """Return the folder of rolling backups."""
        return self.root / "backups"

    @property
    def reports(self) -> Path:
        """Return the folder of kept report runs."""
        return self.root / "reports"

    @property
    def aside(self) -> Path:
        """Return the folder where a restore puts the files it replaced."""
        return self.root / "aside"

    @property
    def reserve(self) -> Path:
        """Return the file whose space is given to drafts when the disk is full."""
        return self.drafts_folder / "reserve"

    @property
    def exists(self) -> bool:
        """Return whether a program lives here."""
        return self.device.exists()

    def rings(self) -> tuple[RingId, ...]:
        """Return the rings that have a file here, open or not."""
        files = sorted(self.rings_folder.glob(f"*{RING_SUFFIX}"))
        return tuple(RingId(file.name.removesuffix(RING_SUFFIX)) for file in files)

    def make(self) -> None:
        """Make the folders, readable by their owner only."""
        folders = (
            self.root,
            self.rings_folder,
            self.drafts_folder,
            self.backups,
            self.reports,
        )
        try:
            for folder in folders:
                folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        except OSError as cause:
            raise cannot_write(self.root, cause) from cause

    def check_place(self) -> None:
        """Refuse a folder that a cloud drive keeps in step or that lies on the network."""
        refuse_synced_place(self.root)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder; Refusal when another window does. A crash lets go of it."""
        path = self.root / "in-use"
        try:
            file = path.open("a+b")
        except OSError as cause:
            raise cannot_write(path, cause) from cause
        with file:
            if not _take(file):
                raise Refusal("store.in_use", folder=str(self.root))
            try:
                yield
            finally:
                _give_back(file)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
