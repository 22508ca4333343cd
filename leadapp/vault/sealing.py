"""age (X25519): sealing to recipients and opening with an identity. The only user of pyrage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage  # type: ignore[import-untyped]  # ships no stubs; wrapped here, nowhere else

from leadapp.core.errors import Bug, Damage
from leadapp.vault import bech32

_SECRET_WORD = "age-secret-key-"  # noqa: S105 - the spelling of age keys, not a secret
_NO_KEY = "No matching keys found"
"""What pyrage says of a whole file that is sealed to others."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An age key pair. ``secret`` opens what was sealed to ``recipient``."""

    secret: str = field(repr=False)
    recipient: str

    def to_bytes(self) -> bytes:
        """Return the secret's 32 bytes, for printing."""
        return bech32.decode(_SECRET_WORD, self.secret)


def new_identity() -> Identity:
    """Return a fresh key pair."""
    made = pyrage.x25519.Identity.generate()
    return Identity(str(made), str(made.to_public()))


def identity_of(secret: str) -> Identity:
    """Return the key pair of an ``AGE-SECRET-KEY-1...``; Damage when it is not one."""
    try:
        read = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as cause:
        raise Damage("vault.bad_key") from cause
    return Identity(str(read), str(read.to_public()))


def identity_from_bytes(data: bytes) -> Identity:
    """Return the key pair whose secret these 32 bytes are."""
    return identity_of(bech32.encode(_SECRET_WORD, data).upper())


class AgeSealer:
    """Seals to age recipients. ``core.seams.Sealer``."""

    def seal(self, data: bytes, recipients: Sequence[str]) -> bytes:
        """Return ``data`` readable by each of ``recipients``."""
        if not recipients:
            raise Bug("vault.no_recipient")
        try:
            keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
        except pyrage.RecipientError as cause:
            raise Damage("vault.bad_key") from cause
        return bytes(pyrage.encrypt(data, keys))

    def open(self, sealed: bytes, identity: str) -> bytes:
        """Return what was sealed to ``identity``; Damage when it was not, or is cut or changed."""
        try:
            key = pyrage.x25519.Identity.from_str(identity)
            return bytes(pyrage.decrypt(sealed, [key]))
        except pyrage.IdentityError as cause:
            raise Damage("vault.bad_key") from cause
        except (pyrage.DecryptError, ValueError) as cause:
            # Only the words tell a strange file from one of ours that was cut or changed.
            code = "not_sealed_to_this_key" if str(cause) == _NO_KEY else "cut_or_changed"
            raise Damage(f"vault.{code}") from cause
