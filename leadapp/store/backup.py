"""Backups of the whole program folder, and putting one back.

Open rings are copied by the engine while others go on writing; closed rings, which
nobody holds, by copying their file. A backup is as encrypted as what it was made of. A
restore moves present files aside, and what they held is merged in again, ring by ring,
as each is unlocked.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Damage, LeadappError, Refusal
from leadapp.core.files import cannot_write, write_whole
from leadapp.core.ids import RingId
from leadapp.core.problems import Problem
from leadapp.store.aside import copy_closed, is_merged
from leadapp.store.connection import complete_copy, open_file
from leadapp.store.device import load_device, save_device
from leadapp.store.folder import DRAFT_SUFFIX, RING_SUFFIX, ProgramFolder

FORMAT = 1
KEPT = 14
_MANIFEST = "manifest.json"
_NAME = re.compile(r"^backup-\d{8}-\d{6}(-\d+)?$")
_SMALL = ("keyring.json", "device.json", "attempts.json")


def back_up(
    folder: ProgramFolder, keys: Mapping[RingId, bytes], now: datetime, *, keep: int = KEPT
) -> Path:
    """Make a backup of every ring, open or not, check it, and drop the oldest beyond ``keep``.

    ``keys`` are those of the open rings. Runs beside the archive; Refusal when the disk is
    full, and then nothing is left behind. The device file learns when it was made.
    """
    target = _free_name(folder.backups, f"backup-{now:%Y%m%d-%H%M%S}")
    part = target.with_name(f".{target.name}.part")
    try:
        for name in ("rings", "drafts"):
            (part / name).mkdir(parents=True)
        for file in _databases(folder):
            _copy(file, part, keys)
        for name in _SMALL:
            if (folder.root / name).exists():
                shutil.copy2(folder.root / name, part / name)
        _write_manifest(part, now)
        part.rename(target)
    except OSError as cause:
        shutil.rmtree(part, ignore_errors=True)
        raise cannot_write(target, cause) from cause
    except LeadappError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    if folder.device.exists():
        device = load_device(folder)
        save_device(folder, replace(device, last_backup=now.isoformat(timespec="seconds")))
    # Its own name may be the earliest: those before were made while the clock ran ahead.
    others = [old for old in backups(folder) if old != target]
    for old in others[max(0, keep - 1) :]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def backups(folder: ProgramFolder) -> list[Path]:
    """Return the backups, newest first."""
    found = [path for path in folder.backups.glob("backup-*") if _NAME.match(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def check_backup(backup: Path, keys: Mapping[RingId, bytes] | None = None) -> list[Problem]:
    """Return what is wrong with a backup: sums of all files, pages of those with a key.

    A ring without a key is named in a note: it could not be opened.
    """
    sums = _sums(backup)
    problems: list[Problem] = []
    for name, said in sorted(sums.items()):
        path = backup / name
        if not path.exists():
            problems.append(Problem("store.backup_file_missing", {"file": name}))
        elif _sum(path) != said:
            problems.append(Problem("store.changed_bytes", {"file": name}))
    for name in sorted(sums):
        if name.startswith("rings/") and name.endswith(RING_SUFFIX):
            ring = RingId(Path(name).name.removesuffix(RING_SUFFIX))
            problems += _pages(backup / name, ring, keys or {})
    return problems


def restore(backup: Path, folder: ProgramFolder, now: datetime) -> Path:
    """Put a backup's files back; the present ones move to a folder, which is returned.

    Refusal or Damage before anything is moved when the backup is not whole. No
    connection may be open. What the moved files hold is merged when each ring is opened.
    """
    problems = check_backup(backup)
    if problems:
        raise Damage("store.backup_not_whole", file=backup.name)
    folder.make()
    names = list(_sums(backup))
    aside = _free_name(folder.aside, f"aside-{now:%Y%m%d-%H%M%S}")
    try:
        _bring(backup, folder.root / ".restoring", names)
        _move_aside(folder, aside)
        for name in names:
            (folder.root / ".restoring" / name).replace(folder.root / name)
    except OSError as cause:
        raise cannot_write(folder.root, cause) from cause
    finally:
        shutil.rmtree(folder.root / ".restoring", ignore_errors=True)
    return aside


def destroy_older(folder: ProgramFolder, kept: Path, rings: Collection[RingId]) -> int:
    """Remove every backup but ``kept``, and what restores moved aside of the open ``rings``.

    For a redaction: what was ordered to go must not stay in an old copy. What was moved aside
    of rings that nobody has opened since stays: it may hold what is nowhere else, and is
    merged when somebody opens them. Returns how many went.
    """
    old = [path for path in backups(folder) if path != kept]
    old += sorted(folder.backups.glob("*.shape-*"))
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    asides = sorted(folder.aside.glob("aside-*"))
    return len(old) + sum(_destroy_aside(folder, one, rings) for one in asides)


def _destroy_aside(folder: ProgramFolder, aside: Path, rings: Collection[RingId]) -> bool:
    """Remove what a restore moved aside, and return True, unless some of it is still to be merged."""
    opened = {folder.ring_file(ring).name for ring in rings}
    opened |= {folder.draft_file(ring).name for ring in rings}
    found = (*aside.glob(f"rings/*{RING_SUFFIX}"), *aside.glob(f"drafts/*{DRAFT_SUFFIX}"))
    lasting = [path for path in found if path.name not in opened and not is_merged(path)]
    if not lasting:
        shutil.rmtree(aside, ignore_errors=True)
        return True
    for path in (*aside.glob("rings/*"), *aside.glob("drafts/*")):
        if not any(path.name.startswith(one.name) for one in lasting):
            path.unlink(missing_ok=True)
    return False


def _databases(folder: ProgramFolder) -> Iterable[Path]:
    yield from sorted(folder.rings_folder.glob(f"*{RING_SUFFIX}"))
    yield from sorted(folder.drafts_folder.glob(f"*{DRAFT_SUFFIX}"))


def _copy(file: Path, part: Path, keys: Mapping[RingId, bytes]) -> None:
    target = part / file.parent.name / file.name
    key = keys.get(RingId(file.name.rpartition(".")[0]))
    if key is None:
        copy_closed(file, target)
        return
    source = open_file(file, key)
    try:
        copy = open_file(target, key, create=True)
        try:
            source.back_up(copy)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            copy.close()
    finally:
        source.close()
    if complete_copy(target, key):
        raise Damage("store.changed_bytes", file=file.name)


def _write_manifest(part: Path, now: datetime) -> None:
    copied = [path for path in part.rglob("*") if path.is_file()]
    sums = {
        path.relative_to(part).as_posix(): _sum(path)
        for path in sorted(copied)
        if not path.name.endswith("-shm")
    }
    said = {"format": FORMAT, "made_at": now.isoformat(), "files": sums}
    write_whole(part / _MANIFEST, canonical_json(said))


def _sums(backup: Path) -> dict[str, str]:
    try:
        said = read_json((backup / _MANIFEST).read_bytes())
        if said["format"] > FORMAT:
            raise Refusal("store.newer_file", file=backup.name)
        sums = dict(said["files"])
    except FileNotFoundError as cause:
        raise Refusal("store.not_a_backup", folder=str(backup)) from cause
    except (Damage, KeyError, TypeError, ValueError, OSError) as cause:
        raise Damage("store.backup_not_whole", file=backup.name) from cause
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in sums):
        raise Damage("store.backup_not_whole", file=backup.name)
    return sums


def _pages(path: Path, ring: RingId, keys: Mapping[RingId, bytes]) -> list[Problem]:
    if ring not in keys:
        return []
    if not path.exists():
        return []
    try:
        broken = complete_copy(path, keys[ring])
    except LeadappError as error:
        return [error.problem]
    return [Problem("store.changed_bytes", {"file": path.name})] if broken else []


def _bring(backup: Path, place: Path, names: Iterable[str]) -> None:
    """Copy the backup beside the present files first, so that a full disk changes nothing."""
    shutil.rmtree(place, ignore_errors=True)
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(backup / name, place / name)


def _move_aside(folder: ProgramFolder, aside: Path) -> None:
    for name in ("rings", "drafts"):
        (aside / name).mkdir(parents=True)
        for path in sorted((folder.root / name).iterdir()):
            if path != folder.reserve:
                path.replace(aside / name / path.name)
    for name in _SMALL:
        if (folder.root / name).exists():
            (folder.root / name).replace(aside / name)


def _free_name(parent: Path, name: str) -> Path:
    candidate, n = parent / name, 1
    while candidate.exists():
        n += 1
        candidate = parent / f"{name}-{n}"
    return candidate


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
