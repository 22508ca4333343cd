"""A small county in memory: the tables the kinds declare, filled by hand, asked by real SQL."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

import pytest

from leadapp.kinds import KINDS
from leadapp.measures.definitions import load_measures
from leadapp.measures.figures import combine, figure, read_rows

REPORTS = Path(__file__).parents[2] / "resources" / "reports"
_OWN = {"record_id": "", "ring": "", "author": "officer", "day": "", "conflicted": 0}


def figure_of(measures, measure_id, rows):
    """Return any measure's figure; ``rows`` has those of each measure in ``measures.needs``."""
    parts = {part: figure(measures[part], rows[part]) for part in measures.needs(measure_id)}
    return combine(measures, measure_id, parts)


class County:
    """Rows put in by table and column; figures asked by measure and period."""

    def __init__(self, measures):
        self.measures = measures
        self.connection = sqlite3.connect(":memory:")
        self._ids = count(1)
        self._columns = {}
        for kind in KINDS.values():
            for table in kind.tables:
                own = {"record_id": "", "n": 0} if table.child else _OWN
                declared = {c.name: "" if c.type == "text" else None for c in table.columns}
                self._columns[table.name] = own | declared
                names = ", ".join(self._columns[table.name])
                self.connection.execute(f"CREATE TABLE {table.name} ({names})")

    def add(self, table, **cells):
        known = self._columns[table]
        assert set(cells) <= set(known), set(cells) - set(known)
        row = known | {"record_id": f"r{next(self._ids):03}"} | cells
        marks = ", ".join("?" * len(row))
        names = ", ".join(row)
        self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names are ours
            list(row.values()),
        )
        return row["record_id"]

    def rows(self, measure_id, period):
        measure = self.measures[measure_id]
        return read_rows(
            measure, self.connection.execute(measure.select, period.parameters()).fetchall()
        )

    def figure(self, measure_id, period):
        rows = {needed: self.rows(needed, period) for needed in self.measures.needs(measure_id)}
        return figure_of(self.measures, measure_id, rows)

    def value(self, measure_id, period):
        return self.figure(measure_id, period).value


@pytest.fixture(scope="session")
def measures():
    return load_measures(REPORTS / "measures")


@pytest.fixture
def county(measures):
    made = County(measures)
    yield made
    made.connection.close()
