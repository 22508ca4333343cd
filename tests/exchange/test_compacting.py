"""Packing and deleting: fewer files, and never less there for anyone, whatever breaks off."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest

from leadapp.core.errors import Damage
from leadapp.core.ids import DeviceId
from leadapp.exchange.compacting import MOST_LOOSE, WAIT_MS, Compacted, Compaction, compacting
from leadapp.exchange.fetching import fetch
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.parties import Audience
from leadapp.exchange.reading import inflate, read_text
from leadapp.exchange.turns import finish
from leadapp.vault.sealing import AgeSealer
from tests.exchange.model import FOLDER, RING, Computer, Crash, Folder, keys, program

NOW = 1_760_000_000_000
DAY = WAIT_MS


def compaction(one: Computer, folder: Folder, now=NOW, *, gone=(), most=2) -> Compaction:
    to = dataclasses.replace(one.audience(), sends=lambda _: True)
    return Compaction(folder, FOLDER, one, to, frozenset(gone), AgeSealer(), now, most)


def compact(one: Computer, folder: Folder, now=NOW, **more) -> Compacted:
    return finish(compacting(compaction(one, folder, now, **more)))


def filled(one: Computer, folder: Folder, files: int = 5) -> None:
    for n in range(files):
        one.write("a", str(n), t=n)
        if n == 1:
            one.attach(b"scan")
        one.sync(folder)


def covered(folder: Folder, of: int) -> list[set[str]]:
    """Return what each computer could read there, by its own key alone."""
    found: list[set[str]] = [set() for _ in range(of)]
    for name, data in folder.files.items():
        if bundle_name(data) != name:
            continue
        for n in range(of):
            with contextlib.suppress(Damage):
                text = inflate(AgeSealer().open(data, keys(n)[1].secret))
                found[n] |= set(read_text(text, RING).names)
    return found


def test_few_files_are_left_alone():
    one, _ = program(2)
    folder = Folder()
    filled(one, folder)
    before = dict(folder.files)
    assert compact(one, folder, most=MOST_LOOSE) == Compacted()
    assert compact(one, folder, NOW + DAY, most=MOST_LOOSE) == Compacted()
    assert folder.files == before


def test_many_files_become_packs_and_go_a_day_later():
    one, other = program(2)
    folder = Folder()
    filled(one, folder)
    before = set(folder.files)
    assert compact(one, folder) == Compacted(packs=2)
    assert before < set(folder.files)
    assert compact(one, folder, NOW + DAY - 1) == Compacted()
    assert compact(one, folder, NOW + DAY).deleted == len(before)
    assert len(folder.files) == 2
    other.sync(folder)
    assert other.held.entries.keys() == one.held.entries.keys()
    assert len(other.held.blobs) == 1
    for computer in (one, other):
        assert computer.sync(folder)[1].files == 0
    assert compact(one, folder, NOW + 9 * DAY) == Compacted()


def test_a_computer_that_was_away_for_a_year_finds_all():
    one, other, away = program(3)
    folder = Folder()
    filled(away, folder, 1)
    now = NOW
    for _ in range(12):
        filled(one, folder, 3)
        other.sync(folder)
        for _pass in range(2):
            now += 15 * DAY
            compact(one, folder, now)
    assert len(folder.files) < 40
    away.sync(folder)
    other.sync(folder)
    assert away.held.entries.keys() == one.held.entries.keys() == other.held.entries.keys()


def test_nothing_goes_while_a_pack_is_torn_or_gone():
    one, _ = program(2)
    folder = Folder()
    filled(one, folder)
    loose = set(folder.files)
    compact(one, folder)
    packs = sorted(set(folder.files) - loose)
    whole = {name: folder.files[name] for name in packs}
    for name in packs:
        folder.files[name] = bytes(len(whole[name]))
    assert compact(one, folder, NOW + 2 * DAY).deleted == 0
    for name in packs:
        del folder.files[name]
    assert compact(one, folder, NOW + 2 * DAY).deleted == 0
    assert loose <= set(folder.files)
    for name in packs:
        folder.files[name] = whole[name]
    assert compact(one, folder, NOW + 4 * DAY).deleted >= len(loose)


@pytest.mark.parametrize("how", ["before", "torn", "after"])
def test_broken_off_at_any_step_all_is_still_there_for_everyone(how):
    for at in range(30):
        one, _ = program(2)
        folder = Folder()
        filled(one, folder, 3)
        wanted = covered(folder, 2)
        for now in (NOW, NOW + DAY, NOW + 3 * DAY):
            folder.crash_at, folder.how = (at + now // DAY) % 30, how
            with contextlib.suppress(Crash):
                compact(one, folder, now)
            folder.crash_at = -1
            assert all(some <= here for some, here in zip(wanted, covered(folder, 2), strict=True))
            one.sync(folder)
        for day in range(4, 8):
            compact(one, folder, NOW + day * DAY)
        assert len(folder.files) <= 4
        assert all(some <= here for some, here in zip(wanted, covered(folder, 2), strict=True))


@pytest.mark.parametrize("first", range(0, 40, 3))
def test_two_coordinators_who_compact_at_once_leave_everything_once(first):
    one, other = program(2)
    folder = Folder()
    filled(one, folder, 3)
    filled(other, folder, 3)
    for computer in (one, other, one):
        computer.sync(folder)
    wanted = covered(folder, 2)
    for day in (0, 1, 3, 5):
        for computer in (one, other):
            fetch(folder, FOLDER, computer, computer.opener())
        works = [compacting(compaction(who, folder, NOW + day * DAY)) for who in (one, other)]
        steps = [0] * first + [1] * first + [0, 1] * 100  # one is ahead, then the other
        for which in steps:
            next(works[which], None)
        assert all(some <= here for some, here in zip(wanted, covered(folder, 2), strict=True))
    assert len(folder.files) == 2


def test_what_a_later_member_needs_stays_until_packs_are_for_it_too():
    one, other, late = program(3)
    folder = Folder()
    early = Audience(
        frozenset({DeviceId("device-0"), DeviceId("device-1")}),
        tuple(keys(n)[1].recipient for n in range(2)),
        lambda _: True,
    )
    filled(one, folder)
    for_all = set(folder.files)
    work = dataclasses.replace(compaction(one, folder), audience=early)
    assert finish(compacting(work)).packs == 2
    assert finish(compacting(dataclasses.replace(work, now_ms=NOW + DAY))).deleted == 0
    assert for_all <= set(folder.files)
    # Once it is a member no longer, nothing is kept for its sake.
    gone = dataclasses.replace(work, now_ms=NOW + DAY, gone=frozenset({DeviceId("device-2")}))
    assert finish(compacting(gone)).deleted == len(for_all)
    other.sync(folder)
    assert late.held.entries == {}


def test_anothers_word_that_a_pack_is_for_everyone_deletes_nothing():
    one, _, liar = program(3)
    folder = Folder()
    filled(one, folder)
    liar.sync(folder)
    liar.carries = True
    lying = dataclasses.replace(
        compaction(liar, folder),
        audience=dataclasses.replace(liar.audience(), recipients=(keys(0)[1].recipient,)),
    )
    assert finish(compacting(lying)).packs == 2
    fetch(folder, FOLDER, one, one.opener())
    wanted = covered(folder, 3)
    for day in range(2, 9, 2):
        compact(one, folder, NOW + day * DAY, most=MOST_LOOSE)
        assert covered(folder, 3) == wanted


def test_pieces_of_cut_writing_go_after_a_week_or_a_month_and_strangers_files_stay():
    one, _ = program(2)
    folder = Folder()
    filled(one, folder, 1)
    good = set(folder.files)
    (name,) = {bundle_name(b"whole")}
    strangers = {"desktop.ini", "Thumbs.db", "film.dvb", "notes.txt"}
    folder.files |= dict.fromkeys(strangers, b"x")
    folder.files |= {"x.dvb.tmp": b"y", name: b"torn"}
    one.sync(folder)
    compact(one, folder, NOW)
    assert compact(one, folder, NOW + 7 * DAY - 1).deleted == 0
    folder.files["x.dvb.tmp"] = b"grown"
    assert compact(one, folder, NOW + 7 * DAY).deleted == 0
    assert compact(one, folder, NOW + 14 * DAY).deleted == 1
    assert name in folder.files
    assert compact(one, folder, NOW + 30 * DAY).deleted == 1
    assert set(folder.files) == good | strangers


def test_a_file_that_was_slow_to_come_whole_is_never_taken_for_a_piece():
    one, other = program(2)
    folder = Folder()
    filled(one, folder, 1)
    ((name, data),) = folder.files.items()
    folder.files = {name: data[:100]}
    compact(other, folder, NOW)
    folder.files = {name: data}
    assert compact(other, folder, NOW + 99 * DAY).deleted == 0
    folder.files = {name: data[:100]}
    folder.unreadable = {name}
    compact(other, folder, NOW + 100 * DAY)
    assert compact(other, folder, NOW + 200 * DAY).deleted == 0


class Emptied(Computer):
    """A computer that has obeyed an order to redact all it has, and its files."""

    emptied = False

    def obey(self) -> None:
        self.emptied = True
        self.gone = set(self.held.blobs)
        self.held.blobs.clear()
        self.held.entries = {k: one.without_payload() for k, one in self.held.entries.items()}

    def redactions(self) -> int:
        return len(self.held.entries) if self.emptied else 0

    def enough(self, _bundle):
        return False

    def redacted_blobs(self):
        return self.gone if self.emptied else ()


def test_after_a_redaction_the_folder_is_packed_anew_and_the_old_text_goes():
    one = Emptied(0, 2, carries=True)
    folder = Folder()
    filled(one, folder)
    compact(one, folder)
    assert compact(one, folder, NOW + DAY).deleted > 0
    before = dict(folder.files)
    one.obey()
    # The attached file at once, the text when the new pack has lain there for a day.
    assert compact(one, folder, NOW + 2 * DAY, most=MOST_LOOSE) == Compacted(packs=1, deleted=1)
    assert compact(one, folder, NOW + 2 * DAY, most=MOST_LOOSE) == Compacted()
    assert compact(one, folder, NOW + 3 * DAY, most=MOST_LOOSE) == Compacted(deleted=1)
    assert not before.keys() & folder.files.keys()
    (data,) = folder.files.values()
    bundle = read_text(inflate(AgeSealer().open(data, keys(1)[1].secret)), RING)
    assert all(one.redacted for batch in bundle.batches for one in batch.entries)
    assert not bundle.blobs


def test_a_full_place_is_told_and_deletes_nothing():
    one, _ = program(2)
    folder = Folder()
    filled(one, folder)
    before = dict(folder.files)
    folder.full = True
    told = compact(one, folder)
    assert [problem.code for problem in told.problems] == ["core.disk_full"]
    assert folder.files == before


def test_stopped_it_goes_on_next_time():
    one, _ = program(2)
    folder = Folder()
    filled(one, folder)
    before = len(folder.files)
    assert finish(compacting(compaction(one, folder), lambda: True)) == Compacted()
    compact(one, folder)
    work = compaction(one, folder, NOW + DAY)
    assert finish(compacting(work, lambda: len(folder.files) == before)).deleted == 2
    assert compact(one, folder, NOW + DAY).deleted == before - 2
