"""A connection is used by one thread at a time; a second one is told at once, and nothing hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Bug, Refusal
from leadapp.store.connection import Connection, open_file

KEY = bytes(range(32))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = open_file(tmp_path / "one.db", KEY, create=True)
    made.execute("CREATE TABLE line (n INTEGER)")
    made.many("INSERT INTO line VALUES (?)", [(n,) for n in range(1000)])
    yield made
    made.close()


def elsewhere(connection: Connection) -> list[object]:
    """Count the lines from another thread; return what it counted or was told."""
    found: list[object] = []

    def count() -> None:
        try:
            found.append(connection.value("SELECT count(*) FROM line"))
        except Bug as told:
            found.append(told.code)

    other = threading.Thread(target=count)
    other.start()
    other.join(timeout=20)
    assert not other.is_alive()
    return found


def test_a_second_thread_is_told_while_the_firsts_transaction_is_open(
    connection: Connection,
) -> None:
    with connection.transaction():
        connection.execute("INSERT INTO line VALUES (1000)")
        assert elsewhere(connection) == ["store.two_threads"]
        assert connection.value("SELECT count(*) FROM line") == 1001
    assert elsewhere(connection) == [1001]


def test_a_second_thread_is_told_while_a_strangers_query_runs(connection: Connection) -> None:
    """The engine asks what may be read while it runs: there a second thread hung."""
    endless = "SELECT count(*) FROM line a, line b, line c WHERE a.n + b.n + c.n < 0"
    ended: list[str] = []

    def run() -> None:
        while not ended:
            try:
                connection.guarded(endless, (), tables=frozenset({"line"}), seconds=1)
            except Refusal as stopped:
                ended.append(stopped.code)
            except Bug:  # the other one was there just then
                continue

    first = threading.Thread(target=run)
    first.start()
    told: list[object] = []
    while first.is_alive() and told != ["store.two_threads"]:
        told = elsewhere(connection)
    first.join(timeout=20)
    assert (told, ended) == (["store.two_threads"], ["store.took_too_long"])


def test_rows_read_one_by_one_leave_the_connection_free_in_between(connection: Connection) -> None:
    lines = connection.each("SELECT n FROM line ORDER BY n")
    assert next(lines) == (0,)
    assert elsewhere(connection) == [1000]
    assert len(list(lines)) == 999
