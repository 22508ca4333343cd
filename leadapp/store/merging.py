"""Entries of other devices taken into a ring.

What counts is decided by a function handed in, over each entry and the roster only;
order and time of arrival have no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from leadapp.core.ids import LogId, RecordId
from leadapp.journal.attached import Attached
from leadapp.journal.entry import FOLDED_OPS, Entry
from leadapp.journal.seal import Seal
from leadapp.store import blobs, redaction
from leadapp.store.journal_table import Log
from leadapp.store.projector import Projected, Projector
from leadapp.store.ring_file import RingFile
from leadapp.store.writing import Taken

Accept = Callable[[Entry], bool]


def accept_all(entry: Entry) -> bool:
    """Count every entry: where nobody but this device has written."""
    return bool(entry.hash)


def take(
    file: RingFile,
    entries: Iterable[Entry],
    seals: Iterable[Seal],
    accept: Accept,
    projector: Projector,
) -> Taken:
    """Add what is new, redacted where it must be, and project the records touched."""
    arriving = {one.hash: one for one in entries if one.ring == file.ring}
    missing = file.journal.missing(arriving)
    blank = file.journal.blank(arriving)
    gone = file.journal.redacted() if missing or blank else set()
    filled = _fill(file, [arriving[one] for one in blank - gone])
    new = [
        one.without_payload() if one.hash in gone else one
        for one in arriving.values()
        if one.hash in missing
    ]
    held = frozenset(one.hash for one in new if not accept(one))
    file.journal.append(new, held)
    _note_logs(file, new, seals)
    counted = [one for one in new if one.hash not in held]
    arrived: dict[RecordId, list[Entry]] = {}
    for one in counted:
        if one.op in FOLDED_OPS:
            arrived.setdefault(one.record, []).append(one)
    emptied = _about_the_journal(file, counted, projector)
    emptied |= filled
    untouched = {one: found for one, found in arrived.items() if one not in emptied}
    whole = file.journal.whole(untouched)
    projected = file.project(arrived.keys() | emptied, projector, whole)
    return replace(
        _taken(file, len(new), len(held), projected),
        emptied=frozenset((file.ring, record) for record in emptied),
    )


def take_blobs(file: RingFile, arriving: Iterable[tuple[Attached, bytes]]) -> int:
    """Store the attached files that a counting entry names and that are not here; return how many."""
    wanted = {one for one, _ in blobs.named(file.connection)}
    here = set(blobs.names(file.connection))
    new = {one.name: (one, data) for one, data in arriving if one in wanted}
    taken = {name: one for name, one in new.items() if name not in here}
    for one, data in taken.values():
        blobs.put_named(file.connection, one, data)
    return len(taken)


def _fill(file: RingFile, whole: Iterable[Entry]) -> set[RecordId]:
    """Give entries that came without what they say, though nobody ordered so, what they say."""
    touched = set()
    for one in whole:
        if not one.redacted:
            file.journal.fill(one)
            touched.add(one.record)
    return touched - {RecordId("")}


def judge(
    file: RingFile,
    accept: Accept,
    projector: Projector,
    entries: Iterable[Entry] | None = None,
) -> Taken:
    """Let entries count or not by a new verdict, and project the records it changes."""
    was_held = {one.hash for one in file.journal.held()}
    asked = file.journal.everything() if entries is None else entries
    changed = [one for one in asked if accept(one) == (one.hash in was_held)]
    file.journal.hold((one.hash for one in changed if one.hash in was_held), held=False)
    file.journal.hold((one.hash for one in changed if one.hash not in was_held), held=True)
    touched = {one.record for one in changed if one.op in FOLDED_OPS}
    newly = [one for one in changed if one.hash in was_held]
    touched |= _about_the_journal(file, newly, projector)
    projected = file.project(touched, projector)
    file.projections.drop_records(touched - projected.keys())
    held = len(file.journal.held())
    return _taken(file, 0, held, projected)


def _about_the_journal(
    file: RingFile, entries: Sequence[Entry], projector: Projector
) -> set[RecordId]:
    touched: set[RecordId] = set()
    for entry in entries:
        if entry.op == "accesses":
            file.take_accesses(entry)
        elif entry.op == "redact":
            touched |= redaction.apply(file, entry, projector)
    return touched


def _note_logs(file: RingFile, new: Sequence[Entry], seals: Iterable[Seal]) -> None:
    """Keep seals, and note whose log is whose and how far it has come."""
    known = {log.log: log for log in file.journal.logs()}
    for seal in seals:
        if seal.ring != file.ring:
            continue
        file.journal.put_seal(seal)
        if seal.log not in known:
            log = Log(
                seal.log, seal.device, seal.nonce, own=False, last=0, head="", sealed=0, sent=0
            )
            # Where merging was cut off, entries of it may be here already.
            come = file.journal.of_log(seal.log)[-1:]
            log = replace(log, last=come[0].seq, head=come[0].hash) if come else log
            known[seal.log] = log
            file.journal.put_log(log)
    _note_left_logs(file, seals, known)
    heads: dict[str, Entry] = {}
    for one in new:
        if one.log not in heads or one.seq > heads[one.log].seq:
            heads[one.log] = one
    for name, head in heads.items():
        stands = known.get(LogId(name))
        if stands is not None and not stands.own and head.seq > stands.last:
            file.journal.put_log(replace(stands, last=head.seq, head=head.hash))


def _note_left_logs(file: RingFile, seals: Iterable[Seal], known: Mapping[LogId, Log]) -> None:
    """Note how far an own log that was left has come: what came back of it is sealed."""
    for seal in seals:
        stands = known.get(LogId(seal.log))
        if stands is None or not stands.own or stands.log == file.own_log.log:
            continue
        if seal.last > stands.last and seal.head in file.journal.hash_at(seal.log, seal.last):
            file.journal.put_log(replace(stands, last=seal.last, head=seal.head, sealed=seal.last))


def _taken(file: RingFile, new: int, held: int, projected: Mapping[RecordId, Projected]) -> Taken:
    return Taken(
        new,
        held,
        frozenset((file.ring, record) for record in projected),
        frozenset(one.kind for one in projected.values() if one.kind),
        frozenset(
            (file.ring, record) for record, one in projected.items() if one.folded.conflicted
        ),
    )
