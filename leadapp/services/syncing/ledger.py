"""One ring's file as the exchange sees it: ``exchange.parties.Ledger`` over archive and reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadapp.core.ids import EntryHash, FormId, LogId, RecordId, RingId
from leadapp.exchange.bundle import Batch
from leadapp.journal.entry import Entry
from leadapp.journal.rings import SYS, family_of
from leadapp.journal.seal import Seal
from leadapp.kinds import KINDS
from leadapp.services.desk import Desk
from leadapp.services.holding import statements_in
from leadapp.store.journal_table import Log
from leadapp.store.merging import Accept
from leadapp.store.projector import OWN_KINDS
from leadapp.store.reader import Reader

_JUDGED = "judged by"


class RingLedger:
    """A ring of an open desk, for one exchange; adds up what came in."""

    def __init__(self, desk: Desk, reader: Reader, ring: RingId) -> None:
        self._desk = desk
        self._reader = reader
        self._ring = ring
        self.new = 0
        self.records: set[RecordId] = set()
        self.kinds: set[str] = set()
        self.copied = False
        """Whether another copy of this computer was found to write in the own log."""

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

    def take(self, batches: Sequence[Batch]) -> None:
        """Merge batches; leave the own log where a copy of this computer wrote in it too."""
        arriving = [entry for batch in batches for entry in batch.entries]
        missing = self._reader.missing(self._ring, [one.hash for one in arriving])
        seals = [batch.seal for batch in batches]
        own = self._desk.archive.own_log(self._ring)
        forked = any(one.log == own and one.hash in missing for one in arriving)
        if self._ring == SYS:
            learn(self._desk, arriving)
        taken = self._desk.archive.take(self._ring, arriving, seals, self.accept(arriving, seals))
        if forked:
            self._desk.archive.start_new_log(self._ring)
            self.copied = True
        self.new += taken.new
        self.records |= {record for _, record in taken.records}
        self.kinds |= taken.kinds

    def accept(self, arriving: Iterable[Entry] = (), seals: Iterable[Seal] = ()) -> Accept:
        """Return which entries count under the roster known now."""
        logs = {log.log: log for log in self._reader.logs(self._ring)}
        for seal in seals:
            logs.setdefault(LogId(seal.log), _log_of(seal))
        kinds, family = _kinds(self._desk), family_of(self._ring)
        counts = self._desk.holding.acceptance(logs.values(), self._before(logs, arriving), kinds)

        def fits(entry: Entry) -> bool:
            """Refuse also a sort of record that has no place in this ring, whoever wrote it."""
            kind = KINDS.get(kinds.get(entry.form, ""))
            return (kind is None or family in kind.rings) and counts(entry)

        return fits

    def _before(self, logs: Iterable[str], arriving: Iterable[Entry]) -> dict[EntryHash, str]:
        """Return each entry's predecessor; asked for only where someone was ever revoked."""
        roster = self._desk.holding.roster
        gone = [one.id for one in roster.devices.values() if one.revoked]
        if not gone and not any(one.revoked for one in roster.users.values()):
            return {}
        held = (entry for log in logs for entry in self._reader.entries(self._ring, log))
        return {one.hash: one.prev for entries in (held, arriving) for one in entries}

    def judge(self) -> None:
        """Ask again which entries count, where roster or forms changed since it was asked."""
        mark = f"{self._desk.holding.roster.fingerprint} {len(_kinds(self._desk))}"
        if self._desk.archive.kept(self._ring, _JUDGED) == mark:
            return
        taken = self._desk.archive.judge(self._ring, self.accept())
        self._desk.archive.keep(self._ring, _JUDGED, mark)
        self.records |= {record for _, record in taken.records}
        self.kinds |= taken.kinds

    @property
    def held(self) -> int:
        """Return how many entries are kept and do not count."""
        return len(self._reader.held(self._ring))

    @property
    def only_here(self) -> int:
        """Return how many own entries no target has for every member."""
        logs = self._reader.logs(self._ring)
        return sum(log.last - log.sent for log in logs if log.own)


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
