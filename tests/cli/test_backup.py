"""Backup, wipe, restore elsewhere: the same records, drafts and heads."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from leadapp.main import main
from leadapp.store.queries import RecordQuery


def everything(county, user="coordinator"):
    """Return each record's answers and heads by ring, and the drafts."""
    with county.desk(user) as desk:
        lines = desk.reader.records(RecordQuery(limit=10_000))
        records = {}
        for line in lines:
            stored = desk.reader.record(line.ring, line.record)
            records[line.ring, line.record] = (dict(stored.answers), stored.heads, stored.voided)
        drafts = [(draft.id, draft.owner, dict(draft.answers)) for draft in desk.drafts.all()]
    return records, sorted(drafts)


def backup_of(county, tmp_path, capsys, user="coordinator"):
    place = tmp_path / "stick"
    place.mkdir()
    assert county.command("backup", "-o", str(place), user=user) == 0
    assert "Wrote" in capsys.readouterr().out
    (made,) = place.iterdir()
    return made


@pytest.mark.parametrize("user", ["coordinator", "admin"])
def test_a_backup_brings_everything_back_in_another_folder(county, tmp_path, capsys, user):
    before = everything(county)
    made = backup_of(county, tmp_path, capsys, user)
    passwords = shutil.copytree(county.folder / "passwords", tmp_path / "kept")
    shutil.rmtree(county.folder)
    elsewhere = tmp_path / "elsewhere"
    assert main(["restore", str(made), str(elsewhere)]) == 0
    assert str(elsewhere) in capsys.readouterr().out
    shutil.copytree(passwords, elsewhere / "passwords")
    moved = replace(county, folder=elsewhere)
    assert everything(moved) == before
    assert moved.command("verify", user="coordinator") == 0


def test_what_was_there_is_moved_aside_and_nothing_is_lost(county, tmp_path, capsys):
    made = backup_of(county, tmp_path, capsys)
    before = everything(county)
    with county.desk("casemanager") as desk:
        draft_ids = [draft.id for draft in desk.drafts.all()]
    assert main(["restore", str(made), str(county.folder)]) == 0
    assert "aside" in capsys.readouterr().out
    after = everything(county)
    assert after == before
    assert draft_ids


def test_a_folder_that_is_no_backup_is_refused(county, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["restore", str(tmp_path / "empty"), str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_a_damaged_backup_is_refused_and_changes_nothing(county, tmp_path, capsys):
    made = backup_of(county, tmp_path, capsys)
    ring = next(made.rglob("care.ring*"))
    data = bytearray(ring.read_bytes())
    data[len(data) // 2] ^= 0xFF
    ring.write_bytes(data)
    before = everything(county)
    assert main(["restore", str(made), str(county.folder)]) == 1
    assert capsys.readouterr().err.strip().endswith(".")
    assert everything(county) == before
