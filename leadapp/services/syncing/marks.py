"""Marks at a target, so that care and the law never meet on one stick, whatever was deleted.

A law computer leaves a mark wherever it exchanges: such a place is refused for care for
ever (``places.check_neighbours``). A place for care is marked at its first exchange; another
stick that later lies under the same path has no mark and is refused. A mark is a folder
with one small file; both names are hashes, as everywhere.
"""

from __future__ import annotations

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.services.syncing.places import LAW_WAS_HERE, MARKED, KeptTarget
from leadapp.targets.target import Target

_FOR_CARE = RingId("a place for care")
_FILE = "mark.txt"
_TEXT = b"Leave this file where it is. It says what this place is used for.\n"


def is_marked(desk: Desk, kept: KeptTarget) -> bool:
    """Return whether this computer has marked the target for care. Writer lane."""
    return bool(desk.archive.kept(SYS, f"{MARKED} {kept.name}"))


def note_marked(desk: Desk, kept: KeptTarget) -> None:
    """Remember that the target was marked for care. Writer lane."""
    if _is_for_care(desk, kept) and not is_marked(desk, kept):
        desk.archive.keep(SYS, f"{MARKED} {kept.name}", "yes")


def see_marks(desk: Desk, kept: KeptTarget, there: Target, *, marked: bool) -> None:
    """Leave the mark that belongs here; refuse a stick for care that lost its own. Away lane."""
    program = desk.device.program_id
    law, care = ring_folder(program, LAW_WAS_HERE), ring_folder(program, _FOR_CARE)
    if desk.device.device_class == "law":
        if law not in there.folders():
            there.put(law, _FILE, _TEXT)
    elif _is_for_care(desk, kept) and care not in there.folders():
        if marked and kept.removable:
            raise Refusal("services.stick_not_marked", name=kept.name)
        there.put(care, _FILE, _TEXT)


def _is_for_care(desk: Desk, kept: KeptTarget) -> bool:
    return any(desk.holding.roster.is_part2(ring) for ring in kept.rings)
