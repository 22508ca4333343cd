"""Two computers with real files, real keys and a folder between them."""

from __future__ import annotations

import gzip
import shutil
import subprocess

import pyrage  # type: ignore[import-untyped]  # ships no stubs
import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import FormId, RecordId, RingId, UserId, new_id
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SHARED, SYS
from leadapp.services import syncing, unlock, verifying
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.syncing import enrolling, joining
from leadapp.services.syncing.membership import audience
from leadapp.services.syncing.places import rings_at
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from leadapp.targets.folder import FolderTarget
from tests.canary import singing
from tests.forms_once import CACHE
from tests.services.made_county import CARE, LAW, NOW, REFER, put
from tests.services.two_computers import CHEAP, joined, office_and_law, settle, settled, sync

REFERRAL = {
    "door": "community",
    "when": "2026-11-20T10:30:00.000-07:00",
    "urgency": "routine",
    "first_name": "Wren",
    "last_name": "Hollis",
    "status": "received",
}


def correct(desk, record, question, text, *, author="", at=NOW):
    """Write one answer of a referral again."""
    source = desk.shelf.source("lead_referral")
    write = RecordWrite(
        record, FormId("lead_referral"), source.version, "save",
        {desk.shelf.keys(source)[question]: text, "_hash": source.hash},
        UserId(author or desk.user), at,
    )  # fmt: skip
    desk.archive.write(REFER, [write])


def answer(desk, record, question):
    stored = desk.reader.record(REFER, record)
    source = desk.shelf.source("lead_referral")
    return stored.answers.get(desk.shelf.keys(source)[question]) if stored else None


class Failing(FolderTarget):
    """A folder whose cable is pulled at the n-th use."""

    def __init__(self, base, at) -> None:
        super().__init__(base)
        self.at = at

    def list_sizes(self, folder):
        self._count()
        return super().list_sizes(folder)

    def get(self, folder, name, most):
        self._count()
        return super().get(folder, name, most)

    def put(self, folder, name, data) -> None:
        self._count()
        super().put(folder, name, data)

    def _count(self) -> None:
        self.at -= 1
        if self.at == 0:
            raise ConnectionResetError


# -- two computers ---------------------------------------------------------------------------


def test_a_joined_computer_has_the_rings_the_people_and_the_forms(tmp_path):
    _, law = settled(tmp_path)
    with law.desk() as desk:
        assert set(desk.rings) == {SYS, SHARED, LAW, REFER}
        assert desk.roles == {Role.DEPUTY}
        assert desk.shelf.knows("cit_contact")
        assert verifying.verify(desk).problems == ()


def test_a_referral_written_in_the_car_is_read_in_the_office(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    law.sync()
    with office.desk() as desk:
        report = sync(desk, office.stick)
        assert answer(desk, record, "last_name") == "Hollis"
        stored = desk.reader.record(REFER, record)
    assert stored is not None
    assert stored.kind == "referral"
    assert "Hollis" in stored.summary.title + stored.summary.line
    assert [one.held for one in report.rings] == [0] * len(report.rings)
    assert report.everything == []


def test_a_second_exchange_reads_and_writes_nothing(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        first = sync(desk, law.stick)
        second = sync(desk, law.stick)
    assert first.files_written > 0
    assert (second.files_read, second.files_written) == (0, 0)
    with office.desk() as desk:
        assert sync(desk, office.stick).files_read > 0
        third = sync(desk, office.stick)
    assert (third.files_read, third.files_written) == (0, 0)


def test_what_only_lies_here_is_counted_until_it_was_sent(tmp_path):
    _, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        assert desk.reader.waiting_only_here().by_ring[REFER] == 1
        sync(desk, law.stick)
        assert desk.reader.waiting_only_here().entries == 0


def test_an_edit_on_both_sides_is_listed_on_both_and_one_choice_settles_it(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    for computer, urgency in ((law, "soon"), (office, "today")):
        with computer.desk() as desk:
            correct(desk, record, "urgency", urgency)
    law.sync()
    for computer in (office, law):
        report = computer.sync()
        conflicts = {one.ring: one.conflicts for one in report.rings}
        assert conflicts[REFER] == (record,)
    with office.desk() as desk:
        correct(desk, record, "urgency", "soon")
    office.sync()
    for computer in (law, office):
        report = computer.sync()
        assert all(not one.conflicts for one in report.rings)
        with computer.desk() as desk:
            assert answer(desk, record, "urgency") == "soon"


def test_a_cable_pulled_at_any_step_is_mended_by_the_next_exchange(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        kept = syncing.KeptTarget("stick", law.stick)
        rings = rings_at(desk, kept)
        for at in range(1, 16):
            record = put(desk, REFER, "lead_referral", REFERRAL)
            try:
                syncing.sync_over(desk, Failing(law.stick, at), kept, rings)
            except ConnectionResetError:
                continue
            else:
                break
        else:
            raise AssertionError("an exchange has fewer steps")
        assert at > 5
        sync(desk, law.stick)
        assert sync(desk, law.stick).files_written == 0
    with office.desk() as desk:
        sync(desk, office.stick)
        assert answer(desk, record, "last_name") == "Hollis"
        assert verifying.verify(desk).problems == ()


def test_lost_and_torn_files_are_sent_again(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    law.sync()
    for number, path in enumerate(sorted(law.stick.rglob("*.dvb"))):
        if number % 2:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:1000])
    law.sync()
    office.sync()
    with office.desk() as desk:
        assert answer(desk, record, "last_name") == "Hollis"


def test_a_file_in_the_place_of_another_ring_is_refused(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, law.stick)
        program = desk.device.program_id
    source = law.stick / ring_folder(program, REFER)
    for path in source.iterdir():
        path.rename(law.stick / ring_folder(program, SHARED) / path.name)
    with office.desk() as desk:
        report = sync(desk, office.stick)
        before = desk.reader.logs(SHARED)
    outcomes = {file.outcome for one in report.rings for file in one.not_read}
    assert outcomes == {"not_for_me"}
    assert all(log.device for log in before)


def test_a_bundle_is_read_by_stock_tools(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, law.stick)
        program = desk.device.program_id
    with office.desk() as desk:
        key = pyrage.x25519.Identity.from_str(desk.archive.kept(REFER, RING_IDENTITY))
    newest = max(
        (law.stick / ring_folder(program, REFER)).iterdir(), key=lambda one: one.stat().st_mtime_ns
    )
    packed = pyrage.decrypt(newest.read_bytes(), [key])
    assert len(packed) >= 4096
    read = subprocess.run(["gunzip"], input=packed, capture_output=True, check=True)
    assert read.stdout.startswith(b'{"dv":1,"ring":"refer-sheriff","to":[')
    assert b"Hollis" in read.stdout
    assert read.stdout == gzip.decompress(packed)


# -- care ------------------------------------------------------------------------------------


def care_office(tmp_path):
    """Return the first office, a second one that may have care, and the law computer."""
    office, law = settled(tmp_path)
    second = joined(tmp_path, office, "office", "Mae Ito", roles={Role.CASE_MANAGER}, admit=[CARE])
    settle(office, second)
    return office, second, law


def test_care_goes_between_offices_over_its_own_target_and_nothing_of_it_to_the_law(tmp_path):
    office, second, law = care_office(tmp_path)
    stick = tmp_path / "care-stick"
    stick.mkdir()
    word = singing.word()
    with office.desk() as desk:
        record = put(desk, CARE, "person_care", {"last_name": word, "first_name": "Ada"})
        sync(desk, stick, (CARE,))
    settle(office, second, law)
    with second.desk() as desk:
        sync(desk, stick, (CARE,))
    with office.desk() as desk:
        sync(desk, stick, (CARE,))
    with second.desk() as desk:
        sync(desk, stick, (CARE,))
        assert word in desk.reader.record(CARE, record).summary.title
    for _ in range(2):
        with law.desk() as desk:
            sync(desk, law.stick)
            identities = [desk.archive.kept(ring, RING_IDENTITY) for ring in desk.rings]
            assert CARE not in desk.rings
            with pytest.raises(Refusal, match=r"services\.ring_not_exchanged"):
                syncing.add(desk, "care", stick, [CARE])
    assert singing.find([law.root, law.root.parent / "anchors", law.stick, stick]) == []
    keys = [pyrage.x25519.Identity.from_str(one) for one in identities]
    for path in law.stick.rglob("*.dvb"):
        try:
            packed = pyrage.decrypt(path.read_bytes(), keys)
        except pyrage.DecryptError:
            continue
        assert not singing.sings(gzip.decompress(packed))
    for path in stick.rglob("*.dvb"):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(path.read_bytes(), keys)
    assert not (law.root / "rings" / "care.ring").exists()


def test_a_law_computer_is_no_recipient_of_care_even_if_the_roster_says_so(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        car = desk.device.device_id
    with office.desk() as desk:
        desk.holding.say(desk.archive, "admit", {"device": car, "rings": [CARE]})
        mine = desk.archive.kept(SYS, RING_IDENTITY)
        key = str(pyrage.x25519.Identity.from_str(mine).to_public())
        desk.holding.say(desk.archive, "recipient", {"device": car, "ring": CARE, "recipient": key})
        to = audience(desk, CARE, carries=False)
        assert to.members == {desk.device.device_id}
        assert key not in to.recipients


def test_care_shares_no_target_with_another_ring(tmp_path):
    office, _ = settled(tmp_path)
    with office.desk() as desk:
        for rings in ([CARE, REFER], [CARE]):
            with pytest.raises(Refusal, match=r"services\.part2_apart"):
                syncing.add(desk, "mixed", office.stick, rings)
        own = tmp_path / "own"
        own.mkdir()
        syncing.add(desk, "care", own, [CARE])
        sync(desk, own, (CARE,))
        with pytest.raises(Refusal, match=r"services\.part2_apart"):
            syncing.add(desk, "all", own)
        assert [one.name for one in syncing.targets(desk)] == ["care"]


def test_a_stick_that_served_the_law_is_refused_for_care_even_when_it_was_emptied(tmp_path):
    office, law = settled(tmp_path)
    law.sync()
    with law.desk() as desk:
        law_was_here = ring_folder(desk.device.program_id, RingId("law was here"))
    for folder in office.stick.iterdir():
        if folder.is_dir() and folder.name != law_was_here:
            shutil.rmtree(folder)
    with office.desk() as desk, pytest.raises(Refusal, match=r"services\.part2_apart"):
        syncing.add(desk, "care", office.stick, [CARE])


def test_another_stick_in_the_place_of_the_one_for_care_is_refused(tmp_path, monkeypatch):
    office, _ = settled(tmp_path)
    monkeypatch.setattr("leadapp.services.syncing.places.is_removable", lambda _: True)
    stick = tmp_path / "care-stick"
    stick.mkdir()
    with office.desk() as desk:
        kept = syncing.add(desk, "care", stick, [CARE])
        syncing.sync(desk, kept)
        assert syncing.sync(desk, kept).files_written == 0
        stick.rename(tmp_path / "drawer")
        stick.mkdir()
        with pytest.raises(Refusal, match=r"services\.stick_not_marked"):
            syncing.sync(desk, kept)
        assert [one.name for one in stick.iterdir()] == ["README.txt"]
        syncing.remove(desk, "care")
        assert syncing.sync(desk, syncing.add(desk, "care", stick, [CARE])).files_written > 0


# -- whose entries count ---------------------------------------------------------------------


def test_what_is_written_in_anothers_name_is_kept_and_does_not_count(tmp_path):
    office, law = settled(tmp_path)
    with office.desk() as desk:
        nora = desk.user
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, law.stick)
        correct(desk, record, "urgency", "today", author=nora)
        sync(desk, law.stick)
    with office.desk() as desk:
        report = sync(desk, office.stick)
        assert answer(desk, record, "urgency") == "routine"
    why = {one.ring: one.held_because for one in report.rings}[REFER]
    assert why == (("journal.author_not_bound", 1),)


def test_a_record_that_has_no_place_in_a_ring_does_not_count_there(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        for form in ("stock_movement", "_setting"):
            write = RecordWrite(
                RecordId(new_id()), FormId(form), "1", "save", {"name": "x"}, desk.user, NOW
            )
            desk.archive.write(REFER, [write])
        put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, law.stick)
    with office.desk() as desk:
        report = sync(desk, office.stick)
    why = {one.ring: one.held_because for one in report.rings}[REFER]
    assert why == (("journal.no_place_for_form", 2),)


def test_a_revoked_computer_learns_it_and_what_it_writes_then_does_not_count(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        car = desk.device.device_id
    settle(law, office, rounds=1)
    with office.desk() as desk:
        with pytest.raises(Refusal, match=r"services\.rings_closed"):
            enrolling.revoke(desk, car, "left in a taxi")
        assert enrolling.revoke(desk, car, "left in a taxi", anyway=True) == [LAW]
    with law.desk() as desk:  # has not heard of it
        correct(desk, record, "urgency", "today")
        sync(desk, tmp_path / "stick")
    with office.desk() as desk:
        sync(desk, office.stick)
        assert answer(desk, record, "urgency") == "routine"
        put(desk, REFER, "lead_referral", REFERRAL)
        sync(desk, office.stick)
        program = desk.device.program_id
    report = law.sync()
    assert [problem.code for problem in report.everything] == ["services.device_revoked"]
    assert [one.ring for one in report.rings] == [SYS]
    with law.desk() as desk:
        key = pyrage.x25519.Identity.from_str(desk.archive.kept(REFER, RING_IDENTITY))
    opened = 0
    for path in (law.stick / ring_folder(program, REFER)).iterdir():
        try:
            opened += b"Hollis" in gzip.decompress(pyrage.decrypt(path.read_bytes(), [key]))
        except pyrage.DecryptError:
            continue
    assert opened <= 2  # its own two; what was written after the news does not open


def test_a_restored_computer_sends_what_it_had_and_gets_back_what_it_lost(tmp_path):
    office, law = settled(tmp_path)
    shutil.copytree(law.root, tmp_path / "backup")
    with law.desk() as desk:
        lost = put(desk, REFER, "lead_referral", REFERRAL)
    law.sync()
    shutil.rmtree(law.root)
    shutil.copytree(tmp_path / "backup", law.root)
    with law.desk() as desk:
        assert LAW in desk.archive.left_logs
        kept = put(desk, REFER, "lead_referral", REFERRAL)
        assert sync(desk, law.stick).everything == []
        assert answer(desk, lost, "last_name") == "Hollis"
        assert verifying.verify(desk).problems == ()
    office.sync()
    with office.desk() as desk:
        for record in (lost, kept):
            assert answer(desk, record, "last_name") == "Hollis"


def test_two_copies_of_one_computer_are_both_kept_and_said(tmp_path):
    office, law = settled(tmp_path)
    shutil.copytree(law.root.parent, tmp_path / "twin")
    records = []
    for root in (law.root, tmp_path / "twin" / "program"):
        law.root = root
        with law.desk() as desk:
            records.append(put(desk, REFER, "lead_referral", REFERRAL))
            report = sync(desk, law.stick)
    assert {problem.code for problem in report.everything} == {"services.copied_computer"}
    with law.desk() as desk:
        assert sync(desk, law.stick).files_read == 0
    office.sync()
    with office.desk() as desk:
        for record in records:
            assert answer(desk, RecordId(record), "last_name") == "Hollis"


# -- letting in ------------------------------------------------------------------------------


def test_a_computer_that_waits_to_be_let_in_gets_and_sends_nothing(tmp_path):
    office, _ = settled(tmp_path)
    with office.desk() as desk:
        enrolling.invite(desk, tmp_path / "i", device_class="law", agency="police")
    joiner = joining.Joiner("Ro Vance", "seven lamps hum over water", cost=CHEAP)
    place = tmp_path / "ro"
    place.mkdir()
    clock = SteppingClock(NOW)
    words = joining.join(
        place / "program", tmp_path / "i", joiner, tmp_path / "r", clock=clock,
        anchors=place / "anchors",
    )  # fmt: skip
    assert len(words.split()) == 6
    with pytest.raises(Refusal, match=r"services\.words_differ"), office.desk() as desk:
        enrolling.approve(
            desk, tmp_path / "r", words=words[::-1], roles={Role.DEPUTY}, agency="police"
        )
    before = sorted(office.stick.rglob("*"))
    desk = unlock.unlock(
        place / "program", name="Ro Vance", password=joiner.password, clock=clock,
        anchors=place / "anchors", cache=CACHE,
    )  # fmt: skip
    report = sync(desk, office.stick)
    desk.close()
    assert [problem.code for problem in report.everything] == ["services.not_enrolled_yet"]
    assert (report.files_written, sum(one.entries_in for one in report.rings)) == (0, 0)
    assert sorted(office.stick.rglob("*")) == before


def test_a_changed_request_is_refused(tmp_path):
    office, _ = office_and_law(tmp_path)
    changed = (tmp_path / "dan" / "request.json").read_bytes().replace(b"Halvorsen", b"Halvorsem")
    (tmp_path / "changed").write_bytes(changed)
    with office.desk() as desk:
        with pytest.raises(Damage, match=r"services\.not_a_request"):
            enrolling.approve(desk, tmp_path / "changed", words="", roles={Role.DEPUTY})
        listed = {one.device_class: one.people for one in enrolling.devices(desk)}
    assert listed == {"office": ("Nora Ellison",), "law": ("Dan Halvorsen",)}


# -- files -----------------------------------------------------------------------------------


def test_a_mailed_file_is_taken_once_and_opened_by_nobody_else(tmp_path):
    office, law = settled(tmp_path)
    file = tmp_path / "today.dvb.txt"
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
        assert syncing.export_bundles(desk, REFER, file, mail=True) == [file]
    assert file.read_bytes().startswith(b"-----BEGIN AGE")
    file.write_bytes(b"\r\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    with office.desk() as desk:
        seen = syncing.inspect_bundle(desk, file)
        assert (seen.ring, seen.entries, seen.new) == (REFER, 1, 1)
        assert syncing.import_bundle(desk, file).entries_in == 1
        assert answer(desk, record, "last_name") == "Hollis"
        assert syncing.import_bundle(desk, file).entries_in == 0
    file.write_bytes(file.read_bytes()[:-200])
    with office.desk() as desk, pytest.raises(Damage, match=r"exchange\.mail_cut"):
        syncing.import_bundle(desk, file)


def test_a_computer_is_let_in_by_mail_alone(tmp_path):
    office, _ = settled(tmp_path)
    second = joined(tmp_path, office, "office", "Mae Ito", roles={Role.CASE_MANAGER})

    def mail(sender, receiver, ring):
        with sender.desk() as desk:
            (file,) = syncing.export_bundles(
                desk, ring, tmp_path / "letter.txt", everything=True, mail=True
            )
        with receiver.desk() as desk:
            return syncing.import_bundle(desk, file)

    assert mail(office, second, SYS).entries_in > 0
    assert mail(office, second, SHARED).entries_in > 0
    with second.desk() as desk:
        assert desk.roles == {Role.CASE_MANAGER}
        assert set(desk.rings) >= {SYS, SHARED, REFER}
        record = put(desk, REFER, "lead_referral", REFERRAL)
    mail(second, office, SYS)
    mail(second, office, REFER)
    with office.desk() as desk:
        assert answer(desk, record, "last_name") == "Hollis"


def test_a_target_that_is_not_there_is_refused_and_said(tmp_path):
    office, _ = settled(tmp_path)
    with office.desk() as desk:
        with pytest.raises(Refusal, match=r"targets\.not_there"):
            syncing.add(desk, "gone", tmp_path / "gone")
        with pytest.raises(Refusal, match=r"services\.target_inside"):
            syncing.add(desk, "own", desk.root)
        with pytest.raises(Refusal, match=r"services\.ring_not_exchanged"):
            syncing.add(desk, "other", office.stick, [RingId("law-police")])
        added = syncing.add(desk, "Stick", office.stick)
        assert syncing.targets(desk) == [added]
        assert syncing.test(desk, added).files > 0
        syncing.remove(desk, "stick")
        assert syncing.targets(desk) == []
