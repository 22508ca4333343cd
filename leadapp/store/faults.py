"""What is wrong with a database file, told from its bytes or from the engine's error; ours to raise.

The engine's errors are known by their names only: this module does not import it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from leadapp.core.errors import Bug, Damage, LeadappError, Refusal

PAGE = 4096
_OTHER_FILES = (b"SQLite format 3\0", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n")
_LEAST_FREE = 1 << 20


def inspect(path: Path) -> None:
    """Look at a file before it is opened: there, whole pages, and no other sort of file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64)
    except FileNotFoundError as cause:
        raise Refusal("store.file_missing", file=path.name) from cause
    except OSError as cause:
        raise Refusal("store.cannot_open", file=path.name) from cause
    if start.startswith(_OTHER_FILES) or (start and _is_text(start)):
        raise Damage("store.not_a_ring", file=path.name)
    if (size % PAGE or size == 0) and wal_size(path) == 0:
        raise Damage("store.cut_short", file=path.name)


def wal_size(path: Path) -> int:
    """Return how much stands in a file's write-ahead file, not yet in the file itself."""
    wal = path.with_name(path.name + "-wal")
    return wal.stat().st_size if wal.exists() else 0


def _is_text(start: bytes) -> bool:
    """Return whether ``start`` reads as text; a ring's bytes look random from the first on."""
    return all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in start)


def ours(cause: Exception, path: Path, *, query: bool = False) -> LeadappError:
    """Return our error for the engine's ``cause``; ``query`` means a stranger's SQL."""
    name = str(getattr(cause, "sqlite_errorname", ""))
    if query and name in ("SQLITE_ERROR", "SQLITE_AUTH", "SQLITE_RANGE", "SQLITE_MISMATCH", ""):
        return Refusal("store.query_refused", reason=str(cause))
    folder = str(path.parent)
    for start, error in (
        ("SQLITE_FULL", Refusal("core.disk_full", folder=folder)),
        ("SQLITE_NOTADB", Damage("store.wrong_key", file=path.name)),
        ("SQLITE_CORRUPT", Damage("store.changed_bytes", file=path.name)),
        ("SQLITE_READONLY", Refusal("core.cannot_write", folder=folder)),
        ("SQLITE_CANTOPEN", Refusal("store.cannot_open", file=path.name)),
        ("SQLITE_BUSY", Refusal("store.busy", file=path.name)),
        ("SQLITE_LOCKED", Refusal("store.busy", file=path.name)),
        ("SQLITE_INTERRUPT", Refusal("store.took_too_long")),
        ("SQLITE_IOERR", _disk_trouble(path)),
        ("SQLITE_TOOBIG", Refusal("store.too_big")),
    ):
        if name.startswith(start):
            return error
    return Bug("store.engine", reason=f"{type(cause).__name__} {name}")


def _disk_trouble(path: Path) -> Refusal:
    """Return why reading or writing failed: most often the disk is full in another guise."""
    try:
        full = shutil.disk_usage(path.parent).free < _LEAST_FREE
    except OSError:
        full = False
    if full:
        return Refusal("core.disk_full", folder=str(path.parent))
    return Refusal("store.disk_trouble", file=path.name)
