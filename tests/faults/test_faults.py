"""Short versions of `make faults`: six kills, a full disk and a read-only one."""

from __future__ import annotations

import pytest

from tests.faults import disk, plug, typist


@pytest.fixture(scope="module")
def toll(disk_path):
    """What six kills cost."""
    return plug.pull(disk_path / "kills", 6, seed=7)


def test_no_acknowledged_record_is_lost_to_a_kill(toll):
    assert toll.saved
    assert toll.lost == []


def test_a_draft_misses_at_most_the_last_second(toll):
    assert toll.drafts
    assert toll.late == []


def test_companions_are_there_once_after_a_restart(toll):
    assert toll.companions
    assert toll.missing == []


def test_verify_finds_nothing_wrong_after_the_kills(toll):
    assert toll.entries
    assert toll.problems == []


def test_the_typist_keeps_drafts_at_the_windows_pace():
    autosave = pytest.importorskip("leadapp.ui.entry.autosave")
    assert autosave.WAIT_MS / 1000 == typist.WAIT


def test_a_full_disk_keeps_what_is_typed_and_refuses_the_save_in_words(tmp_path):
    try:
        trouble = disk.on_a_full_disk(tmp_path)
    except disk.NoDisk as reason:
        pytest.skip(str(reason))
    assert trouble.said == ["core.disk_full"]
    assert trouble.on_the_way == -1
    assert trouble.kept == trouble.words == disk.WORDS
    assert trouble.problems == []


def test_a_read_only_disk_changes_nothing_and_loses_nothing(tmp_path):
    try:
        trouble = disk.on_a_read_only_disk(tmp_path)
    except disk.NoDisk as reason:
        pytest.skip(str(reason))
    assert trouble.said == ["core.cannot_write"]
    assert trouble.kept == trouble.words == disk.WORDS
    assert trouble.problems == []
