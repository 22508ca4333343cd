"""The reading side of a program's open rings: records, lists, timelines, searches, measures' rows.

Used from one thread at a time; it sees what the writing side has committed. Open it
after the archive, which brings the files up to date. Rights were checked by who asks.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import islice
from typing import Any  # rows of the engine

from leadapp.core.clock import to_milliseconds
from leadapp.core.errors import Refusal
from leadapp.core.ids import EntryHash, FormId, RecordId, RingId
from leadapp.journal.attached import Attached
from leadapp.journal.bases import values_before
from leadapp.journal.entry import Entry
from leadapp.journal.history import steps
from leadapp.journal.seal import Seal
from leadapp.kinds import KINDS
from leadapp.kinds.contract import Kind
from leadapp.store import blobs, list_sql
from leadapp.store.accesses import AccessChain
from leadapp.store.body import read_body
from leadapp.store.connection import Connection, Parameters, Row
from leadapp.store.drafts import count_drafts
from leadapp.store.entity_lookup import EntityLookup
from leadapp.store.folder import ProgramFolder
from leadapp.store.groups import Group, Groups
from leadapp.store.journal_table import JournalTable, Log
from leadapp.store.lookup import RingLookup
from leadapp.store.projector import typed_answers
from leadapp.store.queries import (
    AccessLine,
    HistoryItem,
    PersonLine,
    RecordLine,
    RecordQuery,
    StoredRecord,
    search_words,
)
from leadapp.store.tables import all_tables
from leadapp.store.totals import all_totals
from leadapp.store.writing import Access, OnlyHere

QUERY_SECONDS = 20.0


class Reader:
    """Reads open rings. Made by ``open``; ``close`` lets go of the files."""

    def __init__(
        self, folder: ProgramFolder, keys: Mapping[RingId, bytes], kinds: Mapping[str, Kind]
    ) -> None:
        self._folder = folder
        self._keys = dict(keys)
        self._kinds = kinds
        self._protected = {
            kind.name: kind.title or kind.name for kind in kinds.values() if kind.protected
        }
        self._groups = Groups.open(folder, keys, kinds)
        self._views = frozenset(
            name for table in all_tables(kinds) for name in (table, f"beyond_{table}")
        ) | frozenset(total.name for _, total in all_totals(kinds))

    @classmethod
    def open(
        cls,
        folder: ProgramFolder,
        keys: Mapping[RingId, bytes],
        *,
        kinds: Mapping[str, Kind] = KINDS,
    ) -> Reader:
        """Open the rings of ``keys`` for reading."""
        return cls(folder, keys, kinds)

    @property
    def rings(self) -> tuple[RingId, ...]:
        """Return the open rings."""
        return tuple(sorted(self._groups.rings))

    def record(self, ring: RingId, record: RecordId) -> StoredRecord | None:
        """Return a record, ``None`` when the ring has none of that id."""
        connection, schema = self._place(ring)
        row = connection.one(
            f"SELECT kind, body FROM {schema}.records JOIN {schema}.bodies USING (n)"
            " WHERE record = ?",
            (record,),
        )
        return None if row is None else _stored(ring, record, *row)

    def find(self, record: RecordId) -> StoredRecord | None:
        """Return a record from whichever open ring holds it."""
        for ring in self.rings:
            found = self.record(ring, record)
            if found is not None:
                return found
        return None

    def history(self, ring: RingId, record: RecordId) -> list[HistoryItem]:
        """Return every entry of a record, the first one first."""
        return [
            HistoryItem(
                entry=step.entry.hash,
                log=step.entry.log,
                author=step.entry.author,
                t_ms=step.entry.t_ms,
                at=step.entry.values.get("_at", ""),
                op=step.entry.op,
                form_version=step.entry.form_version,
                reason=step.reason,
                changes=step.changes,
                contested=step.contested,
                redacted=step.entry.redacted,
            )
            for step in steps(self._journal(ring).of_record(record))
        ]

    def before(
        self, ring: RingId, record: RecordId, sides: Collection[EntryHash]
    ) -> Mapping[str, str]:
        """Return what a record said when none of the entries ``sides`` had been written."""
        return values_before(self._journal(ring).of_record(record), sides)

    def records(self, query: RecordQuery) -> list[RecordLine]:
        """Return a page of records over all rings asked for."""
        groups = self._groups.with_rings(query.rings)
        if not groups:
            return []
        if len(groups) == 1:
            keys = self._keys_of(groups[0], query, query.offset, query.limit)
            return self._shown(query, [line for _, line in self._lines(groups[0], keys)])
        pages = []
        for group in groups:
            keys = self._keys_of(group, query, 0, query.offset + query.limit)
            pages.append([(key, n, group, place) for place, n, key in keys])
        descending = query.order != "title"
        ordered = merge(*pages, key=lambda one: _sortable(one[0]), reverse=descending)
        page = list(islice(ordered, query.offset, query.offset + query.limit))
        return self._shown(query, self._joined_lines(page))

    def count(self, query: RecordQuery) -> int:
        """Return how many records the query finds, whatever the page."""
        total = 0
        for group in self._groups.with_rings(query.rings):
            for schema in group.schemas.values():
                total += int(group.connection.value(*list_sql.count_of(query, schema)))
        return total

    def timeline(
        self,
        persons: Sequence[RecordId],
        offset: int = 0,
        limit: int = 50,
        *,
        full: bool = False,
    ) -> list[RecordLine]:
        """Return what points to any of ``persons``, newest day first, void records too.

        ``full`` shows the summaries of protected kinds, for a page whose opening is logged.
        """
        if not persons:
            return []
        chosen = tuple(persons)
        return self.records(
            RecordQuery(persons=chosen, voided=None, full=full, offset=offset, limit=limit)
        )

    def search_people(
        self, text: str, limit: int = 50, rings: Sequence[RingId] = ()
    ) -> list[PersonLine]:
        """Return people whose names or phones begin with the words of ``text``, by title."""
        words = search_words(text)
        found: list[PersonLine] = []
        for group in self._groups.with_rings(tuple(rings)) if words else ():
            for ring, schema in group.schemas.items():
                rows = group.connection.rows(
                    f"SELECT record, title, line, status, changed_ms FROM {schema}.records"
                    f" WHERE n IN (SELECT rowid FROM {schema}.found_people"
                    " WHERE found_people MATCH ?) AND voided = 0"
                    " ORDER BY title COLLATE NOCASE, n LIMIT ?",
                    (words, limit),
                )
                found += [PersonLine(ring, *row) for row in rows]
        found.sort(key=lambda one: (one.title.casefold(), one.record))
        return found[:limit]

    def rows(
        self, sql: str, parameters: Parameters = (), *, seconds: float = QUERY_SECONDS
    ) -> list[Row]:
        """Return the rows a measure selects from the kind views; nothing else can be read.

        Refusal ``store.query_refused`` for SQL that is not understood or reads anything
        else, ``store.took_too_long`` when the time is up.
        """
        self._groups.refresh()
        return self._groups.first.connection.guarded(
            sql, parameters, tables=self._views, seconds=seconds
        )

    def lookup(self, ring: RingId) -> RingLookup:
        """Return the lists that forms of ``ring`` may ask: its own kinds' and ``shared``'s."""
        shared = RingId("shared")
        places = [
            (self._groups.of(one), one)
            for one in dict.fromkeys((ring, shared))
            if one in self.rings
        ]
        return RingLookup([(*place, one) for place, one in places if place], self._kinds)

    def entity_lists(self, ring: RingId) -> EntityLookup:
        """Return the lists grown from forms that forms of ``ring`` may ask."""
        wanted = dict.fromkeys((ring, RingId("shared")))
        places = [self._groups.of(one) for one in wanted if one in self.rings]
        return EntityLookup([place for place in places if place])

    def accesses(
        self, ring: RingId, *, record: str = "", user: str = "", limit: int = 500
    ) -> list[AccessLine]:
        """Return the newest lines of the access log, those not yet sealed first."""
        connection, schema = self._place(ring)
        where, parameters = "1", []
        for column, value in (("record", record), ("user", user)):
            if value:
                where += f" AND {column} = ?"
                parameters.append(value)
        sealed = connection.rows(
            "SELECT entry, at_ms, user, act, record, why, detail"
            f" FROM {schema}.accesses WHERE {where} ORDER BY at_ms DESC LIMIT ?",
            (*parameters, limit),
        )
        waiting = [
            _waiting_access(ring, one)
            for one in reversed(AccessChain(connection, schema).waiting())
            if record in ("", one.record) and user in ("", one.user)
        ]
        return [*waiting, *(AccessLine(ring, *row) for row in sealed)][:limit]

    def blob(self, ring: RingId, name: str) -> bytes | None:
        """Return an attached file, ``None`` when it is not here."""
        connection, schema = self._place(ring)
        return blobs.get(connection, name, schema)

    def blob_names(self, ring: RingId) -> frozenset[str]:
        """Return the names of the attached files that are here."""
        connection, schema = self._place(ring)
        return frozenset(blobs.names(connection, schema))

    def named_blobs(self, ring: RingId) -> list[tuple[Attached, bytes]]:
        """Return the attached files that counting entries name, each with the device that did."""
        connection, schema = self._place(ring)
        return blobs.named(connection, schema)

    def redacted_blobs(self, ring: RingId) -> frozenset[str]:
        """Return the names of the attached files that were removed by order."""
        connection, schema = self._place(ring)
        return blobs.redacted(connection, schema)

    def emptied(self, ring: RingId) -> dict[RecordId, int]:
        """Return how many entries of each record were emptied by order."""
        return self._journal(ring).emptied()

    def redactions(self, ring: RingId) -> int:
        """Return how many entries and attached files were emptied by order."""
        return len(self._journal(ring).redacted()) + len(self.redacted_blobs(ring))

    def waiting_only_here(self) -> OnlyHere:
        """Return what would be lost with this computer, open rings and their drafts."""
        by_ring: dict[RingId, int] = {}
        unsealed, oldest = 0, None
        for ring in self.rings:
            for log in self.logs(ring):
                if not log.own:
                    continue
                by_ring[ring] = by_ring.get(ring, 0) + log.last - log.sent
                unsealed += log.last - log.sealed
                if log.last > log.sent:
                    first = self.entries(ring, log.log, log.sent + 1, log.sent + 1)
                    moments = [one.t_ms for one in first] + ([oldest] if oldest else [])
                    oldest = min(moments, default=oldest)
        drafts = sum(
            count_drafts(self._folder.draft_file(ring), key) for ring, key in self._keys.items()
        )
        return OnlyHere(sum(by_ring.values()), unsealed, oldest, drafts, by_ring)

    def entries(self, ring: RingId, log: str, first: int = 1, last: int = 1 << 53) -> list[Entry]:
        """Return a log's entries by number, forks side by side; what the exchange sends."""
        return self._journal(ring).of_log(log, first, last)

    def entries_about(self, ring: RingId, record: RecordId) -> list[Entry]:
        """Return the accepted entries of a record."""
        return self._journal(ring).of_record(record)

    def entries_of(self, ring: RingId, op: str) -> list[Entry]:
        """Return the accepted entries of one op, such as ``roster``."""
        return self._journal(ring).of_op(op)

    def held(self, ring: RingId) -> list[Entry]:
        """Return the entries that do not count under the roster."""
        return self._journal(ring).held()

    def logs(self, ring: RingId) -> list[Log]:
        """Return the logs of a ring and where they stand."""
        return self._journal(ring).logs()

    def forks(self, ring: RingId) -> dict[str, int]:
        """Return each log in which one number was used twice, with the first such number."""
        return self._journal(ring).forks()

    def gaps(self, ring: RingId) -> dict[str, int]:
        """Return each log in which numbers are missing, with how many are."""
        return self._journal(ring).gaps()

    def written_after(self, ring: RingId, log: str, seq: int) -> int:
        """Return how many entries of a log come after ``seq``, those on who looked left out."""
        return self._journal(ring).written_after(log, seq)

    def held_of(self, ring: RingId) -> dict[str, int]:
        """Return the last number held of each log."""
        return self._journal(ring).seen()

    def seals(self, ring: RingId) -> list[Seal]:
        """Return the seals of a ring."""
        return self._journal(ring).seals()

    def missing(self, ring: RingId, hashes: Sequence[EntryHash]) -> set[EntryHash]:
        """Return which entries are not here."""
        return self._journal(ring).missing(hashes)

    def interrupt(self) -> None:
        """Stop what is being read; the one call another thread may make."""
        for group in self._groups.groups:
            group.connection.interrupt()

    def close(self) -> None:
        """Let go of all files and forget their keys; harmless twice."""
        self._groups.close()
        self._keys.clear()

    def _shown(self, query: RecordQuery, lines: list[RecordLine]) -> list[RecordLine]:
        """Leave of protected kinds no more than the kind and the day, unless asked in full."""
        if query.full:
            return lines
        return [
            replace(line, title=self._protected[line.kind], line="")
            if line.kind in self._protected
            else line
            for line in lines
        ]

    def _place(self, ring: RingId) -> tuple[Connection, str]:
        place = self._groups.of(ring)
        if place is None:
            raise Refusal("store.ring_not_open", ring=ring)
        return place

    def _journal(self, ring: RingId) -> JournalTable:
        connection, schema = self._place(ring)
        return JournalTable(connection, ring, schema)

    def _keys_of(self, group: Group, query: RecordQuery, offset: int, limit: int) -> list[Row]:
        keys = list_sql.keys_of(query, list(group.schemas.values()), offset, limit)
        return group.connection.rows(keys.sql, keys.parameters)

    def _joined_lines(self, page: Sequence[tuple[Any, int, Group, int]]) -> list[RecordLine]:
        """Read the rows of a page whose keys come from several groups, in the page's order."""
        lines: dict[tuple[int, int, int], RecordLine] = {}
        groups = {id(group): group for _, _, group, _ in page}
        for name, group in groups.items():
            keys = [(place, n, key) for key, n, owner, place in page if owner is group]
            for (place, n), line in self._lines(group, keys):
                lines[name, place, n] = line
        return [lines[id(group), place, n] for _, n, group, place in page]

    def _lines(self, group: Group, keys: Sequence[Row]) -> list[tuple[tuple[int, int], RecordLine]]:
        """Read the rows of a page, in its order."""
        rings = list(group.schemas.items())
        wanted: dict[int, list[int]] = {}
        for place, n, _ in keys:
            wanted.setdefault(place, []).append(n)
        read: dict[tuple[int, int], RecordLine] = {}
        for place, numbers in wanted.items():
            ring, schema = rings[place]
            marks = ", ".join("?" * len(numbers))
            for n, *fields in group.connection.rows(
                f"SELECT n, {', '.join(list_sql.LINE)} FROM {schema}.records WHERE n IN ({marks})",
                numbers,
            ):
                read[place, n] = _line(ring, fields)
        return [((place, n), read[place, n]) for place, n, _ in keys]


def _sortable(key: Any) -> Any:
    """Return a key that sorts as the engine's NOCASE does: by bytes, ASCII letters alike."""
    return key.encode().lower() if isinstance(key, str) else key


def _line(ring: RingId, fields: list[Any]) -> RecordLine:
    said = dict(zip(list_sql.LINE, fields, strict=True))
    for flag in ("voided", "conflicted", "waiting"):
        said[flag] = bool(said[flag])
    return RecordLine(ring=ring, **said)


def _waiting_access(ring: RingId, one: Access) -> AccessLine:
    at_ms = to_milliseconds(one.at)
    return AccessLine(ring, "", at_ms, one.user, one.act, one.record, one.why, one.detail)


def _stored(ring: RingId, record: RecordId, kind: str, written: bytes) -> StoredRecord:
    body = read_body(written)
    folded = body.folded
    return StoredRecord(
        ring=ring,
        record=record,
        form=FormId(folded.last.form),
        form_version=folded.last.form_version,
        definition_hash=folded.values.get("_hash", ""),
        kind=kind,
        answers=typed_answers(folded),
        calculated=body.calculated,
        conflicts=folded.conflicts,
        problems=body.problems,
        summary=body.summary,
        author=folded.first.author,
        created_ms=folded.first.t_ms,
        finished_at=folded.first.at,
        changed_by=folded.last.author,
        changed_ms=folded.last.t_ms,
        voided=folded.voided,
        waiting=folded.waiting,
        heads=folded.heads,
        entries=folded.size,
        about={key: value for key, value in folded.values.items() if key.startswith("_")},
    )
