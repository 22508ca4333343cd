"""A wrong password, a second window, a place that is no good, files that are not as written."""

from __future__ import annotations

import json
import shutil
import zlib
from pathlib import Path

import pytest

from leadapp.core.errors import LeadappError
from leadapp.services import backups, filling, setup, unlock
from leadapp.store.connection import open_file
from tests.bad_input.conftest import TYPED, plain, refused
from tests.faults import typist
from tests.faults.county import (
    ADMIN,
    BOTH,
    CASE_MANAGER,
    CHEAP,
    COORDINATOR,
    PASSWORD,
    SHARED,
    County,
)
from tests.forms_once import CACHE

RINGS = ("sys", "shared", "law-sheriff", "care")


def test_a_wrong_password_says_how_many_tries_are_left(place):
    with place.unchanged():
        said = refused(
            lambda: place.county.sit(BOTH, password="not it at all"), "vault.wrong_password"
        )
    assert "4" in said
    assert TYPED in place.draft()


def test_the_fifth_wrong_password_locks_that_account_only(place):
    with place.unchanged():
        for _ in range(4):
            refused(
                lambda: place.county.sit(BOTH, password="not it at all"), "vault.wrong_password"
            )
        refused(lambda: place.county.sit(BOTH, password="not it at all"), "vault.now_locked")
        refused(lambda: place.county.sit(BOTH), "vault.locked")
    assert TYPED not in place.draft(COORDINATOR)


def test_a_name_nobody_has(place):
    with place.unchanged():
        refused(lambda: place.county.sit("Nobody Here"), "services.no_such_name")


def test_a_second_window_is_refused_and_the_first_goes_on(place):
    desk = place.county.sit(BOTH)
    with place.unchanged():
        said = refused(lambda: place.county.sit(CASE_MANAGER), "store.in_use")
    assert "already open" in said
    answers = typist.answers_of("cit_contact", place.stocked)
    saved = filling.submit(desk, "cit_contact", answers)
    assert desk.reader.find(saved.record) is not None
    desk.close()
    place.county.sit(CASE_MANAGER).close()


# -- places --------------------------------------------------------------------------------


def wanted() -> setup.Wanted:
    """Return what a set-up asks for."""
    return setup.Wanted("Alder County", "office", ADMIN, PASSWORD, cost=CHEAP)


def test_setting_up_in_a_cloud_drives_folder(place, tmp_path):
    root = tmp_path / "OneDrive - Alder County" / "program"
    said = refused(
        lambda: setup.create_program(root, wanted(), clock=typist.RunningClock(0), cache=CACHE),
        "store.synced_folder",
    )
    assert "cloud drive" in said
    assert not root.exists()


def test_a_program_moved_into_a_cloud_drives_folder(place, tmp_path):
    root = tmp_path / "Dropbox" / "program"
    shutil.copytree(place.root, root)
    moved = County(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    refused(lambda: moved.sit(BOTH), "store.synced_folder")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_backup_copied_into_a_cloud_drives_folder(place, tmp_path):
    desk = place.county.sit(BOTH)
    target = tmp_path / "Dropbox"
    target.mkdir()
    refused(lambda: backups.back_up(desk, target), "store.synced_folder")
    desk.close()
    assert list(target.iterdir()) == []


def test_setting_up_over_a_program(place):
    with place.unchanged():
        refused(
            lambda: setup.create_program(
                place.root, wanted(), clock=typist.RunningClock(0), cache=CACHE
            ),
            "services.program_exists",
        )


def test_a_folder_without_a_program(tmp_path):
    refused(lambda: County(tmp_path / "nothing").sit(BOTH), "store.no_program")


# -- files ---------------------------------------------------------------------------------


def unlock_refused(place) -> str:
    """Return the code with which Bo's unlock is refused, every byte being left as it was."""
    with place.unchanged(), pytest.raises(LeadappError) as caught:
        place.county.sit(BOTH).close()
    plain(caught.value)
    return str(caught.value.code)


@pytest.fixture
def harmed(place):
    """Give a ring's file, to be harmed; put back at the end, everything is as it was."""
    whole = place.bytes()
    yield place
    for name, data in whole.items():
        (place.root / name).write_bytes(data)
    assert TYPED in place.draft()


@pytest.mark.parametrize("ring", RINGS)
def test_a_file_that_is_not_a_ring(harmed, ring):
    (harmed.root / "rings" / f"{ring}.ring").write_bytes(b"PK\x03\x04 a spreadsheet " * 900)
    assert unlock_refused(harmed) == "store.not_a_ring"


@pytest.mark.parametrize("ring", RINGS)
def test_a_ring_cut_short(harmed, ring):
    path = harmed.root / "rings" / f"{ring}.ring"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 100])
    assert unlock_refused(harmed) == "store.cut_short"


@pytest.mark.parametrize("ring", RINGS)
def test_a_ring_with_its_first_bytes_flipped(harmed, ring):
    path = harmed.root / "rings" / f"{ring}.ring"
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(bytes(data))
    assert unlock_refused(harmed) in ("store.wrong_key", "store.changed_bytes")


@pytest.mark.parametrize("ring", RINGS)
def test_a_missing_ring(harmed, ring):
    (harmed.root / "rings" / f"{ring}.ring").unlink()
    assert unlock_refused(harmed) == "store.file_missing"


def test_a_ring_of_a_newer_program(harmed):
    desk = harmed.county.sit(BOTH)
    key = desk.holding.key(SHARED)
    desk.close()
    connection = open_file(harmed.root / "rings" / "shared.ring", key)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert unlock_refused(harmed) == "store.newer_file"


def test_lists_that_an_earlier_program_made_are_made_anew(harmed):
    desk = harmed.county.sit(BOTH)
    key, forms = desk.holding.key(SHARED), {one.hash for one in desk.shelf.versions()}
    desk.close()
    connection = open_file(harmed.root / "rings" / "shared.ring", key)
    connection.execute("UPDATE kept SET value = '0 of old' WHERE name = 'projections'")
    connection.execute("UPDATE bodies SET body = ?", (zlib.compress(b"[{}, {}]"),))
    connection.close()
    desk = harmed.county.sit(BOTH)
    found = {one.hash for one in desk.shelf.versions()}
    desk.close()
    assert found == forms


def test_two_rings_swapped(harmed):
    rings = harmed.root / "rings"
    law, care = (rings / "law-sheriff.ring").read_bytes(), (rings / "care.ring").read_bytes()
    (rings / "law-sheriff.ring").write_bytes(care)
    (rings / "care.ring").write_bytes(law)
    assert unlock_refused(harmed) == "store.wrong_key"


@pytest.mark.parametrize("data", [b"hello " * 2000, b"", bytes(5000)])
def test_a_drafts_file_that_is_none(harmed, data):
    (harmed.root / "drafts" / "law-sheriff.drafts").write_bytes(data)
    assert unlock_refused(harmed) in ("store.not_a_ring", "store.cut_short", "store.wrong_key")


@pytest.mark.parametrize("name", ["keyring.json", "device.json", "attempts.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"format": 99}'])
def test_a_small_file_that_is_not_as_written(harmed, name, data):
    (harmed.root / name).write_bytes(data)
    try:
        code = unlock_refused(harmed)
    finally:
        harmed.root.joinpath("attempts.json").unlink(missing_ok=True)
    assert code.startswith(("vault.", "store."))


@pytest.mark.parametrize("name", ["keyring.json", "device.json"])
def test_a_missing_small_file(harmed, name):
    (harmed.root / name).unlink()
    assert unlock_refused(harmed) in ("vault.keyring_missing", "store.no_program")


@pytest.mark.parametrize(("name", "value"), [("device_class", "law"), ("device_id", "another")])
def test_a_device_file_edited_by_hand(harmed, name, value):
    path = harmed.root / "device.json"
    said = json.loads(path.read_text("utf-8"))
    said[name] = value
    path.write_text(json.dumps(said), "utf-8")
    assert unlock_refused(harmed) in ("services.device_edited", "store.device_damaged")


# -- backups -------------------------------------------------------------------------------


@pytest.fixture
def backup(place) -> Path:
    """Make a backup with the draft in it."""
    desk = place.county.sit(BOTH)
    made = backups.back_up(desk)
    desk.close()
    return Path(made)


def restore_refused(place, made: Path, code: str) -> None:
    """Restoring is refused and the program stays."""
    with place.unchanged():
        refused(lambda: backups.restore(made, place.root, clock=typist.RunningClock(0)), code)
    assert TYPED in place.draft()


def test_restoring_what_is_no_backup(place, tmp_path):
    restore_refused(place, tmp_path / "nothing", "store.not_a_backup")


def test_restoring_a_backup_with_a_flipped_byte(place, backup):
    path = backup / "rings" / "care.ring"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    restore_refused(place, backup, "store.backup_not_whole")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"format": 99, "files": {}}'])
def test_restoring_a_backup_whose_list_of_files_is_no_good(place, backup, data):
    (backup / "manifest.json").write_bytes(data)
    with place.unchanged(), pytest.raises(LeadappError) as caught:
        backups.restore(backup, place.root, clock=typist.RunningClock(0))
    plain(caught.value)
    assert caught.value.code in ("store.backup_not_whole", "store.newer_file")


def test_restoring_while_a_window_is_open(place, backup):
    desk = place.county.sit(BOTH)
    refused(
        lambda: backups.restore(backup, place.root, clock=typist.RunningClock(0)), "store.in_use"
    )
    desk.close()
    assert TYPED in place.draft()


def test_nobody_is_shown_of_a_folder_that_is_harmed(harmed):
    (harmed.root / "keyring.json").write_bytes(b"{")
    refused(
        lambda: unlock.people_here(harmed.root, clock=typist.RunningClock(0)),
        "vault.keyring_unreadable",
    )
