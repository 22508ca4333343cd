"""Computers that go, come back with new keys, or get company: to the end of each story."""

from __future__ import annotations

import shutil

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.journal.rings import SHARED, SYS
from leadapp.services import syncing, verifying
from leadapp.services.syncing import enrolling, joining, leaving, past
from leadapp.staff.roles import Role
from leadapp.store.device import load_device
from leadapp.store.folder import ProgramFolder
from tests.canary import singing
from tests.services import made_county
from tests.services.made_county import CARE, LAW, REFER, put
from tests.services.test_syncing import REFERRAL, answer, correct
from tests.services.two_computers import CHEAP, Computer, joined, settle, settled, sync


def device_of(computer: Computer):
    with computer.desk() as desk:
        return desk.device.device_id


def user_of(computer: Computer):
    with computer.desk() as desk:
        return desk.user


def shut_out(office: Computer, law: Computer) -> None:
    car = device_of(law)
    with office.desk() as desk:
        enrolling.revoke(desk, car, "left in a taxi", anyway=True)


# -- a computer that was shut out ------------------------------------------------------------


def test_a_shut_out_computer_writes_no_more_and_hands_its_work_to_a_coordinator(tmp_path):
    office, law = settled(tmp_path)
    shut_out(office, law)
    with law.desk() as desk:  # has not heard of it
        record = put(desk, REFER, "lead_referral", REFERRAL)
    office.sync()
    law.sync()
    with law.desk() as desk:
        with pytest.raises(Refusal, match=r"services\.device_revoked"):
            put(desk, REFER, "lead_referral", REFERRAL)
        assert leaving.not_counted(desk, desk.reader) == {REFER: 1}
        with pytest.raises(Refusal, match=r"services\.hand_over_first"):
            leaving.wipe(desk)
        (file,) = leaving.hand_over(desk, tmp_path / "work.dvb")
    with office.desk() as desk:
        seen = syncing.inspect_bundle(desk, file)
        assert seen.people == ("Dan Halvorsen",)
        assert seen.to_adopt >= 1
        assert syncing.import_bundle(desk, file).held >= 1
        assert answer(desk, record, "last_name") is None
        report = leaving.adopt(desk, file, "Dan called: his own work")
        assert report.held == 0
        assert syncing.inspect_bundle(desk, file).to_adopt == 0
        assert answer(desk, record, "last_name") == "Hollis"
    with law.desk() as desk:
        leaving.wipe(desk)
    assert list(law.root.iterdir()) == []


def test_what_a_thief_writes_after_the_file_was_made_is_not_adopted_with_it(tmp_path):
    office, law = settled(tmp_path)
    shut_out(office, law)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    office.sync()
    law.sync()
    with law.desk() as desk:
        (file,) = leaving.hand_over(desk, tmp_path / "work.dvb")
        desk.archive.refuses = ""  # a thief's program would not mind
        correct(desk, record, "urgency", "today")
        (later,) = leaving.hand_over(desk, tmp_path / "later.dvb")
    with office.desk() as desk:
        leaving.adopt(desk, file, "his own work")
        syncing.import_bundle(desk, later)
        assert answer(desk, record, "urgency") == "routine"


def test_only_a_shut_out_computer_is_wiped_and_only_its_files_are_adopted(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        (file,) = syncing.export_bundles(desk, REFER, tmp_path / "today.dvb")
        with pytest.raises(Refusal, match=r"services\.not_shut_out"):
            leaving.wipe(desk, anyway=True)
        with pytest.raises(Refusal, match=r"services\.not_allowed"):
            leaving.adopt(desk, file, "why not")
    not_of_one = pytest.raises(Refusal, match=r"services\.not_of_a_shut_out_computer")
    with office.desk() as desk, not_of_one:
        leaving.adopt(desk, file, "why not")


def test_wiping_leaves_no_key_in_any_backup(tmp_path):
    office, law = settled(tmp_path)
    word = singing.word()
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", {**REFERRAL, "last_name": word})
    settle(law, office, rounds=1)
    shut_out(office, law)
    office.sync()
    law.sync()
    with law.desk() as desk:
        assert list(law.root.rglob("keyring.json")) != []
        leaving.wipe(desk, anyway=True)
    assert list(law.root.rglob("*")) == []
    assert singing.find([law.root.parent]) == []


def test_a_shut_out_computer_stays_red_until_every_target_says_so(tmp_path):
    office, law = settled(tmp_path)
    car = device_of(law)
    other = tmp_path / "other"
    other.mkdir()
    with office.desk() as desk:
        for name, path in (("stick", office.stick), ("share", other)):
            syncing.add(desk, name, path)
        care = tmp_path / "care"
        care.mkdir()
        syncing.add(desk, "care", care, [CARE])  # never carries who is in
        enrolling.revoke(desk, car, "lost", anyway=True)
        assert past.untold(desk) == {car: ("stick", "share")}
        for name, left in (("stick", {car: ("share",)}), ("share", {})):
            past.note(desk, syncing.sync(desk, syncing.target(desk, name)))
            assert past.untold(desk) == left


# -- coming back -----------------------------------------------------------------------------


def test_a_lost_laptop_is_replaced_and_its_deputy_goes_on_as_the_same_person(tmp_path):
    office, law = settled(tmp_path)
    dan = user_of(law)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    shut_out(office, law)
    new = joined(tmp_path, office, "law", "Dan Halvorsen", agency="sheriff", further_of=dan)
    settle(office, new, rounds=3)
    with new.desk() as desk:
        assert desk.user == dan
        assert desk.roles == {Role.DEPUTY}
        assert set(desk.rings) >= {LAW, REFER}
        correct(desk, record, "urgency", "soon")
    settle(new, office, rounds=1)
    with office.desk() as desk:
        assert answer(desk, record, "urgency") == "soon"
        assert [one.op for one in desk.reader.history(REFER, record)] == ["save", "save"]
        listed = {one.id: one for one in enrolling.devices(desk)}
    assert [one.revoked for one in listed.values() if one.people == ("Dan Halvorsen",)].count(
        False
    ) == 1


def test_one_person_at_two_computers_makes_conflicts_like_two_people(tmp_path):
    office, law = settled(tmp_path)
    dan = user_of(law)
    second = joined(tmp_path, office, "law", "Dan Halvorsen", agency="sheriff", further_of=dan)
    settle(office, second)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, second, office, rounds=2)
    for computer, urgency in ((law, "soon"), (second, "today")):
        with computer.desk() as desk:
            correct(desk, record, "urgency", urgency)
    settle(law, second, office, law, rounds=1)
    for computer in (office, law, second):
        report = computer.sync()
        assert {one.ring: one.conflicts for one in report.rings}[REFER] == (record,)


def test_a_request_in_anothers_name_is_not_approved_by_mistake(tmp_path):
    office, law = settled(tmp_path)
    dan = user_of(law)
    place = tmp_path / "thief"
    place.mkdir()
    with office.desk() as desk:
        enrolling.invite(desk, place / "i", device_class="law", agency="sheriff", user=dan)
    words = joining.join(
        place / "program", place / "i",
        joining.Joiner("Somebody Else", made_county.PASSWORD, cost=CHEAP), place / "r",
        clock=SteppingClock(made_county.NOW), anchors=place / "anchors",
    )  # fmt: skip
    with office.desk() as desk:
        assert enrolling.owner_of(desk, enrolling.look_at(place / "r")) == "Dan Halvorsen"
        with pytest.raises(Refusal, match=r"services\.device_known"):
            enrolling.approve(desk, place / "r", words=words, roles={Role.DEPUTY})


def test_a_copied_laptop_is_taken_out_and_comes_back_with_new_keys(tmp_path):
    office, law = settled(tmp_path)
    dan = user_of(law)
    twin = Computer(tmp_path / "twin" / "program", law.name, law.stick)
    shutil.copytree(law.root.parent, tmp_path / "twin")
    records = []
    for one, count in ((law, 3), (twin, 1)):
        with one.desk() as desk:
            records += [put(desk, REFER, "lead_referral", REFERRAL) for _ in range(count)]
            sync(desk, one.stick)
    office.sync()
    shut_out(office, law)  # both: they have the same keys
    new = joined(tmp_path, office, "law", "Dan Halvorsen", agency="sheriff", further_of=dan)
    settle(office, new, rounds=3)
    for one in (law, twin):
        assert [problem.code for problem in one.sync().everything] == ["services.device_revoked"]
    with new.desk() as desk:
        for record in records:
            assert answer(desk, record, "last_name") == "Hollis"
        records.append(put(desk, REFER, "lead_referral", REFERRAL))
    settle(new, office, rounds=1)
    with office.desk() as desk:
        assert answer(desk, records[-1], "last_name") == "Hollis"


def test_a_restored_coordinator_that_lost_a_revocation_gets_it_back_from_the_target(tmp_path):
    office, law = settled(tmp_path)
    car = device_of(law)
    shutil.copytree(office.root, tmp_path / "backup")
    shut_out(office, law)
    office.sync()
    shutil.rmtree(office.root)
    shutil.copytree(tmp_path / "backup", office.root)
    with office.desk() as desk:
        assert not desk.holding.roster.devices[car].revoked
        sync(desk, office.stick)
        assert desk.holding.roster.devices[car].revoked


# -- two coordinators ------------------------------------------------------------------------


def root_code(office: Computer) -> str:
    return (office.root.parent / made_county.ROOT_PAGE).read_text("utf-8")


def test_a_second_coordinator_is_made_by_the_root_page_alone_and_lets_others_in(tmp_path):
    office, _ = settled(tmp_path)
    second = joined(tmp_path, office, "office", "Mae Ito", roles={Role.COORDINATOR})
    settle(office, second)
    desk_id = device_of(second)
    with second.desk() as desk, pytest.raises(Refusal, match=r"not_a_coordinators_computer"):
        enrolling.invite(desk, tmp_path / "i", device_class="law", agency="police")
    with office.desk() as desk:
        with pytest.raises(Refusal, match=r"vault\."):
            enrolling.appoint(desk, desk_id, "AAAAA " * 14)
        enrolling.appoint(desk, desk_id, root_code(office))
        sync(desk, office.stick)
    second.sync()
    car = joined(tmp_path, second, "law", "Ro Vance", roles={Role.DEPUTY}, agency="police")
    settle(second, car, office)
    with car.desk() as desk:
        assert SHARED in desk.rings
        assert desk.roles == {Role.DEPUTY}
    first = load_device(ProgramFolder(office.root)).device_id
    with second.desk() as desk:
        with pytest.raises(Refusal, match=r"services\.coordinator_by_root"):
            enrolling.revoke(desk, first, "a quarrel")
        enrolling.revoke(desk, first, "stolen", anyway=True, root_code=root_code(office))
        assert desk.holding.roster.devices[first].revoked
        sync(desk, second.stick)
    assert "services.device_revoked" in {one.code for one in office.sync().everything}
    with car.desk() as desk:
        sync(desk, car.stick)
        assert desk.holding.roster.users[desk.user].roles == {"deputy"}


def test_what_a_revocation_leaves_good_counts_in_whatever_order_it_comes(tmp_path):
    office, law = settled(tmp_path)
    second = joined(tmp_path, office, "office", "Mae Ito", roles={Role.CASE_MANAGER})
    settle(office, second, law)
    files, records = [], []
    with law.desk() as desk:
        for name in ("first.dvb", "second.dvb"):
            records.append(put(desk, REFER, "lead_referral", REFERRAL))
            files += syncing.export_bundles(desk, REFER, tmp_path / name)
            sync(desk, law.stick)
    office.sync()
    shut_out(office, law)
    office.sync()
    with second.desk() as desk:
        sync(desk, second.stick, (SYS, SHARED))
        assert syncing.import_bundle(desk, files[0]).held == 1  # the cut is not here yet
        assert syncing.import_bundle(desk, files[1]).held == 0
        for record in records:
            assert answer(desk, record, "last_name") == "Hollis"


def test_what_a_computer_wrote_before_it_was_shut_out_stays_good_on_a_third_at_once(tmp_path):
    office, law = settled(tmp_path)
    rita = joined(
        tmp_path, office, "office", "Rita Gomez", roles={Role.CASE_MANAGER}, admit=[REFER]
    )
    with law.desk() as desk:
        records = [put(desk, REFER, "lead_referral", REFERRAL) for _ in range(3)]
    settle(law, office, rita)
    shut_out(office, law)
    office.sync()
    with rita.desk() as desk:
        report = sync(desk, rita.stick)
        assert {one.ring: one.held for one in report.rings if one.held} == {}
        assert [answer(desk, one, "last_name") for one in records] == ["Hollis"] * 3
        assert verifying.verify(desk).problems == ()


def test_somebody_of_a_name_that_is_there_already_is_not_let_in_beside_them(tmp_path):
    office, _law = settled(tmp_path)
    with pytest.raises(Refusal, match=r"services\.name_in_program"):
        joined(tmp_path, office, "law", "nora  ELLISON", roles={Role.DEPUTY}, agency="sheriff")
    with office.desk() as desk:
        assert len(desk.holding.roster.devices) == 2
