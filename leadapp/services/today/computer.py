"""What would be lost with this computer. Reader lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadapp.services.desk import Desk
from leadapp.store.device import load_device

LATE_BACKUP_DAYS = 7


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """What would be lost with this computer. Days are whole days ago, ``None`` for never."""

    entries: int
    oldest_days: int | None
    drafts: int
    last_backup: datetime | None
    backup_days: int | None

    @property
    def backup_is_late(self) -> bool:
        """Return whether a backup is called for."""
        return self.backup_days is None or self.backup_days > LATE_BACKUP_DAYS


def this_computer(desk: Desk) -> ThisComputer:
    """Return what is only here, and how old the last backup is."""
    only = desk.reader.waiting_only_here()
    now = desk.clock.now()
    oldest = None if only.oldest_ms is None else _days(now, only.oldest_ms / 1000)
    backup = _moment(load_device(desk.folder).last_backup)
    return ThisComputer(
        entries=only.entries,
        oldest_days=oldest,
        drafts=only.drafts,
        last_backup=backup,
        backup_days=None if backup is None else max(0, (now.date() - backup.date()).days),
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _days(now: datetime, seconds: float) -> int:
    return max(0, (now.date() - datetime.fromtimestamp(seconds, now.tzinfo).date()).days)
