"""A bundle as letters, for mail: the ASCII armor of age, read strictly."""

from __future__ import annotations

import base64
import binascii

from leadapp.core.errors import Damage

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_WIDTH = 64


def armor(data: bytes) -> bytes:
    """Return ``data`` in lines of letters."""
    letters = base64.b64encode(data)
    lines = [letters[start : start + _WIDTH] for start in range(0, len(letters), _WIDTH)]
    return b"\n".join([_BEGIN, *lines, _END]) + b"\n"


def unarmored(data: bytes) -> bytes:
    """Return the bytes of an armored file; others are returned as they are.

    Mail may change line ends and add blanks around; a missing or changed letter is Damage.
    """
    whole = data.strip()
    if not whole.startswith(_BEGIN):
        return data
    if not whole.endswith(_END):
        raise Damage("exchange.mail_cut")
    letters = b"".join(whole[len(_BEGIN) : -len(_END)].split())
    try:
        return base64.b64decode(letters, validate=True)
    except binascii.Error as cause:
        raise Damage("exchange.mail_cut") from cause
