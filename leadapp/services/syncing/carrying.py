"""Bundles as single files, to mail or to carry: written, taken, or only looked at."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
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
from leadapp.exchange.pushing import Pushed, as_bundles
from leadapp.exchange.reading import MOST_FILE_BYTES, NotForMe, open_bundle
from leadapp.exchange.turns import finish
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

    ``people`` are those who use the computers whose entries it carries.
    """

    ring: RingId
    devices: int
    batches: int
    entries: int
    new: int
    people: tuple[str, ...] = ()


def export_bundles(
    desk: Desk, ring: RingId, output: Path, *, everything: bool = False, mail: bool = False
) -> list[Path]:
    """Write own entries of a ring that no target has yet, or everything held, as files.

    One file as a rule; ``name-2`` and so on where it is much.
    """
    require_sync(desk)
    if ring not in desk.rings:
        raise Refusal("services.ring_not_exchanged", ring=ring)
    desk.archive.seal(desk.holding.roster.fingerprint)
    reader = Reader.open(desk.folder, desk.holding.rings)
    try:
        ledger = RingLedger(desk, reader, ring)
        to = audience(desk, ring, carries=everything)
        sent = {log.log: log.sent for log in reader.logs(ring)}
        chosen = [
            seal
            for seal in ledger.seals()
            if to.sends(seal) and (everything or seal.last > sent.get(seal.log, 0))
        ]
        return write_files(desk, ledger, chosen, output, mail=mail, everything=everything)
    finally:
        reader.close()


def write_files(
    desk: Desk,
    ledger: RingLedger,
    chosen: Sequence[Seal],
    output: Path,
    *,
    number: int = 1,
    mail: bool = False,
    everything: bool = False,
) -> list[Path]:
    """Write the batches under ``chosen`` as files for the ring's members, the first one ``number``."""
    to = audience(desk, ledger.ring, carries=everything)
    bundles = as_bundles(ledger, chosen, to)
    if not bundles:
        raise Refusal("services.nothing_to_send", ring=ledger.ring)
    written = []
    for n, bundle in enumerate(bundles, start=number):
        data = write_bundle(bundle, AgeSealer(), to.recipients)
        path = output if n == 1 else output.with_stem(f"{output.stem}-{n}")
        write_whole(path.absolute(), armor(data) if mail else data)
        written.append(path)
    return written


def import_bundle(desk: Desk, path: Path) -> RingReport:
    """Take a file in; taking it twice changes nothing."""
    require_sync(desk)
    return take_bundle(desk, *open_file(desk, path))


def open_file(desk: Desk, path: Path) -> tuple[Bundle, str, int]:
    """Open a file; return what it carries, its right name and its size. Nothing is taken."""
    data = _read(path)
    return _open(desk, data), bundle_name(data), len(data)


def take_bundle(desk: Desk, bundle: Bundle, name: str, size: int) -> RingReport:
    """Take in what an opened file carries."""
    desk.archive.seal(desk.holding.roster.fingerprint)
    reader = Reader.open(desk.folder, desk.holding.rings)
    try:
        ledger = RingLedger(desk, reader, bundle.ring)
        ledger.prepare()
        for _ in taking(ledger, bundle):
            pass
        remember(ledger, name, good(bundle, size))
        finish(settling(desk, ledger))
        read = [FileRead(name, "taken", "", bundle.entries)]
        return report_of(desk, ledger, reader, read, Pushed(0, 0, {}))
    finally:
        reader.close()


def inspect_bundle(desk: Desk, path: Path) -> Inspected:
    """Say what a file carries, and take nothing."""
    require_sync(desk)
    bundle, _, _ = open_file(desk, path)
    hashes = [entry.hash for batch in bundle.batches for entry in batch.entries]
    return Inspected(
        ring=bundle.ring,
        devices=len(bundle.to),
        batches=len(bundle.batches),
        entries=bundle.entries,
        new=len(desk.reader.missing(bundle.ring, hashes)),
        people=_people(desk, {device_id(batch.seal.device) for batch in bundle.batches}),
    )


def _people(desk: Desk, devices: AbstractSet[DeviceId]) -> tuple[str, ...]:
    """Return the names of those who use ``devices``, as far as they are known here."""
    found = set()
    for user in desk.holding.roster.users.values():
        stored = desk.reader.record(SHARED, RecordId(user.id)) if devices & user.devices else None
        if stored is not None and stored.answers.get("name"):
            found.add(stored.answers["name"])
    return tuple(sorted(found))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return unarmored(file.read(_MOST_MAIL))
    except OSError as cause:
        raise Refusal("services.cannot_read_file", file=path.name) from cause


def _open(desk: Desk, data: bytes) -> Bundle:
    """Try the keys of the open rings: a file does not say which ring it is of."""
    for ring in sorted(desk.rings, key=lambda one: one != SYS):
        if ring != SYS and not desk.holding.roster_allows(ring):
            continue  # ``sys`` also where this computer waits to be let in: it says so
        keys = opener(desk, ring)
        try:
            return open_bundle(
                data,
                ring=ring,
                identity=keys.identity,
                sealer=keys.sealer,
                verifier=keys.verifier,
            )
        except NotForMe:
            continue
    raise Refusal("exchange.not_for_this_device")
