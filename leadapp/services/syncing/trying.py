"""Trying a target out: it can be reached and written, and every file there is as it was."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.exchange.fetching import checking_again
from leadapp.exchange.naming import ring_folder
from leadapp.exchange.turns import Turn, Work, finish
from leadapp.services.desk import Desk
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.places import (
    KeptTarget,
    place,
    require_sync,
    rings_at,
    try_to_use,
)
from leadapp.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of a target found. ``changed`` files are sent again by the next exchange."""

    files: int
    changed: int


def test(desk: Desk, kept: KeptTarget) -> Tested:
    """Do ``testing`` here and now. Writer lane."""
    return finish(testing(desk, kept))


def testing(desk: Desk, kept: KeptTarget) -> Work[Tested]:
    """See that a target can be reached and written, and read every file again, in turns."""
    require_sync(desk)
    yield Turn("away")
    try_to_use(desk, kept)
    there = place(kept)
    files = changed = 0
    reader = Reader.open(desk.folder, desk.holding.rings)
    try:
        for ring in rings_at(desk, kept):
            folder = ring_folder(desk.device.program_id, ring)
            yield Turn("away")
            files += len(there.list_sizes(folder))
            yield Turn("writer")
            changed += yield from checking_again(there, folder, RingLedger(desk, reader, ring))
    finally:
        there.close()
        reader.close()
    return Tested(files, changed)
