"""A large file is merged batch by batch; broken off between two of them, nothing is wrong."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from leadapp.core.ids import FormId, RecordId, new_id
from leadapp.journal.rings import SYS
from leadapp.services import verifying
from leadapp.services.syncing import (
    Course,
    KeptTarget,
    Step,
    enrolling,
    export_bundles,
    exporting,
    import_bundle,
    importing,
    inspecting,
)
from leadapp.store.connection import Connection
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.services.made_county import NOW, REFER
from tests.services.test_syncing import REFERRAL
from tests.services.two_computers import settled, sync

MANY = 700


def write_many(desk, count=MANY) -> None:
    """Write many referrals; a seal is set after some hundreds."""
    source = desk.shelf.source("lead_referral")
    keys = desk.shelf.keys(source)
    values = {keys[name]: text for name, text in REFERRAL.items()} | {"_hash": source.hash}
    writes = [
        RecordWrite(
            RecordId(new_id()), FormId("lead_referral"), source.version, "save", values,
            desk.user, NOW,
        )
        for _ in range(count)
    ]  # fmt: skip
    for start in range(0, count, 100):
        desk.archive.write(REFER, writes[start : start + 100])


def referrals(desk) -> int:
    return desk.reader.count(RecordQuery(rings=(REFER,)))


def test_a_file_broken_off_half_way_is_whole_after_the_next_exchange(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk)
        sync(desk, law.stick)
    with office.desk() as desk:
        slices = Course(desk, KeptTarget("stick", office.stick)).slices()
        said = next(one for one in slices if one.ring == REFER and one.total == MANY)
        slices.close()  # type: ignore[attr-defined]  # it is a generator
        assert said.lane == "writer"
        assert 0 < referrals(desk) == said.done < MANY
        assert verifying.verify(desk).problems == ()
        report = sync(desk, office.stick)
        assert {one.ring: one.entries_in for one in report.rings}[REFER] == MANY - said.done
        assert referrals(desk) == MANY
        assert verifying.verify(desk).problems == ()
        assert sync(desk, office.stick).files_read == 0


def test_what_came_before_the_break_stays_good_when_its_computer_is_shut_out_then(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        car = desk.device.device_id
        write_many(desk)
        sync(desk, law.stick)
    with office.desk() as desk:
        slices = Course(desk, KeptTarget("stick", office.stick)).slices()
        said = next(one for one in slices if one.ring == REFER and one.total == MANY)
        slices.close()  # type: ignore[attr-defined]  # it is a generator
        enrolling.revoke(desk, car, "lost", anyway=True)
        sync(desk, office.stick)
        assert referrals(desk) == said.done
        assert len(desk.reader.held(REFER)) == MANY - said.done


def test_the_roster_comes_first_and_what_it_changes_is_judged_in_stretches(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        car = desk.device.device_id
        write_many(desk)
        sync(desk, law.stick)
    office.sync()
    with office.desk() as desk:
        assert referrals(desk) == MANY
        body: dict[str, object] = {"what": "device", "id": car, "cuts": [], "kept": []}
        desk.holding.say(desk.archive, "revoke", body)
        said = list(Course(desk, KeptTarget("stick", office.stick)).slices())
        rings = [one.ring for one in said if one.step is Step.FETCH and one.ring]
        assert rings[0] == SYS
        judged = [one for one in said if one.ring == REFER and one.total == MANY]
        assert len(judged) > 1
        assert referrals(desk) == 0


def test_two_threads_share_an_exchange_and_saves_go_in_while_it_waits(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk)
        sync(desk, law.stick)
    with office.desk() as desk, ThreadPoolExecutor(1) as writer, ThreadPoolExecutor(1) as away:
        course = Course(desk, KeptTarget("stick", office.stick))
        slices, lane, saves = course.slices(), "writer", []
        while True:
            on = writer if lane == "writer" else away
            step = on.submit(next, slices, None)
            if lane == "away":  # a save while the exchange waits for the target
                saves.append(writer.submit(write_many, desk, 1))
            said = step.result()
            if said is None:
                break
            lane = said.lane
        assert len([one.result() for one in saves]) > 5
        assert course.report.everything == []
        assert referrals(desk) == MANY + len(saves)
        assert verifying.verify(desk).problems == ()


def test_a_desk_that_is_closed_half_way_ends_the_exchange_and_nothing_is_wrong(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk)
        sync(desk, law.stick)
    with office.desk() as desk:
        course = Course(desk, KeptTarget("stick", office.stick))
        slices = course.slices()
        next(one for one in slices if one.ring == REFER and one.total == MANY)
    for _ in slices:  # the window did not hear of it yet
        pass
    assert "store.ring_not_open" in {one.code for one in course.report.everything}
    with office.desk() as desk:
        assert verifying.verify(desk).problems == ()
        sync(desk, office.stick)
        assert referrals(desk) == MANY


def test_what_runs_away_touches_no_connection_of_the_archive(tmp_path, monkeypatch):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk, 3)
        sync(desk, law.stick)
    with office.desk() as desk:
        writing = {file.connection for file in desk.archive._files.values()}
        lane, touched = "writer", []
        opened = Connection.translated

        def watched(self, *given, **named):
            if lane == "away" and self in writing:
                touched.append(self.path.name)
            return opened(self, *given, **named)

        monkeypatch.setattr(Connection, "translated", watched)
        write_many(desk, 1)
        office.clock.step(timedelta(days=3))  # so that a backup is made as well
        for one in Course(desk, KeptTarget("stick", office.stick)).slices():
            lane = one.lane
        assert touched == []
        lane = "away"
        write_many(desk, 1)
        assert touched != []


def test_a_file_that_came_by_mail_is_taken_in_stretches_between_which_others_save(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk)
        lanes = _lanes(exporting(desk, REFER, tmp_path / "mail.dvb"), lambda: write_many(desk, 1))
        assert lanes["away"] >= 1
    with office.desk() as desk:
        looked = _lanes(inspecting(desk, tmp_path / "mail.dvb"), lambda: None)
        assert looked["away"] >= 2
        work = importing(desk, tmp_path / "mail.dvb")
        lanes = _lanes(work, lambda: write_many(desk, 1))
        assert lanes["writer"] > 3
        assert referrals(desk) == MANY + sum(lanes.values())
        assert verifying.verify(desk).problems == ()


def test_a_file_broken_off_half_way_is_whole_when_it_is_taken_again(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        write_many(desk)
        export_bundles(desk, REFER, tmp_path / "mail.dvb")
    with office.desk() as desk:
        work = importing(desk, tmp_path / "mail.dvb")
        said = next(one for one in work if one.total == MANY and one.done)
        work.close()
        assert 0 < referrals(desk) == said.done < MANY
        assert import_bundle(desk, tmp_path / "mail.dvb").entries_in == MANY - said.done
        assert verifying.verify(desk).problems == ()


def _lanes(work, meanwhile) -> Counter[str]:
    """Do a work; between two stretches something else happens. Return the lanes named."""
    lanes: Counter[str] = Counter()
    for turn in work:
        lanes[turn.lane] += 1
        meanwhile()
    return lanes
