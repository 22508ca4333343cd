"""Backups: made beside the work, put back with what was there moved aside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.files import cannot_write
from leadapp.services.desk import Desk
from leadapp.store import backup
from leadapp.store.device import load_device
from leadapp.store.folder import ProgramFolder
from leadapp.store.places import refuse_synced_place


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the files that were there before are now; ``None`` when there were none."""

    moved_aside: Path | None


def back_up(desk: Desk, copy_to: Path | None = None) -> Path:
    """Make a backup; with ``copy_to`` put a copy of it there too. Writer lane.

    A copy outside this computer's own backups may hold protected facts, so a folder that
    a cloud drive keeps in step is refused.
    """
    desk.require_program("backup")
    if copy_to is not None:
        refuse_synced_place(copy_to)
    desk.archive.seal()
    made = backup.back_up(desk.folder, desk.holding.rings, desk.clock.now())
    desk.device = desk.holding.device = load_device(desk.folder)
    return made if copy_to is None else _copied(made, copy_to)


def backups(folder: Path) -> list[Path]:
    """Return the backups of a program folder, newest first."""
    return backup.backups(ProgramFolder(folder))


def restore(made: Path, folder: Path, *, clock: Clock) -> Restored:
    """Put a backup's files into ``folder``; refuses, changing nothing, when it is not whole."""
    place = ProgramFolder(folder)
    place.check_place()
    was_there = place.exists
    place.make()
    with place.lock():
        aside = backup.restore(made, place, clock.now())
    return Restored(aside if was_there else None)


def _copied(made: Path, folder: Path) -> Path:
    target = folder / made.name
    if target.exists():
        raise Refusal("services.backup_there", folder=str(target))
    try:
        shutil.copytree(made, target)
    except OSError as cause:
        shutil.rmtree(target, ignore_errors=True)
        raise cannot_write(target, cause) from cause
    return target
