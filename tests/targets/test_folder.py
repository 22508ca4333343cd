"""A folder as a target: what is there is never replaced, and a cut leaves nothing under a name."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.targets.folder import README, FolderTarget

RING = "abcdefgh"


@pytest.fixture
def target(tmp_path) -> FolderTarget:
    made = FolderTarget(tmp_path)
    made.prepare()
    return made


def test_computers_that_put_the_same_file_at_once_all_end_well(tmp_path):
    begin = threading.Barrier(4)
    said: list[Refusal] = []

    def put(name: str) -> None:
        begin.wait()
        try:
            FolderTarget(tmp_path).put(f"ring{name}", "mark.txt", b"the same")
        except Refusal as found:
            said.append(found)

    for turn in range(25):
        hands = [threading.Thread(target=put, args=(f"{turn:04}",)) for _ in range(4)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert said == []
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_is_put_can_be_listed_and_read_and_deleted(target):
    target.put(RING, "one.dvb", b"12345")
    assert target.list_sizes(RING) == {"one.dvb": 5}
    assert target.get(RING, "one.dvb", 100) == b"12345"
    assert target.get(RING, "one.dvb", 3) == b"123"
    target.delete(RING, "one.dvb")
    target.delete(RING, "one.dvb")
    assert target.list_sizes(RING) == {}


def test_a_file_that_is_there_stays_as_it_is(target):
    target.put(RING, "one.dvb", b"first")
    target.put(RING, "one.dvb", b"second")
    assert target.get(RING, "one.dvb", 100) == b"first"


def test_whoever_opens_the_folder_is_told_what_it_is(target):
    said = (target.base / README).read_text("utf-8")
    assert "age -d" in said
    (target.base / README).write_text("ours", "utf-8")
    target.prepare()
    assert (target.base / README).read_text("utf-8") == "ours"


def test_a_folder_that_is_not_there_is_no_empty_one(tmp_path):
    gone = FolderTarget(tmp_path / "gone")
    for use in (
        gone.prepare,
        gone.folders,
        lambda: gone.list_sizes(RING),
        lambda: gone.put(RING, "one.dvb", b"x"),
    ):
        with pytest.raises(Refusal, match=r"targets\.not_there"):
            use()
    assert not gone.base.exists()


def test_folders_and_links_among_the_files_are_passed_over(target):
    target.put(RING, "one.dvb", b"12345")
    place = target.base / RING
    (place / "sub.dvb").mkdir()
    (place / "link.dvb").symlink_to(place / "one.dvb")
    assert target.list_sizes(RING) == {"one.dvb": 5}
    assert target.folders() == {RING}


def test_a_full_disk_leaves_no_piece_under_the_name(target, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match=r"targets\.full"):
        target.put(RING, "one.dvb", b"12345")
    monkeypatch.undo()
    assert os.listdir(target.base / RING) == []  # noqa: PTH208 - hidden names too
    target.put(RING, "one.dvb", b"12345")
    assert target.list_sizes(RING) == {"one.dvb": 5}


def test_a_read_only_stick_is_said(target, monkeypatch):
    def locked(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", locked)
    with pytest.raises(Refusal, match=r"targets\.read_only"):
        target.put(RING, "one.dvb", b"x")


def test_a_file_that_cannot_be_read_now_is_a_refusal_of_that_file(target):
    with pytest.raises(Refusal, match=r"targets\.cannot_read"):
        target.get(RING, "gone.dvb", 10)


def test_a_base_too_long_for_some_computers_is_refused(tmp_path):
    deep = tmp_path / ("d" * 150) / ("e" * 150)
    deep.mkdir(parents=True)
    with pytest.raises(Refusal, match=r"targets\.path_too_long"):
        FolderTarget(deep).prepare()
