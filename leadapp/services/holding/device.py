"""This computer as its ring ``sys`` has it: its signing key, and whether its plain file is true."""

from __future__ import annotations

from collections.abc import Iterable

from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Damage
from leadapp.core.seams import Signer
from leadapp.journal.rings import SYS
from leadapp.journal.statement import Statement, device_id
from leadapp.kinds import KINDS
from leadapp.services.holding.members import roster_of, statements_in
from leadapp.store.archive import Archive
from leadapp.store.connection import open_file
from leadapp.store.device import DeviceInfo
from leadapp.store.folder import ProgramFolder
from leadapp.store.ring_file import RingFile
from leadapp.vault.signing import Ed25519Signer

SIGNING_KEY = "signing key"
"""The name under which ``sys`` keeps the device's Ed25519 key."""


def read_sys(folder: ProgramFolder, key: bytes) -> tuple[Ed25519Signer, list[Statement]]:
    """Return the device's signing key and the statements, before the archive opens."""
    connection = open_file(folder.ring_file(SYS), key)
    try:
        file = RingFile(connection, SYS, KINDS)
        seed, entries = file.kept(f"own {SIGNING_KEY}"), file.journal.of_op("roster")
    finally:
        connection.close()
    if not seed:
        raise Damage("services.no_signing_key")
    return Ed25519Signer(from_base64url(seed)), statements_in(entries)


def keep_signing_key(archive: Archive, seed: bytes) -> None:
    """Keep the device's signing key in ``sys``."""
    archive.keep(SYS, SIGNING_KEY, to_base64url(seed))


def check_device(device: DeviceInfo, signer: Signer, statements: Iterable[Statement]) -> None:
    """Damage when the plain device file is not this device as ``sys`` has it.

    Its class and agency are signed in the roster: an edited file must not take anyone's
    rings, nor give any.
    """
    if device_id(signer.public_key) != device.device_id:
        raise Damage("services.device_edited")
    known = roster_of(statements, device.program_id).devices.get(device.device_id)
    if known is not None and (known.device_class, known.agency) != (
        device.device_class,
        device.agency,
    ):
        raise Damage("services.device_edited")
