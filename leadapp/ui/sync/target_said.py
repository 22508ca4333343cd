"""What is said of a place to sync with. Words only."""

from __future__ import annotations

from leadapp.services.syncing import KeptTarget
from leadapp.services.syncing.standing import Standing
from leadapp.ui.sync.tiles import TileSaid
from leadapp.ui.words import tr

_ICONS = {"folder": "network", "sftp": "server", "s3": "database"}


def tile_of(kept: KeptTarget, stands: Standing | None) -> TileSaid:
    """Return a target's tile; ``stands`` is ``None`` while it is being looked at."""
    if kept.kind != "folder":
        words = tr("A server; reached when you sync")
        return TileSaid(kept.name, kept.name, words, _ICONS[kept.kind])
    if stands is None:
        return TileSaid(kept.name, kept.name, tr("Looking"), _ICONS["folder"])
    stick = stands.removable is True
    if stands.there:
        words = tr("Plugged in") if stick else tr("Can be reached now")
    else:
        words = tr("Not here now: plug it in, or connect")
    icon = "usb" if stick or not stands.there else "network"
    return TileSaid(kept.name, kept.name, words, icon, "ok" if stands.there else "text2")
