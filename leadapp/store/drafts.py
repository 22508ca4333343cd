"""What is being typed, kept within a second: one small encrypted file a ring, its own thread.

A draft is nobody's record yet. Four megabytes are reserved on the disk, so that the
last words are kept even when everything else has filled it. Discarded drafts stay 30
days.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any  # rows of the engine

from leadapp.core.clock import Clock, to_milliseconds
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import DraftId, FormId, RecordId, RingId, UserId
from leadapp.store import draft_files
from leadapp.store.connection import Connection, open_file, rekey
from leadapp.store.draft_files import NewFile
from leadapp.store.folder import ProgramFolder
from leadapp.store.migrations import DRAFTS, migrate

RESERVED = 4 << 20
KEPT = timedelta(days=30)
_FREE_AGAIN = 16 * RESERVED
_COLUMNS = (
    "id, record, form, version, hash, owner, answers, started_ms, changed_ms, title, correcting,"
    " parents, notes"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled.

    ``record`` and the ids in ``notes`` (companions) are fixed from its first key.
    ``parents`` are the heads its owner saw when a correction was begun. ``title`` is what
    the list of drafts shows.
    """

    id: DraftId
    record: RecordId
    form: FormId
    version: str
    hash: str
    owner: UserId
    ring: RingId
    answers: Mapping[str, str]
    started_ms: int
    changed_ms: int
    title: str = ""
    correcting: bool = False
    parents: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    files: tuple[NewFile, ...] = ()
    """What was attached and is in no ring yet; lists of drafts leave it out."""


class DraftStore:
    """The drafts of the open rings; used from one thread at a time."""

    def __init__(self, folder: ProgramFolder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._files: dict[RingId, Connection] = {}

    @classmethod
    def open(
        cls, folder: ProgramFolder, keys: Mapping[RingId, bytes], *, clock: Clock
    ) -> DraftStore:
        """Open (or make) the drafts' file of each ring; drafts use their ring's key."""
        store = cls(folder, clock)
        folder.make()
        try:
            for ring, key in keys.items():
                store.open_ring(ring, key)
        except BaseException:
            store.close()
            raise
        store._reserve()
        return store

    def open_ring(self, ring: RingId, key: bytes) -> None:
        """Open one more ring's drafts; purge what was discarded long ago."""
        path = self._folder.draft_file(ring)
        connection = open_file(path, key, create=not path.exists())
        try:
            migrate(connection, DRAFTS)
            self._merge_from_aside(connection, path, key)
        except BaseException:
            connection.close()
            raise
        self._files[ring] = connection
        with contextlib.suppress(Refusal):  # a full or read-only disk: next time
            connection.execute("DELETE FROM drafts WHERE discarded_ms < ?", (self._long_ago(),))
            draft_files.remove_ownerless(connection)

    def save(self, draft: Draft) -> None:
        """Keep a draft as it is now; durable when this returns.

        On a full disk the reserved space is given up for it; only then Refusal.
        """
        connection = self._file(draft.ring)
        try:
            _put(connection, draft)
        except Refusal:
            if not self._give_up_reserve():
                raise
            _put(connection, draft)
        else:
            self._reserve()

    def load(self, draft: DraftId) -> Draft | None:
        """Return a draft, ``None`` when it is gone or discarded."""
        for one in self._drafts("id = ? AND discarded_ms IS NULL", (draft,)):
            return replace(one, files=draft_files.of_draft(self._file(one.ring), draft))
        return None

    def mine(self, owner: UserId) -> list[Draft]:
        """Return a user's drafts, last changed first."""
        return self._sorted("owner = ? AND discarded_ms IS NULL", (owner,))

    def all(self) -> list[Draft]:
        """Return everybody's drafts in the open rings, last changed first."""
        return self._sorted("discarded_ms IS NULL", ())

    def discarded(self, owner: UserId) -> list[Draft]:
        """Return what a user discarded in the last 30 days."""
        return self._sorted("owner = ? AND discarded_ms >= ?", (owner, self._long_ago()))

    def discard(self, draft: DraftId) -> None:
        """Put a draft away; it can be brought back for 30 days."""
        self._update("discarded_ms = ?", to_milliseconds(self._clock.now()), draft)

    def bring_back(self, draft: DraftId) -> None:
        """Take back a discarding."""
        self._update("discarded_ms = ?", None, draft)

    def take_over(self, draft: DraftId, owner: UserId) -> None:
        """Give an absent user's draft to another user."""
        self._update("owner = ?", owner, draft)

    def finish(self, draft: DraftId) -> None:
        """Remove a draft whose record was written; harmless twice."""
        for connection in self._files.values():
            connection.execute("DELETE FROM drafts WHERE id = ?", (draft,))
            draft_files.remove_ownerless(connection)

    def remove_record(self, record: RecordId) -> int:
        """Remove every draft of a record for good, discarded ones too: a redaction reached it."""
        removed = 0
        for connection in self._files.values():
            connection.execute("PRAGMA secure_delete = ON")
            gone = connection.changed("DELETE FROM drafts WHERE record = ?", (record,))
            if gone:
                draft_files.remove_ownerless(connection)
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            removed += gone
        return removed

    def rekey(self, ring: RingId, key: bytes) -> None:
        """Encrypt a ring's drafts with its new key."""
        rekey(self._file(ring), key)

    def close(self) -> None:
        """Let go of all files; harmless twice."""
        for ring in list(self._files):
            self._files.pop(ring).close()

    def _file(self, ring: RingId) -> Connection:
        connection = self._files.get(ring)
        if connection is None:
            raise Refusal("store.ring_not_open", ring=ring)
        return connection

    def _drafts(self, where: str, parameters: tuple[Any, ...]) -> Iterator[Draft]:
        for ring, connection in self._files.items():
            sql = f"SELECT {_COLUMNS} FROM drafts WHERE {where}"
            for row in connection.rows(sql, parameters):
                yield _draft(ring, row)

    def _sorted(self, where: str, parameters: tuple[Any, ...]) -> list[Draft]:
        found = list(self._drafts(where, parameters))
        return sorted(found, key=lambda one: (-one.changed_ms, one.id))

    def _update(self, change: str, value: str | int | None, draft: DraftId) -> None:
        for connection in self._files.values():
            connection.execute(f"UPDATE drafts SET {change} WHERE id = ?", (value, draft))

    def _long_ago(self) -> int:
        return to_milliseconds(self._clock.now() - KEPT)

    def _reserve(self) -> None:
        """Fill the reserved file where there is room for it."""
        path = self._folder.reserve
        with contextlib.suppress(OSError):
            if path.exists() or shutil.disk_usage(path.parent).free < _FREE_AGAIN:
                return
            with path.open("wb") as file:
                for _ in range(RESERVED >> 16):
                    file.write(bytes(1 << 16))

    def _give_up_reserve(self) -> bool:
        """Return whether there was reserved space to give up."""
        path = self._folder.reserve
        if not path.exists():
            return False
        with contextlib.suppress(OSError):
            path.unlink()
        return not path.exists()

    def _merge_from_aside(self, connection: Connection, path: Path, key: bytes) -> None:
        """Take in drafts from files a restore moved aside: the later state of each wins."""
        for aside in sorted(self._folder.aside.glob(f"*/drafts/{path.name}")):
            merged = aside.with_name(aside.name + ".merged")
            if merged.exists():
                continue
            try:
                other = open_file(aside, key)
            except Damage:  # another key, or broken: it stays where it is
                continue
            with contextlib.closing(other):
                rows = other.rows(f"SELECT {_COLUMNS}, discarded_ms FROM drafts")
                draft_files.take_from(connection, other)
            connection.many(
                f"INSERT INTO drafts ({_COLUMNS}, discarded_ms) VALUES ({_marks(14)})"
                " ON CONFLICT (id) DO UPDATE SET answers = excluded.answers,"
                " changed_ms = excluded.changed_ms, owner = excluded.owner,"
                " title = excluded.title, notes = excluded.notes,"
                " discarded_ms = excluded.discarded_ms"
                " WHERE excluded.changed_ms > drafts.changed_ms",
                rows,
            )
            merged.touch()


def count_drafts(path: Path, key: bytes) -> int:
    """Return how many drafts a file holds; 0 where there is none."""
    if not path.exists():
        return 0
    with contextlib.closing(open_file(path, key)) as connection:
        return int(connection.value("SELECT count(*) FROM drafts WHERE discarded_ms IS NULL"))


def _put(connection: Connection, draft: Draft) -> None:
    with connection.transaction():
        draft_files.put(connection, draft.id, draft.files)
        _put_row(connection, draft)


def _put_row(connection: Connection, draft: Draft) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO drafts ({_COLUMNS}) VALUES ({_marks(13)})",
        (
            draft.id,
            draft.record,
            draft.form,
            draft.version,
            draft.hash,
            draft.owner,
            json.dumps(dict(draft.answers), ensure_ascii=False),
            draft.started_ms,
            draft.changed_ms,
            draft.title,
            int(draft.correcting),
            json.dumps(draft.parents),
            json.dumps(dict(draft.notes), ensure_ascii=False),
        ),
    )


def _draft(ring: RingId, row: tuple[Any, ...]) -> Draft:
    name, record, form, version, digest, owner, answers, started, changed, title, *rest = row
    correcting, parents, notes = rest
    return Draft(
        id=DraftId(name),
        record=RecordId(record),
        form=FormId(form),
        version=version,
        hash=digest,
        owner=UserId(owner),
        ring=ring,
        answers=json.loads(answers),
        started_ms=started,
        changed_ms=changed,
        title=title,
        correcting=bool(correcting),
        parents=tuple(json.loads(parents)),
        notes=json.loads(notes),
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
