"""One signed sentence of the roster, byte for byte as it was signed.

Format, final::

    line       canonical JSON ["dv-roster-1", program, kind, body, signer, nonce]
    signature  Ed25519 of b"dv-roster-1\\0" + line, by the signer's key
    id         first 16 bytes of SHA-256(line), base64url
    program    first 16 bytes of SHA-256(b"dv-program-1\\0" + root key), base64url
    device id  first 16 bytes of SHA-256(b"dv-device-1\\0" + device key), base64url

So a program's id names its root key and a device's id its signing key: neither
can be claimed by another key. In the journal a statement is an entry of the ring
``sys`` with op ``roster`` and the values ``_statement`` and ``_signature``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Damage
from leadapp.core.ids import ID_BYTES, DeviceId
from leadapp.core.seams import Signer, Verifier

FORMAT = "dv-roster-1"
_SIGNED = b"dv-roster-1\0"
_LINE = "_statement"
_SIGNATURE = "_signature"
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as read; nothing says yet that its signature is good."""

    line: bytes
    signature: bytes
    program: str
    kind: str
    body: Mapping[str, object] = field(compare=False)
    signer: bytes
    id: str

    def __hash__(self) -> int:
        """Hash by what was signed."""
        return hash((self.line, self.signature))

    def values(self) -> dict[str, str]:
        """Return the values of the journal entry that carries this statement."""
        return {_LINE: self.line.decode(), _SIGNATURE: to_base64url(self.signature)}

    def genuine(self, verifier: Verifier) -> bool:
        """Return whether the signer named in the line signed it."""
        return verifier.verify(self.signer, self.signature, _SIGNED + self.line)


def write_statement(
    kind: str, body: Mapping[str, object], *, program: str, signer: Signer, nonce: str
) -> Statement:
    """Sign ``body`` as a statement of ``kind``."""
    parts = [FORMAT, program, kind, dict(body), to_base64url(signer.public_key), nonce]
    line = canonical_json(parts)
    return read_statement(line, signer.sign(_SIGNED + line))


def read_statement(line: bytes, signature: bytes) -> Statement:
    """Read a statement; Damage when the line is not one."""
    parts = read_json(line)
    if not isinstance(parts, list) or len(parts) != _PARTS or parts[0] != FORMAT:
        raise Damage("journal.not_a_statement")
    _, program, kind, body, signer, nonce = parts
    texts = all(isinstance(part, str) for part in (program, kind, signer, nonce))
    if not texts or not isinstance(body, dict):
        raise Damage("journal.not_a_statement")
    return Statement(
        line, signature, program, kind, body, from_base64url(signer), short_hash(b"", line)
    )


def statement_of(values: Mapping[str, str]) -> Statement:
    """Return the statement a journal entry's values carry."""
    line, signature = values.get(_LINE), values.get(_SIGNATURE)
    if line is None or signature is None:
        raise Damage("journal.not_a_statement")
    return read_statement(line.encode(), from_base64url(signature))


def short_hash(tag: bytes, data: bytes) -> str:
    """Return the first 16 bytes of the SHA-256 of ``tag`` and ``data``, base64url."""
    return to_base64url(hashlib.sha256(tag + data).digest()[:ID_BYTES])


def program_id(root_public: bytes) -> str:
    """Return the id of the program whose root key this is."""
    return short_hash(b"dv-program-1\0", root_public)


def device_id(public: bytes) -> DeviceId:
    """Return the id of the device whose signing key this is."""
    return DeviceId(short_hash(b"dv-device-1\0", public))
