"""One open encrypted file, and the engine's errors put into ours.

The only module that imports the engine. sqlite-utils looks for a module called
``pysqlite3`` before the standard library's: that is how it is given SQLCipher's.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any  # the engine is untyped, and a cell may be of any of its types

import sqlcipher3
from sqlcipher3 import dbapi2 as engine

from leadapp.core.errors import Bug, Damage, LeadappError, Refusal
from leadapp.store.faults import PAGE, inspect, ours, wal_size

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = engine

from sqlite_utils import Database  # noqa: E402 - it must find the two lines above done

_log = logging.getLogger(__name__)

KEY_BYTES = 32
Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]

_STEPS_BETWEEN_LOOKS = 20_000
_ROWS_AT_ONCE = 256
_ATTACH_KEY = "ATTACH DATABASE ? AS {schema} KEY \"x'{key}'\""


class Connection:
    """A connection to one file, or to several attached to an empty one in memory.

    Used by one thread at a time. Left to the engine, a second one would wait for the engine
    while the engine waits for it (to ask what a query may read), for ever; here it waits its
    turn, and the log says so: each lane should have a connection of its own. Every call
    raises only our own errors.
    """

    def __init__(self, raw: Any, path: Path) -> None:
        self._raw = raw
        self.path = path
        self._hand = threading.RLock()
        """Held by the thread whose statement runs."""
        self.tables = Database(raw, execute_plugins=False)
        """sqlite-utils' face of the same connection, for making tables."""

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run one statement."""
        with self.translated():
            self._raw.execute(sql, parameters)

    def changed(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; return how many rows it touched."""
        with self.translated():
            return int(self._raw.execute(sql, parameters).rowcount)

    def many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each of ``rows``."""
        with self.translated():
            self._raw.executemany(sql, rows)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Return all rows of a query."""
        with self.translated():
            return list(self._raw.execute(sql, parameters))

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """Yield the rows of a query as they are read."""
        with self.translated():
            cursor = self._raw.execute(sql, parameters)
        while True:
            with self.translated():
                rows = cursor.fetchmany(_ROWS_AT_ONCE)
            if not rows:
                return
            yield from rows

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Return the first row of a query, if any."""
        with self.translated():
            found: Row | None = self._raw.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first cell of the first row, ``None`` when there is no row."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def script(self, sql: str) -> None:
        """Run statements separated by ``;`` inside the transaction that is open."""
        statement = ""
        with self.translated():
            for line in sql.splitlines(keepends=True):
                statement += line
                if engine.complete_statement(statement):
                    self._raw.execute(statement)
                    statement = ""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Nested, it is a savepoint.

        Where the engine has rolled back by itself (a full disk), nothing hides why.
        """
        with self.translated(), self.tables.atomic():
            yield

    def attach(self, path: Path, key: bytes, schema: str) -> None:
        """Attach a ring's file as ``schema``; read it once, so that a wrong key shows now."""
        inspect(path)
        with self.translated(path):
            self._raw.execute(_ATTACH_KEY.format(schema=schema, key=key.hex()), (str(path),))
            self._raw.execute(f"SELECT count(*) FROM {schema}.sqlite_schema").fetchone()

    def back_up(self, target: Connection) -> None:
        """Copy every page into ``target``; others may go on reading and writing."""
        with self.translated():
            self._raw.backup(target._raw)

    def read_only(self) -> None:
        """Let nothing more be changed through this connection."""
        self.execute("PRAGMA query_only = ON")

    def guarded(
        self,
        sql: str,
        parameters: Parameters,
        *,
        tables: frozenset[str],
        seconds: float,
    ) -> list[Row]:
        """Return the rows of a stranger's query: it may read ``tables`` only, for so long."""
        limit = time.monotonic() + seconds
        with self.translated(query=True):
            self._raw.set_authorizer(_only_reading(tables))
            self._raw.set_progress_handler(lambda: time.monotonic() > limit, _STEPS_BETWEEN_LOOKS)
            try:
                return list(self._raw.execute(sql, parameters))
            finally:
                self._raw.set_progress_handler(None, 0)
                self._raw.set_authorizer(None)

    def interrupt(self) -> None:
        """Stop what is running; may be called from another thread."""
        self._raw.interrupt()

    def close(self) -> None:
        """Close; harmless twice."""
        with self._in_our_words(self.path):
            self._raw.close()

    @contextmanager
    def translated(self, path: Path | None = None, *, query: bool = False) -> Iterator[None]:
        """Raise the engine's errors as ours, once no other thread's statement runs."""
        if not self._hand.acquire(blocking=False):
            _log.warning("two threads at one connection: %s waits", threading.current_thread().name)
            self._hand.acquire()
        try:
            with self._in_our_words(path or self.path, query=query):
                yield
        finally:
            self._hand.release()

    @contextmanager
    def _in_our_words(self, path: Path, *, query: bool = False) -> Iterator[None]:
        try:
            yield
        except (engine.Error, engine.Warning) as cause:
            raise ours(cause, path, query=query) from cause


def open_file(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """Open a ring's or drafts' file with its raw key.

    Refusal when it is missing (or there already, with ``create``); Damage when it is
    cut short, no such file, or the key does not fit.
    """
    if create and path.exists():
        raise Refusal("store.file_exists", file=path.name)
    if not create:
        inspect(path)
    connection = _connect(path, key)
    try:
        connection.value("SELECT count(*) FROM sqlite_schema")
        if not create:
            _check_length(connection)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except LeadappError:
        connection.close()
        if create:
            remove_file(path)
        raise
    return connection


def remove_file(path: Path) -> None:
    """Remove a database file that was being made, and what the engine put beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_group() -> Connection:
    """Open an empty connection in memory, to attach rings to."""
    raw = engine.connect(":memory:", isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA cipher_log = off")
    raw.execute("PRAGMA busy_timeout = 5000")
    raw.execute("PRAGMA cache_size = -16000")
    return Connection(raw, Path(":memory:"))


def complete_copy(path: Path, key: bytes) -> list[str]:
    """Return what the engine says is wrong with a file, page by page; empty when it is whole."""
    connection = open_file(path, key)
    try:
        return integrity(connection)
    finally:
        connection.close()


def integrity(connection: Connection) -> list[str]:
    """Return the engine's complaints: every page against its seal, then the structure."""
    found = [str(row[0]) for row in connection.rows("PRAGMA cipher_integrity_check")]
    if found:
        return found
    said = [str(row[0]) for row in connection.rows("PRAGMA integrity_check(20)")]
    said += ["foreign key" for _ in connection.rows("PRAGMA foreign_key_check")]
    return [line for line in said if line != "ok"]


def _connect(path: Path, key: bytes) -> Connection:
    if len(key) != KEY_BYTES:
        raise Bug("store.key_length")
    try:
        raw = engine.connect(str(path), isolation_level=None, check_same_thread=False)
    except engine.Error as cause:
        raise ours(cause, path) from cause
    connection = Connection(raw, path)
    for pragma in (
        "cipher_log = off",
        f"key = \"x'{key.hex()}'\"",
        "busy_timeout = 5000",
        "cache_size = -16000",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def rekey(connection: Connection, key: bytes) -> None:
    """Encrypt the open file anew with ``key``; no other connection may be open on it.

    The old pages leave the write-ahead file too.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _check_length(connection: Connection) -> None:
    """Damage when the file holds fewer pages than it says."""
    path = connection.path
    pages = connection.value("PRAGMA page_count")
    if wal_size(path) == 0 and path.stat().st_size < pages * PAGE:
        raise Damage("store.cut_short", file=path.name)


def _only_reading(tables: frozenset[str]) -> Callable[..., int]:
    names = tables | {"", "json_each", "json_tree"}

    def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in (engine.SQLITE_SELECT, engine.SQLITE_RECURSIVE):
            return 0
        if action == engine.SQLITE_FUNCTION:
            return 1 if second == "load_extension" else 0
        if action == engine.SQLITE_READ:
            return 0 if (first or "") in names else 1
        return 1

    return allow
