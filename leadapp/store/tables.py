"""The tables measures and lists read, made from what the kinds declare.

Every table has, besides, the record, its ring, author, day and whether it is in
conflict; a child table has the record and the copy's number.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from leadapp.core.ids import RingId
from leadapp.kinds.contract import Cell, Kind, Table
from leadapp.store.connection import Connection

_TYPES = {"text": str, "integer": int, "real": float}
RECORD_COLUMNS: dict[str, type] = {
    "record_id": str,
    "ring": str,
    "author": str,
    "day": str,
    "conflicted": int,
}
CHILD_COLUMNS: dict[str, type] = {"record_id": str, "n": int}


def family(ring: RingId) -> str:
    """Return a ring's family: ``law`` of ``law-sheriff``."""
    return ring.partition("-")[0]


def tables_of(kinds: Mapping[str, Kind], ring: RingId) -> list[Table]:
    """Return the tables that records of ``ring`` can have rows in."""
    return [table for kind in kinds.values() if family(ring) in kind.rings for table in kind.tables]


def all_tables(kinds: Mapping[str, Kind]) -> dict[str, Table]:
    """Return every declared table by name."""
    return {table.name: table for kind in kinds.values() for table in kind.tables}


def columns_of(table: Table) -> dict[str, type]:
    """Return all columns of a table with their Python types, the app's own first."""
    own = CHILD_COLUMNS if table.child else RECORD_COLUMNS
    return own | {column.name: _TYPES[column.type] for column in table.columns}


def make_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Make the declared tables and their indexes, empty."""
    with connection.translated():
        for table in tables:
            made = connection.tables.create_table(
                table.name,
                columns_of(table),
                strict=True,
                not_null=set(CHILD_COLUMNS if table.child else RECORD_COLUMNS),
            )
            made.create_index(["record_id", "n"] if table.child else ["record_id"])
            own = [] if table.child else [("day",)]
            for index in dict.fromkeys((*own, *table.indexes)):
                made.create_index(list(index))


def drop_tables(connection: Connection, names: Iterable[str]) -> None:
    """Drop tables made from declarations that no longer hold."""
    for name in names:
        connection.execute(f"DROP TABLE IF EXISTS [{name}]")


def insert_sql(table: Table) -> str:
    """Return the statement that inserts one row."""
    columns = columns_of(table)
    names = ", ".join(f"[{name}]" for name in columns)
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO [{table.name}] ({names}) VALUES ({places})"


def cells(table: Table, row: Mapping[str, Cell]) -> Iterator[Cell]:
    """Yield a row's declared cells in order; what the kind left out is blank."""
    for column in table.columns:
        value = row.get(column.name)
        yield "" if value is None and column.type == "text" else value
