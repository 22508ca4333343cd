"""A one-time code that a supervisor reads over the phone to open a locked slot.

The program has a release key, 32 random bytes kept as a setting in the ring
``shared``: whoever is unlocked somewhere can compute with it, nobody before. While
somebody is unlocked on a computer, each slot there is *prepared*: a random challenge
and a slow hash of the code that answers it are put into ``attempts.json``, never the
key or the code. When the slot locks, the screen shows the challenge; the releaser
types it on their own computer and reads back the code, an HMAC of the challenge. A
challenge belongs to one slot of one computer. A code works once, may be mistyped five times, and the next unlock by
anybody prepares a fresh challenge.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Refusal
from leadapp.vault.attempts import Attempts
from leadapp.vault.crockford import LETTERS, normal, spell
from leadapp.vault.derivation import SALT_BYTES, Cost, Pbkdf2

KEY_BYTES: Final = 32
MOST_TRIES: Final = 5
_CHALLENGE_LETTERS: Final = 8
_CODE_LETTERS: Final = 10
_CHECK_BYTES: Final = 16
_CODE_COST: Final = Pbkdf2(rounds=20_000)
"""Some 10 ms a slot; a code has 50 random bits, so that trying all takes ages even so."""

Random = Callable[[int], bytes]


def new_release_key(random: Random = secrets.token_bytes) -> bytes:
    """Return a fresh release key for a program."""
    return random(KEY_BYTES)


def prepare(
    attempts: Attempts,
    slot: int,
    *,
    key: bytes,
    cost: Cost = _CODE_COST,
    random: Random = secrets.token_bytes,
) -> None:
    """Make ready that ``slot`` can be released by phone; nothing to do if it is. Crypto lane."""
    tries = attempts.of(slot)
    if tries.challenge and tries.release_tries < MOST_TRIES:
        return
    challenge = "".join(LETTERS[byte % len(LETTERS)] for byte in random(_CHALLENGE_LETTERS))
    salt = random(SALT_BYTES)
    code = normal(code_for(key, challenge))
    check = to_base64url(salt + cost.derive(code, salt, _CHECK_BYTES))
    attempts.put(slot, replace(tries, challenge=challenge, check=check, release_tries=0))


def shown_challenge(attempts: Attempts, slot: int) -> str:
    """Return the letters a locked screen shows, in two groups; "" when none is prepared."""
    challenge = attempts.of(slot).challenge
    return f"{challenge[:4]} {challenge[4:]}" if challenge else ""


def code_for(key: bytes, challenge: str) -> str:
    """Return the code the releaser reads out, in two groups; Refusal for half a challenge."""
    if len(normal(challenge)) != _CHALLENGE_LETTERS:
        raise Refusal("vault.challenge_incomplete", needed=_CHALLENGE_LETTERS)
    message = f"leadapp release\0{normal(challenge)}".encode()
    letters = spell(hmac.digest(key, message, "sha256"))[:_CODE_LETTERS]
    half = _CODE_LETTERS // 2
    return f"{letters[:half]} {letters[half:]}"


def release_with_code(attempts: Attempts, slot: int, typed: str, cost: Cost = _CODE_COST) -> None:
    """Open a locked slot with a code read over the phone. Crypto lane.

    ``vault.wrong_release_code`` says how many tries are left, ``vault.no_challenge``
    that another way must be taken: an administrator here, or a recovery page.
    """
    tries = attempts.of(slot)
    if not tries.challenge or tries.release_tries >= MOST_TRIES:
        raise Refusal("vault.no_challenge")
    attempts.put(slot, replace(tries, release_tries=tries.release_tries + 1))
    stored = from_base64url(tries.check)
    salt, check = stored[:SALT_BYTES], stored[SALT_BYTES:]
    if not hmac.compare_digest(cost.derive(normal(typed), salt, _CHECK_BYTES), check):
        raise Refusal("vault.wrong_release_code", left=MOST_TRIES - tries.release_tries - 1)
    attempts.release(slot)
