"""Self-made codes: marks that tell two visits of one person apart from two persons.

A person makes up a code; what is kept is its mark under a secret of the program, so
that nobody who sees the mark can try codes. Off unless the county turns it on, and
only in ``supply``.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal

SETTING = "self_made_codes"
KEY_BYTES = 32
QUESTION = "code_mark"
"""The hidden question that keeps a mark: in no export and on no paper."""
_MARK_BYTES = 16
_SHORTEST = 4
_NOT_IN_CODE = re.compile(r"[^0-9a-z]")


def mark(secret: bytes, code: str) -> str:
    """Return the mark of ``code``: alike however it is spaced or written in capitals."""
    plain = unicodedata.normalize("NFKD", code).casefold()
    bare = _NOT_IN_CODE.sub("", plain)
    if len(bare) < _SHORTEST:
        raise Refusal("naloxone.code_too_short", letters=_SHORTEST)
    digest = hmac.new(secret, bare.encode(), hashlib.sha256).digest()
    return to_base64url(digest[:_MARK_BYTES])
