"""Attached files, in chunks in their ring's file, named by a salted hash.

Without the salt, which stands in the record, nobody can tell which file it is.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.store.connection import Connection

CHUNK = 256 << 10
MOST_BYTES = 64 << 20


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
    name = _name(salt, data)
    connection.execute("INSERT INTO blobs VALUES (?, ?, ?)", (name, salt, len(data)))
    connection.many(
        "INSERT INTO blob_parts VALUES (?, ?, ?)",
        [
            (name, n, data[start : start + CHUNK])
            for n, start in enumerate(range(0, len(data), CHUNK))
        ],
    )
    return Blob(name, to_base64url(salt), len(data))


def get(connection: Connection, name: str, schema: str = "main") -> bytes | None:
    """Return a stored file, ``None`` when it is not here; Damage when it changed."""
    row = connection.one(f"SELECT salt FROM {schema}.blobs WHERE name = ?", (name,))
    if row is None:
        return None
    data = b"".join(_parts(connection, name, schema))
    if _name(row[0], data) != name:
        raise Damage("store.blob_changed")
    return data


def remove(connection: Connection, names: Iterable[str]) -> None:
    """Remove stored files and their chunks."""
    connection.many("DELETE FROM blobs WHERE name = ?", [(name,) for name in names])


def names(connection: Connection) -> list[str]:
    """Return the names of all stored files."""
    return [row[0] for row in connection.rows("SELECT name FROM blobs ORDER BY name")]


def _parts(connection: Connection, name: str, schema: str) -> Iterator[bytes]:
    sql = f"SELECT data FROM {schema}.blob_parts WHERE name = ? ORDER BY n"
    for row in connection.each(sql, (name,)):
        yield row[0]


def _name(salt: bytes, data: bytes) -> str:
    return to_base64url(hashlib.sha256(salt + data).digest())
