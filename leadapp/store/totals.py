"""Running sums beside a kind's table, kept by the file itself with every row put or taken.

They are projections like the rows they add up: dropped and made anew with them, and
compared by ``verify`` with adding every row up again.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadapp.kinds.contract import Kind, Leg, Table, Total
from leadapp.store.connection import Connection

LINES = "lines"
_MONTH = "month"


def totals_of(tables: Iterable[Table]) -> list[Total]:
    """Return the totals declared with ``tables``."""
    return [total for table in tables for total in table.totals]


def all_totals(kinds: Mapping[str, Kind]) -> list[tuple[Table, Total]]:
    """Return every declared total with the table it adds up."""
    return [
        (table, total) for kind in kinds.values() for table in kind.tables for total in table.totals
    ]


def columns(total: Total) -> tuple[str, ...]:
    """Return the columns of a total's table."""
    return (*total.keys, *total.amounts, LINES)


def make_totals(connection: Connection, tables: Iterable[Table]) -> None:
    """Make the sums of ``tables``, empty, and what keeps them."""
    for table in tables:
        for total in table.totals:
            connection.execute(_table_sql(total))
            for event, row, sign in (("INSERT", "NEW", 1), ("DELETE", "OLD", -1)):
                connection.execute(_trigger_sql(table, total, event, row, sign))


def replayed_sql(total: Total, source: str) -> str:
    """Return the query that adds every row of ``source`` up again; sums of nothing left out."""
    legs = " UNION ALL ".join(
        f"SELECT {_leg_sql(total, leg, '', 1)} FROM {source}" for leg in total.legs
    )
    sums = ", ".join(f"SUM([{name}]) AS [{name}]" for name in (*total.amounts, LINES))
    keys = ", ".join(f"[{key}]" for key in total.keys)
    return f"SELECT {keys}, {sums} FROM ({legs}) GROUP BY {keys} HAVING {_some(total, 'SUM({})')}"


def differing(connection: Connection, table: Table, total: Total) -> int:
    """Return how many sums are not what adding the rows up again gives."""
    names = ", ".join(f"[{name}]" for name in columns(total))
    live = f"SELECT {names} FROM [{total.name}] WHERE {_some(total, '{}')}"
    again = f"SELECT {names} FROM ({replayed_sql(total, f'[{table.name}]')})"
    either = (
        f"SELECT * FROM ({live} EXCEPT {again}) UNION ALL SELECT * FROM ({again} EXCEPT {live})"
    )
    keys = ", ".join(f"[{key}]" for key in total.keys)
    return int(connection.value(f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM ({either}))"))


def _table_sql(total: Total) -> str:
    keys = [f"[{key}] TEXT NOT NULL" for key in total.keys]
    sums = [f"[{name}] INTEGER NOT NULL" for name in (*total.amounts, LINES)]
    primary = ", ".join(f"[{key}]" for key in total.keys)
    inside = ", ".join([*keys, *sums, f"PRIMARY KEY ({primary})"])
    return f"CREATE TABLE [{total.name}] ({inside}) STRICT, WITHOUT ROWID"


def _trigger_sql(table: Table, total: Total, event: str, row: str, sign: int) -> str:
    names = ", ".join(f"[{name}]" for name in columns(total))
    keys = ", ".join(f"[{key}]" for key in total.keys)
    grown = ", ".join(f"[{n}] = [{n}] + excluded.[{n}]" for n in (*total.amounts, LINES))
    steps = " ".join(
        f"INSERT INTO [{total.name}] ({names}) VALUES ({_leg_sql(total, leg, f'{row}.', sign)})"
        f" ON CONFLICT ({keys}) DO UPDATE SET {grown};"
        for leg in total.legs
    )
    name = f"{total.name}_{event.lower()}"
    return f"CREATE TRIGGER [{name}] AFTER {event} ON [{table.name}] BEGIN {steps} END"


def _leg_sql(total: Total, leg: Leg, row: str, sign: int) -> str:
    """Return a leg's keys and amounts, in the order of the total's columns."""
    keys = [
        (f"substr({row}day, 1, 7)" if column == _MONTH else f"{row}[{column}]") + f" AS [{key}]"
        for key, column in zip(total.keys, leg.keys, strict=True)
    ]
    factor = leg.sign * sign
    sums = [f"{factor} * coalesce({row}[{name}], 0) AS [{name}]" for name in total.amounts]
    sums.append(f"{sign if leg.counts else 0} AS {LINES}")
    said = [*keys, *sums]
    return ", ".join(one.rpartition(" AS ")[0] for one in said) if row else ", ".join(said)


def _some(total: Total, shape: str) -> str:
    return " OR ".join(f"{shape.format(f'[{name}]')} <> 0" for name in (*total.amounts, LINES))
