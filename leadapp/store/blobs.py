"""Attached files, in chunks in their ring's file, named by a salted hash.

Without the salt, which stands in the record, nobody can tell which file it is. A file
that an entry names (``core.attachments``) travels to the other computers of the ring; one
that no entry names stays here.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from leadapp.core.attachments import Attachment
from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.journal.attached import MOST_FILE_BYTES, Attached, attached, blob_name
from leadapp.journal.entry import read_values
from leadapp.store.connection import Connection

CHUNK = 256 << 10
MOST_BYTES = MOST_FILE_BYTES
_NAMING = "instr(payload, x'227b5c22626c6f625c223a') > 0"
"""Entries with an answer that begins ``{"blob":``: as the index has it, letter for letter."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored file: its name, and the salt that ties the name to the bytes."""

    name: str
    salt: str
    size: int


def put(connection: Connection, data: bytes, salt: bytes) -> Blob:
    """Store ``data``, in the caller's transaction."""
    if len(data) > MOST_BYTES:
        raise Refusal("store.file_too_large", megabytes=MOST_BYTES >> 20)
    name = blob_name(salt, data)
    _insert(connection, name, salt, data)
    return Blob(name, to_base64url(salt), len(data))


def put_named(connection: Connection, file: Attached | Attachment, data: bytes) -> None:
    """Store a file that came from another computer, under the name it has there."""
    if not connection.one("SELECT 1 FROM blobs WHERE name = ?", (file.name,)):
        _insert(connection, file.name, from_base64url(file.salt), data)


def _insert(connection: Connection, name: str, salt: bytes, data: bytes) -> None:
    connection.execute("INSERT INTO blobs VALUES (?, ?, ?)", (name, salt, len(data)))
    connection.many(
        "INSERT INTO blob_parts VALUES (?, ?, ?)",
        [
            (name, n, data[start : start + CHUNK])
            for n, start in enumerate(range(0, len(data), CHUNK))
        ],
    )


def get(connection: Connection, name: str, schema: str = "main") -> bytes | None:
    """Return a stored file, ``None`` when it is not here; Damage when it changed."""
    row = connection.one(f"SELECT salt FROM {schema}.blobs WHERE name = ?", (name,))
    if row is None:
        return None
    data = b"".join(_parts(connection, name, schema))
    if blob_name(row[0], data) != name:
        raise Damage("store.blob_changed")
    return data


def remove(connection: Connection, names: Iterable[str]) -> None:
    """Remove stored files and their chunks."""
    connection.many("DELETE FROM blobs WHERE name = ?", [(name,) for name in names])


def names(connection: Connection, schema: str = "main") -> list[str]:
    """Return the names of all stored files."""
    return [row[0] for row in connection.rows(f"SELECT name FROM {schema}.blobs ORDER BY name")]


def _parts(connection: Connection, name: str, schema: str) -> Iterator[bytes]:
    sql = f"SELECT data FROM {schema}.blob_parts WHERE name = ? ORDER BY n"
    for row in connection.each(sql, (name,)):
        yield row[0]


def named(connection: Connection, schema: str = "main") -> list[tuple[Attached, bytes]]:
    """Return the files that counting entries name, each with the device that wrote so.

    Files that were redacted are none.
    """
    gone = redacted(connection, schema)
    rows = connection.rows(
        f"SELECT payload, device FROM {schema}.entries JOIN {schema}.logs USING (log)"
        f" WHERE {_NAMING} AND held = 0 ORDER BY n"
    )
    return [
        (file, device)
        for payload, device in rows
        for file in attached(read_values(payload))
        if file.name not in gone
    ]


def redacted(connection: Connection, schema: str = "main") -> frozenset[str]:
    """Return the names of the files that counting orders have removed."""
    orders = "op NOT IN ('save', 'void', 'restore') AND op = 'redact' AND held = 0"
    rows = connection.rows(f"SELECT payload FROM {schema}.entries WHERE {orders}")
    return frozenset(name for row in rows for name in read_values(row[0]).get("blobs", "").split())


def named_only_in(connection: Connection, entries: Collection[str]) -> frozenset[str]:
    """Return the names of the files that these entries name and no other does."""
    inside: set[str] = set()
    outside: set[str] = set()
    for entry, payload in connection.rows(f"SELECT hash, payload FROM entries WHERE {_NAMING}"):
        names = {file.name for file in attached(read_values(payload))}
        (inside if entry in entries else outside).update(names)
    return frozenset(inside - outside)
