"""Lists that grow from finished forms: what each record says of an entry, and what they amount to.

An entry is a function of the records that name it, in the order they were first written: so
two computers that merged the same records have the same list, whichever came first. A void
record says nothing; where no record that makes the entry is left, the entry is not offered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any  # rows of the engine

from leadapp.core.ids import RecordId
from leadapp.core.text import fold
from leadapp.store.connection import Connection
from leadapp.store.projector import Projected

TABLES = """
CREATE TABLE entity_saves (
    record TEXT PRIMARY KEY,
    list TEXT NOT NULL,
    entity TEXT NOT NULL,
    t_ms INTEGER NOT NULL,
    creates INTEGER NOT NULL,
    label TEXT NOT NULL,
    properties TEXT NOT NULL
) STRICT;
CREATE INDEX entity_saves_of ON entity_saves (list, entity, t_ms, record);
CREATE TABLE entities (
    n INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    entity TEXT NOT NULL,
    label TEXT NOT NULL,
    version INTEGER NOT NULL,
    properties TEXT NOT NULL,
    UNIQUE (list, entity)
) STRICT;
CREATE INDEX entities_label ON entities (list, label COLLATE NOCASE, n);
CREATE VIRTUAL TABLE found_entities USING fts5 (words, tokenize = 'unicode61', prefix = '1 2 3');
"""
NAMES = ("entity_saves", "entities", "found_entities")
SEARCH = "found_entities"

Place = tuple[str, str]
"""List and entity."""


def put(connection: Connection, projected: Mapping[RecordId, Projected]) -> None:
    """Take what these records say now in place of what they said before."""
    touched = _forget(connection, projected)
    rows = []
    for record, one in projected.items():
        said = one.entity
        if said is not None and not one.folded.voided:
            touched[said.list_name, said.entity] = None
            properties = json.dumps(dict(said.properties), ensure_ascii=False)
            place, at = (said.list_name, said.entity), one.folded.first.t_ms
            rows.append((record, *place, at, int(said.creates), said.label, properties))
    connection.many("INSERT INTO entity_saves VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    _fold(connection, touched)


def drop(connection: Connection, records: Iterable[RecordId]) -> None:
    """Forget what records said that are no more."""
    _fold(connection, _forget(connection, records))


def _forget(connection: Connection, records: Iterable[RecordId]) -> dict[Place, None]:
    asked = json.dumps(list(records))
    chosen = "record IN (SELECT value FROM json_each(?))"
    rows = connection.rows(f"SELECT list, entity FROM entity_saves WHERE {chosen}", (asked,))  # noqa: S608
    if rows:
        connection.execute(f"DELETE FROM entity_saves WHERE {chosen}", (asked,))  # noqa: S608
    return dict.fromkeys(rows)


def _fold(connection: Connection, places: Iterable[Place]) -> None:
    """Work out anew what the records of these entries amount to."""
    for place in places:
        saves = connection.rows(
            "SELECT creates, label, properties FROM entity_saves WHERE list = ? AND entity = ?"
            " ORDER BY t_ms, record",
            place,
        )
        row = connection.one("SELECT n FROM entities WHERE list = ? AND entity = ?", place)
        if row is not None:
            connection.execute(f"DELETE FROM {SEARCH} WHERE rowid = ?", row)  # noqa: S608
            connection.execute("DELETE FROM entities WHERE n = ?", row)
        if any(creates for creates, _, _ in saves):
            _insert(connection, place, saves)


def _insert(connection: Connection, place: Place, saves: list[tuple[Any, ...]]) -> None:
    label = ""
    properties: dict[str, str] = {}
    for _, said, more in saves:
        label = said or label
        properties |= json.loads(more)
    kept = json.dumps(properties, ensure_ascii=False)
    connection.execute(
        "INSERT INTO entities (list, entity, label, version, properties) VALUES (?, ?, ?, ?, ?)",
        (*place, label, len(saves), kept),
    )
    words = " ".join(dict.fromkeys(fold(" ".join([label, *properties.values()])).split()))
    connection.execute(
        f"INSERT INTO {SEARCH} (rowid, words) VALUES (last_insert_rowid(), ?)",  # noqa: S608
        (words,),
    )
