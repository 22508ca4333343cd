"""Names of things: typed strings that never carry a person, a date or a number.

An id is 16 random bytes (or the first 16 bytes of a SHA-256) in base64url
without padding: 22 characters. Hashes of entries are the whole 32 bytes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import NewType

from leadapp.core.encoding import to_base64url

RecordId = NewType("RecordId", str)
UserId = NewType("UserId", str)
DeviceId = NewType("DeviceId", str)
RingId = NewType("RingId", str)
"""``sys``, ``shared``, ``law-<agency>``, ``refer-<agency>``, ``supply`` or ``care``."""
LogId = NewType("LogId", str)
EntryHash = NewType("EntryHash", str)
"""SHA-256 of an entry's header line, base64url, 43 characters."""
FormId = NewType("FormId", str)
DraftId = NewType("DraftId", str)

ID_BYTES = 16
IdSource = Callable[[], str]
"""Gives a fresh id at each call; handed in so that a test or the demo can fix it."""


def new_id() -> str:
    """Return a fresh random id, 22 characters of base64url."""
    return to_base64url(secrets.token_bytes(ID_BYTES))


def derive_id(*parts: str) -> str:
    """Return the id that follows from ``parts``: the same on every device.

    Used where two people doing the same thing must meet in one record, such as
    the reversal of a stock movement.
    """
    joined = "\0".join(parts).encode()
    return to_base64url(hashlib.sha256(joined).digest()[:ID_BYTES])
