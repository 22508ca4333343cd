"""The journal as it lies in a ring's file: entries by hash, logs, seals. Append only.

Redaction is the one exception: it empties payloads and leaves everything else.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # rows of the engine

from leadapp.core.ids import EntryHash, LogId, RecordId, RingId
from leadapp.journal.entry import FOLDED_OPS, Entry, reread_entry
from leadapp.journal.seal import Seal
from leadapp.store.connection import Connection

_INSERT = (
    "INSERT OR IGNORE INTO entries (hash, log, seq, record, op, t_ms, held, header, payload)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LOG = "SELECT log, device, nonce, own, last, head, sealed, sent FROM"


@dataclass(frozen=True, slots=True)
class Log:
    """One log as far as it is here. ``sent`` is what the exchange has handed on."""

    log: LogId
    device: bytes
    nonce: bytes
    own: bool
    last: int
    head: str
    sealed: int
    sent: int


class JournalTable:
    """The journal of one ring's open file."""

    def __init__(self, connection: Connection, ring: RingId, schema: str = "main") -> None:
        self._connection = connection
        self._ring = ring
        self._schema = schema

    def append(self, entries: Sequence[Entry], held: frozenset[EntryHash] = frozenset()) -> None:
        """Add entries; those already here stay as they are."""
        self._connection.many(
            _INSERT,
            [
                (
                    one.hash,
                    one.log,
                    one.seq,
                    one.record,
                    one.op,
                    one.t_ms,
                    int(one.hash in held),
                    one.header,
                    one.payload,
                )
                for one in entries
            ],
        )

    def of_record(self, record: RecordId) -> list[Entry]:
        """Return the accepted entries of a record."""
        return self._entries("record = ? AND held = 0", (record,))

    def of_log(self, log: str, first: int = 1, last: int = 1 << 53) -> list[Entry]:
        """Return a log's entries by number, forks side by side."""
        return self._entries("log = ? AND seq BETWEEN ? AND ? ORDER BY seq, n", (log, first, last))

    def of_op(self, op: str) -> list[Entry]:
        """Return the accepted entries of an op other than save, void and restore."""
        if op in ("save", "void", "restore"):
            return self._entries("op = ? AND held = 0", (op,))
        known = "op NOT IN ('save', 'void', 'restore') AND op = ? AND held = 0"
        return self._entries(known, (op,))

    def held(self) -> list[Entry]:
        """Return the entries that are kept and relayed but do not count."""
        return self._entries("held = 1", ())

    def missing(self, hashes: Iterable[EntryHash]) -> set[EntryHash]:
        """Return which of ``hashes`` are not here."""
        wanted = sorted(set(hashes))
        here = self._connection.rows(
            f"SELECT hash FROM {self._schema}.entries"
            " WHERE hash IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return set(wanted) - {row[0] for row in here}

    def blank(self, hashes: Iterable[EntryHash]) -> set[EntryHash]:
        """Return which of ``hashes`` are here and say nothing."""
        rows = self._connection.rows(
            f"SELECT hash FROM {self._schema}.entries"
            " WHERE hash IN (SELECT value FROM json_each(?)) AND payload = x''",
            (json.dumps(list(hashes)),),
        )
        return {row[0] for row in rows}

    def fill(self, entry: Entry) -> None:
        """Give an entry that is here what it says."""
        self._connection.execute(
            "UPDATE entries SET payload = ? WHERE hash = ?", (entry.payload, entry.hash)
        )

    def slices(self, size: int) -> Iterator[dict[RecordId, list[Entry]]]:
        """Yield every record once with all its accepted entries, about ``size`` at a time.

        Entries are read in the order they came, which is how they lie in the file; what
        comes in while slices are worked on is left to who writes it.
        """
        last = 0
        end = int(self._connection.value(f"SELECT coalesce(max(n), 0) FROM {self._schema}.entries"))
        while rows := self._connection.rows(
            f"SELECT n, header, payload FROM {self._schema}.entries"
            f" WHERE n > ? AND n <= ? AND held = 0 AND op IN {FOLDED_OPS} ORDER BY n LIMIT ?",
            (last, end, size),
        ):
            here: dict[RecordId, list[Entry]] = {}
            for _, header, payload in rows:
                entry = reread_entry(header, payload)
                here.setdefault(entry.record, []).append(entry)
            low, last = last, rows[-1][0]
            yield dict(self._begun_here(here, low, last))

    def _begun_here(
        self, here: dict[RecordId, list[Entry]], low: int, high: int
    ) -> Iterator[tuple[RecordId, list[Entry]]]:
        for record, entries in here.items():
            first, last = self._span(record)
            if first > low:
                yield record, entries if last <= high else self.of_record(record)

    def _span(self, record: RecordId) -> tuple[int, int]:
        row = self._connection.one(
            f"SELECT min(n), max(n) FROM {self._schema}.entries WHERE record = ? AND held = 0",
            (record,),
        )
        return row if row is not None else (0, 0)

    def whole(self, found: Mapping[RecordId, Sequence[Entry]]) -> dict[RecordId, Sequence[Entry]]:
        """Return those records of ``found`` whose entries there are all that count of them."""
        counts: dict[str, int] = dict(
            self._connection.rows(
                f"SELECT record, count(*) FROM {self._schema}.entries"
                " WHERE held = 0 AND record IN (SELECT value FROM json_each(?)) GROUP BY record",
                (json.dumps(list(found)),),
            )
        )
        return {
            record: entries
            for record, entries in found.items()
            if counts.get(record) == len(entries)
        }

    def hash_at(self, log: str, seq: int) -> set[str]:
        """Return the hashes of the entries with this number: several after a fork."""
        rows = self._connection.rows(
            f"SELECT hash FROM {self._schema}.entries WHERE log = ? AND seq = ?", (log, seq)
        )
        return {row[0] for row in rows}

    def everything(self) -> Iterator[Entry]:
        """Yield every entry, log by log."""
        for row in self._connection.each(
            f"SELECT header, payload FROM {self._schema}.entries ORDER BY log, seq, n"
        ):
            yield reread_entry(*row)

    def logs(self) -> list[Log]:
        """Return every log that is here."""
        return [
            _log(row) for row in self._connection.rows(f"{_LOG} {self._schema}.logs ORDER BY log")
        ]

    def put_log(self, log: Log) -> None:
        """Note where a log stands."""
        self._connection.execute(
            "INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                log.log,
                log.device,
                log.nonce,
                int(log.own),
                log.last,
                log.head,
                log.sealed,
                log.sent,
            ),
        )

    def seen(self) -> dict[str, int]:
        """Return the last number held of each log."""
        rows = self._connection.rows(
            f"SELECT log, max(seq) FROM {self._schema}.entries GROUP BY log ORDER BY log"
        )
        return {row[0]: row[1] for row in rows}

    def forks(self) -> dict[str, int]:
        """Return each log in which one number was used twice, with the first such number."""
        twice = f"SELECT log, seq FROM {self._schema}.entries GROUP BY log, seq HAVING count(*) > 1"
        return dict(self._connection.rows(f"SELECT log, min(seq) FROM ({twice}) GROUP BY log"))

    def gaps(self) -> dict[str, int]:
        """Return each log in which numbers are missing, with how many are."""
        return dict(
            self._connection.rows(
                f"SELECT log, max(seq) - count(DISTINCT seq) FROM {self._schema}.entries"
                " GROUP BY log HAVING max(seq) > count(DISTINCT seq)"
            )
        )

    def written_after(self, log: str, seq: int) -> int:
        """Return how many entries of a log come after ``seq``, those on who looked left out."""
        counted = f"SELECT count(*) FROM {self._schema}.entries WHERE log = ? AND seq > ?"
        return int(self._connection.value(f"{counted} AND op != 'accesses'", (log, seq)))

    def put_seal(self, seal: Seal) -> None:
        """Keep a seal; the same one twice is one."""
        self._connection.execute(
            "INSERT OR IGNORE INTO seals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                seal.log,
                seal.first,
                seal.last,
                seal.prev,
                seal.head,
                seal.device,
                seal.nonce,
                seal.roster,
                json.dumps(dict(seal.seen), sort_keys=True),
                seal.signature,
            ),
        )

    def seals(self) -> list[Seal]:
        """Return every seal, log by log."""
        rows = self._connection.rows(
            "SELECT log, first, last, prev, head, device, nonce, roster, signature, seen"
            f" FROM {self._schema}.seals ORDER BY log, last, head"
        )
        return [_seal(self._ring, row) for row in rows]

    def redacted(self) -> set[str]:
        """Return the hashes whose payloads must stay empty."""
        return {
            row[0] for row in self._connection.rows(f"SELECT hash FROM {self._schema}.redacted")
        }

    def emptied(self) -> dict[RecordId, int]:
        """Return how many entries of each record were emptied by order."""
        rows = self._connection.rows(
            f"SELECT record, COUNT(*) FROM {self._schema}.redacted"
            f" JOIN {self._schema}.entries USING (hash) GROUP BY record"
        )
        return {RecordId(record): count for record, count in rows}

    def empty_payloads(self, hashes: Iterable[str], by_entry: EntryHash) -> set[RecordId]:
        """Empty payloads for good; return the records that said something less now."""
        touched: set[RecordId] = set()
        for one in hashes:
            self._connection.execute(
                "INSERT OR IGNORE INTO redacted VALUES (?, ?)", (one, by_entry)
            )
            row = self._connection.one("SELECT record FROM entries WHERE hash = ?", (one,))
            if row is not None:
                self._connection.execute("UPDATE entries SET payload = x'' WHERE hash = ?", (one,))
                touched.add(row[0])
        return touched

    def hold(self, hashes: Iterable[EntryHash], *, held: bool) -> None:
        """Let entries count no longer, or again."""
        self._connection.many(
            "UPDATE entries SET held = ? WHERE hash = ?", [(int(held), one) for one in hashes]
        )

    def _entries(self, where: str, parameters: Sequence[Any]) -> list[Entry]:
        sql = f"SELECT header, payload FROM {self._schema}.entries WHERE {where}"
        return [reread_entry(*row) for row in self._connection.rows(sql, parameters)]


def _seal(ring: RingId, row: tuple[Any, ...]) -> Seal:
    log, first, last, prev, head, device, nonce, roster, signature, seen = row
    return Seal(
        ring, log, first, last, prev, head, device, nonce, roster, signature, json.loads(seen)
    )


def _log(row: tuple[Any, ...]) -> Log:
    log, device, nonce, own, last, head, sealed, sent = row
    return Log(LogId(log), device, nonce, bool(own), last, head, sealed, sent)
