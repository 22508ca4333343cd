"""A dumb folder and the power of whoever is at work on it: both fail when they are told to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId


class Crash(Exception):
    """The power goes."""


@dataclass
class Plug:
    """The power of whoever is at work: goes before, in or after the n-th step from now."""

    left: int = -1
    how: str = "before"

    def step(self) -> bool:
        """Count a step; return whether the power goes in or after this one."""
        self.left -= 1
        if self.left == -1 and self.how == "before":
            raise Crash
        return self.left == -1


class Stick:
    """A dumb folder by ring; what is put is never put over something else."""

    def __init__(self, plug: Plug, rings: Iterable[str]) -> None:
        self.rings: dict[str, dict[str, bytes]] = {ring: {} for ring in rings}
        self.plug = plug
        self.full = False
        self.made: list[tuple[RingId, bytes, str]] = []
        """Every file ever put, by ring, and by whom."""
        self.deleted: list[tuple[RingId, str, bytes, str, dict[str, bytes]]] = []
        """Every file ever deleted, by whom, and what lay beside it."""
        self.who = ""

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        if self.plug.step():
            raise Crash
        return {name: len(data) for name, data in self.rings[folder].items()}

    def get(self, folder: str, name: str, most: int) -> bytes:
        if self.plug.step():
            raise Crash
        if name not in self.rings[folder]:
            raise Refusal("targets.cannot_read", file=name)
        return self.rings[folder][name][:most]

    def put(self, folder: str, name: str, data: bytes) -> None:
        going = self.plug.step()
        if self.full:
            raise Refusal("core.disk_full", folder="stick")
        if going and self.plug.how == "torn":
            self.rings[folder][name] = data[: len(data) // 2]
            raise Crash
        assert name not in self.rings[folder], "a file is never written over"
        self.made.append((RingId(folder), data, self.who))
        self.rings[folder][name] = data
        if going:
            raise Crash

    def delete(self, folder: str, name: str) -> None:
        going = self.plug.step()
        data = self.rings[folder].pop(name, None)
        if data is not None:
            self.deleted.append((RingId(folder), name, data, self.who, dict(self.rings[folder])))
        if going:
            raise Crash
