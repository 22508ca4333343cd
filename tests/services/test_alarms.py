"""What people are told after an exchange: copies, older states, what is still on its way."""

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import partial

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.exchange.compacting import Compaction
from leadapp.exchange.fetching import FileRead
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SHARED
from leadapp.services import backups, syncing
from leadapp.services.syncing import Course, KeptTarget, Step, alarms
from leadapp.services.syncing.merged import last_merged
from leadapp.services.syncing.report import RingReport, SyncReport
from leadapp.store import backup
from leadapp.store.queries import RecordQuery
from tests.services.made_county import NOW, REFER, put
from tests.services.test_syncing import REFERRAL, correct
from tests.services.two_computers import Computer, settle, settled, sync

BACK, RESTORED = "services.clock_back", "services.computer_restored"
FORKED = "services.log_forked"
MOVED = {"day": "2026-10-13", "move": "received", "from_place": "supplier", "doses": "6"}


def codes(computer) -> set[str]:
    with computer.desk() as desk:
        return {one.problem.code for one in alarms.notices(desk)}


def twins_write(tmp_path, law):
    """Copy the car's computer, and let both go on."""
    shutil.copytree(law.root.parent, tmp_path / "twin")
    first = law.root
    for root in (first, tmp_path / "twin" / "program"):
        law.root = root
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            sync(desk, law.stick)
    law.root = first


def test_a_copied_computer_is_an_alarm_on_every_computer_until_it_was_seen(tmp_path):
    office, law = settled(tmp_path)
    twins_write(tmp_path, law)
    settle(office, law, rounds=1)
    assert "services.log_forked" in codes(law)
    with office.desk() as desk:
        (alarm,) = [
            one for one in alarms.notices(desk) if one.problem.code == "services.log_forked"
        ]
        assert alarm.alarm
        assert alarm.problem.values["computer"] == "Dan Halvorsen"
        assert desk.reader.count(RecordQuery(rings=(REFER,))) == 2
        alarms.see(desk, {alarm.id})
        assert "services.log_forked" not in {one.code for one in sync(desk, office.stick).notices}
    assert "services.log_forked" not in codes(office)


def test_a_computer_set_back_that_did_not_notice_learns_it_from_the_others(tmp_path):
    office, law = settled(tmp_path)
    shutil.copytree(law.root.parent, tmp_path / "older")
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    shutil.rmtree(law.root.parent)
    shutil.copytree(tmp_path / "older", law.root.parent)  # with its anchors: nothing disagrees
    with law.desk() as desk:
        assert desk.archive.left_logs == []
        before = desk.archive.own_log(REFER)
        report = sync(desk, law.stick)
        assert desk.archive.own_log(REFER) != before
    assert "services.computer_behind" in {one.code for one in report.notices}


def test_what_others_have_seen_and_is_not_here_is_said_and_the_notice_goes_when_it_came(tmp_path):
    office, law = settled(tmp_path)
    shutil.copytree(law.stick, tmp_path / "older")
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, office.stick)
    shutil.rmtree(law.stick)
    shutil.copytree(tmp_path / "older", law.stick)
    with office.desk() as desk:
        report = sync(desk, office.stick)
    assert "services.folder_set_back" in {one.code for one in report.notices}
    assert office.sync().files_written == 0


def test_each_computer_is_listed_with_when_it_last_merged_and_what_waits_for_it(tmp_path):
    office, law = settled(tmp_path)
    with office.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        report = sync(desk, office.stick)
        (car,) = report.merged
        assert car.label == "Dan Halvorsen"
        assert car.waiting > 0
        assert car.when is not None
        when = car.when
    law.clock.set(NOW + timedelta(days=2))
    law.sync()
    with office.desk() as desk:
        (car,) = sync(desk, office.stick).merged
        assert car.when is not None
        assert (car.waiting, car.when > when) == (0, True)
        assert last_merged(desk, desk.reader) == (car,)
    with law.desk() as desk:
        sync(desk, law.stick)
        report = sync(desk, law.stick)
        assert (report.files_read, report.files_written) == (0, 0)


def test_a_clock_that_runs_ahead_is_said(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        correct(desk, record, "urgency", "soon", at=NOW + timedelta(hours=3))
        sync(desk, law.stick)
    with office.desk() as desk:
        report = sync(desk, office.stick)
    (said,) = [one for one in report.notices if one.code == "services.clock_ahead"]
    assert (said.values["computer"], said.values["time"]) == ("Dan Halvorsen", "3 hours")


def test_an_exchange_names_its_five_steps_in_order_and_where_each_slice_runs(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
    law.sync()
    office.clock.set(NOW + timedelta(days=3))
    with office.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        course = Course(desk, KeptTarget("stick", office.stick))
        said = list(course.slices())
        report = course.report
    steps = [one.step for one in said]
    order = list(Step)
    assert set(steps) == set(order)
    assert report.backup is not None
    seen = [order.index(one) for one in steps]
    assert seen[0] == 0
    assert seen[-1] == 4
    assert {one.lane for one in said if one.step is Step.BACK_UP} == {"writer", "away"}


def test_a_stopped_exchange_keeps_what_it_did_and_the_next_one_goes_on(tmp_path):
    office, law = settled(tmp_path)
    for _ in range(3):
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            sync(desk, law.stick)
    with office.desk() as desk:
        course = Course(desk, KeptTarget("stick", office.stick))
        for one in course.slices():
            if one.step is Step.FETCH and one.ring == REFER:
                course.stop()
        assert course.report.stopped
        taken = sum(one.entries_in for one in course.report.rings if one.ring == REFER)
        assert taken == 1
        after = sync(desk, office.stick)
        assert sum(one.entries_in for one in after.rings if one.ring == REFER) == 2
        assert not after.stopped


def test_saves_go_on_between_the_slices(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        for _ in range(5):
            put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, law.stick)
    with office.desk() as desk:
        saved = 0
        for one in Course(desk, KeptTarget("stick", office.stick)).slices():
            if one.lane == "writer":
                put(desk, REFER, "lead_referral", REFERRAL)
                saved += 1
        assert saved > 10
        assert desk.reader.count(RecordQuery(rings=(REFER,))) == 5 + saved
        sync(desk, office.stick)
        assert desk.reader.waiting_only_here().by_ring[REFER] == 0


def test_a_stick_pulled_half_way_ends_the_exchange_and_is_told_once(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        course = Course(desk, KeptTarget("stick", law.stick))
        for one in course.slices():
            if one.step is Step.FETCH and law.stick.exists():
                law.stick.rename(tmp_path / "pocket")
        assert [one.code for one in course.report.everything] == ["targets.not_there"]
        (tmp_path / "pocket").rename(law.stick)
        assert syncing.sync(desk, KeptTarget("stick", law.stick)).everything == []
    office.sync()


def test_files_put_together_into_a_pack_are_no_folder_set_back(tmp_path, monkeypatch):
    soon = partial(Compaction, most_loose=3)
    monkeypatch.setattr("leadapp.services.syncing.compacting.Compaction", soon)
    office, law = settled(tmp_path)
    for _ in range(6):
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            sync(desk, law.stick)
    for days in (0, 2, 4):
        office.clock.set(NOW + timedelta(days=days))
        office.sync()
    folder = law.stick / ring_folder(office_program(office), REFER)
    assert len(list(folder.iterdir())) < 6
    with law.desk() as desk:
        assert "services.folder_set_back" not in {one.code for one in sync(desk, law.stick).notices}


def office_program(office):
    with office.desk() as desk:
        return desk.device.program_id


def test_a_computer_restored_twice_says_so_once_and_whoever_works_there_takes_it_as_seen(
    tmp_path,
):
    office, law = settled(tmp_path)
    for _time in range(2):
        with law.desk() as desk:
            made = backup.back_up(desk.folder, desk.holding.rings, NOW)
            put(desk, REFER, "lead_referral", REFERRAL)
            sync(desk, law.stick)
        backups.restore(made, law.root, clock=law.clock)
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            report = sync(desk, law.stick)
            assert RESTORED in {one.code for one in report.news}
    with law.desk() as desk:
        assert RESTORED not in {one.code for one in sync(desk, law.stick).news}
        standing = [one for one in alarms.notices(desk) if one.problem.code == RESTORED]
        assert len({one.problem.values["ring"] for one in standing}) == len(standing)
        with pytest.raises(Refusal, match=r"services\.not_allowed"):
            desk.require_program("devices")
        alarms.see(desk, {one.id for one in standing})
        assert RESTORED not in {one.problem.code for one in alarms.notices(desk)}
        assert RESTORED not in {one.code for one in sync(desk, law.stick).notices}
    office.sync()
    assert FORKED not in codes(law) | codes(office), "there is one computer of it all the time"


def test_a_clock_that_was_set_back_between_two_exchanges_is_said_each_time_it_happens(tmp_path):
    office, law = settled(tmp_path)
    told = []
    for days in (0, 300, 0, 300, 0):
        law.clock.set(NOW + timedelta(days=days))
        office.clock.set(NOW + timedelta(days=300))
        with law.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL, days_ago=-days)
            sync(desk, law.stick)
        with office.desk() as desk:
            sync(desk, office.stick)
            found = [one for one in alarms.notices(desk) if one.problem.code == BACK]
            told.append([one.problem.values["time"] for one in found])
            alarms.see(desk, {one.id for one in found})
    assert told == [[], [], ["300 days"], [], ["300 days"]]


def test_a_dose_that_is_written_down_late_says_nothing_of_a_clock(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, SHARED, "stock_movement", MOVED)
        put(desk, SHARED, "stock_movement", MOVED, days_ago=40)
        sync(desk, law.stick)
    office.sync()
    assert not codes(office) & {BACK, "services.clock_ahead"}


def test_files_for_other_computers_alone_are_not_called_unread():
    read = (FileRead("a", "not_for_me"), FileRead("b", "torn"))
    one = RingReport(RingId("refer-sheriff"), files_read=1, entries_in=1, not_read=read)
    assert one.unread == 1
    (line,) = SyncReport("stick", (one,)).lines
    said = "1 entry came in 1 file, 0 went in 0; 1 file not read."
    assert line == f"stick: refer-sheriff: {said}"


def test_a_computer_restored_elsewhere_while_the_old_one_goes_on_is_an_alarm(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        made = backup.back_up(desk.folder, desk.holding.rings, NOW)
    new = Computer(tmp_path / "new" / "program", law.name, law.stick, law.clock)
    backups.restore(made, new.root, clock=law.clock)

    def use(one: Computer) -> None:
        with one.desk() as desk:
            put(desk, REFER, "lead_referral", REFERRAL)
            sync(desk, one.stick)

    use(new)
    office.sync()
    assert FORKED not in codes(office), "one alone was restored: nothing is to be done"
    use(law)
    use(new)
    use(law)
    office.sync()
    with office.desk() as desk:
        found = [one.problem for one in alarms.notices(desk) if one.problem.code == FORKED]
        assert {one.values["computer"] for one in found} == {"Dan Halvorsen"}
        assert REFER in {one.values["ring"] for one in found}
        assert desk.reader.count(RecordQuery(rings=(REFER,))) == 4
