"""Open rings on as few reading connections as the engine allows, and the views by kind.

The engine attaches at most ten files to a connection. The first group serves lists and
measures; what lies beyond is read on further connections. For measures, which join
kinds, the rows of those rings are copied into temporary tables of the first group (in
memory) and copied again when their file has changed, so that a query always sees every
open ring as one.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.kinds.contract import Kind, Table, Total
from leadapp.store.connection import Connection, open_group
from leadapp.store.folder import ProgramFolder
from leadapp.store.tables import all_tables, columns_of, family
from leadapp.store.totals import all_totals, columns, replayed_sql

MOST_ATTACHED = 10
_SQL_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL"}
_READ_ONLY = "query_only"


@dataclass(frozen=True, slots=True)
class Group:
    """Some rings on one connection, each as its own schema."""

    connection: Connection
    schemas: Mapping[RingId, str]


@dataclass(slots=True)
class Groups:
    """All open rings. ``first`` is the group whose views see everything."""

    groups: list[Group]
    kinds: Mapping[str, Kind]
    _copied: dict[RingId, int] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        folder: ProgramFolder,
        keys: Mapping[RingId, bytes],
        kinds: Mapping[str, Kind],
    ) -> Groups:
        """Attach the rings, the largest in the first group, and make the views."""
        made = cls([], kinds)
        by_size = sorted(keys, key=lambda ring: (-_size(folder, ring), ring))
        try:
            for start in range(0, max(len(by_size), 1), MOST_ATTACHED):
                connection = open_group()
                schemas: dict[RingId, str] = {}
                made.groups.append(Group(connection, schemas))
                for n, ring in enumerate(by_size[start : start + MOST_ATTACHED]):
                    connection.attach(folder.ring_file(ring), keys[ring], f"r{n}")
                    schemas[ring] = f"r{n}"
            made._make_views()
        except LeadappError:
            made.close()
            raise
        for group in made.groups:
            group.connection.read_only()
        return made

    @property
    def first(self) -> Group:
        """Return the group whose views see every ring."""
        return self.groups[0]

    @property
    def rings(self) -> tuple[RingId, ...]:
        """Return the open rings."""
        return tuple(ring for group in self.groups for ring in group.schemas)

    def of(self, ring: RingId) -> tuple[Connection, str] | None:
        """Return the connection and schema of a ring, ``None`` when it is not open."""
        for group in self.groups:
            if ring in group.schemas:
                return group.connection, group.schemas[ring]
        return None

    def with_rings(self, wanted: Sequence[RingId]) -> list[Group]:
        """Return the groups narrowed to ``wanted`` rings (all, when none are named)."""
        narrowed = []
        for group in self.groups:
            schemas = {
                ring: schema
                for ring, schema in group.schemas.items()
                if not wanted or ring in wanted
            }
            if schemas:
                narrowed.append(Group(group.connection, schemas))
        return narrowed

    def refresh(self) -> None:
        """Copy the rows of rings beyond the first group again, where their file has changed."""
        for group in self.groups[1:]:
            for ring, schema in group.schemas.items():
                stamp = int(group.connection.value(f"PRAGMA {schema}.data_version"))
                if self._copied.get(ring) != stamp:
                    self._copy(group.connection, schema, ring)
                    self._copied[ring] = stamp

    def close(self) -> None:
        """Let go of all files."""
        for group in self.groups:
            group.connection.close()

    def _make_views(self) -> None:
        connection = self.first.connection
        for table in all_tables(self.kinds).values():
            columns = ", ".join(f"[{name}]" for name in columns_of(table))
            sources = [
                f"SELECT {columns} FROM {schema}.[{table.name}]"
                for ring, schema in self.first.schemas.items()
                if self._holds(ring, table)
            ]
            if any(self._holds(ring, table) for ring in self._beyond()):
                connection.execute(_copy_table(table))
                connection.execute(
                    f"CREATE INDEX temp.[{_copy_name(table)}_record]"
                    f" ON [{_copy_name(table)}] (record_id)"
                )
                sources.append(f"SELECT {columns} FROM temp.[{_copy_name(table)}]")
            union = " UNION ALL ".join(sources) or _no_rows(table)
            connection.execute(f"CREATE TEMP VIEW [{table.name}] AS {union}")
        for table, total in all_totals(self.kinds):
            self._make_total_view(table, total)

    def _make_total_view(self, table: Table, total: Total) -> None:
        """Show the sums of every ring; those of rings beyond are added up from their rows."""
        connection = self.first.connection
        names = ", ".join(f"[{name}]" for name in columns(total))
        sources = [
            f"SELECT {names} FROM {schema}.[{total.name}]"
            for ring, schema in self.first.schemas.items()
            if self._holds(ring, table)
        ]
        if any(self._holds(ring, table) for ring in self._beyond()):
            sources.append(replayed_sql(total, f"temp.[{_copy_name(table)}]"))
        nothing = ", ".join(f"NULL AS [{name}]" for name in columns(total))
        union = " UNION ALL ".join(sources) or f"SELECT {nothing} WHERE 0"
        connection.execute(f"CREATE TEMP VIEW [{total.name}] AS {union}")

    def _beyond(self) -> Iterable[RingId]:
        return (ring for group in self.groups[1:] for ring in group.schemas)

    def _holds(self, ring: RingId, table: Table) -> bool:
        return any(
            family(ring) in kind.rings and table in kind.tables for kind in self.kinds.values()
        )

    def _copy(self, source: Connection, schema: str, ring: RingId) -> None:
        target = self.first.connection
        target.execute(f"PRAGMA {_READ_ONLY} = OFF")
        try:
            with target.transaction():
                for table in all_tables(self.kinds).values():
                    if self._holds(ring, table):
                        self._copy_table(source, schema, ring, table)
        finally:
            target.execute(f"PRAGMA {_READ_ONLY} = ON")

    def _copy_table(self, source: Connection, schema: str, ring: RingId, table: Table) -> None:
        target, name = self.first.connection, _copy_name(table)
        columns = ", ".join(f"[{column}]" for column in columns_of(table))
        places = ", ".join("?" * (len(columns_of(table)) + 1))
        target.execute(f"DELETE FROM temp.[{name}] WHERE source_ring = ?", (ring,))
        rows = source.each(f"SELECT {columns} FROM {schema}.[{table.name}]")
        target.many(
            f"INSERT INTO temp.[{name}] VALUES ({places})",
            ((ring, *row) for row in rows),
        )


def _copy_name(table: Table) -> str:
    return f"beyond_{table.name}"


def _copy_table(table: Table) -> str:
    columns = [f"[{name}] {_SQL_TYPES[kind]}" for name, kind in columns_of(table).items()]
    return f"CREATE TEMP TABLE [{_copy_name(table)}] (source_ring TEXT, {', '.join(columns)})"


def _no_rows(table: Table) -> str:
    columns = ", ".join(
        f"CAST(NULL AS {_SQL_TYPES[kind]}) AS [{name}]" for name, kind in columns_of(table).items()
    )
    return f"SELECT {columns} WHERE 0"


def _size(folder: ProgramFolder, ring: RingId) -> int:
    path = folder.ring_file(ring)
    return path.stat().st_size if path.exists() else 0
