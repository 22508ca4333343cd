"""The second factor: six digits from a phone, computed from a shared secret and the time (RFC 6238)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

SECRET_BYTES = 20
_SECONDS = 30
_DIGITS = 6
DRIFT = 1
"""Steps of 30 seconds a phone's clock may be early or late."""


def new_secret(random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """Return a fresh secret in base32, as authenticator apps take it."""
    return base64.b32encode(random(SECRET_BYTES)).decode("ascii")


def step_of(moment: datetime) -> int:
    """Return the number of the 30-second step that ``moment`` lies in."""
    return int(moment.timestamp()) // _SECONDS


def code_at(secret: str, step: int) -> str:
    """Return the six digits of a step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def matching_step(secret: str, typed: str, moment: datetime, last_used: int) -> int | None:
    """Return the step whose code was typed, ``None`` if none is; a used one never again."""
    digits = "".join(letter for letter in typed if letter.isdigit())
    here = step_of(moment)
    for step in range(max(here - DRIFT, last_used + 1), here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), digits):
            return step
    return None


def address(secret: str, program: str, user: str) -> str:
    """Return the ``otpauth`` address an authenticator app reads from a QR code."""
    label = _escaped(f"{program}:{user}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={_escaped(program)}"


def _escaped(text: str) -> str:
    """Percent-encode; ``urllib`` is not for packages that must not reach the network."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else _hex(letter) for letter in text
    )


def _hex(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())
