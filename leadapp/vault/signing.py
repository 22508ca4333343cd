"""Ed25519: a device's and the root key's signature."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from leadapp.core.errors import Damage

SEED_BYTES = 32


def new_seed() -> bytes:
    """Return a fresh private key, 32 bytes."""
    return secrets.token_bytes(SEED_BYTES)


class Ed25519Signer:
    """Signs with one private key. ``core.seams.Signer``."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise Damage("vault.bad_key")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes_raw()

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes others check with."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._key.sign(message)


class Ed25519Verifier:
    """Checks signatures. ``core.seams.Verifier``."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Return whether ``signature`` is ``public_key``'s over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True
