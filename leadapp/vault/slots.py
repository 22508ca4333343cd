"""A user's slot: the private half of a key pair, locked with the password.

The slot's header (who, public key, cost, salt) is authenticated with the secret, so
an edited header is found. The password's derivation also gives a check value: only
so can a wrong password be told from an edited slot.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import UserId
from leadapp.vault.derivation import SALT_BYTES, Cost, cost_of
from leadapp.vault.sealing import Identity, identity_of, new_identity

Random = Callable[[int], bytes]

_KEY = 32
_CHECK = 16
_NONCE = 12
_LOCKED_PARTS = ("nonce", "box")


@dataclass(frozen=True, slots=True)
class UserKeys:
    """What a password opens: the user's age identity and second factor's secret."""

    user: UserId
    identity: Identity
    totp: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """One user on one computer. ``name`` is "" where tiles are switched off."""

    number: int
    user: UserId
    login: str
    name: str
    recipient: str
    cost: Cost
    salt: bytes
    check: bytes
    changed_ms: int
    second_factor: bool
    nonce: bytes = b""
    box: bytes = b""

    def header(self) -> dict[str, object]:
        """Return what is authenticated together with the secret."""
        return {
            "number": self.number,
            "user": self.user,
            "login": self.login,
            "recipient": self.recipient,
            "cost": self.cost.as_json(),
            "salt": to_base64url(self.salt),
            "check": to_base64url(self.check),
            "changed_ms": self.changed_ms,
            "second_factor": self.second_factor,
        }

    def as_json(self) -> dict[str, object]:
        """Return the slot as it is stored."""
        locked = {"nonce": to_base64url(self.nonce), "box": to_base64url(self.box)}
        return {**self.header(), **locked, "name": self.name}


def make_slot(
    *,
    number: int,
    user: UserId,
    login: str,
    name: str,
    password: str,
    cost: Cost,
    at_ms: int,
    totp: str = "",
    identity: Identity | None = None,
    random: Random = secrets.token_bytes,
) -> tuple[Slot, UserKeys]:
    """Lock ``identity`` (a fresh one if none is given) with ``password``."""
    keys = UserKeys(user, identity or new_identity(), totp)
    salt = random(SALT_BYTES)
    derived = cost.derive(password, salt, _KEY + _CHECK)
    slot = Slot(
        number=number,
        user=user,
        login=login,
        name=name,
        recipient=keys.identity.recipient,
        cost=cost,
        salt=salt,
        check=derived[_KEY:],
        changed_ms=at_ms,
        second_factor=bool(totp),
        nonce=random(_NONCE),
    )
    secret = canonical_json({"identity": keys.identity.secret, "totp": totp})
    box = AESGCM(derived[:_KEY]).encrypt(slot.nonce, secret, canonical_json(slot.header()))
    return replace(slot, box=box), keys


def open_slot(slot: Slot, password: str) -> UserKeys:
    """Return what the slot holds.

    Refusal ``vault.wrong_password``; Damage ``vault.slot_edited`` when the password is
    right but the header or the secret is not what was written. Takes as long as the
    slot's cost says: crypto lane.
    """
    derived = slot.cost.derive(password, slot.salt, _KEY + _CHECK)
    if not hmac.compare_digest(derived[_KEY:], slot.check):
        raise Refusal("vault.wrong_password")
    try:
        plain = AESGCM(derived[:_KEY]).decrypt(slot.nonce, slot.box, canonical_json(slot.header()))
    except (InvalidTag, ValueError) as cause:
        raise Damage("vault.slot_edited") from cause
    secret = read_json(plain)
    return UserKeys(slot.user, identity_of(secret["identity"]), secret["totp"])


def read_slot(stored: Mapping[str, object]) -> Slot:
    """Return a stored slot; Damage when a part is missing or of the wrong type."""
    cost = stored.get("cost")
    if not isinstance(cost, Mapping):
        raise Damage("vault.keyring_unreadable")
    return Slot(
        number=_number(stored, "number"),
        user=UserId(_text(stored, "user")),
        login=_text(stored, "login"),
        name=_text(stored, "name"),
        recipient=_text(stored, "recipient"),
        cost=cost_of(cost),
        salt=from_base64url(_text(stored, "salt")),
        check=from_base64url(_text(stored, "check")),
        changed_ms=_number(stored, "changed_ms"),
        second_factor=stored.get("second_factor") is True,
        nonce=from_base64url(_text(stored, "nonce")),
        box=from_base64url(_text(stored, "box")),
    )


def _text(stored: Mapping[str, object], name: str) -> str:
    value = stored.get(name)
    if not isinstance(value, str):
        raise Damage("vault.keyring_unreadable")
    return value


def _number(stored: Mapping[str, object], name: str) -> int:
    value = stored.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Damage("vault.keyring_unreadable")
    return value
