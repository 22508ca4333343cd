"""The keys somebody may use here, new ones where a removed user knew the old."""

from __future__ import annotations

import secrets

from leadapp.core.errors import Refusal
from leadapp.core.ids import IdSource, RingId
from leadapp.journal.rings import SYS
from leadapp.services.holding import (
    Holding,
    check_device,
    finish_files,
    is_active,
    read_sys,
)
from leadapp.services.unlock.front import Parts
from leadapp.vault.rings import KEY_BYTES
from leadapp.vault.slots import UserKeys


def hold(parts: Parts, keys: UserKeys, ids: IdSource) -> Holding:
    """Open the keys this person may use here, new ones where a removed user knew the old."""
    sys_key = _finish_begun(parts, keys, SYS)
    signer, statements = read_sys(parts.folder, sys_key)
    check_device(parts.device, signer, statements)
    holding = Holding(
        parts.folder, parts.device, parts.keyring, parts.attempts, keys, {}, signer, statements, ids
    )
    known = holding.roster.users.get(keys.user)
    if known is not None and not is_active(known):
        raise Refusal("services.account_removed")
    holding.check_keyring()
    for ring in sorted(parts.keyring.rings_of(keys.user) & holding.entitled(keys.user)):
        holding.rings[ring] = sys_key if ring == SYS else _finish_begun(parts, keys, ring)
    if holding.keyring_good:
        _give_new_keys(holding)
    return holding


def _finish_begun(parts: Parts, keys: UserKeys, ring: RingId) -> bytes:
    """Return the ring's key; where giving it a new one was cut off, complete that first."""
    key, coming = parts.keyring.open_ring_key(ring, keys), parts.keyring.coming_key(ring, keys)
    if coming is None:
        return key
    finish_files(parts.folder, ring, key, coming)
    return coming


def _give_new_keys(holding: Holding) -> None:
    """Encrypt anew each file whose key a removed user may have kept."""
    keyring = holding.keyring
    for ring in sorted(keyring.rings_to_rekey() & holding.rings.keys()):
        if keyring.ring(ring).coming is None:
            key = secrets.token_bytes(KEY_BYTES)
            keyring.begin_rekey(ring, key)
            holding.save()
            finish_files(holding.folder, ring, holding.rings[ring], key)
            holding.rings[ring] = key
        keyring.finish_rekey(ring)
        holding.save()
