"""A redaction reaches every computer and is not undone by anything that comes later."""

from __future__ import annotations

import shutil
from functools import partial

import pytest

from leadapp.core.errors import Refusal
from leadapp.services import outbox, syncing, verifying
from leadapp.services.syncing import redacting
from leadapp.store.backup import back_up, backups
from tests.services.made_county import NOW, REFER, put
from tests.services.test_outbox import a_pdf
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


def test_papers_made_of_a_record_go_with_it_from_every_computer(tmp_path):
    office, law = settled(tmp_path)
    settle(office, law, rounds=1)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        to = next(one for one in outbox.receivers(desk, REFER) if one.name == "Nora Ellison")
        sends = partial(outbox.put, what="Referral", copy="internal", ring=REFER, to=to)
        of_it = sends(desk, a_pdf(), record=record)
        about = sends(desk, a_pdf(), person=record)
        other = sends(desk, a_pdf())
        assert len(outbox.documents(desk)) == 3
    settle(law, office, rounds=1)
    with office.desk() as desk:
        found = redacting.toll(desk, REFER, record)
        assert (found.entries, found.files, found.documents, found.computers) == (1, 0, 2, 1)
        redacting.redact(desk, REFER, record, "order of May 4")
        assert [one.record for one in outbox.documents(desk)] == [other]
    settle(office, law, rounds=1)
    with law.desk() as desk:
        assert [one.record for one in outbox.documents(desk)] == [other]
        for gone in (of_it, about):
            assert all(one.redacted for one in desk.reader.history(REFER, gone))
        named = {file.name for file, _ in desk.reader.named_blobs(REFER)}
        assert desk.reader.blob_names(REFER) == named
        assert len(named) == 1


def test_emptying_leaves_the_writer_between_its_stretches(tmp_path):
    office, _law = settled(tmp_path)
    with office.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        lanes = []
        work = redacting.emptying(desk, REFER, record, "order of May 4")
        for turn in work:
            lanes.append(turn.lane)
            put(desk, REFER, "lead_referral", REFERRAL)  # somebody saves meanwhile
        assert "writer" in lanes
        assert "away" in lanes
        assert answer(desk, record, "last_name") is None
        assert verifying.verify(desk).problems == ()
