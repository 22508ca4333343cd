"""Files that a restore moved aside: what they hold and the restored ones lack is merged again."""

# ruff: noqa: S608 - names of tables are our own; values are parameters

from __future__ import annotations

import shutil
from pathlib import Path

from leadapp.core.ids import RingId as Ring
from leadapp.store.accesses import AccessChain
from leadapp.store.connection import Connection, open_file
from leadapp.store.folder import ProgramFolder
from leadapp.store.journal_table import JournalTable
from leadapp.store.merging import take
from leadapp.store.migrations import RING, migrate
from leadapp.store.projector import Projector
from leadapp.store.ring_file import RingFile

_MERGED = ".merged"
_BESIDES = ("pending", "pending_done", "blobs", "blob_parts")
"""What a file holds besides its journal that is not computed."""


def copy_closed(path: Path, target: Path) -> None:
    """Copy a file nobody has open, with what its write-ahead file still holds."""
    shutil.copy2(path, target)
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        shutil.copy2(wal, target.with_name(target.name + "-wal"))


def set_aside(folder: ProgramFolder, ring: Ring) -> list[Path]:
    """Return the files of ``ring`` that a restore moved aside and nobody has merged yet."""
    name = folder.ring_file(ring).name
    found = sorted(folder.aside.glob(f"*/rings/{name}"))
    return [path for path in found if not is_merged(path)]


def is_merged(path: Path) -> bool:
    """Return whether nothing in a file moved aside, of a ring or of drafts, is missing any more."""
    return path.with_name(path.name + _MERGED).exists()


def take_aside(file: RingFile, path: Path, key: bytes, projector: Projector) -> None:
    """Merge all that a file moved aside holds and this one has not."""
    connection = open_file(path, key)
    try:
        migrate(connection, RING)
        journal = JournalTable(connection, file.ring)
        held = {one.hash for one in journal.held()}
        take(
            file,
            journal.everything(),
            journal.seals(),
            lambda entry: entry.hash not in held,
            projector,
        )
        for table in _BESIDES:
            _copy_rows(connection, file.connection, table)
        for access in AccessChain(connection).waiting():
            file.accesses.add(access)
    finally:
        connection.close()


def _copy_rows(source: Connection, target: Connection, table: str) -> None:
    for row in source.each(f"SELECT * FROM {table}"):
        marks = ", ".join("?" * len(row))
        target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)


def mark_merged(path: Path) -> None:
    """Note that nothing in the file is missing here any more."""
    path.with_name(path.name + _MERGED).touch()
