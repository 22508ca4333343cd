"""Saving: durable, one transaction a ring, companions never lost, logs never reused."""

from __future__ import annotations

import json
import shutil
import zlib
from dataclasses import replace

import pytest

from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.kinds import KINDS
from leadapp.kinds.contract import Column
from leadapp.store.projector import Projector
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import Access, PendingWrite
from tests.store.making import ANN, CARE, FORMS, SHARED, Form, Verifier, answers, key, projector


def test_a_save_is_read_back_after_a_restart(program):
    archive = program.archive()
    written = archive.write(CARE, [program.save("r1", {"name": "José", "first": "1"})])
    archive.close()
    reader = program.reader()
    found = reader.record(CARE, RecordId("r1"))
    assert found.answers == {"name": "José", "first": "1"}
    assert found.calculated == {"sum": "1+ v1"}
    assert (found.entries, found.author) == (1, "ann")
    assert written.records == {(CARE, "r1")}


def test_a_correction_changes_only_what_it_names(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1", {"name": "Ruiz", "phone": "1"})])
    archive.write(CARE, [program.save("r1", {"phone": "2", "_reason": "typing mistake"})])
    reader = program.reader()
    assert answers(reader, CARE, "r1") == {"name": "Ruiz", "phone": "2"}
    history = reader.history(CARE, RecordId("r1"))
    assert [(item.reason, [c.key for c in item.changes]) for item in history] == [
        ("", ["name", "phone"]),
        ("typing mistake", ["phone"]),
    ]


def test_several_saves_of_one_record_in_one_transaction_build_on_each_other(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1", {"a": "1"}), program.save("r1", {"b": "2"})])
    found = program.reader().record(CARE, RecordId("r1"))
    assert (found.answers, found.conflicts, found.entries) == ({"a": "1", "b": "2"}, {}, 2)


def test_a_save_from_an_older_draft_meets_a_newer_one_as_a_conflict(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1", {"phone": "1"})])
    seen = program.reader().record(CARE, RecordId("r1")).heads
    archive.write(CARE, [program.save("r1", {"phone": "2"})])
    archive.write(CARE, [program.save("r1", {"phone": "3"}, parents=seen)])
    reader = program.reader()
    found = reader.record(CARE, RecordId("r1"))
    assert found.answers["phone"] == "3"
    assert {one.value for one in found.conflicts["phone"]} == {"2", "3"}
    assert reader.count(RecordQuery(conflicted=True)) == 1
    archive.write(CARE, [program.save("r1", {"phone": "2"})])
    assert reader.record(CARE, RecordId("r1")).conflicts == {}
    assert archive.verify(CARE) == []


def test_a_void_record_leaves_lists_and_views_and_comes_back(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", "p1", {"name": "Office"})])
    reader = program.reader()
    assert reader.rows("SELECT name FROM place") == [("Office",)]
    archive.write(SHARED, [program.of("place", "p1", {"_reason": "twice"}, op="void")])
    assert reader.rows("SELECT name FROM place") == []
    assert reader.records(RecordQuery()) == []
    assert reader.records(RecordQuery(voided=True))[0].record == "p1"
    archive.write(SHARED, [program.of("place", "p1", op="restore")])
    assert reader.rows("SELECT name FROM place") == [("Office",)]


def test_companions_are_written_into_their_ring(program):
    archive = program.archive()
    companion = PendingWrite(SHARED, (program.of("place", "p1", {"name": "Unit 9"}),))
    written = archive.write(CARE, [program.save("r1", {"a": "1"})], pending=[companion])
    assert written.records == {(CARE, "r1"), (SHARED, "p1")}
    assert written.still_to_write == 0
    assert answers(program.reader(), SHARED, "p1") == {"name": "Unit 9"}


def test_a_companion_of_a_closed_ring_waits_until_it_is_open(program):
    archive = program.archive(keys={CARE: key(CARE)})
    companion = PendingWrite(SHARED, (program.of("place", "p1", {"name": "Unit 9"}),))
    written = archive.write(CARE, [program.save("r1")], pending=[companion])
    assert written.still_to_write == 1
    archive.close()
    archive = program.archive()
    assert archive.write_pending().records == {(SHARED, "p1")}
    assert archive.write_pending().records == frozenset()


def test_writing_companions_twice_is_harmless(program):
    archive = program.archive(keys={CARE: key(CARE)})
    companion = PendingWrite(SHARED, (program.of("place", "p1", {"name": "Unit 9"}),))
    archive.write(CARE, [program.save("r1")], pending=[companion])
    archive.close()
    before = program.root / "copy.ring"
    shutil.copy(program.folder.ring_file(CARE), before)
    archive = program.archive()
    archive.write_pending()
    archive.close()
    for path in program.folder.rings_folder.glob("care.ring*"):
        path.unlink()
    shutil.copy(before, program.folder.ring_file(CARE))
    archive = program.archive()
    archive.write_pending()
    assert len(program.reader().history(SHARED, RecordId("p1"))) == 1


def test_seals_cover_every_entry_and_verify(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1"), program.save("r2")])
    archive.seal("roster-hash")
    archive.write(CARE, [program.save("r3")])
    archive.seal("roster-hash")
    archive.seal("roster-hash")
    seals = program.reader().seals(CARE)
    assert [(seal.first, seal.last) for seal in seals] == [(1, 2), (3, 3)]
    assert seals[1].prev == seals[0].head
    assert archive.verify(CARE, Verifier()) == []


def test_accesses_are_kept_in_a_chain_and_sealed_into_one_entry(program):
    archive = program.archive()
    for record in ("r1", "r2"):
        archive.note_access(
            CARE, Access(program.save("x").author, "view", program.clock.now(), record)
        )
    reader = program.reader()
    assert [(line.record, line.entry) for line in reader.accesses(CARE)] == [("r2", ""), ("r1", "")]
    archive.seal()
    assert {line.record for line in reader.accesses(CARE)} == {"r1", "r2"}
    assert len({line.entry for line in reader.accesses(CARE)} - {""}) == 1
    assert len(reader.entries_of(CARE, "accesses")) == 1
    assert archive.verify(CARE, Verifier()) == []


def test_a_changed_line_of_the_access_chain_shows(program):
    archive = program.archive()
    for n in range(3):
        archive.note_access(
            CARE, Access(program.save("x").author, "view", program.clock.now(), f"r{n}")
        )
    file = archive._files[CARE]
    file.connection.execute("DELETE FROM access_chain WHERE n = 2")
    assert [problem.code for problem in archive.verify(CARE)] == ["store.accesses_changed"]


def test_the_same_folder_goes_on_with_its_log(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1")])
    archive.close()
    archive = program.archive()
    archive.write(CARE, [program.save("r2")])
    own = [log for log in program.reader().logs(CARE) if log.own]
    assert (len(own), own[0].last, archive.left_logs) == (1, 2, [])


def test_a_restored_folder_starts_a_new_log_and_seals_the_old_one(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1")])
    archive.close()
    kept = program.folder.ring_file(CARE).read_bytes()
    archive = program.archive()
    archive.write(CARE, [program.save("r2")])
    archive.close()
    program.folder.ring_file(CARE).write_bytes(kept)
    archive = program.archive()
    assert archive.left_logs == [CARE]
    archive.write(CARE, [program.save("r3")])
    reader = program.reader()
    assert len([log for log in reader.logs(CARE) if log.own]) == 2
    assert [seal.last for seal in reader.seals(CARE)] == [1]
    assert archive.verify(CARE, Verifier()) == []


def test_a_copied_folder_without_its_anchor_starts_a_new_log(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1")])
    archive.close()
    shutil.rmtree(program.root / "state-one")
    assert program.archive().left_logs == [CARE]


def test_an_anchor_that_lags_after_a_crash_is_in_order(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1")])
    anchors = next((program.root / "state-one").glob("*.json"))
    old = anchors.read_bytes()
    archive.write(CARE, [program.save("r2")])
    archive.close()
    anchors.write_bytes(old)
    assert program.archive().left_logs == []


def test_a_new_form_definition_computes_its_own_records_again(program):
    before = projector([form for form in FORMS if form.id != "free"])
    archive = program.archive(using=before)
    archive.write(CARE, [program.save("r1", {"first": "1"})])
    archive.write(CARE, [program.of("place", "p1", {"name": "x"})])
    reader = program.reader()
    assert [p.code for p in reader.record(CARE, RecordId("r1")).problems] == ["store.form_not_here"]
    assert archive.use(projector()) == {"free"}
    found = reader.record(CARE, RecordId("r1"))
    assert (found.calculated, found.problems) == ({"sum": "1+ v1"}, ())


def test_an_unknown_version_counts_by_the_kind_its_form_has(program):
    archive = program.archive(using=projector([Form("place", "place", version="2")]))
    archive.write(SHARED, [program.of("place", "p1", {"name": "Office"})])
    reader = program.reader()
    assert reader.rows("SELECT name FROM place") == [("Office",)]
    assert reader.records(RecordQuery())[0].problems == 1


def test_other_declared_columns_rebuild_the_tables_at_opening(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", "p1", {"name": "Office"})])
    archive.close()
    place = KINDS["place"]
    table = replace(place.tables[0], columns=(*place.tables[0].columns, Column("extra", "integer")))
    kinds = {**KINDS, "place": replace(place, tables=(table, *place.tables[1:]))}
    archive = program.archive(using=projector(kinds=kinds))
    row = archive._files[SHARED].connection.one("SELECT name, extra FROM place")
    assert row == ("Office", None)


def test_a_body_that_another_program_shaped_is_damage_until_the_rebuild(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", "p1", {"name": "Office"})])
    connection = archive._files[SHARED].connection
    said = json.loads(zlib.decompress(connection.value("SELECT body FROM bodies")))
    said[6] = said[6][:-1]
    connection.execute("UPDATE bodies SET body = ?", (zlib.compress(json.dumps(said).encode()),))
    with pytest.raises(Damage, match="body_unreadable"):
        program.reader().record(SHARED, RecordId("p1"))
    archive.rebuild(SHARED)
    found = program.reader().record(SHARED, RecordId("p1"))
    assert found is not None
    assert found.answers["name"] == "Office"


def test_a_rebuild_that_was_cut_off_is_done_again(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", f"p{n}", {"name": str(n)}) for n in range(700)])
    steps = archive.rebuilding(SHARED)
    next(steps)
    steps.close()
    archive.close()
    archive = program.archive()
    assert program.reader().rows("SELECT count(*) FROM place") == [(700,)]
    assert archive.verify(SHARED) == []


def test_saves_between_the_slices_of_a_rebuild_are_kept(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", f"p{n}", {"name": "a"}) for n in range(700)])
    for _ in archive.rebuilding(SHARED):
        archive.write(SHARED, [program.of("place", "p699", {"name": "b"})])
    assert program.reader().rows("SELECT name FROM place WHERE record_id = 'p699'") == [("b",)]
    assert archive.verify(SHARED) == []


def test_verify_finds_an_entry_that_was_changed_and_a_list_that_differs(program):
    archive = program.archive()
    archive.write(SHARED, [program.of("place", "p1", {"name": "Office"}), program.save("r2")])
    connection = archive._files[SHARED].connection
    connection.execute("UPDATE place SET name = 'Elsewhere'")
    assert [problem.code for problem in archive.verify(SHARED)] == ["store.computed_differs"]
    archive.rebuild(SHARED)
    assert archive.verify(SHARED) == []
    connection.execute("UPDATE entries SET seq = 7 WHERE record = 'r2'")
    assert "store.entry_changed" in {problem.code for problem in archive.verify(SHARED)}


def test_a_ring_that_is_not_open_is_refused(program):
    archive = program.archive()
    with pytest.raises(Refusal) as caught:
        archive.write(RingId("supply"), [program.save("r1")])
    assert caught.value.code == "store.ring_not_open"


def test_an_entry_that_is_refused_leaves_the_log_as_it_was(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1")])
    with pytest.raises(Exception, match=r"journal\.entry_too_large"):
        archive.write(CARE, [program.save("r2"), program.save("r3", {"a": "x" * (1 << 20)})])
    archive.write(CARE, [program.save("r4")])
    assert archive.verify(CARE) == []
    assert program.reader().record(CARE, RecordId("r2")) is None


def test_small_values_are_kept_in_the_ring(program):
    archive = program.archive()
    archive.keep(CARE, "identity", "AGE-SECRET-KEY-1")
    assert (archive.kept(CARE, "identity"), archive.kept(CARE, "other")) == ("AGE-SECRET-KEY-1", "")


def test_what_is_only_here_goes_down_when_it_is_handed_on(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1"), program.save("r2")])
    reader = program.reader()
    only = reader.waiting_only_here()
    assert (only.entries, only.unsealed) == (2, 2)
    assert only.oldest_ms is not None
    archive.seal()
    log = next(log for log in reader.logs(CARE) if log.own)
    archive.mark_sent(CARE, log.log, log.last)
    assert reader.waiting_only_here().entries == 0


def test_a_rekeyed_ring_opens_with_the_new_key_only(program):
    archive = program.archive()
    archive.write(CARE, [program.save("r1", {"a": "1"})])
    archive.rekey(CARE, key(RingId("new")))
    archive.close()
    with pytest.raises(Exception, match=r"store\.wrong_key"):
        program.archive(keys={CARE: key(CARE)})
    archive = program.archive(keys={CARE: key(RingId("new"))})
    assert archive.verify(CARE) == []


def test_answers_a_form_cannot_compute_with_cost_the_calculation_only(program):
    def failing(definition, answers, finished_at):
        raise ValueError(answers["a"])

    forms = {("free", "1"): Form("free", "")}
    archive = program.archive(using=Projector(forms, KINDS, failing))
    archive.write(CARE, [program.save("r1", {"a": "1"})])
    found = program.reader().record(CARE, RecordId("r1"))
    assert [problem.code for problem in found.problems] == ["store.not_calculated"]
    assert found.answers == {"a": "1"}


def test_a_protected_kind_shows_no_more_than_a_day_in_lists(program):
    kind = next(one for one in KINDS.values() if one.protected)
    archive = program.archive(using=projector([*FORMS, Form("guarded", kind.name)]))
    archive.write(CARE, [program.of("guarded", "r1", {"brief": "zebrafish", "note": "zebrafish"})])
    reader = program.reader()
    line = reader.records(RecordQuery())[0]
    assert (line.title, line.line) == (kind.title, "")
    assert reader.records(RecordQuery(text="zebrafish")) == []
    stored = reader.record(CARE, RecordId("r1"))
    full = reader.records(RecordQuery(full=True))[0]
    assert (full.title, full.line) == (stored.summary.title, stored.summary.line)


def test_a_statement_about_the_ring_is_an_entry_and_no_record(program):
    archive = program.archive()
    entry = archive.append(SHARED, "roster", {"statement": "x"}, author=ANN)
    reader = program.reader()
    assert [one.hash for one in reader.entries_of(SHARED, "roster")] == [entry]
    assert reader.count(RecordQuery()) == 0
    assert archive.verify(SHARED) == []
