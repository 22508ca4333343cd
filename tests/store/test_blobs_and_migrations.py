"""Attached files, the shape of the files, and the engine behind them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
import sqlite_utils

from leadapp.core.attachments import Attachment
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import UserId
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.journal.attached import Attached
from leadapp.kinds import KINDS
from leadapp.store import blobs
from leadapp.store.blobs import CHUNK, MOST_BYTES
from leadapp.store.connection import open_file
from leadapp.store.migrations import RING, migrate, version_of
from leadapp.store.tables import all_tables, columns_of
from tests.store.making import CARE, SHARED, journal


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_an_attached_file_reads_back(program, size):
    archive = program.archive()
    data = bytes(n % 251 for n in range(size))
    blob = archive.put_blob(CARE, data)
    assert program.reader().blob(CARE, blob.name) == data


def test_the_same_file_twice_has_two_names(program):
    archive = program.archive()
    assert archive.put_blob(CARE, b"scan").name != archive.put_blob(CARE, b"scan").name


def test_an_unknown_file_is_none_and_a_changed_one_damage(program):
    archive = program.archive()
    blob = archive.put_blob(CARE, b"scan")
    reader = program.reader()
    assert reader.blob(CARE, "nothing") is None
    archive._files[CARE].connection.execute("UPDATE blob_parts SET data = x'00'")
    with pytest.raises(Damage) as caught:
        reader.blob(CARE, blob.name)
    assert caught.value.code == "store.blob_changed"
    assert [problem.code for problem in archive.verify(CARE)] == ["store.blob_changed"]


def test_a_redacted_file_is_gone(program):
    archive = program.archive()
    blob = archive.put_blob(CARE, b"scan" * 100_000)
    archive.redact(CARE, [], author=UserId("ann"), reason="order", blob_names=[blob.name])
    assert program.reader().blob(CARE, blob.name) is None


def test_a_file_too_large_is_refused(program):
    with pytest.raises(Refusal) as caught:
        program.archive().put_blob(CARE, bytes(MOST_BYTES + 1))
    assert caught.value.code == "store.file_too_large"


def test_an_older_file_is_copied_then_takes_the_missing_steps_once(tmp_path):
    steps = ("CREATE TABLE a (x TEXT) STRICT;", "ALTER TABLE a ADD COLUMN y TEXT;")
    connection = open_file(tmp_path / "f", bytes(32), create=True)
    copied: list[int] = []
    migrate(connection, steps[:1], copy_first=copied.append)
    connection.execute("INSERT INTO a VALUES ('kept')")
    migrate(connection, steps, copy_first=copied.append)
    migrate(connection, steps, copy_first=copied.append)
    assert connection.rows("SELECT x, y FROM a") == [("kept", None)]
    assert (copied, version_of(connection)) == ([1], 2)
    connection.close()


def test_a_step_that_fails_changes_nothing(tmp_path):
    connection = open_file(tmp_path / "f", bytes(32), create=True)
    with pytest.raises(Exception, match=r"store\.engine"):
        migrate(connection, ("CREATE TABLE a (x TEXT);\nCREATE TABLE a (x TEXT);",))
    assert connection.rows("SELECT name FROM sqlite_schema") == []
    assert version_of(connection) == 0
    connection.close()


def test_every_table_that_lasts_is_strict(tmp_path):
    connection = open_file(tmp_path / "f", bytes(32), create=True)
    migrate(connection, RING)
    tables = connection.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    assert {name for name, strict in tables if not strict} <= {"sqlite_schema"}
    connection.close()


def test_sqlite_utils_runs_on_the_encrypting_engine():
    database = sqlite_utils.Database(memory=True, execute_plugins=False)
    assert isinstance(database.conn, sqlcipher3.dbapi2.Connection)
    database.close()


def test_kind_tables_are_strict_and_have_the_declared_columns(program):
    connection = program.archive()._files[SHARED].connection
    for table in all_tables(KINDS).values():
        listed = connection.rows(f"SELECT name FROM pragma_table_info('{table.name}')")  # noqa: S608
        if listed:
            assert [row[0] for row in listed] == list(columns_of(table))
            strict = f"SELECT strict FROM pragma_table_list WHERE name = '{table.name}'"  # noqa: S608
            assert connection.value(strict) == 1


@pytest.mark.parametrize("package", ["store", "journal"])
def test_every_code_has_a_sentence(package):
    folder = Path(__file__).parents[2] / "leadapp" / package
    codes = {
        code
        for file in folder.glob("*.py")
        for code in re.findall(rf'"({package}\.[a-z_]+)"', file.read_text("utf-8"))
    }
    assert codes
    assert codes <= load_words(resources() / "words").codes()


# -- files that travel with the entries that name them ------------------------------------------


def saved_with_a_file(program, archive, data=b"scan") -> Attached:
    blob = archive.put_blob(CARE, data)
    text = Attachment(blob.name, blob.salt, blob.size, "application/pdf", "scan.pdf").text
    archive.write(CARE, [program.save("r1", {"paper": text})])
    archive.seal()
    return Attached(blob.name, blob.salt, blob.size)


def given(source, archive, files, **more) -> int:
    """Hand over the entries of ``source``, then ``files``; return how many files were new."""
    reader = source.reader()
    archive.take(CARE, *journal(reader, CARE), **more)
    reader.close()
    return archive.take_blobs(CARE, files)


def test_a_file_is_taken_once_and_only_when_a_counting_entry_names_it(program, other):
    archive, theirs = program.archive(), other.archive()
    file = saved_with_a_file(program, archive)
    stray = archive.put_blob(CARE, b"stray")
    files = [(file, b"scan"), (Attached(stray.name, stray.salt, stray.size), b"stray")]
    assert theirs.take_blobs(CARE, files) == 0
    assert given(program, theirs, files, accept=lambda _: False) == 0
    theirs.judge(CARE, lambda _: True)
    assert [theirs.take_blobs(CARE, files) for _ in range(2)] == [1, 0]
    assert other.reader().blob(CARE, file.name) == b"scan"
    assert other.reader().blob_names(CARE) == {file.name}
    assert theirs.verify(CARE) == []


def test_a_redacted_file_does_not_come_back(program, other):
    archive, theirs = program.archive(), other.archive()
    file = saved_with_a_file(program, archive)
    assert given(program, theirs, [(file, b"scan")]) == 1
    archive.redact(CARE, [], author=UserId("ann"), reason="order", blob_names=[file.name])
    archive.seal()
    assert program.reader().named_blobs(CARE) == []
    assert archive.take_blobs(CARE, [(file, b"scan")]) == 0
    assert given(program, theirs, [(file, b"scan")]) == 0
    assert other.reader().blob(CARE, file.name) is None


def test_files_are_found_by_their_entries_without_reading_the_others(program):
    archive = program.archive()
    saved_with_a_file(program, archive)
    connection = archive._files[CARE].connection
    asked = " ".join(("EXPLAIN QUERY PLAN SELECT payload FROM entries WHERE", blobs._NAMING))
    assert "entries_files" in connection.rows(asked)[0][3]
