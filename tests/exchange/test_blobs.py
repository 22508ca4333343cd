"""Attached files go where the entries go that name them, each checked by its name."""

from __future__ import annotations

import os

import pytest

from leadapp.core.attachments import Attachment
from leadapp.core.errors import Damage
from leadapp.core.ids import DeviceId
from leadapp.exchange import packing, reading
from leadapp.exchange.bundle import Blob, Bundle, as_text, write_bundle
from leadapp.exchange.fetching import fetch, taking
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.packing import blobs_together
from leadapp.exchange.pushing import as_bundles
from leadapp.exchange.reading import MOST_FILE_BYTES, read_text
from leadapp.journal.attached import MOST_FILE_BYTES as MOST_BLOB_BYTES
from leadapp.journal.attached import Attached, blob_name
from leadapp.vault.sealing import AgeSealer
from tests.exchange.model import FOLDER, RING, Folder, keys, program

TO = (DeviceId("device-0"),)


def a_blob(data: bytes) -> Blob:
    name = blob_name(bytes(16), data)
    return Blob(Attached(name, "A" * 22, len(data)), data)


def text_of(*blobs: Blob) -> bytes:
    return as_text(Bundle(RING, TO, (), blobs))


def test_a_file_named_by_an_entry_comes_with_it_byte_for_byte():
    one, other = program(2)
    folder = Folder()
    data = b"\n\0scan\xff" * 1000
    file = one.attach(data)
    one.sync(folder)
    other.sync(folder)
    assert other.blob(file.name) == data
    for computer in (one, other):
        read, pushed = computer.sync(folder)
        assert (read, pushed.files) == ([], 0)


def test_a_file_that_no_entry_names_stays_and_is_not_taken():
    one, other = program(2)
    folder = Folder()
    stray = a_blob(b"stray")
    one.held.blobs[stray.file.name] = stray.data
    one.write("a", "1")
    one.sync(folder)
    assert len(folder.files) == 1
    assert other.take_blobs([stray]) == 0


def test_a_file_that_came_before_its_entry_is_read_again():
    one, other = program(2)
    folder = Folder()
    file = one.attach(b"scan")
    one.sync(folder)
    entries, blob = sorted(folder.files, key=lambda name: b'"blobs"' in opened(folder, name))
    later = folder.files.pop(entries)
    other.sync(folder)
    assert other.blob(file.name) is None
    folder.files[entries] = later
    other.sync(folder)
    assert other.blob(file.name) == b"scan"
    assert other.sync(folder)[0] == []
    assert blob in folder.files


def opened(folder: Folder, name: str) -> bytes:
    return reading.inflate(AgeSealer().open(folder.files[name], keys(0)[1].secret))


def test_a_lost_file_is_sent_again_by_whoever_has_it():
    one, other, third = program(3)
    folder = Folder()
    file = third.attach(b"scan")
    for computer in (third, one):
        computer.sync(folder)
    folder.files.clear()
    for computer in (one, other):
        computer.sync(folder)
    assert other.blob(file.name) == b"scan"


@pytest.mark.parametrize("how", ["before", "torn", "after"])
def test_broken_off_anywhere_a_further_exchange_brings_the_rest(how, monkeypatch):
    monkeypatch.setattr(packing, "BUNDLE_BLOB_BYTES", 10)
    for at in range(14):
        one, other = program(2)
        folder = Folder()
        files = [one.attach(b"scan %d" % n) for n in range(4)]
        folder.crash_at, folder.how = at, how
        broken_off(one, folder)
        folder.crash_at = (at * 5) % 14
        broken_off(other, folder)
        folder.crash_at = -1
        for computer in (one, other):
            computer.sync(folder)
        assert all(other.blob(one.name) is not None for one in files)


def broken_off(computer, folder) -> None:
    try:
        computer.sync(folder)
    except Exception as error:
        if type(error).__name__ != "Crash":
            raise


def test_a_changed_renamed_or_cut_file_is_refused_whole():
    good = a_blob(b"scan")
    assert read_text(text_of(good), RING).blobs == (good,)
    for text in (
        text_of(Blob(good.file, b"scam")),
        text_of(good)[:-1],
        text_of(good) + b"x",
        text_of(Blob(Attached(good.file.name, "B" * 22, 4), b"scan")),
        text_of(Blob(Attached(good.file.name, "!", 4), b"scan")),
        text_of(Blob(Attached("x" * 43, good.file.salt, 4), b"scan")),
        text_of(Blob(Attached(good.file.name, good.file.salt, 1 << 40), b"scan")),
        text_of(good).replace(b'"blobs":[[', b'"blobs":[[[]],['),
        text_of(good).replace(b'"blobs":[[', b'"blobs":7,"x":[['),
        text_of(good).replace(b'"dv":1', b'"blobs":[],"dv":1'),
    ):
        with pytest.raises(Damage):
            read_text(text, RING)


def test_files_above_the_limits_are_refused(monkeypatch):
    large = a_blob(bytes(MOST_BLOB_BYTES + 1))
    with pytest.raises(Damage, match=r"exchange\.blob_changed"):
        read_text(text_of(large), RING)
    monkeypatch.setattr(reading, "MOST_BLOBS", 2)
    with pytest.raises(Damage, match=r"exchange\.not_a_bundle"):
        read_text(text_of(*(a_blob(b"%d" % n) for n in range(3))), RING)


def test_the_largest_file_fits_what_others_read():
    noise = AgeSealer().seal(bytes(MOST_BLOB_BYTES), [keys(0)[1].recipient])[-MOST_BLOB_BYTES:]
    data = write_bundle(Bundle(RING, TO, (), (a_blob(noise),)), AgeSealer(), [keys(0)[1].recipient])
    assert len(data) <= MOST_FILE_BYTES


def test_small_files_go_together_and_a_large_one_alone(monkeypatch):
    monkeypatch.setattr(packing, "BUNDLE_BLOB_BYTES", 10)
    files = [Attached(str(n), "", size) for n, size in enumerate((3, 3, 5, 50, 1))]
    assert [[one.size for one in group] for group in blobs_together(files)] == [
        [3, 3],
        [5],
        [50],
        [1],
    ]


def test_what_was_typed_is_read_before_what_was_scanned():
    one, other = program(2)
    folder = Folder()
    one.attach(os.urandom(100_000))
    one.sync(folder)
    for n in range(3):
        one.write("a", str(n))
        one.sync(folder)
    read, _ = other.sync(folder)
    assert [file.entries for file in read] == [1, 1, 1, 1, 0]


def test_files_handed_over_by_mail_follow_their_entries():
    one, other = program(2)
    file = one.attach(b"scan")
    one.seal()
    bundles = as_bundles(one, one.seals(), one.audience())
    assert [len(bundle.blobs) for bundle in bundles] == [0, 1]
    for bundle in bundles:
        for _ in taking(other, bundle):
            pass
    assert other.blob(file.name) == b"scan"


def test_an_answer_that_only_looks_like_a_file_is_none():
    one, _ = program(2)
    one.write("a", '{"blob":1')
    one.write("a", Attachment("x", "y", -1, "", "").text)
    assert [file.size for file, _ in one.named_blobs()] == [-1]
    folder = Folder()
    one.sync(folder)
    assert len(folder.files) == 1
    (data,) = folder.files.values()
    assert bundle_name(data) in folder.files
    assert fetch(folder, FOLDER, one, one.opener()) == []
