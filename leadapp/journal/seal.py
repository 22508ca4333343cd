"""A seal: a device's signature over the head of its log, which commits to all before it.

Made at lock, log-out and sync. What lies between two seals is a batch, the unit that
travels. Signing and checking are handed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from leadapp.core.encoding import canonical_json
from leadapp.core.ids import EntryHash, LogId, RingId
from leadapp.core.seams import Signer, Verifier
from leadapp.journal.log import log_id

_PREFIX = b"dv-seal-1\0"


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. ``first``..``last`` is the batch; ``prev`` the head before it ("" at the start).

    ``device`` and ``nonce`` show that the log is the signer's; ``seen`` is, by log, the
    last number its author held; ``roster`` the hash of the roster it went by.
    """

    ring: RingId
    log: LogId
    first: int
    last: int
    prev: str
    head: EntryHash
    device: bytes
    nonce: bytes
    roster: str = ""
    signature: bytes = b""
    seen: Mapping[str, int] = field(default_factory=dict)


def seal_message(seal: Seal) -> bytes:
    """Return the bytes that are signed."""
    context = hashlib.sha256(canonical_json(dict(seal.seen)) + seal.roster.encode()).digest()
    fields = (seal.ring, seal.log, str(seal.last), seal.head)
    return _PREFIX + "\0".join(fields).encode() + b"\0" + context


def sign_seal(seal: Seal, signer: Signer) -> Seal:
    """Return ``seal`` with the device's signature."""
    return Seal(
        seal.ring,
        seal.log,
        seal.first,
        seal.last,
        seal.prev,
        seal.head,
        seal.device,
        seal.nonce,
        seal.roster,
        signer.sign(seal_message(seal)),
        seal.seen,
    )


def verify_seal(seal: Seal, verifier: Verifier) -> bool:
    """Return whether the seal is its device's, over a log that is its device's."""
    return log_id(seal.device, seal.nonce) == seal.log and verifier.verify(
        seal.device, seal.signature, seal_message(seal)
    )
