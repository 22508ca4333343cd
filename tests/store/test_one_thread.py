"""A connection is used by one thread at a time; a second one waits its turn, and nothing hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.store.connection import Connection, open_file

KEY = bytes(range(32))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = open_file(tmp_path / "one.db", KEY, create=True)
    made.execute("CREATE TABLE line (n INTEGER)")
    made.many("INSERT INTO line VALUES (?)", [(n,) for n in range(1000)])
    yield made
    made.close()


def count_elsewhere(connection: Connection, found: list[int]) -> threading.Thread:
    """Begin to count the lines from another thread."""
    other = threading.Thread(
        target=lambda: found.append(connection.value("SELECT count(*) FROM line")), name="other"
    )
    other.start()
    return other


@pytest.mark.expects_log("other waits")
def test_a_second_thread_waits_for_the_firsts_transaction(connection: Connection) -> None:
    found: list[int] = []
    with connection.transaction():
        connection.execute("INSERT INTO line VALUES (1000)")
        other = count_elsewhere(connection, found)
        other.join(timeout=0.2)
        assert found == []
    other.join(timeout=20)
    assert found == [1001]


@pytest.mark.expects_log("other waits")
def test_a_second_thread_waits_for_a_strangers_query(connection: Connection) -> None:
    """The engine asks what may be read while it runs: there a second thread hung."""
    endless = "SELECT count(*) FROM line a, line b, line c WHERE a.n + b.n + c.n < 0"
    found: list[int] = []
    others: list[threading.Thread] = []

    def look() -> None:
        others.append(count_elsewhere(connection, found))

    timer = threading.Timer(0.2, look)
    timer.start()
    with pytest.raises(Refusal, match="took_too_long"):
        connection.guarded(endless, (), tables=frozenset({"line"}), seconds=1)
    timer.join()
    others[0].join(timeout=20)
    assert found == [1000]


def test_rows_read_one_by_one_leave_the_connection_free_in_between(connection: Connection) -> None:
    lines = connection.each("SELECT n FROM line ORDER BY n")
    assert next(lines) == (0,)
    found: list[int] = []
    count_elsewhere(connection, found).join(timeout=20)
    assert found == [1000]
    assert len(list(lines)) == 999
