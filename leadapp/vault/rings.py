"""A ring's slots: its key, sealed to each holder and to the ring's recovery recipient.

A ring key is 32 random bytes, the raw key of the ring's file on this computer. While a
file is being given a new key, both keys are held, so that a power cut loses neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Damage
from leadapp.core.ids import RingId, UserId
from leadapp.vault.sealing import AgeSealer, Identity

KEY_BYTES = 32
_RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One key, sealed to users and to the recovery recipient."""

    held: Mapping[UserId, bytes] = field(default_factory=dict)
    recovery: bytes = b""

    def as_json(self) -> dict[str, object]:
        """Return it as it is stored."""
        held = {user: to_base64url(box) for user, box in sorted(self.held.items())}
        return {"held": held, _RECOVERY: to_base64url(self.recovery)}

    def without(self, user: UserId) -> Sealed:
        """Return it with no slot for ``user``."""
        return replace(self, held={one: box for one, box in self.held.items() if one != user})


@dataclass(frozen=True, slots=True)
class RingSlots:
    """A ring on this computer. ``keeper`` is who keeps the recovery page, as told at set-up."""

    ring: RingId
    recipient: str
    keeper: str
    now: Sealed
    coming: Sealed | None = None
    """The key the file is being given; ``now`` still opens it until that is finished."""
    rekey: bool = False
    """Whether a removed user may have kept the key."""

    def as_json(self) -> dict[str, object]:
        """Return it as it is stored."""
        return {
            "recipient": self.recipient,
            "keeper": self.keeper,
            "now": self.now.as_json(),
            "coming": self.coming.as_json() if self.coming else None,
            "rekey": self.rekey,
        }

    def without(self, user: UserId) -> RingSlots:
        """Return it with no slot for ``user``; held or not, the key is then no longer safe."""
        if user not in self.now.held:
            return self
        coming = self.coming.without(user) if self.coming else None
        return replace(self, now=self.now.without(user), coming=coming, rekey=True)


def seal_key(ring: RingId, key: bytes, recipient: str) -> bytes:
    """Seal ``key`` to one recipient, bound to the ring's name so that slots cannot be swapped."""
    text = canonical_json({"ring": ring, "key": to_base64url(key)})
    return AgeSealer().seal(text, [recipient])


def seal_to_all(
    ring: RingId, key: bytes, recipients: Iterable[tuple[UserId, str]], recovery: str
) -> Sealed:
    """Seal ``key`` to each user's recipient and to the recovery recipient."""
    held = {user: seal_key(ring, key, recipient) for user, recipient in recipients}
    return Sealed(held, seal_key(ring, key, recovery))


def open_key(ring: RingId, box: bytes, identity: Identity) -> bytes:
    """Return the key in ``box``; Damage when it is another ring's, or not for this identity."""
    value = read_json(AgeSealer().open(box, identity.secret))
    if not isinstance(value, dict) or value.get("ring") != ring:
        raise Damage("vault.ring_slot_edited", ring=ring)
    key = from_base64url(str(value.get("key", "")))
    if len(key) != KEY_BYTES:
        raise Damage("vault.ring_slot_edited", ring=ring)
    return key


def read_ring(ring: RingId, stored: object) -> RingSlots:
    """Return a stored ring; Damage when a part is missing."""
    if not isinstance(stored, dict):
        raise Damage("vault.keyring_unreadable")
    coming = stored.get("coming")
    return RingSlots(
        ring=ring,
        recipient=str(stored.get("recipient", "")),
        keeper=str(stored.get("keeper", "")),
        now=_sealed(stored.get("now")),
        coming=_sealed(coming) if coming is not None else None,
        rekey=stored.get("rekey") is True,
    )


def _sealed(stored: object) -> Sealed:
    if not isinstance(stored, dict) or not isinstance(stored.get("held"), dict):
        raise Damage("vault.keyring_unreadable")
    held = {UserId(user): from_base64url(str(box)) for user, box in stored["held"].items()}
    return Sealed(held, from_base64url(str(stored.get(_RECOVERY, ""))))
