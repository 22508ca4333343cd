"""Lists that forms ask (people, lots, places, officers), read from the kind tables.

A list is called like its kind. A form sees the lists of its own ring and of ``shared``.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadapp.core.ids import RingId
from leadapp.core.seams import ListRow
from leadapp.kinds.contract import Kind, Table
from leadapp.store.connection import Connection
from leadapp.store.queries import search_words
from leadapp.store.tables import family

Place = tuple[Connection, str, RingId]


class RingLookup:
    """Answers at once; ``core.seams.Lookup`` for the reader's thread."""

    def __init__(self, places: Sequence[Place], kinds: Mapping[str, Kind]) -> None:
        self._places = list(places)
        self._kinds = kinds

    def has(self, list_name: str) -> bool:
        """Return whether a ring asked here can hold records of that kind."""
        return bool(self._holding(list_name))

    def row(self, list_name: str, name: str) -> ListRow | None:
        """Return the row of the record ``name``; a void one too, so that old answers read."""
        for place in self._holding(list_name):
            found = self._rows(place, list_name, "r.record = ?", (name,), 1)
            if found:
                return found[0]
        return None

    def list_rows(self, list_name: str, limit: int = 1000) -> list[ListRow]:
        """Return the whole list by label, at most ``limit`` rows."""
        return self._all(list_name, "r.voided = 0", (), limit)

    def search(self, list_name: str, text: str, limit: int = 50) -> list[ListRow]:
        """Return rows whose words begin with those of ``text``, by label."""
        words = search_words(text)
        if not words:
            return self.list_rows(list_name, limit)
        index = "found_people" if list_name == "person" else "found"
        where = (
            f"r.voided = 0 AND r.n IN (SELECT rowid FROM {{schema}}.{index} WHERE {index} MATCH ?)"
        )
        return self._all(list_name, where, (words,), limit)

    def matching(self, list_name: str, column: str, value: str, limit: int = 1000) -> list[ListRow]:
        """Return rows whose property equals ``value``; none for a property it has not."""
        table = self._table(list_name)
        if table is None or column not in {one.name for one in table.columns}:
            return []
        return self._all(list_name, f"r.voided = 0 AND t.[{column}] = ?", (value,), limit)

    def _all(
        self, list_name: str, where: str, parameters: Sequence[str], limit: int
    ) -> list[ListRow]:
        found = [
            row
            for place in self._holding(list_name)
            for row in self._rows(place, list_name, where, parameters, limit)
        ]
        found.sort(key=lambda row: row.label.casefold())
        return found[:limit]

    def _rows(
        self, place: Place, list_name: str, where: str, parameters: Sequence[str], limit: int
    ) -> list[ListRow]:
        connection, schema, _ = place
        table = self._table(list_name)
        columns = [one.name for one in table.columns] if table is not None else []
        chosen = "".join(f", t.[{name}]" for name in columns)
        join = ""
        if table is not None:
            join = f"LEFT JOIN {schema}.[{table.name}] AS t ON t.record_id = r.record"
        rows = connection.rows(
            f"SELECT r.record, r.title, r.line, r.status, r.voided{chosen}"
            f" FROM {schema}.records AS r {join}"
            f" WHERE r.kind = ? AND {where.format(schema=schema)}"
            " ORDER BY r.title COLLATE NOCASE, r.n LIMIT ?",
            (list_name, *parameters, limit),
        )
        return [
            ListRow(
                name=record,
                label=title,
                properties={
                    "name": record,
                    "label": title,
                    "line": line,
                    "status": status,
                    "voided": str(voided),
                    **{
                        column: "" if value is None else str(value)
                        for column, value in zip(columns, values, strict=True)
                    },
                },
            )
            for record, title, line, status, voided, *values in rows
        ]

    def _table(self, list_name: str) -> Table | None:
        kind = self._kinds.get(list_name)
        if kind is None:
            return None
        own = [table for table in kind.tables if not table.child]
        return own[0] if own else None

    def _holding(self, list_name: str) -> list[Place]:
        kind = self._kinds.get(list_name)
        if kind is None:
            return []
        return [place for place in self._places if family(place[2]) in kind.rings]
