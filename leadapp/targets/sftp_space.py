"""Why an SFTP server would not write: the protocol itself only says "failure".

OpenSSH answers a question of its own about the disk, which tells a full one and a
read-only one apart. Where a server does not, the sentence says both.
"""

from __future__ import annotations

import errno

import paramiko
from paramiko.sftp import CMD_EXTENDED

from leadapp.core.errors import Refusal

_QUESTION = "statvfs@openssh.com"
_READ_ONLY = 1
_LEAST = 1 << 16
"""Bytes: less room than this counts as none."""


def why_not_written(
    client: paramiko.SFTPClient, folder: str, shown: str, cause: OSError
) -> Refusal:
    """Return the sentence for a write that failed in ``folder``."""
    if cause.errno == errno.EACCES:
        return Refusal("targets.not_allowed", folder=shown)
    room = _room(client, folder)
    if room is None:
        return Refusal("targets.not_written", folder=shown)
    free, read_only = room
    if read_only:
        return Refusal("targets.server_read_only", folder=shown)
    if free < _LEAST:
        return Refusal("targets.server_full", folder=shown)
    return Refusal("targets.not_written", folder=shown)


def _room(client: paramiko.SFTPClient, folder: str) -> tuple[int, bool] | None:
    """Return the free bytes, and whether the disk is read-only; ``None`` where nobody says."""
    try:
        # The library has no name for this question; its stubs leave out the way it asks its own.
        _, answer = client._request(CMD_EXTENDED, _QUESTION, folder)  # type: ignore[attr-defined]  # noqa: SLF001
    except OSError:
        return None
    numbers = [answer.get_int64() for _ in range(11)]
    block, available, flags = numbers[1] or numbers[0], numbers[4], numbers[9]
    return block * available, bool(flags & _READ_ONLY)
