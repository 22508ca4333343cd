"""Files attached to a form while it is filled: they lie beside the draft until it is finished.

They are in the draft's own encrypted file, so that they are as safe as what was typed, and
a draft thrown away leaves nothing in the ring.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from leadapp.core.attachments import Attachment
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal
from leadapp.journal.attached import blob_name
from leadapp.store import blobs
from leadapp.store.connection import Connection


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is in no ring yet, under the name it will have there."""

    name: str
    salt: str
    data: bytes = field(repr=False)

    def attachment(self, media: str = "", file: str = "") -> Attachment:
        """Return how an answer names it."""
        return Attachment(self.name, self.salt, len(self.data), media, file)


def new_file(data: bytes, salt: bytes) -> NewFile:
    """Return ``data`` as a file to store."""
    if len(data) > blobs.MOST_BYTES:
        raise Refusal("store.file_too_large", megabytes=blobs.MOST_BYTES >> 20)
    return NewFile(blob_name(salt, data), to_base64url(salt), data)


def put(connection: Connection, draft: str, files: Iterable[NewFile]) -> None:
    """Keep the files of a draft that are not kept yet, in the caller's transaction."""
    for file in files:
        blobs.put_named(connection, file.attachment(), file.data)
        connection.execute("INSERT OR IGNORE INTO draft_files VALUES (?, ?)", (file.name, draft))


def of_draft(connection: Connection, draft: str) -> tuple[NewFile, ...]:
    """Return the files of a draft; Damage where one is not as it was written."""
    rows = connection.rows(
        "SELECT name, salt FROM draft_files JOIN blobs USING (name) WHERE draft = ?", (draft,)
    )
    kept = ((name, salt, blobs.get(connection, name)) for name, salt in rows)
    return tuple(NewFile(name, to_base64url(salt), data) for name, salt, data in kept if data)


def remove_ownerless(connection: Connection) -> None:
    """Remove the files whose draft is gone."""
    gone = "SELECT name FROM draft_files WHERE draft NOT IN (SELECT id FROM drafts)"
    blobs.remove(connection, [row[0] for row in connection.rows(gone)])


def take_from(connection: Connection, other: Connection) -> None:
    """Take in the files of another file of drafts that are not here."""
    if not other.one("SELECT 1 FROM sqlite_schema WHERE name = 'draft_files'"):
        return  # written before drafts had files
    for (draft,) in other.rows("SELECT DISTINCT draft FROM draft_files"):
        put(connection, draft, of_draft(other, draft))
