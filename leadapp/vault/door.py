"""The way in: a password is tried only where it may be tried, and every try is counted."""

from __future__ import annotations

from dataclasses import replace

from leadapp.core.errors import Refusal
from leadapp.core.ids import UserId
from leadapp.vault.attempts import Attempts
from leadapp.vault.keyring import Keyring
from leadapp.vault.slots import UserKeys
from leadapp.vault.totp import matching_step


def knock(
    keyring: Keyring, attempts: Attempts, user: UserId, password: str, *, code: str = ""
) -> UserKeys:
    """Return the user's keys. Crypto lane.

    Refusal: ``vault.wrong_password`` with ``left``, ``vault.locked``, and where the user
    has a second factor ``vault.code_needed`` or ``vault.wrong_code``. A wrong code
    counts like a wrong password; asking for the code does not.
    """
    slot = keyring.slot(user)
    if slot.second_factor and not code.strip():
        raise Refusal("vault.code_needed")
    attempts.begin(slot.number)
    try:
        keys = keyring.unlock(user, password)
    except Refusal as refusal:
        raise _wrong(attempts, slot.number, refusal.code) from refusal
    if slot.second_factor:
        _check_code(attempts, slot.number, keys, code)
    attempts.good(slot.number)
    return keys


def _check_code(attempts: Attempts, slot: int, keys: UserKeys, code: str) -> None:
    tries = attempts.of(slot)
    step = matching_step(keys.totp, code, attempts.now(), tries.last_step)
    if step is None:
        raise _wrong(attempts, slot, "vault.wrong_code")
    attempts.put(slot, replace(tries, last_step=step))


def _wrong(attempts: Attempts, slot: int, code: str) -> Refusal:
    left = attempts.left(slot)
    return Refusal(code, left=left) if left else Refusal("vault.now_locked")
