"""An entry: one thing done, as the two lines of text whose hashes name and bind it.

The bytes that were read or written are what is hashed; nothing is ever encoded again
to check it. Not here: which entries count (``accept``) and what they add up to (``fold``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import (
    canonical_json,
    from_base64url,
    read_json,
    reread_json,
    to_base64url,
)
from leadapp.core.errors import Damage
from leadapp.core.ids import EntryHash, FormId, LogId, RecordId, RingId, UserId

FORMAT = "dv1"
FOLDED_OPS = ("save", "void", "restore")
"""The ops that write on a record; the others are about the journal itself."""
OPS = (*FOLDED_OPS, "roster", "accesses", "redact")
SHORT = 22
"""Letters of an entry's hash by which another entry names it as a parent."""
SALT_BYTES = 16
MOST_BYTES = 1 << 20
DELETED = "_deleted"

_HASH_LETTERS = 43
_HEADER_FIELDS = 13


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written. ``payload`` is empty once it was redacted.

    ``parents`` are the short hashes of the record's heads that the author saw;
    ``prev`` is the whole hash of the entry before it in its log, "" for the first.
    """

    hash: EntryHash
    header: bytes
    payload: bytes
    ring: RingId
    log: LogId
    seq: int
    prev: str
    t_ms: int
    author: UserId
    record: RecordId
    form: FormId
    form_version: str
    parents: tuple[str, ...]
    op: str
    payload_hash: str

    @property
    def short(self) -> str:
        """Return the part of the hash that other entries call it by."""
        return self.hash[:SHORT]

    @property
    def redacted(self) -> bool:
        """Return whether only the header is left."""
        return not self.payload

    @property
    def values(self) -> dict[str, str]:
        """Return the changed answers; read from the payload at each call."""
        return reread_json(self.payload)[1] if self.payload else {}

    def without_payload(self) -> Entry:
        """Return the entry as it stands after redaction: same hash, nothing said."""
        return _entry(self.hash, self.header, b"", _checked_header(self.header))


def write_entry(
    *,
    ring: RingId,
    log: LogId,
    seq: int,
    prev: str,
    t_ms: int,
    author: UserId,
    record: RecordId,
    form: FormId,
    form_version: str,
    parents: tuple[str, ...],
    op: str,
    values: Mapping[str, str],
    salt: bytes,
) -> Entry:
    """Return a new entry; ``salt`` keeps short payloads from being guessed by their hash."""
    payload = canonical_json([to_base64url(salt), values])
    if len(payload) > MOST_BYTES:
        raise Damage("journal.entry_too_large", record=record)
    payload_hash = _digest(payload)
    header = canonical_json(
        [
            FORMAT,
            ring,
            log,
            seq,
            prev,
            t_ms,
            author,
            record,
            form,
            form_version,
            list(parents),
            op,
            payload_hash,
        ]
    )
    return Entry(
        EntryHash(_digest(header)),
        header,
        payload,
        ring,
        log,
        seq,
        prev,
        t_ms,
        author,
        record,
        form,
        form_version,
        parents,
        op,
        payload_hash,
    )


def read_entry(header: bytes, payload: bytes) -> Entry:
    """Return the entry of two lines; Damage when they are not one, or not each other's.

    An empty payload is a redacted entry: its header says which payload it had.
    """
    if len(header) + len(payload) > MOST_BYTES:
        raise Damage("journal.entry_too_large")
    fields = _checked_header(header)
    if payload:
        if _digest(payload) != fields[12]:
            raise Damage("journal.payload_changed")
        read_values(payload)
    return _entry(EntryHash(_digest(header)), header, payload, fields)


def reread_entry(header: bytes, payload: bytes) -> Entry:
    """Return an entry that was checked when it was stored, in a file whose pages are sealed."""
    return _entry(EntryHash(_digest(header)), header, payload, reread_json(header))


def is_newer(header: bytes) -> bool:
    """Return whether ``header`` is of a later entry format: keep and relay, do not read."""
    fields = read_json(header)
    if not isinstance(fields, list) or not fields or not isinstance(fields[0], str):
        return False
    return fields[0].startswith("dv") and fields[0] != FORMAT


def read_values(payload: bytes) -> dict[str, str]:
    """Return the answers in a payload line; none once it was redacted."""
    if not payload:
        return {}
    found = read_json(payload)
    if not isinstance(found, list) or len(found) != 2:
        raise Damage("journal.not_an_entry")
    salt, values = found
    if not isinstance(salt, str) or len(from_base64url(salt)) != SALT_BYTES:
        raise Damage("journal.not_an_entry")
    if not isinstance(values, dict) or not set(map(type, values.values())) <= {str}:
        raise Damage("journal.not_an_entry")
    return values


def _checked_header(header: bytes) -> list[Any]:
    fields = read_json(header)
    if not isinstance(fields, list) or len(fields) != _HEADER_FIELDS or fields[0] != FORMAT:
        raise Damage("journal.not_an_entry")
    texts = [fields[place] for place in (1, 2, 4, 6, 7, 8, 9, 11, 12)]
    if not all(isinstance(text, str) for text in texts) or fields[11] not in OPS:
        raise Damage("journal.not_an_entry")
    if not _is_count(fields[3], least=1) or not _is_count(fields[5]):
        raise Damage("journal.not_an_entry")
    parents = fields[10]
    if not isinstance(parents, list) or not all(_is_short(parent) for parent in parents):
        raise Damage("journal.not_an_entry")
    if len(fields[4]) not in (0, _HASH_LETTERS) or len(fields[12]) != _HASH_LETTERS:
        raise Damage("journal.not_an_entry")
    return fields


def _entry(name: EntryHash, header: bytes, payload: bytes, fields: list[Any]) -> Entry:
    _, ring, log, seq, prev, t_ms, author, record, form, version, parents, op, digest = fields
    return Entry(
        name,
        header,
        payload,
        ring,
        log,
        seq,
        prev,
        t_ms,
        author,
        record,
        form,
        version,
        tuple(parents),
        op,
        digest,
    )


def _is_count(value: object, least: int = -(1 << 53)) -> bool:
    return type(value) is int and least <= value <= 1 << 53


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) == SHORT


def _digest(data: bytes) -> str:
    return to_base64url(hashlib.sha256(data).digest())
