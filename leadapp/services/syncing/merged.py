"""When each computer last merged, and how much of what was written here it is not known to have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from leadapp.core.ids import DeviceId
from leadapp.journal.statement import device_id
from leadapp.services.desk import Desk
from leadapp.store.merged import Merged, merged
from leadapp.store.reader import Reader

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LastMerged:
    """One other computer. ``when`` is ``None`` where nothing of it was ever met here.

    ``waiting`` are entries written here, in the rings open here that it may have, which no
    seal of it says it holds.
    """

    device: DeviceId
    label: str
    when: datetime | None
    waiting: int


def last_merged(desk: Desk, reader: Reader) -> tuple[LastMerged, ...]:
    """Return every other computer in the program, the one heard of longest ago first.

    Reader lane with ``desk.reader``; any lane with a reader of one's own.
    """
    roster = desk.holding.roster
    zone = desk.clock.now().tzinfo
    own = [(ring, log) for ring in reader.rings for log in reader.logs(ring) if log.own]
    met = {device_id(one.device): one for one in merged(reader)}
    found = []
    for device in roster.devices.values():
        if device.revoked or device.id == desk.device.device_id:
            continue
        known = met.get(device.id)
        known = known or Merged(device.public, own=False, until_ms=0)
        waiting = sum(
            reader.written_after(ring, log.log, known.has(ring, log.log))
            for ring, log in own
            if roster.may_have(device, ring) and log.last > known.has(ring, log.log)
        )
        until = known.until_ms
        when = datetime.fromtimestamp(until / 1000, zone) if until else None
        found.append(
            LastMerged(device.id, desk.computer_called(reader, device.public), when, waiting)
        )
    return tuple(sorted(found, key=lambda one: (one.when or _NEVER, one.device)))
