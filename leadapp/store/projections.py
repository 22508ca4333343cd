"""The computed tables of a ring's file: records, their bodies, kind tables, the search index.

They are a function of accepted entries, definitions and kinds; ``rebuild`` may drop
them at any time. Nothing is ever stored only here.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any  # rows of the engine

from leadapp.core.ids import RecordId, RingId
from leadapp.journal.fold import Folded
from leadapp.kinds.contract import Cell, Kind, Table
from leadapp.store import entities
from leadapp.store.body import read_body, write_body
from leadapp.store.connection import Connection
from leadapp.store.projector import Projected, declarations
from leadapp.store.tables import cells, drop_tables, insert_sql, make_tables, tables_of
from leadapp.store.totals import differing, make_totals, totals_of

VERSION = 6
"""Raised when what is put into the tables below changes: files rebuild by themselves.

They do so too when the shape of a table changes.
"""

_TABLES = """
CREATE TABLE made_with (
    n INTEGER PRIMARY KEY,
    form TEXT NOT NULL,
    form_version TEXT NOT NULL,
    wanted TEXT NOT NULL,
    definition TEXT NOT NULL,
    UNIQUE (form, form_version, wanted, definition)
) STRICT;
CREATE TABLE records (
    n INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL,
    form_version TEXT NOT NULL,
    made_with INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    day TEXT NOT NULL,
    title TEXT NOT NULL,
    line TEXT NOT NULL,
    person TEXT NOT NULL,
    status TEXT NOT NULL,
    voided INTEGER NOT NULL,
    conflicted INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    problems INTEGER NOT NULL
) STRICT;
CREATE INDEX records_kind_day ON records (kind, voided, day);
CREATE INDEX records_kind_changed ON records (kind, voided, changed_ms);
CREATE INDEX records_kind_title ON records (kind, voided, title COLLATE NOCASE);
CREATE INDEX records_day ON records (voided, day);
CREATE INDEX records_changed ON records (voided, changed_ms);
CREATE INDEX records_person ON records (person, day) WHERE person <> '';
CREATE INDEX records_author ON records (author, voided, changed_ms);
CREATE INDEX records_form ON records (form, form_version, made_with);
CREATE INDEX records_conflicted ON records (conflicted) WHERE conflicted = 1;
CREATE INDEX records_problems ON records (day) WHERE problems > 0;
CREATE TABLE bodies (n INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE accesses (
    entry TEXT NOT NULL,
    n INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    user TEXT NOT NULL,
    act TEXT NOT NULL,
    record TEXT NOT NULL,
    why TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (entry, n)
) STRICT;
CREATE VIRTUAL TABLE found USING fts5 (words, tokenize = 'unicode61', prefix = '1 2 3');
CREATE VIRTUAL TABLE found_people USING fts5 (words, tokenize = 'unicode61', prefix = '1 2 3');
"""
_SHAPE = hashlib.sha256((_TABLES + entities.TABLES).encode()).hexdigest()[:16]
_OWN = ("made_with", "records", "bodies", "accesses", "found", "found_people", *entities.NAMES)
_SEARCHES = ("found", "found_people", entities.SEARCH)
_RECORD = (
    "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record's place in its file and what it folds to."""

    n: int
    folded: Folded
    kind: str


class Projections:
    """The computed tables of one ring's open file."""

    def __init__(self, connection: Connection, ring: RingId, kinds: Mapping[str, Kind]) -> None:
        self._connection = connection
        self._ring = ring
        self.use_kinds(kinds)

    def use_kinds(self, kinds: Mapping[str, Kind]) -> None:
        """Go by these declarations from now on."""
        self._tables: dict[str, Table] = {t.name: t for t in tables_of(kinds, self._ring)}
        self._tables_of_kind = {
            kind.name: [table for table in kind.tables if table.name in self._tables]
            for kind in kinds.values()
        }
        self._fingerprint = f"{VERSION} {_SHAPE} {declarations(kinds)}"

    @property
    def stale(self) -> bool:
        """Return whether the tables are of other declarations, or a rebuild was cut off."""
        made = self._connection.value("SELECT value FROM kept WHERE name = 'projections'")
        return bool(made != self._fingerprint)

    def drop_and_make(self) -> None:
        """Empty everything, in the caller's transaction; ``finish`` says it is filled again."""
        old = self._connection.value("SELECT value FROM kept WHERE name = 'tables'")
        names = json.loads(old) if old else []
        drop_tables(self._connection, [*names, *_OWN])
        self._connection.script(_TABLES)
        self._connection.script(entities.TABLES)
        for name in _SEARCHES:
            self._connection.execute(
                f"INSERT INTO {name} ({name}, rank) VALUES ('secure-delete', 1)"
            )
        make_tables(self._connection, self._tables.values())
        make_totals(self._connection, self._tables.values())
        made = [*self._tables, *(total.name for total in totals_of(self._tables.values()))]
        self._keep("tables", json.dumps(sorted(made)))
        self._keep("projections", "")

    def finish(self) -> None:
        """Note that the tables are whole."""
        self._keep("projections", self._fingerprint)

    def stored(self, record: RecordId) -> Stored | None:
        """Return what is stored of ``record``."""
        row = self._connection.one(
            "SELECT n, body, kind FROM records JOIN bodies USING (n) WHERE record = ?", (record,)
        )
        return None if row is None else Stored(row[0], read_body(row[1]).folded, row[2])

    def put(self, projected: Mapping[RecordId, Projected]) -> None:
        """Store records in place of what was stored of them before."""
        if not projected:
            return
        places = self._places(projected)
        kinds = {record: kind for record, (_, kind) in places.items()}
        self._forget(places)
        free = self._next()
        records, bodies, words, people = [], [], [], []
        rows: dict[str, list[tuple[Cell, ...]]] = {}
        made_with = self._made_with(projected.values())
        for record, one in projected.items():
            if record in kinds:
                n = places[record][0]
            else:
                n, free = free, free + 1
            records.append(_record_row(n, one, made_with[_made(one)]))
            bodies.append((n, write_body(one)))
            words.append((n, one.search))
            if one.kind == "person" and not one.folded.voided:
                people.append((n, one.search))
            self._add_rows(one, rows)
        many = self._connection.many
        many(_RECORD, records)
        many("INSERT OR REPLACE INTO bodies VALUES (?, ?)", bodies)
        many("INSERT INTO found (rowid, words) VALUES (?, ?)", words)
        many("INSERT INTO found_people (rowid, words) VALUES (?, ?)", people)
        for name, made in rows.items():
            many(insert_sql(self._tables[name]), made)
        entities.put(self._connection, projected)

    def kind_rows(self, record: RecordId, kind: str) -> dict[str, list[tuple[Cell, ...]]]:
        """Return what the kind tables hold of ``record``."""
        return {
            table.name: self._connection.rows(
                f"SELECT * FROM [{table.name}] WHERE record_id = ?",
                (record,),
            )
            for table in self._tables_of_kind.get(kind, ())
        }

    def expected_rows(self, one: Projected) -> dict[str, list[tuple[Cell, ...]]]:
        """Return what the kind tables should hold of a record."""
        rows: dict[str, list[tuple[Cell, ...]]] = {}
        self._add_rows(one, rows)
        return rows

    def readable(self) -> frozenset[str]:
        """Return the names of the kind tables and of the sums kept with them."""
        sums = (total.name for total in totals_of(self._tables.values()))
        return frozenset((*self._tables, *sums))

    def sums_differing(self) -> int:
        """Return how many running sums are not what adding every row up again gives."""
        return sum(
            differing(self._connection, table, total)
            for table in self._tables.values()
            for total in table.totals
        )

    def forms_to_project(self) -> list[tuple[str, str, str, str]]:
        """Return the (form, version, wanted hash, definition used) that records have."""
        return self._connection.rows(
            "SELECT form, form_version, wanted, definition FROM made_with AS m WHERE EXISTS"
            " (SELECT 1 FROM records AS r WHERE r.form = m.form"
            " AND r.form_version = m.form_version AND r.made_with = m.n)"
        )

    def written_on(self, form: str, version: str, wanted: str, definition: str) -> list[RecordId]:
        """Return the records that were projected in exactly this way."""
        found = self._connection.rows(
            "SELECT record FROM records JOIN made_with AS m ON m.n = made_with"
            " AND m.form = records.form AND m.form_version = records.form_version"
            " WHERE m.form = ? AND m.form_version = ? AND m.wanted = ? AND m.definition = ?",
            (form, version, wanted, definition),
        )
        return [row[0] for row in found]

    def drop_records(self, records: Iterable[RecordId]) -> None:
        """Forget records of which no entry counts any more."""
        places = self._places(records)
        self._forget(places)
        entities.drop(self._connection, places)
        numbers = [(n,) for n, _ in places.values()]
        self._connection.many("DELETE FROM records WHERE n = ?", numbers)
        self._connection.many("DELETE FROM bodies WHERE n = ?", numbers)

    def remake_search(self) -> None:
        """Build the search index again from its text, so that nothing removed lingers."""
        for name in _SEARCHES:
            self._connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")

    def _places(self, records: Iterable[RecordId]) -> dict[RecordId, tuple[int, str]]:
        rows = self._connection.rows(
            "SELECT record, n, kind FROM records WHERE record IN (SELECT value FROM json_each(?))",
            (json.dumps(list(records)),),
        )
        return {record: (n, kind) for record, n, kind in rows}

    def _forget(self, places: Mapping[RecordId, tuple[int, str]]) -> None:
        """Delete the rows that do not simply replace themselves."""
        numbers = [(n,) for n, _ in places.values()]
        self._connection.many("DELETE FROM found WHERE rowid = ?", numbers)
        people = [(n,) for n, kind in places.values() if kind == "person"]
        self._connection.many("DELETE FROM found_people WHERE rowid = ?", people)
        by_table: dict[str, list[tuple[RecordId]]] = {}
        for record, (_, kind) in places.items():
            for table in self._tables_of_kind.get(kind, ()):
                by_table.setdefault(table.name, []).append((record,))
        for name, records in by_table.items():
            self._connection.many(f"DELETE FROM [{name}] WHERE record_id = ?", records)

    def _made_with(self, projected: Iterable[Projected]) -> dict[tuple[str, ...], int]:
        """Return the number of each way records were made, noting those that are new."""
        self._connection.many(
            "INSERT OR IGNORE INTO made_with (form, form_version, wanted, definition)"
            " VALUES (?, ?, ?, ?)",
            {_made(one) for one in projected},
        )
        return {tuple(made): n for n, *made in self._connection.rows("SELECT * FROM made_with")}

    def _next(self) -> int:
        return int(self._connection.value("SELECT coalesce(max(n), 0) + 1 FROM records"))

    def _add_rows(self, one: Projected, rows: dict[str, list[tuple[Cell, ...]]]) -> None:
        common = (
            one.record,
            self._ring,
            one.folded.first.author,
            one.summary.day,
            int(one.folded.conflicted),
        )
        counts: dict[str, int] = {}
        for name, row in one.rows:
            table = self._tables.get(name)
            if table is None:
                continue
            counts[name] = counts.get(name, 0) + 1
            start = (one.record, counts[name]) if table.child else common
            rows.setdefault(name, []).append((*start, *cells(table, row)))

    def _keep(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))


def _made(one: Projected) -> tuple[str, ...]:
    """Return what a record was made with: its form as written, and the definition used."""
    last = one.folded.last
    return last.form, last.form_version, one.wanted, one.definition


def _record_row(n: int, one: Projected, made_with: int) -> tuple[Any, ...]:
    folded, summary = one.folded, one.summary
    return (
        n,
        one.record,
        folded.last.form,
        folded.last.form_version,
        made_with,
        one.kind,
        folded.first.author,
        folded.first.t_ms,
        folded.last.t_ms,
        summary.day,
        summary.title,
        summary.line,
        summary.person,
        summary.status,
        int(folded.voided),
        int(folded.conflicted),
        int(folded.waiting),
        len(one.problems),
    )
