"""Bytes as text and values as JSON, written one way only.

``canonical_json`` is what gets hashed and signed, so it must give the same bytes
for the same value on every machine.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any  # JSON values are of any type by nature

from leadapp.core.errors import Damage


def to_base64url(data: bytes) -> str:
    """Return ``data`` as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url ``text``; Damage when it is not that."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as cause:
        raise Damage("core.not_base64url") from cause


def canonical_json(value: Any) -> bytes:
    """Return ``value`` as UTF-8 JSON: no spaces, keys sorted, no NaN."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
    ).encode()


def _refuse_constant(name: str) -> Any:
    raise Damage("core.not_json", reason=name)


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Damage("core.not_json", reason="a key stands twice")
    return found


_STRICT = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_unique_pairs)


def read_json(data: bytes | str) -> Any:
    """Return the value of strict JSON ``data``; Damage on NaN, doubled keys or bad text."""
    try:
        return _STRICT.decode(data if isinstance(data, str) else data.decode())
    except (ValueError, RecursionError) as cause:
        raise Damage("core.not_json", reason=type(cause).__name__) from cause


def reread_json(data: bytes) -> Any:
    """Return the value of JSON that ``read_json`` has passed before, or that we wrote."""
    return json.loads(data)
