"""The computers of a history with real files and keys: SQLCipher, age, Ed25519, the real ledger.

What a history asks of a computer is the same; here it is answered from its encrypted files.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any  # a desk of which only what an exchange needs is real

from leadapp.core.attachments import Attachment
from leadapp.core.clock import SteppingClock
from leadapp.core.ids import DeviceId, LogId, RecordId, RingId, UserId
from leadapp.core.seams import Signer
from leadapp.exchange.bundle import Batch, Blob
from leadapp.exchange.parties import Ledger
from leadapp.exchange.turns import finish
from leadapp.journal.attached import attached
from leadapp.journal.entry import Entry
from leadapp.journal.roster import Roster
from leadapp.journal.statement import Statement
from leadapp.services.holding import Holding, statements_in
from leadapp.services.syncing.ledger import RingLedger
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo
from leadapp.store.folder import ProgramFolder
from leadapp.store.reader import Reader
from leadapp.store.writing import RecordWrite
from leadapp.vault.sealing import AgeSealer, Identity, new_identity
from leadapp.vault.signing import Ed25519Signer, Ed25519Verifier
from tests.exchange.held import RINGS, SYS, Held
from tests.exchange.machines import FORMS, KINDS, Machine
from tests.exchange.sticks import Crash
from tests.store.making import Form, projector

_FORMS = tuple(Form(form, kind) for form, kind in KINDS.items())
_PROJECTOR = projector(_FORMS)


def from_milliseconds(moment: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)


def _key(ring: RingId) -> bytes:
    return hashlib.sha256(ring.encode()).digest()


@cache
def _keys(n: int) -> tuple[Ed25519Signer, dict[RingId, Identity]]:
    seed = hashlib.sha256(b"machine %d" % n).digest()
    return Ed25519Signer(seed), {ring: new_identity() for ring in RINGS}


@cache
def _blank() -> Path:
    """Return a folder with the files of each ring, empty; made once a run."""
    root = Path(tempfile.mkdtemp(prefix="leadapp-blank-"))
    archive = _open(ProgramFolder(root), (), Ed25519Signer(bytes(32)), "blank", root / "state")
    archive.folder.make()
    for ring in RINGS:
        archive.create_ring(ring, _key(ring))
    archive.close()
    return root


def _open(
    folder: ProgramFolder, rings: Sequence[RingId], signer: Signer, device: str, state: Path
) -> Archive:
    numbers = itertools.count()
    return Archive.open(
        folder,
        {ring: _key(ring) for ring in rings},
        device=DeviceInfo("program", "Test County", DeviceId(device), "office"),
        signer=signer,
        projector=_PROJECTOR,
        clock=SteppingClock(from_milliseconds(1_760_000_000_000)),
        ids=lambda: f"id-{next(numbers)}",
        salts=lambda: hashlib.sha256(state.as_posix().encode() + _fresh()).digest()[:16],
        anchors=state,
    )


_NUMBERS = itertools.count()


def _fresh() -> bytes:
    return b"%d" % next(_NUMBERS)


class RealMachine(Machine):
    """A computer with its program folder below ``root``."""

    root_key: Signer = Ed25519Signer(hashlib.sha256(b"root").digest())

    def __init__(self, n: int, *, root: Path, **more: Any) -> None:
        self.root = root / f"{n}-{next(_NUMBERS)}"
        super().__init__(n, **more)

    def make_signer(self) -> Signer:
        return _keys(self.n)[0]

    def identity(self, ring: RingId) -> str:
        return _keys(self.n)[1][ring].secret

    def key(self, ring: RingId) -> str:
        return _keys(self.n)[1][ring].recipient

    def begin(self) -> None:
        self.sealer, self.verifier = AgeSealer(), Ed25519Verifier()
        self.folder = ProgramFolder(self.root)
        self.state = self.root.with_name(self.root.name + "-state")
        self.folder.make()
        for ring in self.rings:
            blank = ProgramFolder(_blank()).ring_file(ring)
            shutil.copy2(blank, self.folder.ring_file(ring))
        self._power_up()

    def _power_up(self) -> None:
        self.archive = _open(self.folder, self.rings, self.signer, self.device, self.state)
        self.reader = Reader.open(self.folder, {ring: _key(ring) for ring in self.rings})
        self.held = _Rings(self)
        self.desk = self._make_desk()
        self._roster_mark: object = None

    def _power_down(self) -> None:
        self.reader.close()
        self.archive.close()

    def _make_desk(self) -> Any:
        holding = Holding.__new__(Holding)
        holding.device = dataclasses.replace(self.archive.device, program_id=self.program)
        holding.signer = self.signer
        holding.statements = statements_in(self.reader.entries_of(SYS, "roster"))
        holding.statements += statements_in(
            one for one in self.reader.held(SYS) if one.op == "roster"
        )
        holding.reread()
        shelf = SimpleNamespace(
            versions=lambda: [SimpleNamespace(form=f, kind=k) for f, k in KINDS.items()]
        )
        clock = SteppingClock(from_milliseconds(4_000_000_000_000))
        return SimpleNamespace(
            archive=self.archive, holding=holding, shelf=shelf, clock=clock, device=holding.device,
            reader=self.reader, rings=self.rings,
        )  # fmt: skip

    # -- roster and writing ------------------------------------------------------------------------

    def _read_roster(self) -> tuple[Mapping[str, Statement], Roster]:
        holding = self.desk.holding
        return {one.id: one for one in holding.statements}, holding.roster

    def say(self, kind: str, body: dict[str, object], *, root: bool = False) -> Statement:
        made = super().say(kind, body, root=root)
        self.desk.holding.statements.append(made)
        self.desk.holding.reread()
        return made

    def log(self, ring: RingId) -> LogId:
        return self.archive.own_log(ring)

    def append(
        self, ring: RingId, op: str, values: dict[str, str], record: str = "", t: int = 0,
        parents: tuple[str, ...] = (), author: UserId | None = None,
    ) -> Entry:  # fmt: skip
        if record:
            at: datetime = from_milliseconds(max(t, 0))
            one = RecordWrite(
                RecordId(record), FORMS[ring], "1", op, values, author or self.user, at, parents
            )
            (name,) = self.archive.write(ring, [one]).entries
        else:
            name = self.archive.append(ring, op, values, author=author or self.user)
        return self.held[ring].entries[name]

    def attach(self, ring: RingId, record: str, data: bytes, t: int) -> Entry:
        blob = self.archive.put_blob(ring, data)
        text = Attachment(blob.name, blob.salt, blob.size, "image/png", "a.png").text
        return self.write(ring, record, "save", {"paper": text}, t)

    def redact(self, ring: RingId, entry: Entry) -> Entry:
        files = [file.name for file in attached(entry.values)]
        made = self.archive.redact(
            ring, [entry.hash], author=self.user, reason="x", blob_names=files
        )
        return self.held[ring].entries[made.entries[0]]

    def seal(self, ring: RingId) -> None:
        if ring == SYS:  # the archive seals all of them
            self.archive.seal(self.roster.fingerprint)

    def counting(self, ring: RingId) -> list[Entry]:
        held = {one.hash for one in self.reader.held(ring)}
        return [one for one in self.held[ring].entries.values() if one.hash not in held]

    def obey(self, ring: RingId) -> None:
        """Count and obey by the roster known now: as an exchange does after it has fetched."""
        if self.device in self.roster.devices:
            finish(RingLedger(self.desk, self.reader, ring).judging())
            self._judge_counting(ring)

    def _judge_counting(self, ring: RingId) -> None:
        """R6: what counts follows from what is here and the roster, with each exchange at once.

        Not asked of one that knows it was shut out: the program lets it write no more.
        """
        if self.roster.devices[self.device].revoked:
            return
        entries = self.held[ring].entries
        knowing = RingLedger(self.desk, self.reader, ring)
        knowing._prev = {one.hash: one.prev for one in entries.values()}
        accept = knowing.accept()
        counting = {one.hash for one in self.counting(ring)}
        assert counting == {one.hash for one in entries.values() if accept(one)}, "R6: at once"

    # -- exchanging --------------------------------------------------------------------------------

    def view(self, ring: RingId) -> Ledger:
        made = _Plugged(self, ring)
        made.prepare()
        return made

    def backup(self) -> Any:
        self._power_down()
        kept = Path(tempfile.mkdtemp(dir=self.root.parent, prefix="kept-"))
        shutil.copytree(self.root, kept / "program")
        shutil.copytree(self.state, kept / "state")
        self._power_up()
        return kept

    def restore(self, kept: Any, *, noticed: bool) -> None:
        self._power_down()
        shutil.rmtree(self.root)
        shutil.copytree(kept / "program", self.root)
        if not noticed:
            shutil.copytree(kept / "state", self.state, dirs_exist_ok=True)
        self._power_up()

    def after_crash(self) -> None:
        self._power_down()
        self._power_up()


class _Rings(Mapping[RingId, Held]):
    """The rings of a real machine as a history looks at them."""

    def __init__(self, machine: RealMachine) -> None:
        self._machine = machine

    def __getitem__(self, ring: RingId) -> Held:
        reader = self._machine.reader
        journal = reader._journal(ring)
        return Held(
            entries={one.hash: one for one in journal.everything()},
            seals={one.signature: one for one in reader.seals(ring)},
            blobs=dict.fromkeys(reader.blob_names(ring), b""),
            emptied=set(journal.redacted()),
        )

    def __iter__(self) -> Iterator[RingId]:
        return iter(self._machine.rings)

    def __len__(self) -> int:
        return len(self._machine.rings)


class _Plugged(RingLedger):
    """The real ledger of a ring; the power may go before or after each of its steps."""

    def __init__(self, machine: RealMachine, ring: RingId) -> None:
        super().__init__(machine.desk, machine.reader, ring)
        self._machine = machine

    def remember(self, name: str, value: str) -> None:
        going = self._machine.plug.step()
        super().remember(name, value)
        if going:
            raise Crash

    def take(self, batches: Sequence[Batch]) -> Iterator[int]:
        going = self._machine.plug.step()
        for through in super().take(batches):
            if going:
                raise Crash
            yield through

    def take_blobs(self, blobs: Sequence[Blob]) -> int:
        going = self._machine.plug.step()
        taken = super().take_blobs(blobs)
        if going:
            raise Crash
        return taken
