"""Ways back into a locked account: a code, a recovery page, a new password."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.ids import IdSource, RingId, UserId, new_id
from leadapp.journal.rings import SHARED, SYS
from leadapp.services.holding import (
    Holding,
    check_device,
    read_sys,
)
from leadapp.services.unlock.front import Parts, parts_of
from leadapp.vault import release
from leadapp.vault.passwords import require_good


def release_with_code(root: Path, user: UserId, typed: str, *, clock: Clock) -> None:
    """Open a locked account with the one-time code a supervisor read out. Crypto lane."""
    parts = parts_of(root, clock)
    release.release_with_code(parts.attempts, parts.keyring.slot(user).number, typed)


def release_with_page(root: Path, user: UserId, ring: RingId, typed: str, *, clock: Clock) -> None:
    """Open a locked account with the code on a ring's recovery page. Crypto lane."""
    parts = parts_of(root, clock)
    parts.keyring.open_with_recovery(ring, typed)
    parts.attempts.release(parts.keyring.slot(user).number)


def recover(
    root: Path,
    *,
    user: UserId,
    password: str,
    typed: Mapping[RingId, str],
    clock: Clock,
    ids: IdSource = new_id,
) -> frozenset[RingId]:
    """Give ``user`` a new password and the rings whose recovery pages were typed. Crypto lane.

    The page of ``sys`` must be among them: it proves the right to act for the device; and
    that of ``shared``, without which nobody can work. Only rings the person's role opens here
    are given. Returns those.
    """
    with ExitStack() as stack:
        parts = parts_of(root, clock)
        stack.enter_context(parts.folder.lock())
        slot = parts.keyring.slot(user)
        context = (parts.device.county, parts.device.agency, slot.name)
        require_good(password, context)
        opened = {
            ring: parts.keyring.open_with_recovery(ring, text) for ring, text in typed.items()
        }
        if SYS not in opened:
            raise Refusal("services.sys_page_needed")
        if SHARED not in opened:  # nobody could unlock afterwards, whatever their password
            raise Refusal("services.shared_page_needed")
        return _reset_by_pages(parts, user, password, opened, clock, ids)


def _reset_by_pages(
    parts: Parts,
    user: UserId,
    password: str,
    opened: Mapping[RingId, bytes],
    clock: Clock,
    ids: IdSource,
) -> frozenset[RingId]:
    signer, statements = read_sys(parts.folder, opened[SYS])
    check_device(parts.device, signer, statements)
    parts.keyring.reset_password(user, password, at=clock.now())
    keys = parts.keyring.unlock(user, password)
    holding = Holding(
        parts.folder, parts.device, parts.keyring, parts.attempts, keys, {}, signer, statements, ids
    )
    given = frozenset(ring for ring in opened if holding.opens(user, ring))
    for ring in given:
        parts.keyring.seal_ring_key(ring, opened[ring], [user])
    parts.keyring.sign(signer)
    parts.keyring.save()
    parts.attempts.release(parts.keyring.slot(user).number)
    return given
