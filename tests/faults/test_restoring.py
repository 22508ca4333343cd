"""A backup, a dead disk, another folder: the same records, drafts, heads and history."""

from __future__ import annotations

import shutil
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId, RingId
from leadapp.services import backups, browsing, filling, verifying
from leadapp.services.desk import Desk
from leadapp.store.drafts import Draft
from leadapp.store.queries import RecordQuery
from tests.faults import typist
from tests.faults.county import ADMIN, BOTH, COORDINATOR, NOW, PEOPLE, County, Stocked, found, stock


def everything(desk: Desk) -> tuple[dict[tuple[RingId, RecordId], object], list[Draft]]:
    """Return all that this person can read: records with heads and history, drafts."""
    lines = desk.reader.records(RecordQuery(voided=None, limit=100_000))
    assert lines
    records: dict[tuple[RingId, RecordId], object] = {}
    for line in lines:
        stored = desk.reader.record(line.ring, line.record)
        assert stored is not None
        records[line.ring, line.record] = (
            browsing.as_data(stored),
            desk.reader.history(line.ring, line.record),
        )
    return records, desk.drafts.all()


def lived_in(root: Path) -> County:
    """Return a county with a record, a corrected one, a void one and a draft."""
    county = found(root)
    stocked = stock(county)
    desk = county.sit(BOTH)
    answers = typist.answers_of("cit_contact", stocked)
    saved = [filling.submit(desk, "cit_contact", answers) for _ in range(3)]
    stored = browsing.record(desk, saved[1].record)
    filling.void(desk, stored, filling.undone_by_void(desk, stored), reason="Written twice")
    one = filling.correct(desk, browsing.record(desk, saved[2].record), lookup=desk.lookup("law"))
    filling.put_answers(desk, one, {"narrative": "Half a sentence"})
    filling.keep(desk, filling.as_draft(desk, one))
    desk.close()
    return county


def test_a_backup_restored_in_another_folder_holds_the_same(tmp_path):
    county = lived_in(tmp_path / "program")
    desk = county.sit(BOTH, SteppingClock(NOW))
    made = backups.back_up(desk, tmp_path / "stick")
    before = everything(desk)
    desk.close()
    shutil.rmtree(county.root)
    shutil.rmtree(county.anchors)
    other = County(tmp_path / "another" / "place")
    restored = backups.restore(made, other.root, clock=SteppingClock(NOW))
    assert restored.moved_aside is None
    desk = other.sit(BOTH, SteppingClock(NOW))
    after = everything(desk)
    desk.close()
    assert after == before


def test_everyone_can_unlock_and_work_on_after_a_restore(tmp_path):
    county = lived_in(tmp_path / "program")
    desk = county.sit(BOTH)
    made = backups.back_up(desk, tmp_path / "stick")
    desk.close()
    shutil.rmtree(county.root)
    other = County(tmp_path / "another")
    backups.restore(made, other.root, clock=SteppingClock(NOW))
    refused = []
    for name in (ADMIN, *PEOPLE):
        try:
            other.sit(name).close()
        except LeadappError as error:
            refused.append((name, error.code))
    assert refused == []
    desk = other.sit(BOTH)
    draft = desk.drafts.mine(desk.user)[0]
    stored = desk.reader.record(draft.ring, draft.record)
    one = filling.resume(desk, draft, lookup=desk.lookup("law"), stored=stored)
    result = filling.ready(desk, one)
    assert not isinstance(result, list)
    filling.save(desk, one, result, filling.gather(desk, one, result), reason="Went on")
    assert browsing.record(desk, draft.record).answers["outcome/narrative"] == "Half a sentence"
    desk.close()
    desk = other.sit(COORDINATOR)
    assert verifying.verify(desk).problems == ()
    desk.close()


def test_restoring_an_older_backup_over_newer_work_merges_it(tmp_path):
    county = lived_in(tmp_path / "program")
    desk = county.sit(BOTH)
    made = backups.back_up(desk)
    before, _ = everything(desk)
    lines = desk.reader.records(RecordQuery(kinds=("lot", "place")))
    found_here = {line.kind: line.record for line in lines}
    stocked = Stocked(found_here["place"], found_here["lot"], found_here["place"])
    answers = typist.answers_of("cit_contact", stocked)
    later = filling.submit(desk, "cit_contact", answers)
    desk.close()
    backups.restore(made, county.root, clock=SteppingClock(NOW))
    desk = county.sit(BOTH)
    assert desk.reader.find(later.record) is not None
    assert [desk.reader.find(one) is not None for one in later.companions] == [True]
    after, _ = everything(desk)
    assert len(after) == len(before) + 2
    desk.close()
    desk = county.sit(COORDINATOR)
    assert verifying.verify(desk).problems == ()
    desk.close()
