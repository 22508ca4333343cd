"""Which folders a program must not live in: those something else copies or shares.

A cloud drive that copies a database while it is written, and a network share whose
locks lie, both ruin it sooner or later; and either would carry records where they
must not go.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from leadapp.core.errors import Refusal

_CLOUD = re.compile(
    r"^(onedrive(\s-.*)?|dropbox(\s.*)?|google ?drive(\s.*)?|googledrive-.*|my drive"
    r"|icloud ?drive|mobile documents|com~apple~clouddocs|cloudstorage|box( sync)?|nextcloud"
    r"|owncloud|pcloud ?drive|syncthing|creative cloud files)$",
    re.IGNORECASE,
)
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "afpfs"),
        *("glusterfs", "webdav", "davfs", "fuse.davfs", "fuse.sshfs", "fuse.rclone"),
        *("fuse.gvfsd-fuse", "fuse.onedriver", "fuse.google-drive-ocamlfuse"),
    }
)
_WINDOWS_REMOTE = 4


def refuse_synced_place(root: Path) -> None:
    """Refuse ``root`` when it lies in a cloud drive's folder or on the network."""
    place = root.expanduser().absolute()
    places = {place, _resolved(place)}
    for one in places:
        if _in_cloud_folder(one, os.environ):
            raise Refusal("store.synced_folder", folder=str(root))
        if _on_network(one):
            raise Refusal("store.network_folder", folder=str(root))


def _resolved(place: Path) -> Path:
    try:
        return place.resolve()
    except OSError:
        return place


def _in_cloud_folder(place: Path, environment: Mapping[str, str]) -> bool:
    if any(_CLOUD.match(part) for part in place.parts):
        return True
    roots = [environment[name] for name in _CLOUD_VARIABLES if environment.get(name)]
    return any(place.is_relative_to(root) for root in roots)


def _on_network(place: Path) -> bool:
    if str(place).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
        return bool(drive == _WINDOWS_REMOTE)
    return _mount_type(place, Path("/proc/self/mounts")) in _NETWORK_TYPES


def _mount_type(place: Path, mounts: Path) -> str:
    """Return the file system ``place`` lies on, "" where the system does not list mounts."""
    try:
        lines = mounts.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) > best:
            best, kind = len(point.parts), fields[2]
    return kind
