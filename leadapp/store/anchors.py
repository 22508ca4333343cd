"""Where each own log stood, kept outside the program folder.

A restored or copied program folder disagrees with it: then the device leaves its log
for a new one, because the old numbers may have been used elsewhere already.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Damage
from leadapp.core.ids import DeviceId, RingId


@dataclass(frozen=True, slots=True)
class Anchor:
    """A log, its last number and the hash there."""

    log: str
    seq: int
    head: str


class Anchors:
    """The plain file with one anchor a ring, in ``folder``, named by the device.

    It is written after each commit and may lag behind after a crash: an anchor that the
    journal holds as its past is in order. A torn file counts as none.
    """

    def __init__(self, folder: Path, device: DeviceId) -> None:
        self._path = folder / f"{device}.anchors.json"
        self._anchors = _read(self._path)

    def of(self, ring: RingId) -> Anchor | None:
        """Return where the ring's own log stood."""
        return self._anchors.get(ring)

    def move(self, anchors: Mapping[RingId, Anchor]) -> None:
        """Note where logs stand now; failing to is no failure of the save."""
        self._anchors |= anchors
        said = {ring: [one.log, one.seq, one.head] for ring, one in self._anchors.items()}
        temporary = self._path.with_name(f".{self._path.name}.new")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(canonical_json(said))
            temporary.replace(self._path)


def _read(path: Path) -> dict[RingId, Anchor]:
    try:
        found = read_json(path.read_bytes())
        return {RingId(ring): Anchor(*fields) for ring, fields in found.items()}
    except (OSError, Damage, AttributeError, TypeError):
        return {}
