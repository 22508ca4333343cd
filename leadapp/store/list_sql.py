"""A ``RecordQuery`` as SQL over the rings of one connection.

Pages are found by key first, on indexes alone, and only the page's rows are read: a
list of 100,000 stays quick wherever it is opened.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # parameters of the engine

from leadapp.core.encoding import canonical_json
from leadapp.store.queries import RecordQuery, search_words

LINE = (
    *("record", "form", "form_version", "kind", "author", "created_ms", "changed_ms"),
    *("day", "title", "line", "person", "status", "voided", "conflicted", "waiting", "problems"),
)
"""The columns of a line, as its fields are called."""
_ORDER = {
    "day": ("day", "DESC"),
    "changed": ("changed_ms", "DESC"),
    "title": ("title COLLATE NOCASE", "ASC"),
}


@dataclass(frozen=True, slots=True)
class Keys:
    """SQL that gives (place of the ring, n, key) of a page, and its parameters."""

    sql: str
    parameters: tuple[Any, ...]
    descending: bool


def keys_of(query: RecordQuery, schemas: Sequence[str], offset: int, limit: int) -> Keys:
    """Return how to find a page over ``schemas``, in order."""
    column, direction = _ORDER[query.order]
    where, parameters = _where(query)
    parts = []
    given: list[Any] = []
    for place, schema in enumerate(schemas):
        condition, own = _in_schema(query, schema, where)
        parts.append(
            f"SELECT {place} AS place, n, {column} AS k FROM {schema}.records WHERE {condition}"
        )
        given += [*parameters, *own]
    union = " UNION ALL ".join(parts)
    collate = " COLLATE NOCASE" if query.order == "title" else ""
    sql = f"{union} ORDER BY k{collate} {direction}, place, n {direction} LIMIT ? OFFSET ?"
    if len(parts) == 1:
        sql = f"{union} ORDER BY {column} {direction}, n {direction} LIMIT ? OFFSET ?"
    return Keys(sql, (*given, limit, offset), direction == "DESC")


def count_of(query: RecordQuery, schema: str) -> tuple[str, tuple[Any, ...]]:
    """Return how to count what the query finds in one ring."""
    where, parameters = _where(query)
    condition, own = _in_schema(query, schema, where)
    return f"SELECT count(*) FROM {schema}.records WHERE {condition}", (*parameters, *own)


def _in_schema(query: RecordQuery, schema: str, where: str) -> tuple[str, tuple[str, ...]]:
    parts, parameters = [where], []
    if words := search_words(query.text):
        index = "found_people" if query.kinds == ("person",) else "found"
        parts.append(f"n IN (SELECT rowid FROM {schema}.{index} WHERE {index} MATCH ?)")
        parameters.append(words)
    if query.without:  # by number, so that an ordered page is still found on its index alone
        named = "record IN (SELECT value FROM json_each(?))"
        parts.append(f"n NOT IN (SELECT n FROM {schema}.records WHERE {named})")
        parameters.append(canonical_json(list(query.without)).decode())
    return " AND ".join(parts), tuple(parameters)


def _where(query: RecordQuery) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = []
    parameters: list[Any] = []

    def one_of(column: str, values: Sequence[str]) -> None:
        if values:
            parts.append(f"{column} IN ({', '.join('?' * len(values))})")
            parameters.extend(values)

    def flag(column: str, wanted: bool | None) -> None:
        if wanted is not None:
            parts.append(f"{column} = {int(wanted)}")

    one_of("kind", query.kinds)
    flag("voided", query.voided)
    one_of("form", query.forms)
    one_of("form_version", query.versions)
    one_of("person", query.persons)
    one_of("status", query.statuses)
    one_of("author", () if query.author is None else (query.author,))
    if query.persons:
        parts.append("person <> ''")
    for test, day in (("day >= ?", query.first_day), ("day <= ?", query.last_day)):
        if day:
            parts.append(test)
            parameters.append(day)
    if query.last_day and not query.first_day:
        parts.append("day <> ''")
    flag("conflicted", query.conflicted)
    if query.with_problems is not None:  # as the index on it says it
        parts.append("problems > 0" if query.with_problems else "problems = 0")
    return " AND ".join(parts) or "1", tuple(parameters)
