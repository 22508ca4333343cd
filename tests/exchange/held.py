"""The rings of a history, and what lies in one of them on a computer."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from leadapp.core.ids import EntryHash, RingId
from leadapp.journal.entry import Entry
from leadapp.journal.seal import Seal

SYS, REFER, CARE = RingId("sys"), RingId("refer-sheriff"), RingId("care")
RINGS = (SYS, REFER, CARE)
CARE_WORD = "canary-of-care"
DAY = 24 * 3600 * 1000


@dataclass
class Held:
    """What lies in one ring's file of a computer."""

    entries: dict[EntryHash, Entry] = field(default_factory=dict)
    seals: dict[bytes, Seal] = field(default_factory=dict)
    remembered: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    emptied: set[str] = field(default_factory=set)
    nonce: bytes = b""
    last: int = 0
    head: str = ""
    sealed: int = 0
    sealed_head: str = ""

    def copy(self) -> Held:
        made = copy.copy(self)
        made.entries, made.seals = dict(self.entries), dict(self.seals)
        made.remembered, made.blobs = dict(self.remembered), dict(self.blobs)
        made.emptied = set(self.emptied)
        return made
