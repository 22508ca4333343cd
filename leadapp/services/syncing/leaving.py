"""A computer that was shut out: what it wrote that nobody has, and the end of its keys.

It writes no more. What others will not count of its work goes into files for a coordinator,
who looks at it and may adopt it; then the program folder is wiped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import closing
from pathlib import Path

from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Refusal
from leadapp.core.files import cannot_write
from leadapp.core.ids import DeviceId, EntryHash, RingId
from leadapp.core.text import tidy
from leadapp.exchange.bundle import Bundle
from leadapp.exchange.turns import Turn, Work, finish
from leadapp.journal.accept import trusted_entries
from leadapp.journal.rings import SYS
from leadapp.journal.seal import Seal
from leadapp.journal.statement import device_id
from leadapp.services.desk import Desk
from leadapp.services.syncing.carrying import (
    are_shut_out,
    opening,
    taking_in,
    writers,
    writing_files,
)
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.membership import audience, is_revoked, this_device
from leadapp.services.syncing.report import RingReport
from leadapp.staff.rights import may_program
from leadapp.store.reader import Reader

_HANDED_OVER = "handed over"


def not_counted(desk: Desk, reader: Reader) -> dict[RingId, int]:
    """Return, by ring, how much was written here that others do not count, once shut out.

    Zero entries are left out. Reader lane with ``desk.reader``.
    """
    found = {}
    for ring in desk.rings:
        entries = sum(
            reader.written_after(ring, seal.log, seal.first - 1)
            - reader.written_after(ring, seal.log, seal.last)
            for seal in _beyond_the_cut(desk, reader, ring)
        )
        unsealed = sum(
            reader.written_after(ring, log.log, log.sealed) for log in reader.logs(ring) if log.own
        )
        if entries + unsealed and ring != SYS:
            found[ring] = entries + unsealed
    return found


def hand_over(desk: Desk, output: Path) -> list[Path]:
    """Do ``handing_over`` here and now. Writer lane."""
    return finish(handing_over(desk, output))


def handing_over(desk: Desk, output: Path) -> Work[list[Path]]:
    """Write what others do not count as files for a coordinator: one a ring."""
    _require_revoked(desk)
    desk.archive.seal(desk.holding.roster.fingerprint)
    rings = [ring for ring in desk.rings if ring != SYS]
    written: list[Path] = []
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        parts = [
            (RingLedger(desk, reader, ring), audience(desk, ring, carries=False)) for ring in rings
        ]
        yield Turn("away")
        for ledger, to in parts:
            chosen = _beyond_the_cut(desk, reader, ledger.ring)
            if chosen and any(_told(reader, seal) for seal in chosen):
                number = len(written) + 1
                written += yield from writing_files(ledger, to, chosen, output, number=number)
        if not written:
            raise Refusal("services.nothing_to_hand_over")
        heads = _heads(reader)
        yield Turn("writer")
        desk.archive.keep(SYS, _HANDED_OVER, heads)
    return written


def may_adopt(desk: Desk) -> bool:
    """Return whether files of computers that were shut out can be adopted here, by this person."""
    return desk.holding.is_coordinators() and any(
        may_program(role, "devices") for role in desk.roles
    )


def adopt(desk: Desk, path: Path, reason: str) -> RingReport:
    """Do ``adopting`` here and now. Writer lane."""
    return finish(adopting(desk, path, reason))


def adopting(desk: Desk, path: Path, reason: str) -> Work[RingReport]:
    """Let the entries in a shut-out computer's file count: looked at, and vouched for.

    What it wrote before them in the same log counts then too. A coordinator's computer only.
    """
    desk.require_program("devices")
    if not desk.holding.is_coordinators():
        raise Refusal("services.not_a_coordinators_computer")
    if not tidy(reason):
        raise Refusal("services.reason_needed")
    opened = yield from opening(desk, path)
    if not are_shut_out(desk, writers(opened.bundle)):
        raise Refusal("services.not_of_a_shut_out_computer")
    for device, heads in _by_device(opened.bundle).items():
        body: dict[str, object] = {
            "what": "device",
            "id": device,
            "cuts": sorted(heads),
            "kept": [],
            "reason": tidy(reason),
        }
        desk.holding.say(desk.archive, "revoke", body)
    return (yield from taking_in(desk, opened))


def wipe(desk: Desk, *, anyway: bool = False) -> None:
    """Forget everything of the program on this computer: its keys first, then its files.

    Only on a computer that was shut out, and not before its work was handed over, unless
    ``anyway``. Writer lane; the desk is closed by it. A disk may keep traces of what is deleted; without
    the keys they cannot be read.
    """
    _require_revoked(desk)
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        handed_over = desk.archive.kept(SYS, _HANDED_OVER) == _heads(reader)
        if not anyway and not handed_over and not_counted(desk, reader):
            raise Refusal("services.hand_over_first")
    root = desk.root
    desk.close()
    for keys in sorted(root.rglob(desk.folder.keyring.name)):
        _overwrite(keys)
    try:
        for part in sorted(root.iterdir()):
            shutil.rmtree(part) if part.is_dir() else part.unlink()
    except OSError as cause:
        raise cannot_write(root, cause) from cause


def _require_revoked(desk: Desk) -> None:
    if not is_revoked(desk):
        raise Refusal("services.not_shut_out")


def _beyond_the_cut(desk: Desk, reader: Reader, ring: RingId) -> list[Seal]:
    """Return the own seals whose entries the revocation does not leave good."""
    me = this_device(desk)
    if me is None or not me.revoked:
        return []
    own = [log.log for log in reader.logs(ring) if log.own]
    before = {one.hash: one.prev for log in own for one in reader.entries(ring, log)}
    trusted = trusted_entries(desk.holding.roster, before)
    mine = [seal for seal in reader.seals(ring) if seal.device == me.public]
    return [seal for seal in mine if not trusted.holds(me.id, EntryHash(seal.head))]


def _told(reader: Reader, seal: Seal) -> bool:
    """Return whether a seal is about more than who looked at what."""
    entries = reader.entries(seal.ring, seal.log, seal.first, seal.last)
    return any(one.op != "accesses" for one in entries)


def _heads(reader: Reader) -> str:
    """Return where the own logs stand: more was written since, if this differs."""
    written = {
        log.log: reader.written_after(ring, log.log, 0)
        for ring in reader.rings
        if ring != SYS
        for log in reader.logs(ring)
        if log.own
    }
    return canonical_json(written).decode()


def _by_device(bundle: Bundle) -> dict[DeviceId, set[str]]:
    found: dict[DeviceId, set[str]] = {}
    for batch in bundle.batches:
        found.setdefault(device_id(batch.seal.device), set()).add(batch.seal.head)
    return found


def _overwrite(path: Path) -> None:
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
