"""Attached files and packs between two computers with real files, over a real folder."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from leadapp.core.attachments import Attachment
from leadapp.core.ids import FormId
from leadapp.exchange import compacting
from leadapp.exchange.compacting import Compaction
from leadapp.exchange.naming import ring_folder
from leadapp.services.syncing import ledger as ledgers
from leadapp.services.syncing import overlooking
from leadapp.store.writing import RecordWrite
from tests.services.made_county import NOW, REFER, put
from tests.services.test_syncing import REFERRAL
from tests.services.two_computers import Computer, settled, sync


def attach(desk, record, data: bytes) -> str:
    """Attach a file to a referral; return its name."""
    blob = desk.archive.put_blob(REFER, data)
    source = desk.shelf.source("lead_referral")
    text = Attachment(blob.name, blob.salt, blob.size, "image/png", "scan.png").text
    values = {desk.shelf.keys(source)["last_name"]: text, "_hash": source.hash}
    desk.archive.write(
        REFER,
        [
            RecordWrite(
                record, FormId("lead_referral"), source.version, "save", values, desk.user, NOW
            )
        ],
    )
    return blob.name


def files_at(computer: Computer, desk) -> set[str]:
    place = computer.stick / ring_folder(desk.device.program_id, REFER)
    return {path.name for path in place.glob("*")}


def test_an_attached_file_arrives_and_is_redacted_everywhere(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        name = attach(desk, record, b"scan" * 9000)
        sync(desk, law.stick)
    with office.desk() as desk:
        sync(desk, office.stick)
        assert desk.reader.blob(REFER, name) == b"scan" * 9000
        again = sync(desk, office.stick)
        assert (again.files_read, again.files_written) == (0, 0)
        desk.archive.redact(REFER, [], author=desk.user, reason="order", blob_names=[name])
        sync(desk, office.stick)
    with law.desk() as desk:
        sync(desk, law.stick)
        assert desk.reader.blob(REFER, name) is None
        assert desk.reader.named_blobs(REFER) == []


@pytest.fixture
def soon_full(monkeypatch):
    """Let a folder be too full at four files."""
    monkeypatch.setattr(
        "leadapp.services.syncing.compacting.Compaction", partial(Compaction, most_loose=4)
    )


@pytest.mark.usefixtures("soon_full")
def test_a_full_folder_is_packed_by_the_office_and_everyone_has_the_same(tmp_path):
    office, law = settled(tmp_path)
    for n in range(6):
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", {**REFERRAL, "first_name": f"Wren {n}"})
            sync(desk, law.stick)
    with office.desk() as desk:
        full = files_at(office, desk)
        sync(desk, office.stick)
        assert full < files_at(office, desk)
    office.clock.step(timedelta(milliseconds=compacting.WAIT_MS))
    with office.desk() as desk:
        sync(desk, office.stick)
        packed = files_at(office, desk)
        assert len(packed) < len(full)
        assert not packed & full
        again = sync(desk, office.stick)
        assert (again.files_read, again.files_written) == (0, 0)
        logs = [one.log for one in desk.reader.logs(REFER)]
        ours = {entry.hash for log in logs for entry in desk.reader.entries(REFER, log)}
    with law.desk() as desk:
        sync(desk, law.stick)
        idle = sync(desk, law.stick)
        assert (idle.files_read, idle.files_written) == (0, 0)
        assert idle.everything == []
        theirs = {entry.hash for log in logs for entry in desk.reader.entries(REFER, log)}
    assert ours <= theirs


@pytest.mark.usefixtures("soon_full")
def test_only_a_coordinators_computer_packs_and_deletes(tmp_path):
    _, law = settled(tmp_path)
    for _day in range(8):
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            before = files_at(law, desk)
            sync(desk, law.stick)
            assert len(files_at(law, desk) - before) == 1
            assert before < files_at(law, desk)
        law.clock.step(timedelta(days=2))


def sync_at(computer: Computer):
    with computer.desk() as desk:
        return sync(desk, computer.stick)


def test_a_flood_from_one_computer_is_told_with_its_name_and_still_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(overlooking, "FLOOD", 4)
    office, law = settled(tmp_path)
    for many in (1, 6):
        with law.desk() as desk:
            for n in range(many):
                put(desk, REFER, "lead_referral", {**REFERRAL, "first_name": f"Wren {n}"})
            sync(desk, law.stick)
        if many == 1:
            assert sync_at(office).notices == ()
    with office.desk() as desk:
        told = [one for one in sync(desk, office.stick).notices if one.code == "services.flood"]
        (one,) = told
        assert one.values["ring"] == REFER
        assert "Halvorsen" in str(one.values["computer"])
        assert desk.reader.named_blobs(REFER) == []
        assert not [one for one in sync(desk, office.stick).problems if one.blocks]


def test_a_flood_is_taken_over_several_exchanges_and_own_work_goes_with_the_first(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(overlooking, "FLOOD", 3)
    monkeypatch.setattr(ledgers, "MOST_AT_ONCE", 4)
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
    for one in (law, office):
        sync_at(one)
    with law.desk() as desk:
        for _file in range(4):
            flood = [put(desk, REFER, "lead_referral", REFERRAL) for _ in range(4)]
            sync(desk, law.stick)
    with office.desk() as desk:
        own = put(desk, REFER, "lead_referral", {**REFERRAL, "last_name": "Osgood"})
        first = sync(desk, office.stick)
        (waits,) = [one for one in first.everything if one.code == "services.rest_waits"]
        assert (waits.values["ring"], waits.values["files"]) == (REFER, 3)
        assert "services.flood" in {one.code for one in first.notices}
        assert first.files_written > 0
        ends = [sync(desk, office.stick) for _ in range(4)]
        assert [bool(one.files_read) for one in ends] == [True, True, True, False]
        assert not [one for one in ends[-1].everything if one.code == "services.rest_waits"]
        assert all(desk.reader.record(REFER, one) is not None for one in flood)
    with law.desk() as desk:
        sync(desk, law.stick)
        assert desk.reader.record(REFER, own) is not None
