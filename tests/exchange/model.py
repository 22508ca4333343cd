"""Computers without a database and a folder without a disk: many histories in little time.

Keys, sealing and signatures are the real ones.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from leadapp.core.attachments import Attachment
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, EntryHash, FormId, LogId, RecordId, RingId, UserId
from leadapp.exchange.bundle import Batch, Blob, Bundle
from leadapp.exchange.fetching import FileRead, fetch
from leadapp.exchange.parties import Audience, Opener
from leadapp.exchange.pushing import Pushed, push
from leadapp.journal.attached import Attached, attached, blob_name
from leadapp.journal.entry import Entry, write_entry
from leadapp.journal.fold import Folded, fold
from leadapp.journal.log import log_id
from leadapp.journal.seal import Seal, sign_seal
from leadapp.vault.sealing import AgeSealer, Identity, new_identity
from leadapp.vault.signing import Ed25519Signer, Ed25519Verifier, new_seed

RING = RingId("refer-sheriff")
FOLDER = "abcdefgh"
RECORD = RecordId("r" * 22)


class Crash(Exception):
    """The power goes."""


class Folder:
    """A dumb folder. ``crash_at`` counts operations down; then the power goes, before, in or after."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.crash_at = -1
        self.how = "before"
        self.full = False
        self.unreadable: set[str] = set()

    def _step(self) -> bool:
        """Return whether the power goes in this operation."""
        self.crash_at -= 1
        if self.crash_at == -1 and self.how == "before":
            raise Crash
        return self.crash_at == -1

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        assert folder == FOLDER
        if self._step():
            raise Crash
        return {name: len(data) for name, data in self.files.items()}

    def get(self, folder: str, name: str, most: int) -> bytes:
        assert folder == FOLDER
        if self._step():
            raise Crash
        if name in self.unreadable or name not in self.files:
            raise Refusal("targets.cannot_read", file=name)
        return self.files[name][:most]

    def put(self, folder: str, name: str, data: bytes) -> None:
        assert folder == FOLDER
        going = self._step()
        if self.full:
            raise Refusal("core.disk_full", folder="stick")
        if going and self.how == "torn":
            self.files[name] = data[: len(data) // 2]
            raise Crash
        assert name not in self.files, "a file is never written over"
        self.files[name] = data
        if going:
            raise Crash

    def delete(self, folder: str, name: str) -> None:
        assert folder == FOLDER
        if self._step():
            raise Crash
        self.files.pop(name, None)


@cache
def keys(n: int) -> tuple[Ed25519Signer, Identity]:
    """Return the keys of computer ``n``: made once a run."""
    return Ed25519Signer(new_seed()), new_identity()


@dataclass
class Held:
    """What lies in a computer's file, and comes back with its backup."""

    entries: dict[EntryHash, Entry] = field(default_factory=dict)
    seals: dict[bytes, Seal] = field(default_factory=dict)
    remembered: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    nonce: bytes = b""
    last: int = 0
    head: str = ""
    sealed: int = 0
    sealed_head: str = ""


class Computer:
    """One computer in one ring; its own ``exchange.parties.Ledger``."""

    ring = RING

    def __init__(self, n: int, of: int, *, carries: bool) -> None:
        self.n, self.of, self.carries = n, of, carries
        self.signer, self.identity = keys(n)
        self.held = Held()
        self._new_log()
        self.copies = 0

    # -- writing -----------------------------------------------------------------------------

    def _new_log(self) -> None:
        held = self.held
        held.nonce, held.last, held.head, held.sealed, held.sealed_head = (
            os.urandom(16),
            0,
            "",
            0,
            "",
        )

    @property
    def log(self) -> LogId:
        return log_id(self.signer.public_key, self.held.nonce)

    def attach(self, data: bytes) -> Attached:
        """Write an entry that names a file with these bytes, and keep the file."""
        salt = os.urandom(16)
        file = Attached(blob_name(salt, data), to_base64url(salt), len(data))
        self.held.blobs[file.name] = data
        self.write("paper", Attachment(file.name, file.salt, file.size, "image/png", "a.png").text)
        return file

    def write(self, key: str, value: str, t: int = 0) -> Entry:
        held = self.held
        heads = self.fold().heads if held.entries else ()
        entry = write_entry(
            ring=RING, log=self.log, seq=held.last + 1, prev=held.head, t_ms=t,
            author=UserId(f"user-{self.n}"), record=RECORD, form=FormId("referral"),
            form_version="1", parents=heads, op="save", values={key: value}, salt=os.urandom(16),
        )  # fmt: skip
        held.entries[entry.hash] = entry
        held.last, held.head = entry.seq, entry.hash
        return entry

    def seal(self) -> None:
        held = self.held
        if held.sealed == held.last:
            return
        bare = Seal(
            ring=RING, log=self.log, first=held.sealed + 1, last=held.last, prev=held.sealed_head,
            head=EntryHash(held.head), device=self.signer.public_key, nonce=held.nonce,
        )  # fmt: skip
        made = sign_seal(bare, self.signer)
        held.seals[made.signature] = made
        held.sealed, held.sealed_head = held.last, held.head

    def fold(self) -> Folded:
        return fold(list(self.held.entries.values()))

    # -- the ledger --------------------------------------------------------------------------

    def recall(self, name: str) -> str:
        return self.held.remembered.get(name, "")

    def remember(self, name: str, value: str) -> None:
        self.held.remembered[name] = value

    def take(self, batches: Sequence[Batch]) -> Iterator[int]:
        arriving = [entry for batch in batches for entry in batch.entries]
        missing = [one for one in arriving if one.hash not in self.held.entries]
        self.held.entries |= {one.hash: one for one in missing}
        self.held.seals |= {batch.seal.signature: batch.seal for batch in batches}
        if any(one.log == self.log for one in missing):
            self.copies += 1
            self._new_log()
        yield len(arriving)

    def seals(self) -> Sequence[Seal]:
        return sorted(self.held.seals.values(), key=lambda one: (one.log, one.last, one.head))

    def entries(self, seal: Seal) -> Sequence[Entry]:
        return [
            one
            for one in self.held.entries.values()
            if one.log == seal.log and seal.first <= one.seq <= seal.last
        ]

    def named_blobs(self) -> Sequence[tuple[Attached, bytes]]:
        devices = {seal.log: seal.device for seal in self.held.seals.values()}
        entries = self.held.entries.values()
        return [(file, devices.get(e.log, b"")) for e in entries for file in attached(e.values)]

    def blob_names(self) -> Collection[str]:
        return self.held.blobs.keys()

    def blob(self, name: str) -> bytes | None:
        return self.held.blobs.get(name)

    def take_blobs(self, blobs: Sequence[Blob]) -> int:
        named = {file.name for file, _ in self.named_blobs()} - self.held.blobs.keys()
        new = {one.file.name: one.data for one in blobs if one.file.name in named}
        self.held.blobs |= new
        return len(new)

    def enough(self, _bundle: Bundle) -> bool:
        """Take everything at once."""
        return False

    def redacted_blobs(self) -> Collection[str]:
        return ()

    def redactions(self) -> int:
        return 0

    # -- exchanging --------------------------------------------------------------------------

    def opener(self) -> Opener:
        return Opener(self.identity.secret, AgeSealer(), Ed25519Verifier(), "roster", "1")

    def audience(self) -> Audience:
        mine = self.signer.public_key
        return Audience(
            frozenset(DeviceId(f"device-{n}") for n in range(self.of)),
            tuple(keys(n)[1].recipient for n in range(self.of)),
            lambda seal: self.carries or seal.device == mine,
        )

    def sync(self, folder: Folder) -> tuple[list[FileRead], Pushed]:
        self.seal()
        read = fetch(folder, FOLDER, self, self.opener())
        return read, push(folder, FOLDER, self, self.audience(), AgeSealer())

    def backup(self) -> Held:
        return copy.deepcopy(self.held)

    def restore(self, held: Held) -> None:
        self.held = copy.deepcopy(held)


def program(count: int) -> list[Computer]:
    """Return ``count`` computers; the first is the coordinator's and carries for others."""
    return [Computer(n, count, carries=n == 0) for n in range(count)]
