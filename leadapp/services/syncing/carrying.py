"""Bundles as single files, to mail or to carry: written, taken, or only looked at.

Each is a work in turns (``exporting``, ``importing``, ``inspecting``), so that a large file
keeps no save waiting, and a plain function that does it whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import DeviceId, RecordId, RingId
from leadapp.exchange.armor import armor, unarmored
from leadapp.exchange.bundle import Bundle, write_bundle
from leadapp.exchange.fetching import FileRead, taking
from leadapp.exchange.memory import good, remember
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.parties import Audience, Opener
from leadapp.exchange.pushing import Pushed, as_bundles
from leadapp.exchange.reading import MOST_FILE_BYTES, NotForMe, open_bundle
from leadapp.exchange.turns import Turn, Work, finish
from leadapp.journal.rings import SHARED, SYS
from leadapp.journal.seal import Seal
from leadapp.journal.statement import device_id
from leadapp.services.desk import Desk
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.membership import audience, opener
from leadapp.services.syncing.places import require_sync
from leadapp.services.syncing.report import RingReport, report_of
from leadapp.services.syncing.settling import settling
from leadapp.store.reader import Reader
from leadapp.vault.sealing import AgeSealer

_MOST_MAIL = MOST_FILE_BYTES * 2


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file carries: nothing of it was taken. ``new`` entries are not here yet.

    ``people`` are those who use the computers whose entries it carries. ``to_adopt`` entries
    are of computers that were shut out, and count only once a coordinator adopts the file.
    """

    ring: RingId
    devices: int
    batches: int
    entries: int
    new: int
    people: tuple[str, ...] = ()
    to_adopt: int = 0
    files: int = 0
    """How many attached files it carries."""


# -- writing ---------------------------------------------------------------------------------


def export_bundles(
    desk: Desk, ring: RingId, output: Path, *, everything: bool = False, mail: bool = False
) -> list[Path]:
    """Do ``exporting`` here and now. Writer lane."""
    return finish(exporting(desk, ring, output, everything=everything, mail=mail))


def exporting(
    desk: Desk, ring: RingId, output: Path, *, everything: bool = False, mail: bool = False
) -> Work[list[Path]]:
    """Write own entries of a ring that no target has yet, or everything held, as files.

    One file as a rule; ``name-2`` and so on where it is much.
    """
    require_sync(desk)
    if ring not in desk.rings:
        raise Refusal("services.ring_not_exchanged", ring=ring)
    desk.archive.seal(desk.holding.roster.fingerprint)
    to = audience(desk, ring, carries=everything)
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        ledger = RingLedger(desk, reader, ring)
        yield Turn("away")
        sent = {log.log: log.sent for log in reader.logs(ring)}
        chosen = [
            seal
            for seal in ledger.seals()
            if to.sends(seal) and (everything or seal.last > sent.get(seal.log, 0))
        ]
        written = yield from writing_files(ledger, to, chosen, output, mail=mail)
        yield Turn("writer")
    return written


def writing_files(
    ledger: RingLedger,
    to: Audience,
    chosen: Sequence[Seal],
    output: Path,
    *,
    number: int = 1,
    mail: bool = False,
) -> Work[list[Path]]:
    """Write the batches under ``chosen`` as files, the first one ``number``. Away lane throughout."""
    bundles = as_bundles(ledger, chosen, to)
    if not bundles:
        raise Refusal("services.nothing_to_send", ring=ledger.ring)
    written = []
    for n, bundle in enumerate(bundles, start=number):
        data = write_bundle(bundle, AgeSealer(), to.recipients)
        path = output if n == 1 else output.with_stem(f"{output.stem}-{n}")
        write_whole(path.absolute(), armor(data) if mail else data)
        written.append(path)
        yield Turn("away", len(written), len(bundles))
    return written


# -- taking in -------------------------------------------------------------------------------


def import_bundle(desk: Desk, path: Path) -> RingReport:
    """Do ``importing`` here and now. Writer lane."""
    return finish(importing(desk, path))


def importing(desk: Desk, path: Path) -> Work[RingReport]:
    """Take a file in; taking it twice changes nothing."""
    require_sync(desk)
    opened = yield from opening(desk, path)
    return (yield from taking_in(desk, opened))


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened: what it carries, its right name and its size."""

    bundle: Bundle
    name: str
    size: int


def opening(desk: Desk, path: Path) -> Work[Opened]:
    """Open a file; nothing is taken. It does not say which ring it is of: all keys are tried."""
    keys = [
        (ring, opener(desk, ring))
        for ring in sorted(desk.rings, key=lambda one: one != SYS)
        # ``sys`` also where this computer waits to be let in: it says so
        if ring == SYS or desk.holding.roster_allows(ring)
    ]
    yield Turn("away")
    data = _read(path)
    bundle = _open(keys, data)
    yield Turn("writer")
    return Opened(bundle, bundle_name(data), len(data))


def taking_in(desk: Desk, opened: Opened) -> Work[RingReport]:
    """Take in what an opened file carries, some 100 ms at a time."""
    bundle = opened.bundle
    desk.archive.seal(desk.holding.roster.fingerprint)
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        ledger = RingLedger(desk, reader, bundle.ring)
        yield Turn("away", 0, bundle.entries)
        ledger.prepare()
        yield Turn("writer", 0, bundle.entries)
        for through in taking(ledger, bundle):
            yield Turn("writer", through, bundle.entries)
        remember(ledger, opened.name, good(bundle, opened.size))
        yield from settling(desk, ledger)
        read = [FileRead(opened.name, "taken", "", bundle.entries)]
        yield Turn("away", bundle.entries, bundle.entries)
        report = report_of(desk, ledger, reader, read, Pushed(0, 0, {}))
        yield Turn("writer", bundle.entries, bundle.entries)
    return report


# -- looking ---------------------------------------------------------------------------------


def inspect_bundle(desk: Desk, path: Path) -> Inspected:
    """Do ``inspecting`` here and now. Writer lane."""
    return finish(inspecting(desk, path))


def inspecting(desk: Desk, path: Path) -> Work[Inspected]:
    """Say what a file carries, and take nothing."""
    require_sync(desk)
    opened = yield from opening(desk, path)
    bundle = opened.bundle
    hashes = [entry.hash for batch in bundle.batches for entry in batch.entries]
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        ledger = RingLedger(desk, reader, bundle.ring)
        yield Turn("away")
        found = Inspected(
            ring=bundle.ring,
            devices=len(bundle.to),
            batches=len(bundle.batches),
            entries=bundle.entries,
            new=len(reader.missing(bundle.ring, hashes)),
            people=_people(desk, reader, writers(bundle)),
            to_adopt=_to_adopt(desk, ledger, bundle),
            files=len(bundle.blobs),
        )
        yield Turn("writer")
    return found


def writers(bundle: Bundle) -> frozenset[DeviceId]:
    """Return the computers whose entries a file carries."""
    return frozenset(device_id(batch.seal.device) for batch in bundle.batches)


def are_shut_out(desk: Desk, devices: Collection[DeviceId]) -> bool:
    """Return whether these computers were shut out, all of them."""
    known = [desk.holding.roster.devices.get(one) for one in devices]
    return bool(known) and all(one is not None and one.revoked for one in known)


def _to_adopt(desk: Desk, ledger: RingLedger, bundle: Bundle) -> int:
    """Return how many entries do not count as they were written by who had been shut out."""
    if not are_shut_out(desk, writers(bundle)):
        return 0
    ledger.prepare()
    return ledger.causes(bundle.batches).get("journal.device_revoked", 0)


def _people(desk: Desk, reader: Reader, devices: AbstractSet[DeviceId]) -> tuple[str, ...]:
    """Return the names of those who use ``devices``, as far as they are known here."""
    found = set()
    for user in desk.holding.roster.users.values():
        stored = reader.record(SHARED, RecordId(user.id)) if devices & user.devices else None
        if stored is not None and stored.answers.get("name"):
            found.add(stored.answers["name"])
    return tuple(sorted(found))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return unarmored(file.read(_MOST_MAIL))
    except OSError as cause:
        raise Refusal("services.cannot_read_file", file=path.name) from cause


def _open(keys: Sequence[tuple[RingId, Opener]], data: bytes) -> Bundle:
    for ring, one in keys:
        try:
            return open_bundle(
                data,
                ring=ring,
                identity=one.identity,
                sealer=one.sealer,
                verifier=one.verifier,
            )
        except NotForMe:
            continue
    raise Refusal("exchange.not_for_this_device")
