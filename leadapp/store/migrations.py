"""The shape of a ring's file, as numbered plain SQL; a shipped step is never edited.

Only what must last is here. Tables that can be computed again are in ``projections``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadapp.core.errors import Refusal
from leadapp.store.connection import Connection

RING = (
    """
    CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE entries (
        n INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        log TEXT NOT NULL,
        seq INTEGER NOT NULL,
        record TEXT NOT NULL,
        op TEXT NOT NULL,
        t_ms INTEGER NOT NULL,
        held INTEGER NOT NULL,
        header BLOB NOT NULL,
        payload BLOB NOT NULL
    ) STRICT;
    CREATE INDEX entries_record ON entries (record, held);
    CREATE INDEX entries_log ON entries (log, seq);
    CREATE INDEX entries_other ON entries (op) WHERE op NOT IN ('save', 'void', 'restore');
    CREATE INDEX entries_held ON entries (n) WHERE held = 1;
    CREATE TABLE logs (
        log TEXT PRIMARY KEY,
        device BLOB NOT NULL,
        nonce BLOB NOT NULL,
        own INTEGER NOT NULL,
        last INTEGER NOT NULL,
        head TEXT NOT NULL,
        sealed INTEGER NOT NULL,
        sent INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE seals (
        log TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        prev TEXT NOT NULL,
        head TEXT NOT NULL,
        device BLOB NOT NULL,
        nonce BLOB NOT NULL,
        roster TEXT NOT NULL,
        seen TEXT NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (log, head, prev)
    ) STRICT;
    CREATE TABLE redacted (hash TEXT PRIMARY KEY, by_entry TEXT NOT NULL) STRICT;
    CREATE TABLE pending (
        id TEXT PRIMARY KEY, ring TEXT NOT NULL, writes TEXT NOT NULL, created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE pending_done (id TEXT PRIMARY KEY) STRICT;
    CREATE TABLE access_chain (
        n INTEGER PRIMARY KEY,
        line TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        entry TEXT NOT NULL
    ) STRICT;
    CREATE INDEX access_chain_open ON access_chain (n) WHERE entry = '';
    CREATE TABLE blobs (name TEXT PRIMARY KEY, salt BLOB NOT NULL, size INTEGER NOT NULL) STRICT;
    CREATE TABLE blob_parts (
        name TEXT NOT NULL REFERENCES blobs (name) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (name, n)
    ) STRICT;
    """,
    """
    CREATE INDEX entries_files ON entries (n)
        WHERE instr(payload, x'227b5c22626c6f625c223a') > 0;
    """,
)

DRAFTS = (
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        form TEXT NOT NULL,
        version TEXT NOT NULL,
        hash TEXT NOT NULL,
        owner TEXT NOT NULL,
        answers TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        title TEXT NOT NULL,
        correcting INTEGER NOT NULL,
        parents TEXT NOT NULL,
        notes TEXT NOT NULL,
        discarded_ms INTEGER
    ) STRICT;
    CREATE INDEX drafts_owner ON drafts (owner, changed_ms);
    """,
    """
    CREATE TABLE blobs (name TEXT PRIMARY KEY, salt BLOB NOT NULL, size INTEGER NOT NULL) STRICT;
    CREATE TABLE blob_parts (
        name TEXT NOT NULL REFERENCES blobs (name) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (name, n)
    ) STRICT;
    CREATE TABLE draft_files (
        name TEXT PRIMARY KEY REFERENCES blobs (name) ON DELETE CASCADE, draft TEXT NOT NULL
    ) STRICT;
    CREATE INDEX draft_files_draft ON draft_files (draft);
    """,
)


def version_of(connection: Connection) -> int:
    """Return how many steps the file has taken."""
    return int(connection.value("PRAGMA user_version"))


def migrate(
    connection: Connection,
    steps: Sequence[str],
    *,
    copy_first: Callable[[int], None] | None = None,
) -> None:
    """Take the steps that are missing, each in a transaction; Refusal for a newer file.

    ``copy_first`` is called with the old version before an existing file is changed.
    """
    have = version_of(connection)
    if have > len(steps):
        raise Refusal("store.newer_file", file=connection.path.name)
    if 0 < have < len(steps) and copy_first is not None:
        copy_first(have)
    for number, step in enumerate(steps[have:], start=have + 1):
        with connection.transaction():
            connection.script(step)
            connection.execute(f"PRAGMA user_version = {number}")
