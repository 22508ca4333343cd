"""Drafts: kept at once, owned, discarded for 30 days, and kept on a full disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import DraftId, FormId, RecordId, UserId
from leadapp.store import drafts
from leadapp.store.connection import open_file
from leadapp.store.draft_files import new_file
from leadapp.store.drafts import RESERVED, Draft
from leadapp.store.migrations import DRAFTS, migrate
from tests.store.making import ANN, CARE, SHARED, Program, key
from tests.store.test_damage import fill, small_disk  # noqa: F401 - a fixture

BOB = UserId("bob")


def draft(name: str = "d1", /, **more) -> Draft:
    blank = Draft(
        id=DraftId(name),
        record=RecordId("r1"),
        form=FormId("free"),
        version="1",
        hash="h",
        owner=ANN,
        ring=CARE,
        answers={"name": "José"},
        started_ms=1,
        changed_ms=2,
        title="Half a contact",
        correcting=True,
        parents=("p" * 22,),
        notes={"movement": "m1"},
    )
    return replace(blank, **more)


def test_a_draft_is_read_back_after_a_restart(program):
    program.drafts().save(draft())
    assert program.drafts().load(DraftId("d1")) == draft()


def test_the_latest_state_of_a_draft_is_kept(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.save(draft(answers={"name": "Josefa"}, changed_ms=3))
    assert drafts.mine(ANN) == [draft(answers={"name": "Josefa"}, changed_ms=3)]


def test_each_sees_their_own_last_changed_first(program):
    drafts = program.drafts()
    drafts.save(draft("d1", changed_ms=1))
    drafts.save(draft("d2", changed_ms=5, ring=SHARED))
    drafts.save(draft("d3", owner=BOB))
    assert [one.id for one in drafts.mine(ANN)] == ["d2", "d1"]
    assert len(drafts.all()) == 3


def test_a_discarded_draft_comes_back_within_thirty_days(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.discard(DraftId("d1"))
    assert drafts.mine(ANN) == []
    assert drafts.load(DraftId("d1")) is None
    assert [one.id for one in drafts.discarded(ANN)] == ["d1"]
    drafts.bring_back(DraftId("d1"))
    assert [one.id for one in drafts.mine(ANN)] == ["d1"]


def test_a_discarded_draft_is_gone_after_thirty_days(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.discard(DraftId("d1"))
    program.clock.step(timedelta(days=31))
    assert drafts.discarded(ANN) == []
    drafts.close()
    again = program.drafts()
    again.bring_back(DraftId("d1"))
    assert again.all() == []


def test_a_finished_draft_is_gone_and_finishing_twice_is_harmless(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.finish(DraftId("d1"))
    drafts.finish(DraftId("d1"))
    assert drafts.all() == []


def test_an_absent_users_draft_can_be_taken_over(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.take_over(DraftId("d1"), BOB)
    assert [one.id for one in drafts.mine(BOB)] == ["d1"]


def test_drafts_of_a_redacted_record_are_removed(program):
    drafts = program.drafts()
    drafts.save(draft("d1"))
    drafts.save(draft("d2", record=RecordId("r2")))
    drafts.discard(DraftId("d1"))
    assert drafts.remove_record(RecordId("r1")) == 1
    assert [one.id for one in drafts.all()] == ["d2"]


def test_drafts_count_as_only_here(program):
    drafts = program.drafts()
    drafts.save(draft())
    archive = program.archive()
    assert program.reader().waiting_only_here().drafts == 1
    archive.close()


def test_no_word_of_a_draft_is_readable_on_the_disk(program):
    drafts = program.drafts()
    drafts.save(draft(answers={"name": "zebrafish"}))
    for path in program.folder.drafts_folder.iterdir():
        assert b"zebrafish" not in path.read_bytes()


def test_a_draft_of_a_ring_that_is_not_open_is_refused(program):
    drafts = program.drafts()
    with pytest.raises(Refusal) as caught:
        drafts.save(draft(ring="supply"))
    assert caught.value.code == "store.ring_not_open"


def test_a_full_disk_still_keeps_the_last_words(small_disk, opened):  # noqa: F811 - a fixture
    program = Program(small_disk, rings=(CARE,))
    program.folder.make()
    reserve = program.folder.reserve
    reserve.write_bytes(bytes(RESERVED))
    drafts = program.drafts()
    drafts.save(draft())
    fill(small_disk)
    for n in range(20):
        drafts.save(draft(answers={"name": "x" * 20_000 + str(n)}, changed_ms=n))
    assert not reserve.exists()
    drafts.close()
    kept = program.drafts().load(DraftId("d1"))
    assert kept is not None
    assert kept.answers["name"].endswith("19")


def test_drafts_open_with_the_key_of_their_ring_after_a_rekey(program):
    drafts = program.drafts()
    drafts.save(draft())
    drafts.rekey(CARE, key(SHARED))
    drafts.close()
    with pytest.raises(Exception, match=r"store\.wrong_key"):
        program.drafts()


def test_drafts_written_before_they_had_files_open_with_what_was_typed(program):
    folder = program.drafts()._folder
    path = folder.draft_file(CARE)
    program.drafts().close()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    connection = open_file(path, key(CARE), create=True)
    migrate(connection, DRAFTS[:1])
    drafts._put_row(connection, draft())
    connection.close()
    assert program.drafts().load(DraftId("d1")) == draft()


SCAN = new_file(b"scan" * 100_000, b"salt")


def test_files_stay_with_their_draft_over_a_restart(program):
    program.drafts().save(draft(files=(SCAN,)))
    assert program.drafts().load(DraftId("d1")) == draft(files=(SCAN,))
    assert program.drafts().mine(ANN)[0].files == ()


def test_saving_a_draft_again_keeps_its_files(program):
    drafts = program.drafts()
    drafts.save(draft(files=(SCAN,)))
    drafts.save(draft(files=(SCAN,), changed_ms=3))
    loaded = drafts.load(DraftId("d1"))
    assert loaded is not None
    assert loaded.files == (SCAN,)


def test_files_go_with_a_finished_draft_and_with_a_redacted_record(program):
    drafts = program.drafts()
    for name, go in (("d1", drafts.finish), ("d2", lambda _: drafts.remove_record(RecordId("r1")))):
        drafts.save(draft(name, files=(SCAN,)))
        go(DraftId(name))
        drafts.save(draft(name))
        loaded = drafts.load(DraftId(name))
        assert loaded is not None
        assert loaded.files == ()
