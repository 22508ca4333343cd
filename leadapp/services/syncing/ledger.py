"""One ring's file as the exchange sees it: ``exchange.parties.Ledger`` over archive and reader."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from leadapp.core.clock import to_milliseconds
from leadapp.core.ids import DeviceId, EntryHash, FormId, LogId, RecordId, RingId
from leadapp.exchange.bundle import Batch, Blob, Bundle
from leadapp.exchange.turns import Turn, Work
from leadapp.journal.accept import Verdict
from leadapp.journal.attached import Attached
from leadapp.journal.entry import Entry
from leadapp.journal.rings import SYS, family_of
from leadapp.journal.seal import Seal
from leadapp.journal.statement import device_id
from leadapp.kinds import KINDS
from leadapp.services.desk import Desk
from leadapp.services.holding import statements_in
from leadapp.services.outgoing import Overtaken, overtaken, withdrawn
from leadapp.store.journal_table import Log
from leadapp.store.merging import Accept
from leadapp.store.projector import OWN_KINDS
from leadapp.store.reader import Reader

_JUDGED = "judged by"
LOOKED_OVER = "looked over"
_PIECE = 2000
MOST_AT_ONCE = 50_000
"""Entries of one computer that one exchange takes of a ring, before the rest waits."""
_AHEAD_MS = 10 * 60_000
_BACK_MS = 26 * 3_600_000
_MOVEMENT = "movement"
"""Movements of naloxone stand at noon of the day they tell of, which says nothing of a clock."""
_LEAST, _MOST = 50, 4000


class Pace:
    """How many entries make a stretch of some 100 ms, learnt from the stretch before."""

    def __init__(self) -> None:
        self.size = 300
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        took = time.monotonic() - self._began
        self.size = max(_LEAST, min(_MOST, round(self.size * min(0.1 / max(took, 0.001), 2.0))))


class RingLedger:
    """A ring of an open desk, for one exchange; adds up what came in."""

    def __init__(self, desk: Desk, reader: Reader, ring: RingId) -> None:
        self._desk = desk
        self._reader = reader
        self._ring = ring
        self.new = 0
        self.records: set[RecordId] = set()
        self.kinds: set[str] = set()
        self.emptied: set[RecordId] = set()
        """Records that redactions emptied, which came in."""
        self.left: set[str] = set()
        """Why the own log was left, as codes: a copy of this computer, or an older state of it."""
        self.left_log = ""
        self.own_log = desk.archive.own_log(ring)
        self.news = False
        """Whether something came in that is more than notes on who looked or merged."""
        self.clocks: dict[bytes, int] = {}
        """By computer, how many minutes its clock was ahead of this one, or went back (below 0)."""
        self.came: Counter[bytes] = Counter()
        """By computer, how many of its entries were new here."""
        self.was_empty = all(log.own for log in reader.logs(ring))
        self.gone = 0
        """Files that lay at the target before and went, with what nothing else there holds."""
        self.looked_over = bool(desk.archive.kept(ring, LOOKED_OVER))
        self._prev: dict[EntryHash, str] = {}
        self._read: set[str] = set()
        """The logs whose way back is in ``_prev``, but for what comes in meanwhile."""
        self._judge_again = False
        self._judged: tuple[object, Callable[[Entry], Verdict]] | None = None
        self._writers: dict[str, bytes] = {}
        self._last: dict[str, int] = {}
        """By log, when its last entry that is here was written."""
        self._kinds = _kinds(desk)

    def prepare(self) -> None:
        """Read what judging by revocations needs. Away lane: long where much was written.

        Again whenever a revocation may have come since: without the way back from its cut,
        everything its computer ever wrote would be kept aside.
        """
        for log in self._reader.logs(self._ring):
            if log.log not in self._read and device_id(log.device) in self._cut_devices():
                self._read.add(log.log)
                for piece in self._pieces(log):
                    self._prev |= {one.hash: one.prev for one in piece}

    @property
    def ring(self) -> RingId:
        """Return the ring."""
        return self._ring

    def recall(self, name: str) -> str:
        """Return what was remembered of a file."""
        return self._desk.archive.kept(self._ring, name)

    def remember(self, name: str, value: str) -> None:
        """Remember something of a file, in the ring's own file."""
        self._desk.archive.keep(self._ring, name, value)

    def seals(self) -> Sequence[Seal]:
        """Return every seal held."""
        return self._reader.seals(self._ring)

    def entries(self, seal: Seal) -> Sequence[Entry]:
        """Return the entries whose numbers ``seal`` is about."""
        return self._reader.entries(self._ring, seal.log, seal.first, seal.last)

    def named_blobs(self) -> Sequence[tuple[Attached, bytes]]:
        """Return the attached files that counting entries name, each with the device that did.

        None of documents that were overtaken or taken out of the outbox: they leave no more.
        """
        back = {one.file for one in self.overtaken()} | set(withdrawn(self._reader, self._ring))
        named = self._reader.named_blobs(self._ring)
        return [(file, device) for file, device in named if file.name not in back]

    def overtaken(self) -> list[Overtaken]:
        """Return the documents of the ring that must not leave as they are."""
        return overtaken(self._desk, self._reader, self._ring) if self._ring != SYS else []

    def blob_names(self) -> Collection[str]:
        """Return the names of the attached files that are here."""
        return self._reader.blob_names(self._ring)

    def blob(self, name: str) -> bytes | None:
        """Return an attached file, ``None`` when it is not here."""
        return self._reader.blob(self._ring, name)

    def take_blobs(self, blobs: Sequence[Blob]) -> int:
        """Store attached files that counting entries name; return how many were new."""
        return self._desk.archive.take_blobs(self._ring, [(one.file, one.data) for one in blobs])

    def redacted_blobs(self) -> Collection[str]:
        """Return the names of the attached files that were removed by order."""
        return self._reader.redacted_blobs(self._ring)

    def redactions(self) -> int:
        """Return how much was emptied by order."""
        return self._reader.redactions(self._ring)

    def take(self, batches: Sequence[Batch]) -> Iterator[int]:
        """Merge batches, about 100 ms a step; leave the own log where another wrote in it too."""
        arriving = [entry for batch in batches for entry in batch.entries]
        seals = [batch.seal for batch in batches]
        if self._ring == SYS:
            learn(self._desk, arriving)
        if gone := self._cut_devices():
            self._prev |= {one.hash: one.prev for one in arriving}
            self._judge_again |= any(device_id(seal.device) in gone for seal in seals)
        if self._ring != SYS and not self._desk.archive.kept(self._ring, _JUDGED):
            self._note_judged_if_empty()
        self._writers |= {seal.log: seal.device for seal in seals}
        accept, through, pace, at = self.accept(seals), 0, Pace(), 0
        while at < len(batches):
            piece = _together(batches[at:], pace.size)
            at += len(piece)
            through += sum(len(one.entries) for one in piece)
            with pace:
                self._merge(piece, accept)
            yield through

    def enough(self, bundle: Bundle) -> bool:
        """Return whether so much came of its writers that it waits for the next exchange.

        Never on a new computer, which gets all there is at once.
        """
        writers = {batch.seal.device for batch in bundle.batches}
        full = bool(writers) and all(self.came[one] >= MOST_AT_ONCE for one in writers)
        return full and not self.was_empty

    def _note_judged_if_empty(self) -> None:
        """Spare a new computer to ask of everything again what is asked as it comes in."""
        if all(log.own for log in self._reader.logs(self._ring)):
            self._desk.archive.keep(self._ring, _JUDGED, self._mark())

    def _mark(self) -> str:
        return f"{self._desk.holding.roster.fingerprint} {len(_kinds(self._desk))}"

    def _merge(self, batches: Sequence[Batch], accept: Accept) -> None:
        """Merge batches with their seals at once: an entry without one could not be handed on."""
        piece = [entry for batch in batches for entry in batch.entries]
        missing = self._reader.missing(self._ring, [one.hash for one in piece])
        own = self._desk.archive.own_log(self._ring)
        strange = [one.seq for one in piece if one.log == own and one.hash in missing]
        if strange:
            self._leave(own, min(strange))
        for one in piece:
            self._look_up_last(one.log)
        taken = self._desk.archive.take(self._ring, piece, [one.seal for one in batches], accept)
        self.new += taken.new
        self.kinds |= taken.kinds
        self.records |= {record for _, record in taken.records}
        self.emptied |= {record for _, record in taken.emptied}
        self._look_at_clocks([one for one in piece if one.hash in missing])
        self.news |= any(one.op != "accesses" and one.hash in missing for one in piece)

    def _look_up_last(self, log: str) -> None:
        """Learn when the last entry of a log that is here was written, before more come in."""
        if log not in self._last:
            known = next((one.last for one in self._reader.logs(self._ring) if one.log == log), 0)
            ends = self._reader.entries(self._ring, log, known, known) if known else ()
            self._last[log] = max((one.t_ms for one in ends), default=0)

    def _look_at_clocks(self, new: Sequence[Entry]) -> None:
        """Note computers whose clock runs ahead of this one, or went back while it wrote."""
        latest = to_milliseconds(self._desk.clock.now()) + _AHEAD_MS
        for one in new:
            device = self._writers.get(one.log, b"")
            self.came[device] += 1
            if self._kinds.get(one.form) == _MOVEMENT:
                continue
            before = self._last[one.log]
            if one.t_ms > latest:
                ahead = (one.t_ms - latest + _AHEAD_MS) // 60_000
                self.clocks[device] = max(self.clocks.get(device, 0), ahead)
            elif one.t_ms + _BACK_MS < before:
                self.clocks.setdefault(device, -((before - one.t_ms) // 60_000))
            self._last[one.log] = one.t_ms

    def _leave(self, own: LogId, seq: int) -> None:
        """Leave the own log: somebody else has numbers of it that are not here.

        Where such a number is used here too, a copy is at work; else this computer is behind.
        """
        mine = next(one for one in self._reader.logs(self._ring) if one.log == own)
        copied = seq <= mine.last
        self.left.add("services.copied_computer" if copied else "services.computer_behind")
        self.left_log = own
        self._desk.archive.start_new_log(self._ring)

    def accept(self, seals: Iterable[Seal] = ()) -> Accept:
        """Return which entries count under the roster known now."""
        judged = self._judgement(seals)
        return lambda entry: judged(entry).accepted

    def _judgement(self, seals: Iterable[Seal] = ()) -> Callable[[Entry], Verdict]:
        logs = {log.log: log for log in self._reader.logs(self._ring)}
        for seal in seals:
            logs.setdefault(LogId(seal.log), _log_of(seal))
        kinds, family = _kinds(self._desk), family_of(self._ring)
        known = (
            self._desk.holding.roster.fingerprint,
            len(kinds),
            len(self._prev),
            frozenset(logs),
        )
        if self._judged is not None and self._judged[0] == known:
            return self._judged[1]
        judged = self._desk.holding.judgement(logs.values(), self._prev, kinds)

        def fits(entry: Entry) -> Verdict:
            """Refuse also a sort of record that has no place in this ring, whoever wrote it."""
            kind = KINDS.get(kinds.get(entry.form, ""))
            if kind is not None and family not in kind.rings:
                return Verdict(accepted=False, cause="journal.no_place_for_form")
            return judged(entry)

        self._judged = known, fits
        return fits

    def causes(self, batches: Sequence[Batch]) -> dict[str, int]:
        """Return how many entries of ``batches`` would not count, by why. Away lane, prepared."""
        arriving = [entry for batch in batches for entry in batch.entries]
        self._prev |= {one.hash: one.prev for one in arriving}
        judged = self._judgement(batch.seal for batch in batches)
        said = Counter(judged(one).cause for one in arriving)
        return {cause: count for cause, count in said.items() if cause}

    def _cut_devices(self) -> frozenset[DeviceId]:
        """Return the devices that write logs in which a revocation may have made a cut."""
        roster = self._desk.holding.roster
        gone = {one.id for one in roster.devices.values() if one.revoked}
        for user in roster.users.values():
            gone |= user.devices_ever if user.revoked else frozenset()
        return frozenset(gone)

    def judging(self) -> Work[None]:
        """Ask again which entries count, where roster or forms changed since it was asked."""
        mark = self._mark()
        if not self._judge_again and self._desk.archive.kept(self._ring, _JUDGED) == mark:
            return
        yield Turn("away")
        self.prepare()
        accept = self.accept()
        held = {one.hash for one in self._reader.held(self._ring)}
        changed = [
            one
            for log in self._reader.logs(self._ring)
            for piece in self._pieces(log)
            for one in piece
            if accept(one) == (one.hash in held)
        ]
        yield Turn("writer")
        through, pace = 0, Pace()
        while through < len(changed):
            with pace:
                piece = changed[through : through + pace.size]
                taken = self._desk.archive.judge(self._ring, accept, piece)
            self.records |= {record for _, record in taken.records}
            self.kinds |= taken.kinds
            through += len(piece)
            yield Turn("writer", through, len(changed), through / len(changed))
        self._desk.archive.keep(self._ring, _JUDGED, mark)
        self._judge_again = False

    def _pieces(self, log: Log) -> Iterator[Sequence[Entry]]:
        for first in range(1, log.last + 1, _PIECE):
            yield self._reader.entries(self._ring, log.log, first, first + _PIECE - 1)

    def held(self) -> dict[str, int]:
        """Return how many entries are kept and do not count, by the code that says why."""
        judged = self._judgement()
        return dict(Counter(judged(one).cause for one in self._reader.held(self._ring)))

    @property
    def only_here(self) -> int:
        """Return how many own entries no target has for every member."""
        logs = self._reader.logs(self._ring)
        return sum(log.last - log.sent for log in logs if log.own)


def _together(batches: Sequence[Batch], most: int) -> Sequence[Batch]:
    """Return the first of ``batches`` with as many more as make at most ``most`` entries."""
    size = len(batches[0].entries)
    for number, batch in enumerate(batches[1:], start=1):
        size += len(batch.entries)
        if size > most:
            return batches[:number]
    return batches


def learn(desk: Desk, entries: Iterable[Entry]) -> None:
    """Go by the statements in ``entries`` as well: each carries its own authority."""
    holding = desk.holding
    known = {one.id for one in holding.statements}
    roster = [one for one in entries if one.op == "roster"]
    fresh = [one for one in statements_in(roster) if one.id not in known]
    if fresh:
        holding.statements += fresh
        holding.reread()


def _log_of(seal: Seal) -> Log:
    return Log(
        LogId(seal.log), seal.device, seal.nonce, own=False, last=0, head="", sealed=0, sent=0
    )


def _kinds(desk: Desk) -> dict[FormId, str]:
    known = {FormId(form): kind for form, kind in OWN_KINDS.items()}
    return known | {one.form: one.kind for one in desk.shelf.versions()}
