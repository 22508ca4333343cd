"""Emptying entries by order, on this computer now and on the others as the order reaches them.

Header and hash of an entry stay, so every chain still verifies; what it said goes for good:
from the journal, what is computed of it, drafts, attached files, backups and every later
file. What was carried away before is a disclosure and is written down as one by the person
who orders this.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from leadapp.core.errors import Refusal
from leadapp.core.ids import EntryHash, RecordId, RingId
from leadapp.core.text import tidy
from leadapp.exchange.turns import Turn, Work, finish
from leadapp.journal.attached import attached
from leadapp.journal.entry import FOLDED_OPS
from leadapp.services.desk import Desk, family_of
from leadapp.store import backup
from leadapp.store.device import load_device
from leadapp.store.drafts import DraftStore
from leadapp.store.reader import Reader
from leadapp.store.writing import Access


def redact(
    desk: Desk,
    ring: RingId,
    record: RecordId,
    reason: str,
    entries: Sequence[EntryHash] | None = None,
) -> int:
    """Empty a record's ``entries``, all without; return how many. A coordinator's right.

    The next exchange carries the order to every computer of the ring. Writer lane; long
    where the ring's file is large, as it is written anew, and a new backup replaces the old.
    """
    with_reason = tidy(reason)
    reader = Reader.open(desk.folder, desk.holding.rings)
    try:
        stored = reader.record(ring, record)
        if stored is None:
            raise Refusal("services.no_such_record")
        desk.require("redact", stored.kind, family_of(ring))
        if not with_reason:
            raise Refusal("services.reason_needed")
        of_record = [one for one in reader.entries_about(ring, record) if one.op in FOLDED_OPS]
    finally:
        reader.close()
    chosen = [one for one in of_record if entries is None or one.hash in entries]
    left = [one for one in of_record if one not in chosen]
    kept = {file.name for one in left for file in attached(one.values)}
    files = {file.name for one in chosen for file in attached(one.values)} - kept
    desk.archive.redact(
        ring,
        [one.hash for one in chosen],
        author=desk.user,
        reason=with_reason,
        blob_names=sorted(files),
    )
    desk.archive.note_access(
        ring, Access(desk.user, "redact", desk.clock.now(), record=record, why=with_reason)
    )
    finish(cleaning(desk, [ring], {record}))
    return len(chosen)


def cleaning(desk: Desk, rings: Collection[RingId], records: Collection[RecordId]) -> Work[None]:
    """Clear what a redaction must reach besides the journal: free pages, drafts, backups."""
    for ring in rings:
        desk.archive.scrub(ring)
        yield Turn("writer")
    keys, now = dict(desk.holding.rings), desk.clock.now()
    yield Turn("away")
    drafts = DraftStore.open(desk.folder, keys, clock=desk.clock)
    try:
        for record in records:
            drafts.remove_record(record)
    finally:
        drafts.close()
    if backup.backups(desk.folder):
        backup.destroy_older(desk.folder, backup.back_up(desk.folder, keys, now))
    yield Turn("writer")
    desk.device = desk.holding.device = load_device(desk.folder)
