"""Who looked at what: a chained table a ring, sealed from time to time into one entry.

Each line is durable before the page shows. The chain makes a removed line show until
the seal takes over. Ids only.
"""

# ruff: noqa: S608 - names of tables and schemas are our own; values are parameters

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage
from leadapp.core.ids import EntryHash, UserId
from leadapp.core.problems import Problem
from leadapp.journal.entry import Entry
from leadapp.store.connection import Connection
from leadapp.store.writing import Access

MOST_IN_AN_ENTRY = 2000
_KEY = "accesses"


class AccessChain:
    """The accesses of one ring's open file."""

    def __init__(self, connection: Connection, schema: str = "main") -> None:
        self._connection = connection
        self._table = f"{schema}.access_chain"

    def add(self, access: Access) -> None:
        """Append a line to the chain."""
        row = self._connection.one(f"SELECT hash FROM {self._table} ORDER BY n DESC LIMIT 1")
        prev = row[0] if row else ""
        line = _line(access)
        self._connection.execute(
            f"INSERT INTO {self._table} (line, prev, hash, entry) VALUES (?, ?, ?, '')",
            (line, prev, _chained(prev, line)),
        )

    def unsealed(self) -> list[tuple[int, str]]:
        """Return the oldest lines that are in no entry yet, as many as one takes."""
        return self._connection.rows(
            f"SELECT n, line FROM {self._table} WHERE entry = '' ORDER BY n LIMIT ?",
            (MOST_IN_AN_ENTRY,),
        )

    def waiting(self) -> list[Access]:
        """Return the accesses that are in no entry yet."""
        rows = self._connection.rows(f"SELECT line FROM {self._table} WHERE entry = '' ORDER BY n")
        return [_access(row[0]) for row in rows]

    def sealed_into(self, entry: EntryHash, first: int, last: int) -> None:
        """Note which entry holds the lines."""
        self._connection.execute(
            f"UPDATE {self._table} SET entry = ? WHERE n BETWEEN ? AND ?", (entry, first, last)
        )

    def problems(self) -> list[Problem]:
        """Return where the chain is broken: a line was changed or taken out."""
        prev, expected = "", None
        for n, line, said_prev, said in self._connection.rows(
            f"SELECT n, line, prev, hash FROM {self._table} ORDER BY n"
        ):
            gap = expected is not None and n != expected
            if gap or said_prev != prev or said != _chained(prev, line):
                return [Problem("store.accesses_changed", {"n": n})]
            prev, expected = said, n + 1
        return []


def values_of(lines: list[tuple[int, str]]) -> dict[str, str]:
    """Return the answers of one entry of accesses."""
    return {_KEY: "[" + ",".join(line for _, line in lines) + "]"}


def accesses_in(entry: Entry) -> Iterator[Access]:
    """Yield the accesses of an entry; Damage when it does not hold any."""
    try:
        found = json.loads(entry.values.get(_KEY, "[]"))
        for fields in found:
            yield _from_fields(fields)
    except (ValueError, TypeError) as cause:
        raise Damage("store.accesses_changed", n=entry.seq) from cause


def _line(access: Access) -> str:
    fields = [
        access.user,
        access.act,
        access.at.isoformat(timespec="milliseconds"),
        access.record,
        access.why,
        access.detail,
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _access(line: str) -> Access:
    return _from_fields(json.loads(line))


def _from_fields(fields: list[str]) -> Access:
    user, act, at, record, why, detail = fields
    return Access(UserId(user), act, datetime.fromisoformat(at), record, why, detail)


def _chained(prev: str, line: str) -> str:
    return to_base64url(hashlib.sha256(f"{prev}\n{line}".encode()).digest())
