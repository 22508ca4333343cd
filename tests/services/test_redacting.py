"""A redaction reaches every computer and is not undone by anything that comes later."""

from __future__ import annotations

import shutil

import pytest

from leadapp.core.errors import Refusal
from leadapp.services import syncing, verifying
from leadapp.services.syncing import redacting
from leadapp.store.backup import back_up, backups
from tests.services.made_county import NOW, REFER, put
from tests.services.test_syncing import REFERRAL, answer, correct
from tests.services.two_computers import settle, settled, sync


def test_a_redacted_record_says_nothing_on_any_computer_and_old_files_do_not_bring_it_back(
    tmp_path,
):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    shutil.copytree(law.stick, tmp_path / "older")
    with law.desk() as desk:
        back_up(desk.folder, desk.holding.rings, NOW)
        with pytest.raises(Refusal, match=r"services\.not_allowed"):
            redacting.redact(desk, REFER, record, "misfiled")
    with office.desk() as desk:
        with pytest.raises(Refusal, match=r"services\.reason_needed"):
            redacting.redact(desk, REFER, record, " ")
        assert redacting.redact(desk, REFER, record, "misfiled") == 1
        assert answer(desk, record, "last_name") is None
    settle(office, law, rounds=1)
    for computer in (office, law):
        computer.stick = tmp_path / "older"
        with computer.desk() as desk:
            sync(desk, computer.stick)
            stored = desk.reader.record(REFER, record)
            assert stored is not None
            assert "Hollis" not in str(stored)
            assert [one.redacted for one in desk.reader.history(REFER, record)] == [True]
            assert verifying.verify(desk).problems == ()
            assert all("Hollis" not in str(one) for one in desk.reader.search_people("Hollis"))
    assert len(backups(desk.folder)) == 1  # made after the order came; the one before is gone


def test_an_edit_made_while_the_order_was_on_its_way_stays_and_the_rest_stays_empty(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        redacting.redact(desk, REFER, record, "misfiled")
    with law.desk() as desk:
        correct(desk, record, "urgency", "today")
    settle(office, law, office, rounds=1)
    for computer in (office, law):
        with computer.desk() as desk:
            assert answer(desk, record, "urgency") == "today"
            source = desk.shelf.source("lead_referral")
            stored = desk.reader.record(REFER, record)
            assert stored is not None
            assert desk.shelf.keys(source)["last_name"] not in stored.answers


def test_a_copy_that_was_emptied_by_nobodys_order_is_filled_when_the_whole_one_comes(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        (file,) = syncing.export_bundles(desk, REFER, tmp_path / "whole.dvb")
        sync(desk, law.stick)
        (log,) = [one for one in desk.reader.logs(REFER) if one.own]
        entries = desk.reader.entries(REFER, log.log)
        seals = [one for one in desk.reader.seals(REFER) if one.log == log.log]
    with office.desk() as desk:
        emptied = [one.without_payload() for one in entries]
        desk.archive.take(REFER, emptied, seals)
        assert "Hollis" not in str(desk.reader.record(REFER, record))
        syncing.import_bundle(desk, file)
        assert answer(desk, record, "last_name") == "Hollis"
