"""What may befall a stick or a share, on real folders with real keys and databases."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from leadapp.core.errors import Refusal
from leadapp.exchange.reading import MOST_FILE_BYTES
from leadapp.services import syncing, verifying
from leadapp.services.syncing.standing import standing_of
from tests.faults import disk
from tests.faults.harmed import (
    Cleaned,
    Faulty,
    PowerCut,
    Watched,
    copy_of,
    files,
    kept,
    knows,
    over,
    put_back,
    read,
    refer_folder,
    write,
)
from tests.services.made_county import CARE, REFER, put
from tests.services.test_places import REFERRAL
from tests.services.two_computers import office_and_law, settled


@pytest.fixture
def both(tmp_path):
    return settled(tmp_path)


def codes(report) -> set[str]:
    found = {problem.code for problem in report.everything}
    return found | {problem.code for problem in report.notices}


def quiet(report) -> bool:
    return (report.files_read, report.files_written) == (0, 0)


@pytest.mark.parametrize("how", ["before", "after", "torn"])
def test_a_power_cut_at_any_use_of_the_folder_is_mended_by_the_next_exchange(both, how):
    office, law = both
    records = []
    with law.desk() as desk:
        for at in range(1, 120, 4 if how == "torn" else 1):
            records.append(put(desk, REFER, "lead_referral", REFERRAL))
            try:
                over(desk, Faulty(law.stick, at, how))
            except PowerCut:
                continue
            break
        assert 4 < at < 116
        syncing.sync(desk, kept(law))
        assert quiet(syncing.sync(desk, kept(law)))
        assert verifying.verify(desk).problems == ()
    with office.desk() as desk:
        syncing.sync(desk, kept(office))
        assert {read(desk, record) for record in records} == {"Hollis"}
        assert quiet(syncing.sync(desk, kept(office)))


def test_a_file_of_the_right_size_and_only_zeros_is_not_taken_and_a_test_mends_it(both):
    office, law = both
    before = set(files(law.stick))
    record = write(law)
    law.sync()
    for path in set(files(law.stick)) - before:
        path.write_bytes(bytes(path.stat().st_size))
    assert "exchange.torn" in codes(office.sync())
    assert not knows(office, record)
    with law.desk() as desk:
        assert syncing.test(desk, kept(law)).changed > 0
    law.sync()
    office.sync()
    assert knows(office, record)


def test_a_full_stick_is_said_and_once_there_is_room_the_rest_goes(both, tmp_path):
    office, law = both
    record = write(law)
    try:
        with disk.small_disk(tmp_path, "600k") as small:
            law.stick = office.stick = small
            with disk.full(small), law.desk() as desk:
                with pytest.raises(Refusal) as caught:
                    raise_what_stopped(syncing, desk, kept(law))
                assert caught.value.code == "targets.full"
                assert verifying.verify(desk).problems == ()
            law.sync()
            assert not list(small.rglob("*.tmp"))
            office.sync()
            assert knows(office, record)
    except disk.NoDisk as reason:
        pytest.skip(str(reason))


def raise_what_stopped(syncing, desk, target) -> None:
    """Raise the first problem of an exchange, whether it ended it or only one ring's part."""
    for problem in syncing.sync(desk, target).everything:
        raise Refusal(problem.code, **problem.values)


def test_a_stick_that_can_only_be_read_is_said_and_still_read(both, tmp_path):
    office, law = both
    record = write(law)
    try:
        with disk.small_disk(tmp_path, "8m") as small:
            law.stick = office.stick = small
            law.sync()
            with disk.read_only(small):
                write(office, "Ames")
                assert codes(office.sync()) & {"targets.read_only", "targets.takes_no_files"}
                assert knows(office, record)
            assert not codes(office.sync()) & {"targets.read_only", "targets.takes_no_files"}
    except disk.NoDisk as reason:
        pytest.skip(str(reason))


def test_a_stick_pulled_at_any_use_stops_the_exchange_in_words_and_is_mended(both, tmp_path):
    office, law = both
    drawer = tmp_path / "drawer"
    record = write(law)
    with law.desk() as desk:
        for at in range(1, 40):
            record = put(desk, REFER, "lead_referral", REFERRAL)
            pulled = Faulty(law.stick, at, lambda: law.stick.rename(drawer))
            try:
                said = codes(over(desk, pulled))
            except Refusal as refusal:
                said = {refusal.code}
            if not drawer.exists():
                break
            drawer.rename(law.stick)
            assert said & {"targets.not_there", "targets.cannot_read", "targets.takes_no_files"}
        assert 4 < at < 39
        syncing.sync(desk, kept(law))
    office.sync()
    assert knows(office, record)


def test_a_virus_scanner_that_removes_files_is_noticed_and_nothing_counts_as_sent(both):
    office, law = both
    record = write(law)
    with law.desk() as desk:
        assert "exchange.did_not_stay" in codes(over(desk, Cleaned(law.stick)))
        assert desk.reader.waiting_only_here().by_ring[REFER] >= 1
        syncing.sync(desk, kept(law))
        assert desk.reader.waiting_only_here().entries == 0
    office.sync()
    assert knows(office, record)


def test_a_place_that_takes_no_file_is_said_and_the_other_rings_go_on(both):
    office, law = both
    record = write(law)
    folder = refer_folder(law)
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    assert codes(law.sync()) & {"targets.takes_no_files", "targets.cannot_list"}
    folder.unlink()
    law.sync()
    office.sync()
    assert knows(office, record)


def test_a_flipped_bit_in_any_file_is_never_taken_and_a_test_mends_it(both):
    office, law = both
    before = set(files(law.stick))
    record = write(law)
    law.sync()
    new = sorted(set(files(law.stick)) - before)
    for at, path in enumerate(new):
        data = bytearray(path.read_bytes())
        data[(at * 977 + 13) % len(data)] ^= 1 << at % 8
        path.write_bytes(data)
    assert "exchange.torn" in codes(office.sync())
    assert not knows(office, record)
    with law.desk() as desk:
        assert syncing.test(desk, kept(law)).changed >= len(new)
    law.sync()
    office.sync()
    assert knows(office, record)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_cut_file_is_never_taken_and_is_sent_again(both, share):
    office, law = both
    before = set(files(law.stick))
    record = write(law)
    law.sync()
    for path in set(files(law.stick)) - before:
        os.truncate(path, int(path.stat().st_size * share))
    office.sync()
    assert not knows(office, record)
    law.sync()
    office.sync()
    assert knows(office, record)


@pytest.mark.parametrize("new_stick", [False, True])
def test_when_every_file_is_lost_nobody_loses_a_record(both, tmp_path, new_stick):
    office, law = both
    record = write(law)
    law.sync()
    office.sync()
    if new_stick:
        law.stick = office.stick = tmp_path / "new"
        law.stick.mkdir()
    else:
        for path in files(law.stick):
            path.unlink()
    for one in (law, office):
        one.sync()
        assert knows(one, record)
    assert files(refer_folder(law))


def test_a_folder_set_back_to_an_older_state_is_filled_again_and_said(both, tmp_path):
    office, law = both
    law.sync()
    office.sync()
    old = copy_of(law.stick, tmp_path / "old")
    record = write(law)
    law.sync()
    put_back(law.stick, old)
    assert "services.folder_set_back" in codes(law.sync())
    office.sync()
    assert knows(office, record)


def test_copies_under_other_names_are_read_once_by_their_content(both):
    office, law = both
    before = set(files(law.stick))
    record = write(law)
    law.sync()
    for path in set(files(law.stick)) - before:
        for name in ("{}-LAPTOP7.dvb", "{} (1).dvb", "{} (conflicted copy 2026-11-22).dvb"):
            shutil.copy(path, path.with_name(name.format(path.stem)))
        path.unlink()
    with office.desk() as desk:
        first = syncing.sync(desk, kept(office))
        assert read(desk, record) == "Hollis"
        assert not codes(first)
        assert quiet(syncing.sync(desk, kept(office)))


def test_files_of_others_are_passed_over_and_a_huge_one_is_never_read(both):
    office, law = both
    record = write(law)
    law.sync()
    folder = refer_folder(law)
    for name in ("desktop.ini", ".DS_Store", "Thumbs.db", "x.dvb.tmp", "~$notes.docx"):
        (folder / name).write_bytes(b"anything")
        (law.stick / name).write_bytes(b"anything")
    (folder / "a folder").mkdir()
    (folder / "a folder.dvb").mkdir()
    huge = [folder / "film.mp4", folder / ("a" * 32 + ".dvb")]
    for path in huge:
        with path.open("wb") as file:
            file.truncate(10 << 30)
    watched = Watched(office.stick)
    with office.desk() as desk:
        said = codes(over(desk, watched))
        assert read(desk, record) == "Hollis"
    assert said == {"exchange.too_large"}
    assert not {path.name for path in huge} & set(watched.read)
    assert MOST_FILE_BYTES < 10 << 30


def test_a_file_the_cloud_drive_has_not_fetched_does_not_hold_up_the_rest(both):
    office, law = both
    before = set(files(law.stick))
    record = write(law)
    law.sync()
    law_record = write(law, "Ames")
    first = set(files(law.stick)) - before
    law.sync()
    away = frozenset(path.name for path in first if path.parent == refer_folder(law))
    with office.desk() as desk:
        report = over(desk, Watched(office.stick, away))
        assert "targets.cannot_read" in codes(report)
        assert read(desk, record) == ""
        assert read(desk, law_record) == "Ames"
        syncing.sync(desk, kept(office))
        assert read(desk, record) == "Hollis"


def test_every_name_fits_every_file_system(both):
    _, law = both
    write(law)
    law.sync()
    found = files(law.stick)
    assert found
    for path in found:
        assert re.fullmatch(r"[a-z2-7]{8}/[a-z2-7]{32}\.dvb", str(path.relative_to(law.stick)))
    folded = {str(path).casefold() for path in found}
    assert len(folded) == len(found)


@pytest.mark.parametrize("moment", [0, 4_102_444_800])
def test_times_of_files_mean_nothing(both, moment):
    office, law = both
    record = write(law)
    law.sync()
    for path in [*files(law.stick), refer_folder(law)]:
        os.utime(path, (moment, moment))
    with office.desk() as desk:
        syncing.sync(desk, kept(office))
        assert read(desk, record) == "Hollis"
        assert quiet(syncing.sync(desk, kept(office)))
    with law.desk() as desk:
        syncing.sync(desk, kept(law))
        assert quiet(syncing.sync(desk, kept(law)))


def test_old_files_and_those_of_another_program_copied_in_change_nothing(both, tmp_path):
    office, law = both
    old = copy_of(law.stick, tmp_path / "old")
    record = write(law)
    settle_once(law, office)
    other, _ = settled_elsewhere(tmp_path)
    for path in files(old):
        shutil.copy(path, law.stick / path.parent.name / f"old-{path.name}")
    for path in files(other.stick):
        shutil.copy(path, refer_folder(law) / f"foreign-{path.name}")
    for one in (office, law):
        report = one.sync()
        assert sum(ring.entries_in for ring in report.rings if ring.ring == REFER) == 0
        assert knows(one, record)


def settle_once(*computers) -> None:
    for one in (*computers, *computers):
        one.sync()


def settled_elsewhere(tmp_path):
    """Return two computers of a program of its own."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    made = office_and_law(place)
    for one in made:
        one.sync()
    return made


def test_a_mailed_file_is_taken_whatever_the_gateway_did_and_once_only(both, tmp_path):
    office, law = both
    record = write(law)
    file = tmp_path / "today.dvb.txt"
    with law.desk() as desk:
        syncing.export_bundles(desk, REFER, file, mail=True)
        assert syncing.import_bundle(desk, file).entries_in == 0, "one's own file brings nothing"
    text = file.read_bytes()
    renamed = tmp_path / "UNTITLED ATTACHMENT 00017.dat"
    quoted = b"".join(b"> " + line for line in text.splitlines(keepends=True))
    renamed.write_bytes(b"Scanned.\r\n" + quoted + b"\r\n-- \r\nThe county's disclaimer.\r\n")
    with office.desk() as desk:
        assert syncing.import_bundle(desk, renamed).entries_in == 1
        assert read(desk, record) == "Hollis"
        for again in (renamed, file):
            assert syncing.import_bundle(desk, again).entries_in == 0
        for part in (text[: len(text) // 2], text[len(text) // 2 :], b"removed by policy"):
            renamed.write_bytes(part)
            with pytest.raises(Exception, match=r"exchange\."):
                syncing.import_bundle(desk, renamed)


def test_the_empty_folder_a_pulled_stick_leaves_behind_is_not_taken_for_the_stick(tmp_path, both):
    _office, law = both
    write(law)
    try:
        with disk.small_disk(tmp_path, "8m") as stick, law.desk() as desk:
            added = syncing.add(desk, "Small", stick)
            assert standing_of(added).there
            assert syncing.sync(desk, added).files_written
    except disk.NoDisk as reason:
        pytest.skip(str(reason))
    assert list(stick.iterdir()) == [], "what was mounted there is gone"
    with law.desk() as desk:
        kept_one = syncing.target(desk, "Small")
        assert not standing_of(kept_one).there
        with pytest.raises(Refusal, match=r"targets\.not_there"):
            syncing.sync(desk, kept_one)
    assert list(stick.iterdir()) == []


def test_sticks_that_were_mixed_up_are_refused_in_words_and_nothing_is_written(tmp_path, both):
    office, _law = both
    (tmp_path / "care-stick").mkdir()
    with office.desk() as desk:
        common = syncing.add(desk, "Common", office.stick)
        care = syncing.add(desk, "Care", tmp_path / "care-stick", [CARE])
        for one in (common, care):
            syncing.sync(desk, one)
    for old, new in (("stick", "away"), ("care-stick", "stick"), ("away", "care-stick")):
        (tmp_path / old).rename(tmp_path / new)
    before = {path for name in ("stick", "care-stick") for path in (tmp_path / name).rglob("*")}
    with office.desk() as desk:
        for one in (common, care):
            with pytest.raises(Refusal, match=r"services\.other_stick") as refused:
                syncing.sync(desk, one)
            assert refused.value.values["name"] == one.name
    after = {path for name in ("stick", "care-stick") for path in (tmp_path / name).rglob("*")}
    assert after == before


def test_a_cut_file_that_stays_there_is_told_once(both):
    office, law = both
    before = files(refer_folder(office))
    write(law)
    law.sync()
    (cut,) = set(files(refer_folder(office))) - set(before)
    cut.write_bytes(cut.read_bytes()[:-1])
    assert "exchange.torn" in codes(office.sync())
    assert "exchange.torn" not in codes(office.sync())
    (again,) = [one for one in office.sync().rings if one.ring == REFER]
    assert [one.outcome for one in again.not_read] == ["torn"]
