"""A program on disk for tests: real encrypted files, a clock moved by hand, a plain signer."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import DeviceId, FormId, RecordId, RingId, UserId
from leadapp.kinds import KINDS
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo
from leadapp.store.drafts import DraftStore
from leadapp.store.folder import ProgramFolder
from leadapp.store.projector import Projector
from leadapp.store.reader import Reader
from leadapp.store.writing import RecordWrite

CARE = RingId("care")
SHARED = RingId("shared")
LAW = RingId("law-sheriff")
REFER = RingId("refer-sheriff")
ANN = UserId("ann")
START = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Form:
    """A definition as far as the store looks at it."""

    id: str
    kind: str
    version: str = "1"
    title: str = ""

    @property
    def hash(self) -> str:
        return f"hash of {self.id} {self.version} {self.kind}"


FORMS = (
    Form("cit_contact", "cit_contact", title="CIT contact"),
    Form("person", "person", title="Person"),
    Form("contact_note", "contact_note", title="Contact note"),
    Form("place", "place", title="Place"),
    Form("free", "", title="Free form"),
)


def recalculate(definition: Form, answers: Mapping[str, str], finished_at: str) -> dict[str, str]:
    """Calculate one answer, so that tests can see when it was done with what."""
    if "first" not in answers:
        return {}
    return {"sum": f"{answers['first']}+{answers.get('second', '')} v{definition.version}"}


def projector(forms=FORMS, kinds=KINDS) -> Projector:
    definitions = {(form.id, form.version): form for form in forms}
    definitions |= {(form.id, form.hash): form for form in forms}
    return Projector(definitions, kinds, recalculate)


class Signer:
    """Signs with a keyed hash: tells devices and messages apart without a crypto library."""

    def __init__(self, name: str) -> None:
        self.public_key = hashlib.sha256(name.encode()).digest()

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha512(self.public_key + message).digest()


class Verifier:
    """Checks what ``Signer`` signed."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        return signature == hashlib.sha512(public_key + message).digest()


def key(ring: RingId) -> bytes:
    return hashlib.sha256(f"key of {ring}".encode()).digest()


@dataclass
class Program:
    """One computer's program folder. ``name`` is the device; keys follow from the rings."""

    root: Path
    name: str = "one"
    rings: tuple[RingId, ...] = (SHARED, CARE)
    clock: SteppingClock = field(default_factory=lambda: SteppingClock(START))
    counter: itertools.count = field(default_factory=itertools.count)

    @property
    def folder(self) -> ProgramFolder:
        return ProgramFolder(self.root / self.name)

    @property
    def keys(self) -> dict[RingId, bytes]:
        return {ring: key(ring) for ring in self.rings}

    @property
    def device(self) -> DeviceInfo:
        return DeviceInfo("program", "Test County", DeviceId(f"device-{self.name}"), "office")

    def fresh(self) -> str:
        """Return an id no other call returns."""
        return f"{self.name}-{next(self.counter):018d}"

    def make(self) -> Archive:
        """Make the folder and its rings; the archive is open."""
        self.folder.make()
        archive = self.archive(keys={})
        for ring in self.rings:
            archive.create_ring(ring, key(ring))
        return archive

    def archive(self, *, keys=None, using: Projector | None = None) -> Archive:
        return Archive.open(
            self.folder,
            self.keys if keys is None else keys,
            device=self.device,
            signer=Signer(self.name),
            projector=using or projector(),
            clock=self.clock,
            ids=self.fresh,
            salts=lambda: hashlib.sha256(self.fresh().encode()).digest()[:16],
            anchors=self.root / f"state-{self.name}",
        )

    def reader(self, rings=None) -> Reader:
        chosen = self.rings if rings is None else rings
        return Reader.open(self.folder, {ring: key(ring) for ring in chosen})

    def drafts(self) -> DraftStore:
        return DraftStore.open(self.folder, self.keys, clock=self.clock)

    def save(self, record: str, values=None, /, **more) -> RecordWrite:
        """Return a save of a free form a minute after the last one."""
        return self.of("free", record, values, **more)

    def of(self, form: str, record: str, values=None, /, *, op="save", by=ANN, parents=None):
        self.clock.step(timedelta(minutes=1))
        return RecordWrite(
            RecordId(record),
            FormId(form),
            "1",
            op,
            dict(values or {}),
            by,
            self.clock.now(),
            parents,
        )


def answers(reader: Reader, ring: RingId, record: str) -> dict[str, str]:
    found = reader.record(ring, RecordId(record))
    assert found is not None
    return dict(found.answers)


def journal(reader: Reader, ring: RingId):
    """Return all entries and seals of a ring, as an exchange would hand them on."""
    return list(reader._journal(ring).everything()), reader.seals(ring)
