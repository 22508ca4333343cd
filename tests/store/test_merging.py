"""Computers that swap entries end alike; what does not count is kept and not shown."""

from __future__ import annotations

import pytest

from leadapp.core.ids import RecordId, UserId
from leadapp.store.merging import accept_all
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import Access
from tests.store.making import CARE, SHARED, Verifier, answers, journal

BOB = UserId("bob")


def give(source, target, ring=CARE, **more):
    """Hand all entries of ``source`` to the archive of ``target``."""
    reader = source.reader()
    return target.write_side.take(ring, *journal(reader, ring), **more)


@pytest.fixture
def pair(program, other):
    """Two computers, each with its archive open as ``write_side``."""
    for one in (program, other):
        one.write_side = one.archive()
    return program, other


def test_what_one_computer_saved_is_read_on_the_other(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1", {"name": "Ruiz", "first": "1"})])
    one.write_side.seal()
    taken = give(one, two)
    assert (taken.new, taken.records) == (1, {(CARE, "r1")})
    found = two.reader().record(CARE, RecordId("r1"))
    assert (found.answers["name"], found.calculated["sum"]) == ("Ruiz", "1+ v1")
    assert two.write_side.verify(CARE, Verifier()) == []


def test_taking_twice_takes_nothing_the_second_time(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1", {"name": "Ruiz"})])
    give(one, two)
    assert give(one, two).new == 0


def test_concurrent_edits_are_a_conflict_on_both_and_one_choice_settles_it(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1", {"phone": "1"})])
    give(one, two)
    one.write_side.write(CARE, [one.save("r1", {"phone": "2"})])
    two.write_side.write(CARE, [two.save("r1", {"phone": "3"}, by=BOB)])
    taken = give(one, two)
    give(two, one)
    assert taken.conflicts == {(CARE, "r1")}
    left, right = (one.reader().record(CARE, RecordId("r1")) for one in pair)
    assert left.conflicts == right.conflicts
    assert left.answers == right.answers
    one.write_side.write(CARE, [one.save("r1", {"phone": "2"})])
    give(one, two)
    assert two.reader().record(CARE, RecordId("r1")).conflicts == {}
    assert two.write_side.verify(CARE) == []


def test_entries_in_any_order_make_the_same_record(pair):
    one, two = pair
    for phone in "123":
        one.write_side.write(CARE, [one.save("r1", {"phone": phone})])
    entries, seals = journal(one.reader(), CARE)
    two.write_side.take(CARE, [entries[2]])
    waiting = two.reader().record(CARE, RecordId("r1"))
    assert (waiting.waiting, [p.code for p in waiting.problems]) == (True, ["store.more_is_coming"])
    two.write_side.take(CARE, [entries[0]])
    two.write_side.take(CARE, [entries[1]], seals)
    found = two.reader().record(CARE, RecordId("r1"))
    assert (found.waiting, found.answers) == (False, {"phone": "3"})


def test_held_entries_are_relayed_and_not_shown_until_they_count(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1", {"a": "1"}), one.save("r2", {"a": "1"}, by=BOB)])

    def only_ann(entry):
        return entry.author != BOB

    taken = give(one, two, accept=only_ann)
    reader = two.reader()
    assert (taken.new, taken.held) == (2, 1)
    assert [line.record for line in reader.records(RecordQuery())] == ["r1"]
    assert [entry.record for entry in reader.held(CARE)] == ["r2"]
    two.write_side.judge(CARE, accept_all)
    assert reader.count(RecordQuery()) == 2
    two.write_side.judge(CARE, only_ann)
    assert [line.record for line in reader.records(RecordQuery())] == ["r1"]
    assert two.write_side.verify(CARE) == []


def test_entries_of_another_ring_change_nothing(pair):
    one, two = pair
    one.write_side.write(SHARED, [one.of("place", "p1", {"name": "x"})])
    entries, _ = journal(one.reader(), SHARED)
    assert two.write_side.take(CARE, entries).new == 0


def test_accesses_of_another_computer_are_read_and_are_never_heads(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1", {"a": "1"})])
    one.write_side.note_access(CARE, Access(BOB, "view", one.clock.now(), "r1"))
    one.write_side.seal()
    give(one, two)
    reader = two.reader()
    assert [(line.user, line.record) for line in reader.accesses(CARE)] == [("bob", "r1")]
    assert len(reader.record(CARE, RecordId("r1")).heads) == 1


def test_redaction_empties_the_text_everywhere_and_the_chain_still_verifies(pair):
    one, two = pair
    written = one.write_side.write(CARE, [one.save("r1", {"note": "a secret thing"})])
    give(one, two)
    one.write_side.redact(CARE, written.entries, author=BOB, reason="court order")
    assert "note" not in answers(one.reader(), CARE, "r1")
    give(one, two)
    assert "note" not in answers(two.reader(), CARE, "r1")
    for computer in pair:
        assert computer.write_side.verify(CARE) == []
        assert all(not entry.payload for entry in journal(computer.reader(), CARE)[0][:1])


def test_an_unredacted_copy_never_comes_back(pair):
    one, two = pair
    written = one.write_side.write(CARE, [one.save("r1", {"note": "a secret thing"})])
    before = journal(one.reader(), CARE)
    one.write_side.redact(CARE, written.entries, author=BOB, reason="court order")
    order = [e for e in journal(one.reader(), CARE)[0] if e.op == "redact"]
    two.write_side.take(CARE, order)
    two.write_side.take(CARE, *before)
    assert "note" not in answers(two.reader(), CARE, "r1")
    one.write_side.take(CARE, *before)
    assert "note" not in answers(one.reader(), CARE, "r1")


def test_no_redacted_text_is_left_in_the_file(pair):
    one, _ = pair
    written = one.write_side.write(CARE, [one.save("r1", {"note": "zebrafish"})])
    one.write_side.redact(CARE, written.entries, author=BOB, reason="court order")
    connection = one.write_side._files[CARE].connection
    for table in ("entries", "bodies", "records", "found_content"):
        text = repr(connection.rows(f"SELECT * FROM {table}"))  # noqa: S608 - listed above
        assert "zebrafish" not in text
    assert connection.rows("SELECT rowid FROM found WHERE found MATCH 'zebrafish'") == []


def test_two_computers_number_their_entries_apart(pair):
    one, two = pair
    one.write_side.write(CARE, [one.save("r1")])
    two.write_side.write(CARE, [two.save("r2")])
    give(one, two)
    give(two, one)
    for computer in pair:
        places = {(entry.log, entry.seq) for entry in journal(computer.reader(), CARE)[0]}
        assert len(places) == len({log for log, _ in places}) == 2
