"""The files of a program folder: begun afresh, set aside where nobody can open them, rekeyed."""

from __future__ import annotations

import shutil
from pathlib import Path

from leadapp.core.errors import Bug, Damage, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import RingId
from leadapp.store.connection import open_file, rekey
from leadapp.store.folder import ProgramFolder
from leadapp.vault.keyring import Keyring

_UNFINISHED = "unfinished"
"""The file that stands in a program's folder while it is being made."""


def start_afresh(folder: ProgramFolder) -> None:
    """Begin to make a program; ``end_making`` ends it.

    What was begun before and never ended is cleared: nobody was told that it was there. A
    folder that holds anything else is refused.
    """
    unfinished = folder.root / _UNFINISHED
    if unfinished.exists():
        for part in (folder.rings_folder, folder.drafts_folder):
            shutil.rmtree(part, ignore_errors=True)
        for file in (folder.keyring, folder.attempts):
            file.unlink(missing_ok=True)
    elif folder.rings() or folder.keyring.exists():
        raise Refusal("services.folder_not_empty", folder=str(folder.root))
    folder.make()
    write_whole(unfinished, b"")


def end_making(folder: ProgramFolder) -> None:
    """Say that the program is whole."""
    (folder.root / _UNFINISHED).unlink(missing_ok=True)


def set_orphan_aside(folder: ProgramFolder, keyring: Keyring, ring: RingId) -> None:
    """Move a ring's file aside that no slot opens: its making was cut off, it holds nothing."""
    if ring in keyring.rings():
        raise Bug("vault.ring_exists", ring=ring)
    for path in (folder.ring_file(ring), folder.draft_file(ring)):
        number = 1
        while path.exists():
            aside = path.with_name(f"{path.name}.orphan-{number}")
            number += 1
            if not aside.exists():
                path.rename(aside)


def finish_files(folder: ProgramFolder, ring: RingId, old: bytes, new: bytes) -> None:
    """Encrypt a ring's file and drafts with ``new``; harmless where that was done already.

    Nothing else may have them open. Cut off anywhere, doing it again completes it.
    """
    for path in (folder.ring_file(ring), folder.draft_file(ring)):
        if not path.exists():
            continue
        try:
            open_file(path, new).close()
        except Damage as error:
            if error.code != "store.wrong_key":
                raise
            _rekey_file(path, old, new)


def _rekey_file(path: Path, old: bytes, new: bytes) -> None:
    connection = open_file(path, old)
    try:
        rekey(connection, new)
    finally:
        connection.close()
