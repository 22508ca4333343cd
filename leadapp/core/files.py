"""Small files written whole: either the old bytes are there or the new, never a half."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from leadapp.core.errors import Refusal

_OWNER_ONLY = 0o600


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: temporary name, owner-only mode, fsync, replace.

    Refusal when the disk is full or the folder cannot be written; the old file stays.
    """
    temporary = path.with_name(f".{path.name}.new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as cause:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise cannot_write(path, cause) from cause


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last through a power cut, where the system can."""
    if os.name == "nt":  # Windows cannot open a folder to flush it
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(path: Path, cause: OSError) -> Refusal:
    """Return the refusal that fits ``cause``: a full disk, or a folder that is read-only."""
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal("core.disk_full", folder=str(path.parent))
    return Refusal("core.cannot_write", folder=str(path.parent))
