"""How a password becomes a key: Argon2id, or PBKDF2 where a county must use approved hashes.

The cost is stored with what it protects, so it can be raised later.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from leadapp.core.errors import Damage

SALT_BYTES = 16
KEY_BYTES = 32
_MOST_MEMORY_KIB = 2 * 1024 * 1024
_MOST_PASSES = 64
_MOST_LANES = 16
_MOST_ROUNDS = 50_000_000


@dataclass(frozen=True, slots=True)
class Argon2:
    """Cost of Argon2id; the default is the second choice of RFC 9106."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def derive(self, password: str, salt: bytes, length: int = KEY_BYTES) -> bytes:
        """Return ``length`` bytes from ``password``."""
        kdf = Argon2id(
            salt=salt,
            length=length,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return kdf.derive(_bytes_of(password))

    def as_json(self) -> dict[str, object]:
        """Return the cost as it is stored."""
        return {
            "kdf": "argon2id",
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "lanes": self.lanes,
        }


@dataclass(frozen=True, slots=True)
class Pbkdf2:
    """Cost of PBKDF2-HMAC-SHA-256."""

    rounds: int = 600_000

    def derive(self, password: str, salt: bytes, length: int = KEY_BYTES) -> bytes:
        """Return ``length`` bytes from ``password``."""
        kdf = PBKDF2HMAC(algorithm=SHA256(), length=length, salt=salt, iterations=self.rounds)
        return kdf.derive(_bytes_of(password))

    def as_json(self) -> dict[str, object]:
        """Return the cost as it is stored."""
        return {"kdf": "pbkdf2-sha256", "rounds": self.rounds}


Cost = Argon2 | Pbkdf2


def _bytes_of(password: str) -> bytes:
    """Return the whole password as bytes, the same whichever keyboard composed its accents."""
    return unicodedata.normalize("NFC", password).encode()


def cost_of(stored: Mapping[str, object]) -> Cost:
    """Return a stored cost; Damage when it is unknown or would never end."""
    match stored.get("kdf"):
        case "argon2id":
            return Argon2(
                _within(stored, "memory_kib", 8, _MOST_MEMORY_KIB),
                _within(stored, "passes", 1, _MOST_PASSES),
                _within(stored, "lanes", 1, _MOST_LANES),
            )
        case "pbkdf2-sha256":
            return Pbkdf2(_within(stored, "rounds", 1, _MOST_ROUNDS))
        case _:
            raise Damage("vault.unknown_cost")


def _within(stored: Mapping[str, object], name: str, least: int, most: int) -> int:
    value = stored.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Damage("vault.unknown_cost")
    return value
