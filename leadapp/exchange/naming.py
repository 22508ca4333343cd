"""Names of files and folders at a target: hashes, so that they tell a stranger nothing."""

from __future__ import annotations

import base64
import hashlib
import re

from leadapp.core.ids import RingId

SUFFIX = ".dvb"
_LETTERS = 32
_FOLDER_LETTERS = 8
_NAME = re.compile(r"[a-z2-7]{32}\.dvb")


def bundle_name(data: bytes) -> str:
    """Return the one name a file with these bytes may have."""
    return _letters(data)[:_LETTERS] + SUFFIX


def is_bundle_name(name: str) -> bool:
    """Return whether ``name`` is one this program gives; copies called otherwise are not."""
    return _NAME.fullmatch(name) is not None


def may_be_a_bundle(name: str) -> bool:
    """Return whether a file is worth a look: also a copy that was renamed on the way."""
    return name.lower().endswith(SUFFIX) and len(name) <= 200


def ring_folder(program: str, ring: RingId) -> str:
    """Return the folder of ``ring`` at every target of ``program``.

    It follows from both, so that devices agree without asking; who does not know the
    program's id cannot tell one ring from another by it.
    """
    return _letters(f"dv-folder-1\0{program}\0{ring}".encode())[:_FOLDER_LETTERS]


def _letters(data: bytes) -> str:
    return base64.b32encode(hashlib.sha256(data).digest()).decode("ascii").lower()
