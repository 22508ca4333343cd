"""One ring's open file on the writing side: its journal, its projections, its own log.

Every method runs inside the caller's transaction unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from leadapp.core.clock import to_milliseconds
from leadapp.core.errors import Refusal
from leadapp.core.ids import EntryHash, FormId, LogId, RecordId, RingId, UserId
from leadapp.core.seams import Signer
from leadapp.journal.entry import DELETED, FOLDED_OPS, Entry, write_entry
from leadapp.journal.fold import Folded, begin, extend, fold
from leadapp.journal.log import log_id
from leadapp.journal.seal import Seal, sign_seal
from leadapp.kinds.contract import Kind
from leadapp.store.accesses import AccessChain, accesses_in
from leadapp.store.anchors import Anchor
from leadapp.store.companions import Companions
from leadapp.store.connection import Connection, open_file, remove_file
from leadapp.store.journal_table import JournalTable, Log
from leadapp.store.migrations import RING, migrate
from leadapp.store.projections import Projections
from leadapp.store.projector import Projected, Projector
from leadapp.store.writing import RecordWrite

SLICE = 300
"""Entries a slice of a rebuild: about 100 ms of work."""
Salts = Callable[[], bytes]


class RingFile:
    """The open file of one ring."""

    def __init__(self, connection: Connection, ring: RingId, kinds: Mapping[str, Kind]) -> None:
        self.connection = connection
        self.ring = ring
        self.journal = JournalTable(connection, ring)
        self.projections = Projections(connection, ring, kinds)
        self.accesses = AccessChain(connection)
        self.companions = Companions(connection)
        self._own: Log | None = None
        self._rebuilding = False

    @classmethod
    def open(
        cls,
        path: Path,
        ring: RingId,
        key: bytes,
        kinds: Mapping[str, Kind],
        copy_first: Callable[[int], None] | None = None,
    ) -> RingFile:
        """Open the file and bring its shape up to date; copied first where that changes it."""
        connection = open_file(path, key)
        try:
            migrate(connection, RING, copy_first=copy_first)
            file = cls(connection, ring, kinds)
            file.check_name()
        except BaseException:
            connection.close()
            raise
        return file

    @classmethod
    def create(cls, path: Path, ring: RingId, key: bytes, kinds: Mapping[str, Kind]) -> RingFile:
        """Make the file of a new ring."""
        connection = open_file(path, key, create=True)
        try:
            migrate(connection, RING)
            file = cls(connection, ring, kinds)
            with connection.transaction():
                file.keep("ring", ring)
                file.projections.drop_and_make()
                file.projections.finish()
        except BaseException:
            connection.close()
            remove_file(path)
            raise
        return file

    def check_name(self) -> None:
        """Refuse a file that was renamed to another ring's."""
        if self.kept("ring") != self.ring:
            raise Refusal("store.other_ring", file=self.connection.path.name)

    def kept(self, name: str) -> str:
        """Return a small value kept in the file, "" when there is none."""
        return str(self.connection.value("SELECT value FROM kept WHERE name = ?", (name,)) or "")

    def keep(self, name: str, value: str) -> None:
        """Keep a small value in the file."""
        self.connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))

    def choose_log(
        self, signer: Signer, anchor: Anchor | None, salts: Salts, *, leave: bool = False
    ) -> bool:
        """Go on with the own log, or start a new one where the anchor disagrees, or to ``leave``.

        Returns whether a log that had entries was left. Before that it is sealed.
        """
        own = next((log for log in self.journal.logs() if log.log == self.kept("own_log")), None)
        mine = own is not None and own.device == signer.public_key
        if own is not None and mine and not leave and self._agrees(own, anchor):
            self._own = own
            return False
        if own is not None and mine:
            self._own = own
            self.seal(signer, "")
        nonce = salts()
        log = log_id(signer.public_key, nonce)
        self._own = Log(log, signer.public_key, nonce, own=True, last=0, head="", sealed=0, sent=0)
        self.journal.put_log(self._own)
        self.keep("own_log", log)
        return own is not None and own.last > 0

    def _agrees(self, own: Log, anchor: Anchor | None) -> bool:
        if own.last == 0:  # an anchor beyond it: restored to before its first entry
            return anchor is None or anchor.log != own.log or anchor.seq == 0
        if anchor is None or anchor.log != own.log:
            return False
        return anchor.seq == 0 or anchor.head in self.journal.hash_at(own.log, anchor.seq)

    @property
    def own_log(self) -> Log:
        """Return the log this device writes in."""
        if self._own is None:
            raise RuntimeError("the own log is chosen when the archive opens")
        return self._own

    @property
    def anchor(self) -> Anchor:
        """Return where the own log stands."""
        return Anchor(self.own_log.log, self.own_log.last, self.own_log.head)

    def write(
        self, writes: Sequence[RecordWrite], projector: Projector, salts: Salts
    ) -> tuple[list[Entry], dict[RecordId, Projected]]:
        """Append an entry a write and project the records touched."""
        entries: list[Entry] = []
        folds: dict[RecordId, Folded] = {}
        log = self.own_log
        for one in writes:
            known = folds.get(one.record) or self._folded(one.record)
            values = _values(one)
            parents = one.parents
            if parents is None:
                parents = known.heads if known is not None else ()
            entry = write_entry(
                ring=self.ring,
                log=log.log,
                seq=log.last + 1,
                prev=log.head,
                t_ms=to_milliseconds(one.at),
                author=one.author,
                record=one.record,
                form=one.form,
                form_version=one.form_version,
                parents=parents,
                op=one.op,
                values=values,
                salt=salts(),
            )
            log = replace(log, last=entry.seq, head=entry.hash)
            grown = begin(entry, values) if known is None else extend(known, entry, values)
            if grown is None:
                before = self.journal.of_record(one.record)
                before += [e for e in entries if e.record == one.record]
                grown = fold([*before, entry])
            folds[one.record] = grown
            entries.append(entry)
        projected = {
            record: projector.project(self.ring, record, folded) for record, folded in folds.items()
        }
        self.journal.append(entries)
        self.projections.put(projected)
        self.journal.put_log(log)
        return entries, projected

    def reread_log(self) -> None:
        """Go by what was committed: after a transaction ended, well or not."""
        own = self.own_log.log
        self._own = next(log for log in self.journal.logs() if log.log == own)

    def project(
        self,
        records: Iterable[RecordId],
        projector: Projector,
        at_hand: Mapping[RecordId, Sequence[Entry]] | None = None,
    ) -> dict[RecordId, Projected]:
        """Fold records from their entries and store what they make.

        ``at_hand`` are whole records already read.
        """
        projected = {}
        for record in records:
            entries = at_hand.get(record) if at_hand is not None else None
            if entries is None:
                entries = [one for one in self.journal.of_record(record) if one.op in FOLDED_OPS]
            if entries:
                projected[record] = projector.project(self.ring, record, fold(entries))
        self.projections.put(projected)
        return projected

    def rebuilding(self, projector: Projector, at_once: int = SLICE) -> Iterator[tuple[int, int]]:
        """Drop and compute everything again, slices of ``at_once`` entries, each a transaction.

        Cut off in the middle, the file says so and is rebuilt when it is next opened.
        """
        total = int(self.connection.value("SELECT count(DISTINCT record) FROM entries"))
        self._rebuilding = True
        with self.connection.transaction():
            self.projections.drop_and_make()
            for entry in self.journal.of_op("accesses"):
                self.take_accesses(entry)
        done = 0
        for records in self.journal.slices(at_once):
            with self.connection.transaction():
                self.project(records, projector, records)
            done += len(records)
            yield done, max(total, done)
        with self.connection.transaction():
            self.projections.finish()
        self._rebuilding = False

    def take_accesses(self, entry: Entry) -> None:
        """Make an entry of accesses readable as rows."""
        self.connection.many(
            "INSERT OR IGNORE INTO accesses VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    entry.hash,
                    n,
                    to_milliseconds(one.at),
                    one.user,
                    one.act,
                    one.record,
                    one.why,
                    one.detail,
                )
                for n, one in enumerate(accesses_in(entry))
            ],
        )

    def append_own(
        self,
        op: str,
        values: Mapping[str, str],
        *,
        author: UserId,
        t_ms: int,
        salts: Salts,
    ) -> Entry:
        """Append an entry about the journal itself: no record, no parents."""
        log = self.own_log
        entry = write_entry(
            ring=self.ring,
            log=log.log,
            seq=log.last + 1,
            prev=log.head,
            t_ms=t_ms,
            author=author,
            record=RecordId(""),
            form=FormId(""),
            form_version="",
            parents=(),
            op=op,
            values=values,
            salt=salts(),
        )
        self.journal.append([entry])
        self.journal.put_log(replace(log, last=entry.seq, head=entry.hash))
        self._own = replace(log, last=entry.seq, head=entry.hash)
        return entry

    def seal(self, signer: Signer, roster: str) -> Seal | None:
        """Sign the head of the own log where something is unsealed."""
        log = self.own_log
        if log.sealed >= log.last:
            return None
        prev = self.journal.hash_at(log.log, log.sealed) if log.sealed else {""}
        bare = Seal(
            ring=self.ring,
            log=LogId(log.log),
            first=log.sealed + 1,
            last=log.last,
            prev=min(prev, default=""),
            head=EntryHash(log.head),
            device=log.device,
            nonce=log.nonce,
            roster=roster,
            seen=self.journal.seen(),
        )
        seal = sign_seal(bare, signer)
        self.journal.put_seal(seal)
        self._own = replace(log, sealed=log.last)
        self.journal.put_log(self._own)
        return seal

    def seal_left_logs(self, signer: Signer) -> None:
        """Seal own logs left before, where a merge has brought entries nobody had sealed."""
        current = self.own_log
        for log in self.journal.logs():
            if not log.own or log.log == current.log or log.device != signer.public_key:
                continue
            entries = self.journal.of_log(log.log, first=log.last + 1)
            if entries:
                head = entries[-1]
                self._own = replace(log, last=head.seq, head=head.hash)
                self.seal(signer, "")
        self._own = current

    def _folded(self, record: RecordId) -> Folded | None:
        stored = self.projections.stored(record)
        if stored is not None:
            return stored.folded
        entries = self.journal.of_record(record) if self._rebuilding else ()
        return fold(entries) if entries else None


def _values(one: RecordWrite) -> dict[str, str]:
    values = dict(one.values)
    values.setdefault("_at", one.at.isoformat(timespec="milliseconds"))
    if one.op == "void":
        values[DELETED] = "1"
    elif one.op == "restore":
        values[DELETED] = ""
    return values
