"""Asking the store by person: where records were said to be one person's, they count as one's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any  # rows of the engine

from leadapp.core.ids import RecordId
from leadapp.kinds import KINDS
from leadapp.measures.one_person import PERSON, by_person, said_same
from leadapp.services import verdicts
from leadapp.services.desk import Desk
from leadapp.store.tables import all_tables, columns_of


class ByPerson:
    """``ByPerson(desk).rows(sql, parameters)``; the SQL stays as it is where nobody is joined.

    Of one ``person`` who is nobody else, too. Reader lane.
    """

    def __init__(self, desk: Desk, person: str = "") -> None:
        self._reader = desk.reader
        joined = verdicts.joined(desk)
        apart = bool(person) and RecordId(person) not in joined.heads
        self._said = {} if apart or not joined else said_same(joined.heads)
        self.person = joined.head(RecordId(person)) if person else ""
        """The id all records of the person count under."""

    def sql(self, select: str) -> str:
        """Return the SQL that is asked for ``select``."""
        return by_person(select, _tables()) if self._said else select

    def rows(self, select: str, parameters: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """Return the rows of ``select``."""
        return self.rows_of(self.sql(select), parameters)

    def rows_of(self, sql: str, parameters: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """Return the rows of what ``sql`` was made part of."""
        return self._reader.rows(sql, {**parameters, **self._said})


@cache
def _tables() -> Mapping[str, tuple[str, ...]]:
    """Return the tables that name a person, and all their columns."""
    named = {name: tuple(columns_of(table)) for name, table in all_tables(KINDS).items()}
    return {name: columns for name, columns in named.items() if PERSON in columns}
