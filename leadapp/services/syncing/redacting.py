"""Emptying entries by order, on this computer now and on the others as the order reaches them.

Header and hash of an entry stay, so every chain still verifies; what it said goes for good:
from the journal, what is computed of it, drafts, attached files, backups and every later
file. What was carried away before is a disclosure and is written down as one by the person
who orders this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import EntryHash, RecordId, RingId
from leadapp.core.text import tidy
from leadapp.exchange.turns import Turn, Work, finish
from leadapp.journal.attached import attached
from leadapp.journal.entry import FOLDED_OPS, Entry
from leadapp.services.desk import Desk, family_of
from leadapp.services.outgoing import Overtaken
from leadapp.services.syncing.membership import members_of
from leadapp.store import backup
from leadapp.store.device import load_device
from leadapp.store.drafts import DraftStore
from leadapp.store.queries import RecordQuery
from leadapp.store.reader import Reader
from leadapp.store.writing import Access

_DOCUMENT, _ANY_KIND = "document", "*"
_ALL = 1_000_000
_FOLLOWS = "printed from what was emptied by order"
_POINTERS = ("record", "person")
"""Where a document in the outbox says what it was printed from, and about whom."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What an order to empty a record reaches, here and on so many other computers."""

    entries: int
    files: int
    documents: int
    computers: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A record whose entries go, and the files nothing else of it names."""

    ring: RingId
    record: RecordId
    entries: tuple[EntryHash, ...]
    files: tuple[str, ...]


def may_redact(desk: Desk, ring: RingId, kind: str) -> bool:
    """Return whether this person may have such a record emptied."""
    return desk.may("redact", kind, family_of(ring))


def toll(desk: Desk, ring: RingId, record: RecordId) -> Toll:
    """Return what ``redact`` would empty; nothing is done. Any lane."""
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        main, *papers = _parts(desk, reader, ring, record)
    here = desk.device.device_id
    return Toll(
        entries=len(main.entries),
        files=len(main.files),
        documents=len(papers),
        computers=sum(one.id != here for one in members_of(desk, ring)),
    )


def redact(
    desk: Desk,
    ring: RingId,
    record: RecordId,
    reason: str,
    entries: Sequence[EntryHash] | None = None,
) -> int:
    """Do ``emptying`` here and now. Writer lane."""
    return finish(emptying(desk, ring, record, reason, entries))


def emptying(
    desk: Desk,
    ring: RingId,
    record: RecordId,
    reason: str,
    entries: Sequence[EntryHash] | None = None,
) -> Work[int]:
    """Empty a record's ``entries``, all without; return how many. A coordinator's right.

    Papers in the outbox that were printed from it, or are about the person it is, go with it.
    The next exchange carries the order to every computer of the ring. One stretch is long
    where the ring's file is large, as it is written anew, and a new backup replaces the old.
    """
    with_reason = tidy(reason)
    yield Turn("away")
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        parts = _parts(desk, reader, ring, record, entries)
    if not with_reason:
        raise Refusal("services.reason_needed")
    yield Turn("writer")
    yield from _emptying(desk, parts, with_reason)
    yield from cleaning(desk, (), {part.record for part in parts})
    return len(parts[0].entries)


def following(desk: Desk, ring: RingId, found: Iterable[Overtaken]) -> Work[None]:
    """Empty papers too that were printed from what an order emptied, and came after it.

    Another computer made them before the order reached it. The order is a coordinator's, so
    it is a coordinator's computer that carries it on to them.
    """
    papers = [one.document for one in found if one.why == "services.document_emptied"]
    if not papers or not may_redact(desk, ring, _ANY_KIND):
        return
    yield Turn("away")
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        parts = []
        for one in papers:
            whole = _about(reader, ring, one)
            parts.append(_part(ring, one, whole, whole))
    yield Turn("writer")
    yield from _emptying(desk, parts, _FOLLOWS)
    yield from cleaning(desk, (), set(papers))


def _emptying(desk: Desk, parts: Iterable[_Part], reason: str) -> Work[None]:
    for part in parts:
        desk.archive.redact(
            part.ring, part.entries, author=desk.user, reason=reason, blob_names=part.files
        )
        said = Access(desk.user, "redact", desk.clock.now(), record=part.record, why=reason)
        desk.archive.note_access(part.ring, said)
        yield Turn("writer")


def _parts(
    desk: Desk,
    reader: Reader,
    ring: RingId,
    record: RecordId,
    entries: Sequence[EntryHash] | None = None,
) -> list[_Part]:
    """Return the record's part, then those of the papers made of it."""
    stored = reader.record(ring, record)
    if stored is None:
        raise Refusal("services.no_such_record")
    desk.require("redact", stored.kind, family_of(ring))
    of_record = _about(reader, ring, record)
    chosen = [one for one in of_record if entries is None or one.hash in entries]
    found = [_part(ring, record, chosen, of_record)]
    for line in reader.records(RecordQuery(kinds=(_DOCUMENT,), voided=None, limit=_ALL)):
        paper = reader.record(line.ring, line.record)
        mine = paper is not None and record in map(paper.answers.get, _POINTERS)
        if mine and may_redact(desk, line.ring, _ANY_KIND):
            whole = _about(reader, line.ring, line.record)
            found.append(_part(line.ring, line.record, whole, whole))
    return found


def _about(reader: Reader, ring: RingId, record: RecordId) -> list[Entry]:
    return [one for one in reader.entries_about(ring, record) if one.op in FOLDED_OPS]


def _part(ring: RingId, record: RecordId, chosen: Sequence[Entry], whole: Sequence[Entry]) -> _Part:
    left = [one for one in whole if one not in chosen]
    kept = {file.name for one in left for file in attached(one.values)}
    files = {file.name for one in chosen for file in attached(one.values)} - kept
    return _Part(ring, record, tuple(one.hash for one in chosen), tuple(sorted(files)))


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
        backup.destroy_older(desk.folder, backup.back_up(desk.folder, keys, now), keys)
    yield Turn("writer")
    desk.device = desk.holding.device = load_device(desk.folder)
