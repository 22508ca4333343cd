"""Files that are not as they were written are named in a sentence, and nothing is changed."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from leadapp.core.errors import Damage, LeadappError, Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.store.connection import open_file
from leadapp.store.faults import PAGE
from tests.store.making import CARE, SHARED, Program, answers, key


@pytest.fixture
def filled(program):
    """A closed computer whose care file has some hundred pages."""
    archive = program.archive()
    archive.write(CARE, [program.save(f"r{n}", {"a": "x" * 500}) for n in range(300)])
    archive.close()
    return program


def refusal(program, error) -> str:
    """Return the code with which opening fails, having checked that the bytes stayed."""
    path = program.folder.ring_file(CARE)
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        program.archive()
    assert path.read_bytes() == before
    sentence = load_words(resources() / "words").of(caught.value)
    assert sentence != caught.value.code
    return str(caught.value.code)


@pytest.mark.parametrize(
    "content", [b"hello world, " * 900, b"SQLite format 3\0" + bytes(8176), b"PK\x03\x04" * 2048]
)
def test_a_file_of_another_sort(filled, content):
    filled.folder.ring_file(CARE).write_bytes(content)
    assert refusal(filled, Damage) == "store.not_a_ring"


def test_a_plain_database_is_not_a_ring(filled):
    path = filled.folder.ring_file(CARE)
    path.unlink()
    import sqlite3

    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    assert refusal(filled, Damage) == "store.not_a_ring"


def test_a_wrong_key(filled):
    with pytest.raises(Damage) as caught:
        filled.archive(keys={CARE: key(RingId("another"))})
    assert caught.value.code == "store.wrong_key"


@pytest.mark.parametrize("left", [0, 100, PAGE, 3 * PAGE + 17, 20 * PAGE])
def test_a_file_cut_short(filled, left):
    path = filled.folder.ring_file(CARE)
    path.write_bytes(path.read_bytes()[:left])
    assert refusal(filled, Damage) in ("store.cut_short", "store.changed_bytes")


def test_a_missing_file(filled):
    filled.folder.ring_file(CARE).unlink()
    with pytest.raises(Refusal) as caught:
        filled.archive()
    assert caught.value.code == "store.file_missing"


def test_a_file_renamed_to_another_ring(filled):
    shutil.copy(filled.folder.ring_file(CARE), filled.folder.ring_file(SHARED))
    with pytest.raises(Refusal) as caught:
        filled.archive(keys={SHARED: key(CARE)})
    assert caught.value.code == "store.other_ring"


def test_a_newer_file(filled):
    connection = open_file(filled.folder.ring_file(CARE), key(CARE))
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert refusal(filled, Refusal) == "store.newer_file"


def test_a_flipped_byte_anywhere_is_found(filled):
    path = filled.folder.ring_file(CARE)
    whole = path.read_bytes()
    for place in range(5, len(whole), len(whole) // 25):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        path.write_bytes(bytes(flipped))
        codes = []
        try:
            archive = filled.archive()
        except Damage as damage:
            codes = [damage.code]
        else:
            codes = [problem.code for problem in archive.verify(CARE)]
            archive.close()
        assert codes, f"byte {place} was not noticed"
        assert set(codes) <= {"store.changed_bytes", "store.wrong_key"}


def test_reading_a_broken_page_is_damage_and_the_rest_still_reads(filled):
    path = filled.folder.ring_file(CARE)
    broken = bytearray(path.read_bytes())
    for page in range(60, len(broken) // PAGE):
        broken[page * PAGE + 7] ^= 1
    path.write_bytes(bytes(broken))
    seen = set()
    try:
        reader = filled.reader()
        for n in range(300):
            try:
                reader.record(CARE, RecordId(f"r{n}"))
            except LeadappError as error:
                seen.add(error.code)
    except LeadappError as error:
        seen.add(error.code)
    assert seen == {"store.changed_bytes"}


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own of eight megabytes."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place):
    """Take all the space that is left."""
    with (place / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 12))
        except OSError:
            return


def test_a_full_disk_refuses_the_save_and_keeps_what_was_there(small_disk, opened):
    program = Program(small_disk)
    archive = program.make()
    archive.write(CARE, [program.save("r1", {"a": "1"})])
    fill(small_disk)
    big = [program.save(f"big{n}", {"a": "x" * 50_000}) for n in range(200)]
    with pytest.raises(Refusal) as caught:
        archive.write(CARE, big)
    assert caught.value.code == "core.disk_full"
    assert answers(program.reader(), CARE, "r1") == {"a": "1"}
    (small_disk / "filler").unlink()
    archive.write(CARE, [program.save("r2", {"a": "2"})])
    assert archive.verify(CARE) == []


def test_a_full_disk_leaves_no_half_ring(small_disk, opened):
    program = Program(small_disk, rings=())
    archive = program.make()
    fill(small_disk)
    with pytest.raises(Refusal) as caught:
        archive.create_ring(CARE, key(CARE))
    assert caught.value.code == "core.disk_full"
    (small_disk / "filler").unlink()
    archive.create_ring(CARE, key(CARE))
    assert archive.verify(CARE) == []


def test_a_read_only_disk_refuses_the_save_and_still_reads(small_disk, opened):
    program = Program(small_disk)
    archive = program.make()
    archive.write(CARE, [program.save("r1", {"a": "1"})])
    archive.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Refusal) as caught:
        program.archive().write(CARE, [program.save("r2")])
    assert caught.value.code in ("core.cannot_write", "store.cannot_open", "store.disk_trouble")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert answers(program.reader(), CARE, "r1") == {"a": "1"}
