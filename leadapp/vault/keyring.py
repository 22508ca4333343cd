"""``keyring.json``: who can open what on this computer.

Users have slots (``slots``), rings have theirs (``rings``). Who holds a ring may
give it to others; an administrator makes accounts without opening records. Nothing
is on disk until ``save``. Not here: counting wrong passwords (``door``, ``attempts``)
and deciding who should hold what (services, from ``staff.opening``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any  # a file's JSON is of any type until it is read

from leadapp.core.clock import to_milliseconds
from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Bug, Damage, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import RingId, UserId
from leadapp.core.seams import Signer, Verifier
from leadapp.core.text import fold
from leadapp.journal.rings import device_may_have
from leadapp.vault.derivation import Argon2, Cost, cost_of
from leadapp.vault.recovery import read_ring_code
from leadapp.vault.rings import (
    RingSlots,
    open_key,
    read_ring,
    seal_key,
    seal_to_all,
)
from leadapp.vault.sealing import new_identity
from leadapp.vault.slots import Random, Slot, UserKeys, make_slot, open_slot, read_slot

FORMAT = 1
_SALT = 16
_SIGNED = b"dv-keyring-1\0"


class Keyring:
    """The slots of one program folder."""

    def __init__(
        self,
        path: Path,
        *,
        device_class: str,
        agency: str,
        salt: bytes,
        cost: Cost,
        random: Random = secrets.token_bytes,
    ) -> None:
        self.path = path
        self.device_class = device_class
        self.agency = agency
        self.cost = cost
        """What a new or changed password costs."""
        self._salt = salt
        self._random = random
        self._slots: dict[UserId, Slot] = {}
        self._gone: set[UserId] = set()
        self._rings: dict[RingId, RingSlots] = {}
        self._signature = b""
        self._next = 1

    # -- the file ----------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        device_class: str,
        agency: str = "",
        cost: Cost | None = None,
        random: Random = secrets.token_bytes,
    ) -> Keyring:
        """Return an empty keyring for ``path``; refuses where one is."""
        if path.exists():
            raise Refusal("vault.keyring_exists")
        return cls(
            path,
            device_class=device_class,
            agency=agency,
            salt=random(_SALT),
            cost=cost or Argon2(),
            random=random,
        )

    @classmethod
    def load(cls, path: Path, *, random: Random = secrets.token_bytes) -> Keyring:
        """Read the keyring; Damage when it cannot be read, Refusal when it is newer."""
        try:
            stored = read_json(path.read_bytes())
        except OSError as cause:
            raise Damage("vault.keyring_missing") from cause
        except Damage as cause:
            raise Damage("vault.keyring_unreadable") from cause
        if not isinstance(stored, dict):
            raise Damage("vault.keyring_unreadable")
        if isinstance(stored.get("format"), int) and stored["format"] > FORMAT:
            raise Refusal("vault.keyring_newer")
        try:
            return cls._from_json(path, stored, random)
        except (KeyError, TypeError, AttributeError, ValueError) as cause:
            raise Damage("vault.keyring_unreadable") from cause

    @classmethod
    def _from_json(cls, path: Path, stored: dict[str, Any], random: Random) -> Keyring:
        keyring = cls(
            path,
            device_class=str(stored["class"]),
            agency=str(stored["agency"]),
            salt=from_base64url(str(stored["salt"])),
            cost=cost_of(stored["cost"]),
            random=random,
        )
        slots = [read_slot(slot) for slot in stored["users"]]
        keyring._slots = {slot.user: slot for slot in slots}
        keyring._gone = {UserId(str(user)) for user in stored["gone"]}
        keyring._rings = {
            RingId(ring): read_ring(RingId(ring), one) for ring, one in stored["rings"].items()
        }
        keyring._next = int(stored["next"])
        keyring._signature = from_base64url(str(stored["signature"]))
        return keyring

    def save(self) -> None:
        """Write the file whole: the old one or the new one is there, never a half."""
        content = {**self._content(), "signature": to_base64url(self._signature)}
        write_whole(self.path, canonical_json(content))

    def _content(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "class": self.device_class,
            "agency": self.agency,
            "salt": to_base64url(self._salt),
            "cost": self.cost.as_json(),
            "next": self._next,
            "users": [slot.as_json() for slot in self.users()],
            "gone": sorted(self._gone),
            "rings": {ring: slots.as_json() for ring, slots in sorted(self._rings.items())},
        }

    def sign(self, signer: Signer) -> None:
        """Sign the content with the device's key, so that an edit by hand is found."""
        self._signature = signer.sign(_SIGNED + canonical_json(self._content()))

    def signed_by(self, public_key: bytes, verifier: Verifier) -> bool:
        """Return whether the content is as this device last signed it."""
        message = _SIGNED + canonical_json(self._content())
        return verifier.verify(public_key, self._signature, message)

    # -- users -------------------------------------------------------------------------------

    def users(self) -> tuple[Slot, ...]:
        """Return the users of this computer in the order they were added."""
        return tuple(sorted(self._slots.values(), key=lambda slot: slot.number))

    def slot(self, user: UserId) -> Slot:
        """Return the slot of ``user``; Refusal when there is none."""
        found = self._slots.get(user)
        if found is None:
            raise Refusal("vault.no_such_user")
        return found

    def has(self, user: UserId) -> bool:
        """Return whether ``user`` has a slot here."""
        return user in self._slots

    def find(self, name: str) -> Slot | None:
        """Return the slot of the person who typed ``name``, where tiles are switched off."""
        login = self._login(name)
        return next((slot for slot in self.users() if slot.login == login), None)

    def _login(self, name: str) -> str:
        """Return what a name is stored as: the file lists no names unless tiles are on."""
        return to_base64url(hmac.digest(self._salt, fold(name).encode(), hashlib.sha256))

    def add_user(
        self,
        user: UserId,
        name: str,
        password: str,
        *,
        at: datetime,
        totp: str = "",
        show_name: bool = True,
    ) -> UserKeys:
        """Make a slot for ``user``. Crypto lane."""
        if user in self._slots or user in self._gone:
            raise Refusal("vault.user_exists")
        if self.find(name):
            raise Refusal("vault.name_taken")
        slot, keys = make_slot(
            number=self._next,
            user=user,
            login=self._login(name),
            name=name if show_name else "",
            password=password,
            cost=self.cost,
            at_ms=to_milliseconds(at),
            totp=totp,
            random=self._random,
        )
        self._next += 1
        self._slots[user] = slot
        return keys

    def show_name(self, user: UserId, name: str) -> None:
        """Put ``name`` on the user's tile; "" takes it off."""
        self._slots[user] = replace(self.slot(user), name=name)

    def unlock(self, user: UserId, password: str) -> UserKeys:
        """Return the user's keys. Counts nothing: ask ``door``. Crypto lane."""
        return open_slot(self.slot(user), password)

    def change_password(
        self, user: UserId, old: str, new: str, *, at: datetime, totp: str | None = None
    ) -> UserKeys:
        """Lock the same key pair with another password; the rings stay. Crypto lane.

        ``totp`` replaces the second factor's secret; "" takes it away, ``None`` keeps it.
        """
        keys = self.unlock(user, old)
        kept = keys.totp if totp is None else totp
        return self._relock(replace(keys, totp=kept), new, at)

    def reset_password(self, user: UserId, new: str, *, at: datetime) -> frozenset[RingId]:
        """Give ``user`` a new key pair; return the rings that must be sealed to it again.

        The old private half is gone with the old password: only holders can help.
        """
        keys = UserKeys(user, new_identity(), "")
        lost = self.rings_of(user)
        self._relock(keys, new, at)
        for ring in lost:
            slots = self._rings[ring]
            self._rings[ring] = replace(
                slots,
                now=slots.now.without(user),
                coming=slots.coming.without(user) if slots.coming else None,
            )
        return lost

    def _relock(self, keys: UserKeys, password: str, at: datetime) -> UserKeys:
        old = self.slot(keys.user)
        slot, made = make_slot(
            number=old.number,
            user=old.user,
            login=old.login,
            name=old.name,
            password=password,
            cost=self.cost,
            at_ms=to_milliseconds(at),
            totp=keys.totp,
            identity=keys.identity,
            random=self._random,
        )
        self._slots[old.user] = slot
        return made

    def disable_user(self, user: UserId) -> frozenset[RingId]:
        """Remove the user's slots at once; return the rings whose files need a new key."""
        self.slot(user)
        held = self.rings_of(user)
        for ring in held:
            self._rings[ring] = self._rings[ring].without(user)
        del self._slots[user]
        self._gone.add(user)
        return held

    # -- rings -------------------------------------------------------------------------------

    def rings(self) -> frozenset[RingId]:
        """Return the rings that have a file on this computer."""
        return frozenset(self._rings)

    def ring(self, ring: RingId) -> RingSlots:
        """Return the slots of ``ring``."""
        found = self._rings.get(ring)
        if found is None:
            raise Refusal("vault.no_such_ring", ring=ring)
        return found

    def rings_of(self, user: UserId) -> frozenset[RingId]:
        """Return the rings ``user`` can open."""
        return frozenset(ring for ring, slots in self._rings.items() if user in slots.now.held)

    def holders(self, ring: RingId) -> frozenset[UserId]:
        """Return the users who can open ``ring``."""
        return frozenset(self.ring(ring).now.held)

    def add_ring(
        self,
        ring: RingId,
        key: bytes,
        *,
        recovery: str,
        users: Iterable[UserId],
        keeper: str = "",
    ) -> None:
        """Hold a new ring's key for ``users`` and for the recovery recipient.

        Refuses on a device whose class may not have the ring: no file, no slot.
        """
        if not device_may_have(ring, self.device_class, self.agency, admitted=True):
            raise Refusal("vault.ring_not_for_device", ring=ring)
        if ring in self._rings:
            raise Bug("vault.ring_exists", ring=ring)
        sealed = seal_to_all(ring, key, self._recipients(users), recovery)
        self._rings[ring] = RingSlots(ring, recovery, keeper, sealed)

    def seal_ring_key(self, ring: RingId, key: bytes, users: Iterable[UserId]) -> None:
        """Give ``ring`` to ``users``; the caller holds it and checked that they may."""
        slots = self.ring(ring)
        held = dict(slots.now.held)
        for user, recipient in self._recipients(users):
            held[user] = seal_key(ring, key, recipient)
        self._rings[ring] = replace(slots, now=replace(slots.now, held=held))

    def take_ring(self, ring: RingId, user: UserId) -> None:
        """Take ``ring`` from ``user``: the slot goes at once, the file needs a new key."""
        self._rings[ring] = self.ring(ring).without(user)

    def open_ring_key(self, ring: RingId, keys: UserKeys) -> bytes:
        """Return the key of ``ring``; Refusal when this user does not hold it."""
        box = self.ring(ring).now.held.get(keys.user)
        if box is None:
            raise Refusal("vault.not_a_holder", ring=ring)
        return open_key(ring, box, keys.identity)

    def open_with_recovery(self, ring: RingId, typed: str) -> bytes:
        """Return the key of ``ring`` from the code on its recovery page."""
        slots = self.ring(ring)
        identity = read_ring_code(ring, typed)
        if identity.recipient != slots.recipient:
            raise Refusal("vault.other_page", page=ring)
        return open_key(ring, slots.now.recovery, identity)

    def replace_recovery(self, ring: RingId, key: bytes, recipient: str) -> None:
        """Seal the ring's key to another recovery recipient: the old page opens no more here."""
        slots = self.ring(ring)
        if slots.coming is not None:  # whoever holds the ring has completed that at unlock
            raise Bug("vault.rekey_begun", ring=ring)
        now = replace(slots.now, recovery=seal_key(ring, key, recipient))
        self._rings[ring] = replace(slots, recipient=recipient, now=now)

    def _recipients(self, users: Iterable[UserId]) -> list[tuple[UserId, str]]:
        return [(user, self.slot(user).recipient) for user in users]

    # -- a new key for a ring's file -----------------------------------------------------------

    def rings_to_rekey(self) -> frozenset[RingId]:
        """Return the rings whose key a removed user may have kept."""
        return frozenset(ring for ring, slots in self._rings.items() if slots.rekey or slots.coming)

    def begin_rekey(self, ring: RingId, key: bytes) -> None:
        """Hold ``key`` beside the old one; save before the file is given it."""
        slots = self.ring(ring)
        coming = seal_to_all(ring, key, self._recipients(slots.now.held), slots.recipient)
        self._rings[ring] = replace(slots, coming=coming)

    def coming_key(self, ring: RingId, keys: UserKeys) -> bytes | None:
        """Return the key a file was being given when the power went, if any."""
        coming = self.ring(ring).coming
        box = coming.held.get(keys.user) if coming else None
        return open_key(ring, box, keys.identity) if box else None

    def finish_rekey(self, ring: RingId) -> None:
        """Forget the old key: the file has the new one. Save afterwards."""
        slots = self.ring(ring)
        if slots.coming is None:
            raise Bug("vault.no_rekey_begun", ring=ring)
        self._rings[ring] = replace(slots, now=slots.coming, coming=None, rekey=False)
