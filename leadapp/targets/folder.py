"""A folder as a target: a USB stick, a share on the network, a folder a cloud drive copies.

Nothing is relied on that such folders do not give: no locks, no times, no renames that
replace. A file is written beside its name and renamed; where a cut leaves a piece, its
name ends in ``.tmp`` and everybody passes over it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.files import sync_folder

README = "README.txt"
TEMPORARY = ".tmp"
_LONGEST = 180
"""Letters a base may have, so that whole paths stay below what Windows takes."""
README_TEXT = """\
The files below this folder are encrypted records on their way from one computer to
another. Do not rename, open or delete them. A file that is lost is sent again.

Their names and folders mean nothing. Whoever holds a program's recovery page can read
a file without the program:   age -d -i KEY FILE.dvb | gunzip
"""


def beside(name: str) -> str:
    """Return what to write a file as that is then called ``name``: no one else uses it.

    Two computers may write the same file at the same moment, such as the mark of a law computer.
    """
    return f"{name}.{secrets.token_hex(4)}{TEMPORARY}"


class FolderTarget:
    """Files below ``base``, which lies on the disk mounted at ``mount`` ("": nobody minds)."""

    def __init__(self, base: Path, mount: str = "") -> None:
        self.base = base
        self.mount = mount

    def prepare(self) -> None:
        """See that the folder is there and can be written; explain it to whoever opens it."""
        if len(str(self.base.absolute())) > _LONGEST:
            raise Refusal("targets.path_too_long", folder=str(self.base), most=_LONGEST)
        self.check()
        readme = self.base / README
        if not readme.exists():
            self._write(readme, README_TEXT.encode())

    def check(self) -> None:
        """Refuse when the folder is not there: a stick that is not plugged in is no empty one."""
        if not self.base.is_dir() or (self.mount and not os.path.ismount(self.mount)):
            raise Refusal("targets.not_there", folder=str(self.base))

    def folders(self) -> frozenset[str]:
        """Return the names of the folders that lie here."""
        self.check()
        try:
            with os.scandir(self.base) as found:
                return frozenset(one.name for one in found if one.is_dir(follow_symlinks=False))
        except OSError as cause:
            raise Refusal("targets.not_there", folder=str(self.base)) from cause

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        """Return the files of ``folder`` with their sizes; a file that vanishes meanwhile is none."""
        self.check()
        sizes: dict[str, int] = {}
        try:
            with os.scandir(self.base / folder) as found:
                for one in found:
                    with contextlib.suppress(FileNotFoundError):
                        if one.is_file(follow_symlinks=False):
                            sizes[one.name] = one.stat(follow_symlinks=False).st_size
        except FileNotFoundError:
            return {}
        except OSError as cause:
            raise Refusal("targets.cannot_list", folder=str(self.base)) from cause
        return sizes

    def get(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, at most ``most`` bytes; Refusal when it is not readable just now."""
        try:
            with (self.base / folder / name).open("rb") as file:
                return file.read(most)
        except OSError as cause:
            raise Refusal("targets.cannot_read", file=name) from cause

    def put(self, folder: str, name: str, data: bytes) -> None:
        """Add a file, on the disk when this returns; one that is there stays as it is."""
        self.check()
        place = self.base / folder
        try:
            place.mkdir(exist_ok=True)
        except OSError as cause:
            raise _not_written(self.base, cause) from cause
        if not (place / name).exists():
            self._write(place / name, data)

    def delete(self, folder: str, name: str) -> None:
        """Remove a file; harmless when it is gone."""
        try:
            (self.base / folder / name).unlink(missing_ok=True)
        except OSError as cause:
            raise _not_written(self.base, cause) from cause

    def cancel(self) -> None:
        """Nothing is waited for here: what is going on ends by itself."""

    def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, path: Path, data: bytes) -> None:
        temporary = path.with_name(beside(path.name))
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
        except FileExistsError:  # Windows: another computer was through first
            temporary.unlink(missing_ok=True)
        except OSError as cause:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise _not_written(self.base, cause) from cause
        with contextlib.suppress(OSError):  # some shares cannot flush a folder
            sync_folder(path.parent)


def _not_written(base: Path, cause: OSError) -> Refusal:
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal("targets.full", folder=str(base))
    if cause.errno == errno.EROFS:
        return Refusal("targets.read_only", folder=str(base))
    return Refusal("targets.takes_no_files", folder=str(base))
