"""Whether a folder lies on something that is carried about, where the system says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_DRIVE_REMOVABLE, _DRIVE_UNKNOWN = 2, 0


def is_removable(folder: Path) -> bool | None:
    """Return whether ``folder`` is on a stick or a card; ``None`` where nobody knows.

    A large stick may call itself a fixed disk: ``False`` is no promise.
    """
    if sys.platform == "win32":
        import ctypes

        root = Path(folder.absolute().anchor)
        kind = int(ctypes.windll.kernel32.GetDriveTypeW(str(root)))
        return None if kind == _DRIVE_UNKNOWN else kind == _DRIVE_REMOVABLE
    return _says_the_kernel(folder)


def mount_of(folder: Path) -> str:
    """Return where the disk that ``folder`` lies on is mounted, "" for the system's own.

    Unplugged, some systems leave an empty folder there, which is not the stick.
    """
    whole = folder.absolute()
    for one in (whole, *whole.parents):
        if os.path.ismount(one):
            return "" if one == Path(one.anchor) and sys.platform != "win32" else str(one)
    return ""


def _says_the_kernel(folder: Path, system: Path = Path("/sys/dev/block")) -> bool | None:
    """Ask Linux, which has a note beside each disk; a partition's is beside its disk's."""
    try:
        device = folder.stat().st_dev
        place = (system / f"{os.major(device)}:{os.minor(device)}").resolve(strict=True)
    except OSError:
        return None
    for disk in (place, place.parent):
        try:
            return (disk / "removable").read_text("ascii").strip() == "1"
        except OSError:
            continue
    return None
