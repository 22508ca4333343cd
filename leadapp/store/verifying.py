"""Whether a ring's file is what it should be: pages, chains, seals, accesses, computed tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from leadapp.core.errors import Damage
from leadapp.core.problems import Problem
from leadapp.core.seams import Verifier
from leadapp.journal.entry import read_entry
from leadapp.journal.fold import fold
from leadapp.journal.log import check_chain
from leadapp.journal.seal import verify_seal
from leadapp.store import blobs
from leadapp.store.body import read_body, write_body
from leadapp.store.connection import Connection, integrity
from leadapp.store.projector import Projected, Projector
from leadapp.store.ring_file import RingFile


def verify(file: RingFile, projector: Projector, verifier: Verifier | None) -> list[Problem]:
    """Return everything wrong with an open ring; it is only read.

    Seals are checked where a verifier is given. A file whose pages are broken is not
    looked into further.
    """
    pages = integrity(file.connection)
    if pages:
        return [Problem("store.changed_bytes", {"file": file.connection.path.name})]
    return [
        *_chains(file),
        *(_seals(file, verifier) if verifier is not None else ()),
        *file.accesses.problems(),
        *_blobs(file.connection),
        *_computed(file, projector),
    ]


def _chains(file: RingFile) -> Iterator[Problem]:
    """Check each entry's bytes against its hash, and each log's chain."""
    rows = file.connection.each(
        "SELECT hash, log, seq, record, op, header, payload FROM entries ORDER BY log, seq, n"
    )
    gone, batches = file.journal.redacted(), _batches(file)
    for name_of_log, of_log in groupby(rows, key=lambda row: row[1]):
        entries = []
        for name, log, seq, record, op, header, payload in of_log:
            try:
                entry = read_entry(header, payload)
            except Damage:
                yield Problem("store.entry_changed", {"log": log, "seq": seq})
                continue
            said = (entry.hash, entry.log, entry.seq, entry.record, entry.op, entry.ring)
            if said != (name, log, seq, record, op, file.ring):
                yield Problem("store.entry_changed", {"log": log, "seq": seq})
                continue
            if entry.redacted and name not in gone:
                yield Problem("store.entry_emptied", {"log": log, "seq": seq})
            entries.append(entry)
        yield from check_chain(entries, batches.get(name_of_log, frozenset()))


def _batches(file: RingFile) -> dict[str, set[tuple[int, str]]]:
    """Return, by log, where sealed batches begin and what they continue."""
    found: dict[str, set[tuple[int, str]]] = {}
    for seal in file.journal.seals():
        found.setdefault(seal.log, set()).add((seal.first, seal.prev))
    return found


def _seals(file: RingFile, verifier: Verifier) -> Iterator[Problem]:
    for seal in file.journal.seals():
        if not verify_seal(seal, verifier):
            yield Problem("store.seal_broken", {"log": seal.log, "seq": seal.last})
        elif seal.head not in file.journal.hash_at(seal.log, seal.last):
            yield Problem("store.sealed_entry_missing", {"log": seal.log, "seq": seal.last})


def _blobs(connection: Connection) -> Iterator[Problem]:
    for name in blobs.names(connection):
        try:
            blobs.get(connection, name)
        except Damage as damage:
            yield damage.problem


def _computed(file: RingFile, projector: Projector) -> Iterator[Problem]:
    """Compute every record again and compare it with what is stored."""
    if file.projections.stale:
        yield Problem("store.not_rebuilt")
        return
    wrong, count = 0, 0
    for records in file.journal.slices(500):
        for record, entries in records.items():
            one = projector.project(file.ring, record, fold(entries))
            wrong += not _as_stored(file, one)
        count += len(records)
    wrong += abs(count - int(file.connection.value("SELECT count(*) FROM records")))
    if wrong:
        yield Problem("store.computed_differs", {"records": wrong})
    sums = file.projections.sums_differing()
    if sums:
        yield Problem("store.sums_differ", {"sums": sums})


def _as_stored(file: RingFile, one: Projected) -> bool:
    body = file.connection.value(
        "SELECT body FROM records JOIN bodies USING (n) WHERE record = ?", (one.record,)
    )
    if body is None or read_body(body) != read_body(write_body(one)):
        return False
    stored = file.projections.kind_rows(one.record, one.kind)
    expected = file.projections.expected_rows(one)
    return all(
        sorted(map(repr, rows)) == sorted(map(repr, expected.get(table, ())))
        for table, rows in stored.items()
    )
