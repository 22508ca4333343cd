"""The writing side of a program's open rings; used from one thread at a time.

A save is one transaction a ring: entries and what is computed from them, or nothing.
What touches two rings is written to the first together with a note of what is still to
write, so that a crash in between is finished at the next start.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from leadapp.core.clock import Clock, to_milliseconds
from leadapp.core.errors import Bug, Damage, LeadappError, Refusal
from leadapp.core.ids import EntryHash, IdSource, LogId, RecordId, RingId, UserId
from leadapp.core.problems import Problem
from leadapp.core.seams import Signer, Verifier
from leadapp.journal.attached import Attached
from leadapp.journal.entry import FOLDED_OPS, Entry
from leadapp.journal.seal import Seal
from leadapp.store import aside, blobs, merging, redaction, verifying
from leadapp.store.accesses import values_of
from leadapp.store.anchors import Anchors
from leadapp.store.catching_up import AT_OPENING, catching_up, rebuilding
from leadapp.store.connection import Parameters, Row, rekey
from leadapp.store.device import DeviceInfo
from leadapp.store.draft_files import NewFile
from leadapp.store.folder import ProgramFolder
from leadapp.store.migrations import RING
from leadapp.store.projector import Projected, Projector, typed_answers
from leadapp.store.ring_file import RingFile, Salts
from leadapp.store.writing import (
    Access,
    PendingWrite,
    Progress,
    RecordWrite,
    Taken,
    Written,
)

Told = Callable[[Progress], None]
SEAL_AFTER = 300
"""Unsealed entries after which a save seals first: what lies under one seal travels as one, and
is merged elsewhere in one stretch, which should take no longer than some 100 ms."""
QUERY_SECONDS = 20.0


class Archive:
    """Open rings, written to by one device. Made by ``open``; ``close`` lets go of the files."""

    def __init__(
        self,
        folder: ProgramFolder,
        *,
        device: DeviceInfo,
        signer: Signer,
        projector: Projector,
        clock: Clock,
        ids: IdSource,
        salts: Salts,
        anchors: Path,
    ) -> None:
        self.folder = folder
        self.device = device
        self._signer = signer
        self._projector = projector
        self._clock = clock
        self._ids = ids
        self._salts = salts
        self._anchors = Anchors(anchors, device.device_id)
        self._files: dict[RingId, RingFile] = {}
        self.left_logs: list[RingId] = []
        """Rings whose log was left at opening: the folder was restored or copied."""
        self.refuses = ""
        """Why records are written no more, as a code: this computer was shut out."""
        self.unmerged: list[Problem] = []
        """Files a restore moved aside that could not be merged."""

    @classmethod
    def open(
        cls,
        folder: ProgramFolder,
        keys: Mapping[RingId, bytes],
        *,
        device: DeviceInfo,
        signer: Signer,
        projector: Projector,
        clock: Clock,
        ids: IdSource,
        salts: Salts,
        anchors: Path,
        progress: Told | None = None,
    ) -> Archive:
        """Open the rings of ``keys``: migrated, merged with what a restore moved aside, computed.

        ``anchors`` is a folder outside the program folder. All or none are opened.
        """
        archive = cls(
            folder,
            device=device,
            signer=signer,
            projector=projector,
            clock=clock,
            ids=ids,
            salts=salts,
            anchors=anchors,
        )
        try:
            for ring, key in keys.items():
                archive.open_ring(ring, key, progress)
        except BaseException:
            archive.close()
            raise
        return archive

    @property
    def rings(self) -> tuple[RingId, ...]:
        """Return the open rings."""
        return tuple(self._files)

    def create_ring(self, ring: RingId, key: bytes) -> None:
        """Make a ring's file and open it."""
        self.folder.make()
        path = self.folder.ring_file(ring)
        file = RingFile.create(path, ring, key, self._projector.kinds)
        self._begin(ring, file)

    def open_ring(self, ring: RingId, key: bytes, progress: Told | None = None) -> None:
        """Open one more ring."""
        path = self.folder.ring_file(ring)
        kinds = self._projector.kinds
        file = RingFile.open(path, ring, key, kinds, lambda old: self._copy_before(path, old))
        try:
            self._begin(ring, file)
            self._merge_from_aside(ring, key)
            for step in catching_up(file, self._projector, set(), AT_OPENING):
                if progress is not None:
                    progress(step)
        except BaseException:
            self._files.pop(ring, None)
            file.connection.close()
            raise

    def write(
        self,
        ring: RingId,
        writes: Sequence[RecordWrite],
        *,
        pending: Sequence[PendingWrite] = (),
        files: Sequence[NewFile] = (),
    ) -> Written:
        """Save records and the ``files`` they name in one transaction, durable when this returns.

        ``pending`` are companions for other rings; they are written right after. One that
        cannot be (ring not open, disk full) stays noted and is counted in the answer.
        """
        if self.refuses:
            raise Refusal(self.refuses)
        file = self._file(ring)
        with self._saving(file):
            if file.own_log.last - file.own_log.sealed >= SEAL_AFTER:
                file.seal(self._signer, "")
            for new in files:
                blobs.put_named(file.connection, new.attachment(), new.data)
            entries, projected = file.write(writes, self._projector, self._salts)
            for one in pending:
                file.companions.note(self._ids(), one, self._now_ms())
        written = _written(ring, entries, projected)
        return written + self.write_pending() if pending else written

    def write_pending(self) -> Written:
        """Write the companions that are still to write; harmless twice, never raises a Refusal."""
        written, left = Written(), 0
        for file in self._files.values():
            for name, ring, writes in file.companions.waiting():
                try:
                    written += self._write_companion(name, ring, writes)
                    file.companions.settle(name)
                except Refusal:
                    left += 1
        return written + Written(still_to_write=left)

    def seal(self, roster: str = "") -> None:
        """Seal every open ring: accesses into an entry, then a signature over the head."""
        for file in self._files.values():
            with self._saving(file):
                self._seal_accesses(file)
                file.seal(self._signer, roster)

    def note_access(self, ring: RingId, access: Access) -> None:
        """Note who looked at what; durable when this returns."""
        file = self._file(ring)
        with file.connection.transaction():
            file.accesses.add(access)

    def take(
        self,
        ring: RingId,
        entries: Sequence[Entry],
        seals: Sequence[Seal] = (),
        accept: merging.Accept = merging.accept_all,
    ) -> Taken:
        """Merge entries of other devices in one transaction.

        Bytes, chains and seals were checked by who read them. ``accept`` says which count
        under the roster; the others are held: kept and relayed, seen by no one.
        """
        file = self._file(ring)
        with self._saving(file):
            return merging.take(file, entries, seals, accept, self._projector)

    def judge(
        self, ring: RingId, accept: merging.Accept, entries: Sequence[Entry] | None = None
    ) -> Taken:
        """Ask again which of ``entries`` count (of all without), after the roster has changed."""
        file = self._file(ring)
        with self._saving(file):
            return merging.judge(file, accept, self._projector, entries)

    def redact(
        self,
        ring: RingId,
        entries: Sequence[EntryHash],
        *,
        author: UserId,
        reason: str,
        blob_names: Sequence[str] = (),
    ) -> Written:
        """Empty entries for good, by order. The chain still verifies; the file is made anew."""
        file = self._file(ring)
        with self._saving(file):
            entry = file.append_own(
                "redact",
                redaction.order(file, entries, reason, blob_names),
                author=author,
                t_ms=self._now_ms(),
                salts=self._salts,
            )
            records = redaction.apply(file, entry, self._projector)
        redaction.scrub(file)
        return Written((entry.hash,), frozenset((ring, record) for record in records))

    def scrub(self, ring: RingId) -> None:
        """Write a ring's file anew, so that nothing emptied lingers in its free pages. Long."""
        redaction.scrub(self._file(ring))

    def use(self, projector: Projector, progress: Told | None = None) -> frozenset[str]:
        """Go by other definitions from now on; project the records they change.

        Returns the forms whose records were projected again.
        """
        forms: set[str] = set()
        for step in self.using(projector, forms):
            if progress is not None:
                progress(step)
        return frozenset(forms)

    def using(self, projector: Projector, forms: set[str] | None = None) -> Iterator[Progress]:
        """Go by other definitions in slices of some 100 ms; between them other saves may go in."""
        self._projector = projector
        for file in self._files.values():
            file.projections.use_kinds(projector.kinds)
            yield from catching_up(file, projector, set() if forms is None else forms)

    def rebuild(self, ring: RingId) -> None:
        """Drop everything computed of a ring and compute it again, as at opening."""
        for _ in rebuilding(self._file(ring), self._projector, AT_OPENING):
            pass

    def rebuilding(self, ring: RingId) -> Iterator[Progress]:
        """Rebuild in slices of some 100 ms; between them other saves may go in."""
        yield from rebuilding(self._file(ring), self._projector)

    def verify(self, ring: RingId, verifier: Verifier | None = None) -> list[Problem]:
        """Check pages, chains, seals, accesses, and that everything computed is as it should be."""
        return verifying.verify(self._file(ring), self._projector, verifier)

    def append(
        self, ring: RingId, op: str, values: Mapping[str, str], *, author: UserId
    ) -> EntryHash:
        """Write an entry about the journal itself, such as a ``roster`` statement."""
        if op in FOLDED_OPS:
            raise Bug("store.entry_without_record")
        file = self._file(ring)
        with self._saving(file):
            entry = file.append_own(
                op, values, author=author, t_ms=self._now_ms(), salts=self._salts
            )
        return entry.hash

    def rows(self, ring: RingId, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Return the rows of a query over a ring's kind tables and sums, as they are now.

        For what must be decided at the moment of writing; lists ask the reader.
        """
        file = self._file(ring)
        tables = file.projections.readable()
        return file.connection.guarded(sql, parameters, tables=tables, seconds=QUERY_SECONDS)

    def answers(self, ring: RingId, record: RecordId) -> Mapping[str, str]:
        """Return a record's typed answers as they are now; none when there is no such record."""
        stored = self._file(ring).projections.stored(record)
        return typed_answers(stored.folded) if stored is not None else {}

    def put_blob(self, ring: RingId, data: bytes) -> blobs.Blob:
        """Store an attached file in chunks.

        It goes where the entries go that name it (``core.attachments``).
        """
        file = self._file(ring)
        with file.connection.transaction():
            return blobs.put(file.connection, data, self._salts())

    def blob(self, ring: RingId, name: str) -> bytes | None:
        """Return an attached file as it is now, ``None`` when it is not here."""
        return blobs.get(self._file(ring).connection, name)

    def take_blobs(self, ring: RingId, files: Sequence[tuple[Attached, bytes]]) -> int:
        """Store files of other computers that counting entries name; return how many were new."""
        file = self._file(ring)
        with file.connection.transaction():
            return merging.take_blobs(file, files)

    def keep(self, ring: RingId, name: str, value: str) -> None:
        """Keep a small value in the ring's file, such as the device's identity for it."""
        file = self._file(ring)
        with file.connection.transaction():
            file.keep(f"own {name}", value)

    def kept(self, ring: RingId, name: str) -> str:
        """Return what was kept under ``name``, "" when nothing was."""
        return self._file(ring).kept(f"own {name}")

    def own_log(self, ring: RingId) -> LogId:
        """Return the name of the log this device writes in now."""
        return self._file(ring).own_log.log

    def mark_sent(self, ring: RingId, log: str, last: int) -> None:
        """Note that the exchange handed on an own log up to ``last``."""
        file = self._file(ring)
        with self._saving(file):
            file.connection.execute(
                "UPDATE logs SET sent = max(sent, ?) WHERE log = ? AND own = 1", (last, log)
            )

    def start_new_log(self, ring: RingId) -> None:
        """Leave the own log (sealed first): another copy of this computer writes in it too."""
        file = self._file(ring)
        with self._saving(file):
            self._seal_accesses(file)
            file.choose_log(self._signer, None, self._salts, leave=True)
        self.left_logs.append(ring)

    def rekey(self, ring: RingId, key: bytes) -> None:
        """Encrypt a ring's file with a new key; its readers must be closed first."""
        rekey(self._file(ring).connection, key)

    def close_ring(self, ring: RingId) -> None:
        """Let go of one ring's file."""
        self._files.pop(ring).connection.close()

    def close(self) -> None:
        """Let go of all files; harmless twice."""
        for ring in list(self._files):
            with contextlib.suppress(LeadappError):
                self.close_ring(ring)

    def _now_ms(self) -> int:
        return to_milliseconds(self._clock.now())

    def _file(self, ring: RingId) -> RingFile:
        file = self._files.get(ring)
        if file is None:
            raise Refusal("store.ring_not_open", ring=ring)
        return file

    def _begin(self, ring: RingId, file: RingFile) -> None:
        with file.connection.transaction():
            left = file.choose_log(self._signer, self._anchors.of(ring), self._salts)
        if left:
            self.left_logs.append(ring)
        self._files[ring] = file
        self._anchors.move({ring: file.anchor})

    @contextmanager
    def _saving(self, file: RingFile) -> Iterator[None]:
        """Run a transaction; afterwards the own log and its anchor are where the file is."""
        try:
            with file.connection.transaction():
                yield
        finally:
            file.reread_log()
        self._anchors.move({file.ring: file.anchor})

    def _write_companion(self, name: str, ring: RingId, writes: Sequence[RecordWrite]) -> Written:
        file = self._file(ring)
        if file.companions.is_here(name):
            return Written()
        with self._saving(file):
            entries, projected = file.write(writes, self._projector, self._salts)
            file.companions.came(name)
        return _written(ring, entries, projected)

    def _seal_accesses(self, file: RingFile) -> None:
        while lines := file.accesses.unsealed():
            entry = file.append_own(
                "accesses",
                values_of(lines),
                author=UserId(""),
                t_ms=self._now_ms(),
                salts=self._salts,
            )
            file.accesses.sealed_into(entry.hash, lines[0][0], lines[-1][0])
            file.take_accesses(entry)

    def _copy_before(self, path: Path, version: int) -> None:
        """Copy a file before its shape changes; whole, as no one else has it open."""
        if version >= len(RING):
            raise Bug("store.copied_too_late")
        self.folder.backups.mkdir(parents=True, exist_ok=True)
        aside.copy_closed(path, self.folder.backups / f"{path.name}.shape-{version}")

    def _merge_from_aside(self, ring: RingId, key: bytes) -> None:
        for path in aside.set_aside(self.folder, ring):
            file = self._file(ring)
            try:
                with self._saving(file):
                    aside.take_aside(file, path, key, self._projector)
                    file.seal_left_logs(self._signer)
            except Damage as damage:
                self.unmerged.append(damage.problem)
                continue
            aside.mark_merged(path)


def _written(
    ring: RingId, entries: Sequence[Entry], projected: Mapping[RecordId, Projected]
) -> Written:
    return Written(
        tuple(entry.hash for entry in entries),
        frozenset((ring, record) for record in projected),
        frozenset(one.kind for one in projected.values() if one.kind),
    )
