"""A bundle as letters, for mail: the ASCII armor of age.

Written strictly, so that stock ``age`` reads it; read past what mail does on its way: a
gateway's words before and after, other line ends and widths, quote marks, a whole saved
message with the file attached. A letter that is missing or changed is Damage, never a guess.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

from leadapp.core.errors import Damage

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_BARE = b"age-encryption.org/"
_WIDTH = 64
_MARKUP = re.compile(rb"<[^<>]{0,200}>|&nbsp;|\xc2\xa0")
_QUOTE = re.compile(rb"(?m)^[ \t>|]+")
_SOFT_BREAK = re.compile(rb"=\r?\n(?=[^\s])|=3D")
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MOST_PARTS = 50


def armor(data: bytes) -> bytes:
    """Return ``data`` in lines of letters."""
    letters = base64.b64encode(data)
    lines = [letters[start : start + _WIDTH] for start in range(0, len(letters), _WIDTH)]
    return b"\n".join([_BEGIN, *lines, _END]) + b"\n"


def unarmored(data: bytes) -> bytes:
    """Return the bytes of an armored file, wherever in a mail it stands; others as they are."""
    if data.startswith(_BARE):
        return data
    data = _narrow(data)
    if _BEGIN in data:
        return _between(data)
    for part in _attached(data):
        if part.startswith(_BARE):
            return part
        if _BEGIN in part:
            return _between(part)
    return data


def _narrow(data: bytes) -> bytes:
    """Return text that an editor saved with two bytes a letter as plain letters."""
    for mark, name in _WIDE:
        if data.startswith(mark):
            return data.decode(name, "replace").encode("ascii", "replace")
    return data


def _between(data: bytes) -> bytes:
    _, _, rest = data.partition(_BEGIN)
    inside, end, _ = rest.partition(_END)
    if not end:
        raise Damage("exchange.mail_cut")
    inside = _QUOTE.sub(b"", _MARKUP.sub(b"", inside))
    if _SOFT_BREAK.search(inside):
        inside = quopri.decodestring(inside)
    try:
        return base64.b64decode(b"".join(inside.split()), validate=True)
    except binascii.Error as cause:
        raise Damage("exchange.mail_cut") from cause


def _attached(data: bytes) -> Iterator[bytes]:
    """Return what a saved message carries, where it is one."""
    head = data[:4096].lower()
    if b"content-type:" not in head or b"\n" not in head:
        return
    # Loaded here: a saved message is rare, and the library is not small.
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _narrow(payload)
