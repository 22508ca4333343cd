"""Emptying entries by order: payloads go, headers and hashes stay, so chains still verify.

What was computed from them is computed again; the file is written anew, so that nothing
of the text lingers in free pages or in the search index.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.ids import EntryHash, RecordId
from leadapp.journal.entry import Entry
from leadapp.store import blobs
from leadapp.store.projector import Projector
from leadapp.store.ring_file import RingFile


def order(
    file: RingFile, entries: Sequence[EntryHash], reason: str, blob_names: Sequence[str]
) -> dict[str, str]:
    """Return the answers of the entry that orders it; files only these entries name go too."""
    names = {*blob_names, *blobs.named_only_in(file.connection, entries)}
    return {"entries": " ".join(entries), "blobs": " ".join(sorted(names)), "_reason": reason}


def apply(file: RingFile, entry: Entry, projector: Projector) -> set[RecordId]:
    """Do what an accepted ``redact`` entry orders; return the records touched."""
    values = entry.values
    file.connection.execute("PRAGMA secure_delete = ON")
    touched = file.journal.empty_payloads(values.get("entries", "").split(), entry.hash)
    touched.discard(RecordId(""))
    blobs.remove(file.connection, values.get("blobs", "").split())
    file.project(touched, projector)
    file.projections.remake_search()
    return touched


def scrub(file: RingFile) -> None:
    """Write the file anew without its free pages, and empty the write-ahead file; no transaction."""
    file.connection.execute("VACUUM")
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
