"""Every file of an exchange opens with two stock programs: ``age -d | gunzip``."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from leadapp.exchange.armor import armor
from leadapp.exchange.reading import read_text
from tests.exchange.model import RING, Folder, program
from tests.exchange.test_compacting import compact, filled

AGE = shutil.which("age")
pytestmark = pytest.mark.skipif(
    AGE is None, reason="age is not installed (Debian: apt install age)"
)


def unpacked(path, key) -> bytes:
    """Return what ``age -d -i KEY FILE | gunzip`` prints; gunzip passes over the zero bytes."""
    age = subprocess.run([str(AGE), "-d", "-i", key, path], capture_output=True, check=True)
    done = subprocess.run(["gunzip", "-c"], input=age.stdout, capture_output=True, check=False)
    assert done.returncode in (0, 2), done.stderr  # 2: it warns of what follows the text
    return done.stdout


@pytest.mark.parametrize("mailed", [False, True])
def test_bundles_attached_files_and_packs_open_with_stock_programs(tmp_path, mailed):
    one, other = program(2)
    folder = Folder()
    filled(one, folder)
    compact(one, folder)
    key = tmp_path / "key.txt"
    key.write_text(other.identity.secret + "\n")
    seen: set[str] = set()
    for name, data in folder.files.items():
        path = tmp_path / name
        path.write_bytes(armor(data) if mailed else data)
        seen |= set(read_text(unpacked(path, key), RING).names)
    blobs = set(one.held.blobs)
    assert blobs < seen
    assert len(seen - blobs) == len(one.held.seals)
    assert b"scan" in one.held.blobs.values()
