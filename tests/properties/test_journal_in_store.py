"""Two computers that write and swap in any order: the tables are what the entries say."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.core.ids import RecordId
from leadapp.journal.fold import fold
from leadapp.store.queries import RecordQuery
from tests.store.making import CARE, Program, journal

saving = st.tuples(
    st.just("save"),
    st.integers(0, 1),
    st.sampled_from(["r1", "r2"]),
    st.sampled_from(["save", "save", "void", "restore"]),
    st.dictionaries(st.sampled_from(["phone", "first"]), st.sampled_from("123"), max_size=2),
)
swapping = st.tuples(st.just("give"), st.integers(0, 1), st.integers(0, 6), st.booleans())


def give(source, target, archive, count, *, backwards):
    """Hand on some entries of one computer, in either order."""
    reader = source.reader()
    entries, seals = journal(reader, CARE)
    reader.close()
    archive.take(CARE, list(reversed(entries))[:count] if backwards else entries[:count], seals)


@given(st.lists(st.one_of(saving, swapping), min_size=1, max_size=12))
@settings(max_examples=25)
def test_tables_equal_a_rebuild_and_computers_end_alike(steps):
    with tempfile.TemporaryDirectory() as place:
        computers = [Program(Path(place), "one", (CARE,)), Program(Path(place), "two", (CARE,))]
        archives = [computer.make() for computer in computers]
        try:
            for step in steps:
                if step[0] == "save":
                    _, who, record, op, values = step
                    write = computers[who].of("free", record, values, op=op)
                    archives[who].write(CARE, [write])
                else:
                    _, who, count, backwards = step
                    source, target = computers[who], computers[1 - who]
                    give(source, target, archives[1 - who], count, backwards=backwards)
            for who in (0, 1):
                give(computers[who], computers[1 - who], archives[1 - who], 99, backwards=True)
            assert [archive.verify(CARE) for archive in archives] == [[], []]
            assert seen(computers[0]) == seen(computers[1])
        finally:
            for archive in archives:
                archive.close()


def seen(computer):
    """Return all a reader sees of each record, checked against folding its entries at once."""
    reader = computer.reader()
    found = {}
    for line in reader.records(RecordQuery(voided=None)):
        record = reader.record(CARE, RecordId(line.record))
        entries = [e for e in journal(reader, CARE)[0] if e.record == line.record]
        folded = fold(entries)
        assert record.conflicts == folded.conflicts
        assert (record.voided, record.heads) == (folded.voided, folded.heads)
        found[line.record] = record
    reader.close()
    return found
