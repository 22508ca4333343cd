"""Asks the lists that grow from finished forms: of a form's own ring and of ``shared``."""

# ruff: noqa: S608 - names of schemas are our own; values are parameters

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any  # rows of the engine

from leadapp.core.seams import ListRow
from leadapp.store.connection import Connection
from leadapp.store.queries import search_words

_COLUMNS = "e.entity, e.label, e.version, e.properties"
_PROPERTY = re.compile(r"[\w.-]+")


class EntityLookup:
    """Answers at once, for the reader's thread; a list that is in both rings is one."""

    def __init__(self, places: Sequence[tuple[Connection, str]]) -> None:
        self._places = list(places)

    def names(self) -> frozenset[str]:
        """Return the lists that have an entry."""
        return frozenset(
            row[0]
            for connection, schema in self._places
            for row in connection.rows(f"SELECT DISTINCT list FROM {schema}.entities")
        )

    def has(self, list_name: str) -> bool:
        """Return whether the list has an entry."""
        return any(
            connection.one(f"SELECT 1 FROM {schema}.entities WHERE list = ?", (list_name,))
            for connection, schema in self._places
        )

    def row(self, list_name: str, name: str) -> ListRow | None:
        """Return the entry called ``name``."""
        return next(iter(self._ask(list_name, "e.entity = ?", (name,), 1)), None)

    def search(self, list_name: str, text: str, limit: int = 50) -> list[ListRow]:
        """Return entries whose words begin with those of ``text``, by label; all for no text."""
        words = search_words(text)
        if not words:
            return self._ask(list_name, "1", (), limit)
        where = "e.n IN (SELECT rowid FROM {schema}.found_entities WHERE found_entities MATCH ?)"
        return self._ask(list_name, where, (words,), limit)

    def matching(self, list_name: str, column: str, value: str, limit: int = 1000) -> list[ListRow]:
        """Return entries whose property equals ``value``."""
        if column in ("name", "label"):
            which = "entity" if column == "name" else "label"
            return self._ask(list_name, f"e.{which} = ?", (value,), limit)
        if not _PROPERTY.fullmatch(column):
            return []
        where = "json_extract(e.properties, ?) = ?"
        return self._ask(list_name, where, (f'$."{column}"', value), limit)

    def _ask(
        self, list_name: str, where: str, parameters: Sequence[str], limit: int
    ) -> list[ListRow]:
        found: list[ListRow] = []
        for connection, schema in self._places:
            rows = connection.rows(
                f"SELECT {_COLUMNS} FROM {schema}.entities AS e"
                f" WHERE e.list = ? AND {where.format(schema=schema)}"
                " ORDER BY e.label COLLATE NOCASE, e.n LIMIT ?",
                (list_name, *parameters, limit),
            )
            found += [_row(row) for row in rows]
        if len(self._places) > 1:
            found.sort(key=lambda row: row.label.casefold())
        return found[:limit]


def _row(row: tuple[Any, ...]) -> ListRow:
    entity, label, version, properties = row
    told = {"__version": str(version), "__trunkVersion": "", "__branchId": ""}
    named = {"name": entity, "label": label}
    return ListRow(entity, label, {**json.loads(properties), **named, **told})
