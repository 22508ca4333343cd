"""The program folder: one window at a time, never on a cloud drive or the network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import DeviceId, RingId
from leadapp.store.device import DeviceInfo, load_device, save_device
from leadapp.store.folder import ProgramFolder
from leadapp.store.places import _in_cloud_folder, _mount_type


def test_a_second_window_is_refused_until_the_first_closes(tmp_path):
    folder = ProgramFolder(tmp_path / "p")
    folder.make()
    with folder.lock():
        with pytest.raises(Refusal) as caught, ProgramFolder(tmp_path / "p").lock():
            pass
        assert caught.value.code == "store.in_use"
    with folder.lock():
        pass


def test_the_lock_of_a_killed_window_is_no_obstacle(tmp_path):
    folder = ProgramFolder(tmp_path / "p")
    folder.make()
    script = (
        "import sys, time; from pathlib import Path;"
        "from leadapp.store.folder import ProgramFolder\n"
        "with ProgramFolder(Path(sys.argv[1])).lock():\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(folder.root)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(Refusal), folder.lock():
            pass
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    with folder.lock():
        pass


@pytest.mark.parametrize(
    "place",
    [
        "/home/ann/OneDrive/leadapp",
        "/home/ann/OneDrive - Test County/leadapp",
        "/home/ann/Dropbox/x",
        "/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/x",
        "/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/x",
        "/home/ann/Google Drive/x",
        "/home/ann/iCloudDrive/x",
        "/home/ann/Nextcloud/x",
    ],
)
def test_a_cloud_drives_folder_is_refused(place):
    with pytest.raises(Refusal) as caught:
        ProgramFolder(Path(place)).check_place()
    assert caught.value.code == "store.synced_folder"


def test_a_cloud_folder_of_another_name_is_known_by_its_variable():
    assert _in_cloud_folder(Path("/data/work/leadapp"), {"OneDrive": "/data/work"})
    assert not _in_cloud_folder(
        Path("/data/other"), {"OneDrive": "/data/work", "OneDriveConsumer": ""}
    )


def test_a_network_share_is_refused():
    with pytest.raises(Refusal) as caught:
        ProgramFolder(Path("//server/share/leadapp")).check_place()
    assert caught.value.code == "store.network_folder"


def test_the_nearest_mount_decides_what_a_folder_lies_on(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /srv/my\\040share nfs4 rw 0 0\n")
    assert _mount_type(Path("/srv/my share/leadapp"), mounts) == "nfs4"
    assert _mount_type(Path("/srv/other"), mounts) == "ext4"


def test_a_local_folder_is_fine(tmp_path):
    ProgramFolder(tmp_path / "leadapp").check_place()


def test_the_rings_with_a_file_are_known_without_keys(program):
    assert program.folder.rings() == (RingId("care"), RingId("shared"))


DEVICE = DeviceInfo("p", "Test County", DeviceId("d"), "law", agency="sheriff", made_up=True)


def test_the_device_file_reads_back(tmp_path):
    folder = ProgramFolder(tmp_path)
    save_device(folder, DEVICE)
    assert load_device(folder) == DEVICE


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (b"", Damage, "store.device_damaged"),
        (b"{}", Damage, "store.device_damaged"),
        (b"[1]", Damage, "store.device_damaged"),
        (b'{"format": 9}', Refusal, "store.newer_file"),
        (
            b'{"format":1,"program_id":"p","county":"c","device_id":"d","device_class":"home"}',
            Damage,
            "store.device_damaged",
        ),
    ],
)
def test_a_torn_or_newer_device_file_says_so(tmp_path, content, error, code):
    folder = ProgramFolder(tmp_path)
    folder.device.write_bytes(content)
    with pytest.raises(error) as caught:
        load_device(folder)
    assert caught.value.code == code


def test_a_folder_without_a_program_says_so(tmp_path):
    with pytest.raises(Refusal) as caught:
        load_device(ProgramFolder(tmp_path))
    assert caught.value.code == "store.no_program"
