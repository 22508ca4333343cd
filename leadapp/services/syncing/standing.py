"""How a target stands at this moment, without touching anything there. Away lane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadapp.services.syncing.places import KeptTarget


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether it can be reached (``None``: a server, asked only when used), and is carried about."""

    there: bool | None
    removable: bool | None


def standing_of(kept: KeptTarget) -> Standing:
    """Look at a folder; a share that does not answer takes its time."""
    there = None
    if isinstance(kept.where, Path):
        there = kept.where.is_dir() and (not kept.mount or Path(kept.mount).is_mount())
    return Standing(there, kept.removable)
