"""Attached files as entries name them (``core.attachments``), so that they can travel.

The name is a hash over salt and bytes. Who has read the entry can check a file from
anywhere; nobody else can tell which file it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from leadapp.core.attachments import attachments_in
from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Damage

MOST_FILE_BYTES = 12 << 20
"""What an attached file may have: sealed and padded it still fits one file at a target."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What ties bytes to an entry: the file's name, its salt (base64url) and its size."""

    name: str
    salt: str
    size: int


def attached(values: Mapping[str, str]) -> tuple[Attached, ...]:
    """Return the files that an entry with these values names."""
    return tuple(Attached(one.name, one.salt, one.size) for one in attachments_in(values.values()))


def blob_name(salt: bytes, data: bytes) -> str:
    """Return the name of the file with these bytes under this salt."""
    return to_base64url(hashlib.sha256(salt + data).digest())


def is_named(file: Attached, data: bytes) -> bool:
    """Return whether ``data`` is the file that was named."""
    try:
        return len(data) == file.size and blob_name(from_base64url(file.salt), data) == file.name
    except Damage:
        return False
