"""Backups hold everything, say when they are broken, and put back without losing later work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import RecordId
from leadapp.store.backup import back_up, backups, check_backup, destroy_older, restore
from leadapp.store.device import load_device, save_device
from leadapp.store.writing import PendingWrite
from tests.store.making import ANN, CARE, SHARED, Program, Verifier, answers, key
from tests.store.test_drafts import draft


@pytest.fixture
def county(program):
    """A computer with a record in each ring and a draft."""
    save_device(program.folder, program.device)
    archive = program.archive()
    archive.write(CARE, [program.save("r1", {"a": "1"})])
    archive.write(SHARED, [program.save("s1", {"a": "1"})])
    drafts = program.drafts()
    drafts.save(draft())
    drafts.close()
    archive.close()
    return program


def test_a_backup_beside_an_open_archive_holds_all_rings(county):
    archive = county.archive()
    now = county.clock.now()
    made = back_up(county.folder, county.keys, now)
    archive.write(CARE, [county.save("r2", {"a": "2"})])
    assert check_backup(made, county.keys) == []
    assert load_device(county.folder).last_backup == now.isoformat(timespec="seconds")


def test_a_closed_ring_is_copied_too(county):
    made = back_up(county.folder, {SHARED: key(SHARED)}, county.clock.now())
    assert (made / "rings" / "care.ring").exists()
    assert check_backup(made, county.keys) == []


def test_restoring_brings_back_the_past_and_merges_what_came_after(county):
    made = back_up(county.folder, county.keys, county.clock.now())
    archive = county.archive()
    companion = PendingWrite(SHARED, (county.save("s9", {"a": "9"}),))
    archive.write(CARE, [county.save("r1", {"a": "2"})])
    archive.close()
    archive = county.archive(keys={CARE: key(CARE)})
    archive.write(CARE, [county.save("r2", {"a": "3"})], pending=[companion])
    archive.close()
    drafts = county.drafts()
    drafts.save(draft("d2"))
    drafts.close()
    restore(made, county.folder, county.clock.now())
    archive = county.archive()
    archive.write_pending()
    reader = county.reader()
    assert answers(reader, CARE, "r1") == {"a": "2"}
    assert answers(reader, CARE, "r2") == {"a": "3"}
    assert answers(reader, SHARED, "s9") == {"a": "9"}
    assert reader.record(CARE, RecordId("r1")).conflicts == {}
    assert {one.id for one in county.drafts().mine(ANN)} == {"d1", "d2"}
    assert CARE in archive.left_logs
    assert archive.verify(CARE, Verifier()) == []


def test_what_was_merged_once_is_not_merged_again(county):
    made = back_up(county.folder, county.keys, county.clock.now())
    restore(made, county.folder, county.clock.now())
    county.archive().close()
    drafts = county.drafts()
    drafts.finish(draft().id)
    drafts.close()
    county.archive().close()
    assert county.drafts().all() == []


def test_a_broken_backup_is_refused_and_nothing_is_moved(county):
    made = back_up(county.folder, county.keys, county.clock.now())
    path = made / "rings" / "care.ring"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert "store.changed_bytes" in {problem.code for problem in check_backup(made)}
    with pytest.raises(Damage) as caught:
        restore(made, county.folder, county.clock.now())
    assert caught.value.code == "store.backup_not_whole"
    county.archive()
    assert answers(county.reader(), CARE, "r1") == {"a": "1"}


def test_a_backup_without_a_file_is_not_whole(county):
    made = back_up(county.folder, county.keys, county.clock.now())
    (made / "device.json").unlink()
    assert [problem.code for problem in check_backup(made)] == ["store.backup_file_missing"]


def test_a_folder_that_is_no_backup_is_refused(county, tmp_path):
    with pytest.raises(Refusal) as caught:
        restore(tmp_path, county.folder, county.clock.now())
    assert caught.value.code == "store.not_a_backup"


def test_a_broken_ring_is_not_backed_up_as_if_it_were_whole(county):
    path = county.folder.ring_file(CARE)
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(Damage):
        back_up(county.folder, county.keys, county.clock.now())
    assert backups(county.folder) == []
    assert list(county.folder.backups.iterdir()) == []


def test_only_the_newest_backups_are_kept(county):
    for _ in range(4):
        county.clock.step(timedelta(days=1))
        back_up(county.folder, county.keys, county.clock.now(), keep=2)
    assert [path.name for path in backups(county.folder)] == [
        f"backup-{county.clock.now() - timedelta(days=n):%Y%m%d-%H%M%S}" for n in range(2)
    ]


def test_two_backups_in_one_second_are_two(county):
    first = back_up(county.folder, county.keys, county.clock.now())
    second = back_up(county.folder, county.keys, county.clock.now())
    assert first != second
    assert len(backups(county.folder)) == 2


def test_after_a_redaction_no_older_copy_stays(county):
    first = back_up(county.folder, county.keys, county.clock.now())
    restore(first, county.folder, county.clock.now())
    county.archive().close()
    kept = back_up(county.folder, county.keys, county.clock.now())
    assert destroy_older(county.folder, kept, county.keys) == 2
    assert backups(county.folder) == [kept]
    assert list(county.folder.aside.iterdir()) == []


def test_what_nobody_has_merged_since_a_restore_outlives_a_redaction_in_another_ring(county):
    made = back_up(county.folder, county.keys, county.clock.now())
    archive = county.archive()
    archive.write(CARE, [county.save("r2", {"a": "2"})])
    archive.close()
    aside = restore(made, county.folder, county.clock.now())
    others = {ring: key for ring, key in county.keys.items() if ring != CARE}
    kept = back_up(county.folder, others, county.clock.now())
    destroy_older(county.folder, kept, others)
    assert [path.name for path in (aside / "rings").iterdir()] == [f"{CARE}.ring"]
    county.archive().close()
    assert answers(county.reader(), CARE, "r2") == {"a": "2"}
    destroy_older(county.folder, kept, county.keys)
    assert list(county.folder.aside.iterdir()) == []


def test_backups_made_while_the_clock_ran_ahead_do_not_push_out_a_new_one(county):
    for day in range(3):
        later = county.clock.now() + timedelta(days=365 + day)
        back_up(county.folder, county.keys, later, keep=3)
    made = back_up(county.folder, county.keys, county.clock.now(), keep=3)
    assert made.is_dir()
    assert len(backups(county.folder)) == 3


def test_a_restore_on_another_computer_starts_its_own_log(county, tmp_path, opened):
    made = back_up(county.folder, county.keys, county.clock.now())
    other = Program(tmp_path, "other")
    restore(made, other.folder, county.clock.now())
    archive = other.archive()
    archive.write(CARE, [other.save("r2", {"a": "2"})])
    reader = other.reader()
    assert answers(reader, CARE, "r1") == {"a": "1"}
    logs = {log.log for log in reader.logs(CARE)}
    assert len(logs) == 2
    assert archive.verify(CARE, Verifier()) == []
