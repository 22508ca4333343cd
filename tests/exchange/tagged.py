"""Keys that are names: sealing and signing for thousands of histories, as strict and far quicker.

The form is age's, so that what reads bundles before any key is tried works on it too.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Sequence

from leadapp.core.errors import Damage

_BEGIN = b"age-encryption.org/v1\n"


class TaggedSealer:
    """Names whom a file is for instead of encrypting it. ``core.seams.Sealer``."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def seal(self, data: bytes, recipients: Sequence[str]) -> bytes:
        lines = b"".join(b"-> X25519 %s\n" % one.encode() for one in recipients)
        number = b"%d" % self._chance.getrandbits(60)
        return b"%s%s--- %s %s\n%s" % (_BEGIN, lines, number, _tag(lines + number + data), data)

    def open(self, sealed: bytes, identity: str) -> bytes:
        lines, _, rest = sealed.removeprefix(_BEGIN).partition(b"--- ")
        number, _, rest = rest.partition(b" ")
        tag, _, data = rest.partition(b"\n")
        if identity not in recipients_of(sealed) or tag != _tag(lines + number + data):
            raise Damage("vault.not_sealed_to_this_key")
        return data


def recipients_of(sealed: bytes) -> set[str]:
    """Return whom a file is for."""
    lines = sealed.removeprefix(_BEGIN).partition(b"--- ")[0].split(b"\n")
    return {line.removeprefix(b"-> X25519 ").decode(errors="replace") for line in lines if line}


class TaggedSigner:
    """Signs with a keyed hash. ``core.seams.Signer``."""

    def __init__(self, name: str) -> None:
        self.public_key = hashlib.sha256(name.encode()).digest()

    def sign(self, message: bytes) -> bytes:
        return hmac.digest(self.public_key, message, "sha512")


class TaggedVerifier:
    """Checks what ``TaggedSigner`` signed. ``core.seams.Verifier``."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        return hmac.compare_digest(hmac.digest(public_key, message, "sha512"), signature)


def _tag(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:16].encode()
