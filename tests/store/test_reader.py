"""Lists, timelines, searches and measures' rows over all open rings."""

from __future__ import annotations

import random

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.store.queries import RecordQuery
from tests.store.making import CARE, LAW, SHARED, Program


@pytest.fixture
def county(tmp_path, opened):
    """A computer with three rings, people on both sides and notes about them."""
    program = Program(tmp_path, rings=(SHARED, CARE, LAW))
    archive = program.make()
    names = [("Hernández", "María", "555-0134"), ("Hernandez", "Jose", ""), ("Ruiz", "Ana", "")]
    for n, (last, first, phone) in enumerate(names):
        answers = {"last_name": last, "first_name": first, "phone": phone}
        archive.write(CARE, [program.of("person", f"care{n}", answers)])
    archive.write(
        LAW, [program.of("person", "law0", {"last_name": "Hernandez", "first_name": "M"})]
    )
    archive.write(
        CARE,
        [
            program.of("contact_note", f"note{n}", {"person": "care0", "when": day})
            for n, day in enumerate(["2026-10-03", "2026-10-01", "2026-10-02"])
        ],
    )
    archive.close()
    return program


def test_people_are_found_by_the_beginnings_of_names_without_accents(county):
    reader = county.reader()
    assert {one.record for one in reader.search_people("hern mar")} == {"care0"}
    assert {one.record for one in reader.search_people("HERNÁ")} == {"care0", "care1", "law0"}
    assert {one.record for one in reader.search_people("h", rings=[CARE])} == {"care0", "care1"}
    assert reader.search_people("zz") == []
    assert reader.search_people(" '\" ") == []


def test_people_are_found_by_phone(county):
    reader = county.reader()
    assert [one.record for one in reader.search_people("5550134")] == ["care0"]
    assert [one.record for one in reader.search_people("555-01")] == ["care0"]


def test_a_changed_name_is_found_and_the_old_one_is_not(county):
    archive = county.archive()
    archive.write(CARE, [county.of("person", "care2", {"last_name": "Reyes"})])
    reader = county.reader()
    assert [one.record for one in reader.search_people("reyes")] == ["care2"]
    assert reader.search_people("ruiz") == []


def test_a_timeline_is_by_day_and_pages(county):
    reader = county.reader()
    notes = [
        line.record for line in reader.timeline([RecordId("care0")]) if line.kind == "contact_note"
    ]
    assert notes == ["note0", "note2", "note1"]
    first = reader.timeline([RecordId("care0")], limit=2)
    assert first + reader.timeline([RecordId("care0")], offset=2) == reader.timeline(
        [RecordId("care0")]
    )
    assert reader.timeline([]) == []


def test_lists_filter_by_kind_day_author_and_text(county):
    reader = county.reader()
    query = RecordQuery(kinds=("contact_note",), first_day="2026-10-02", last_day="2026-10-02")
    assert [line.record for line in reader.records(query)] == ["note2"]
    assert reader.count(RecordQuery(author=UserId("nobody"))) == 0
    assert reader.count(RecordQuery(kinds=("person",), text="hern")) == 3
    assert reader.count(RecordQuery(rings=(LAW,))) == 1


@pytest.mark.parametrize("order", ["day", "changed", "title"])
def test_pages_over_several_rings_are_the_whole_list_cut(county, order):
    reader = county.reader()
    whole = reader.records(RecordQuery(order=order, limit=1000))
    pages = []
    for offset in range(0, len(whole), 2):
        pages += reader.records(RecordQuery(order=order, limit=2, offset=offset))
    assert pages == whole
    assert len({(line.ring, line.record) for line in whole}) == reader.count(RecordQuery()) == 7


def test_records_are_found_in_whichever_ring_holds_them(county):
    reader = county.reader()
    assert reader.find(RecordId("law0")).ring == LAW
    assert reader.find(RecordId("nobody")) is None
    assert reader.record(CARE, RecordId("law0")) is None


def test_measures_read_views_of_all_open_rings(county):
    reader = county.reader()
    sides = reader.rows("SELECT side, count(*) FROM person GROUP BY side ORDER BY side")
    assert sides == [("care", 3), ("law", 1)]
    assert reader.rows("SELECT record_id FROM person WHERE ring = :ring", {"ring": LAW}) == [
        ("law0",)
    ]


def test_a_measure_may_unfold_a_list_given_as_json(county):
    sql = "SELECT record_id FROM person WHERE record_id IN (SELECT value FROM json_each(:ids))"
    assert county.reader().rows(sql, {"ids": '["law0", "x"]'}) == [("law0",)]


def test_a_view_whose_ring_is_not_open_is_empty(county):
    reader = county.reader([LAW])
    assert reader.rows("SELECT minutes FROM contact_note") == []
    assert reader.rows("SELECT side FROM person") == [("law",)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT body FROM r0.bodies",
        "SELECT name FROM sqlite_schema",
        "SELECT value FROM kept",
        "SELECT * FROM pragma_database_list",
        "WITH person AS (SELECT body FROM r1.bodies) SELECT * FROM person",
        "DELETE FROM person",
        "INSERT INTO r0.kept VALUES ('a', 'b')",
        "UPDATE r0.person SET sex = ''",
        "CREATE TABLE t (a)",
        "DROP VIEW person",
        "ATTACH DATABASE 'x' AS y",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT nonsense FROM person",
        "this is no SQL",
        "SELECT 1; DELETE FROM person",
    ],
)
def test_a_measure_can_read_nothing_but_the_views(county, sql):
    reader = county.reader()
    with pytest.raises(Refusal) as caught:
        reader.rows(sql)
    assert caught.value.code == "store.query_refused"
    assert reader.rows("SELECT count(*) FROM person") == [(4,)]


def test_a_query_that_takes_too_long_is_stopped(county):
    reader = county.reader()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    with pytest.raises(Refusal) as caught:
        reader.rows(endless, seconds=0.05)
    assert caught.value.code == "store.took_too_long"
    assert reader.rows("SELECT 1") == [(1,)]


def test_lists_are_asked_from_their_own_ring_and_shared(county):
    archive = county.archive()
    archive.write(SHARED, [county.of("place", "p1", {"name": "Unit 9", "place_kind": "vehicle"})])
    archive.write(
        SHARED, [county.of("place", "p2", {"name": "Jail machine", "place_kind": "machine"})]
    )
    archive.write(SHARED, [county.of("place", "p2", op="void")])
    lookup = county.reader().lookup(LAW)
    assert [(row.name, row.label) for row in lookup.search("place", "unit")] == [("p1", "Unit 9")]
    assert lookup.row("place", "p2").properties["voided"] == "1"
    assert lookup.row("place", "nobody") is None
    assert [row.name for row in lookup.matching("place", "place_kind", "vehicle")] == ["p1"]
    assert lookup.matching("place", "no_such_column", "x") == []
    assert [row.name for row in lookup.search("person", "hern")] == ["law0"]
    assert lookup.has("place")
    assert not lookup.has("contact_note")
    assert not lookup.has("no such list")


def test_eight_agencies_are_read_and_counted_as_one(tmp_path, opened):
    agencies = [f"a{n}" for n in range(8)]
    rings: tuple[RingId, ...] = (SHARED, CARE, RingId("supply"), RingId("sys"))
    rings += tuple(RingId(f"{kind}-{one}") for one in agencies for kind in ("law", "refer"))
    program = Program(tmp_path, rings=rings)
    archive = program.make()
    chance = random.Random(7)  # noqa: S311 - days of made-up contacts
    expected = {}
    for one in agencies:
        ring = RingId(f"law-{one}")
        writes = []
        for n in range(chance.randrange(3, 9)):
            day = f"2026-10-{chance.randrange(1, 29):02d}"
            writes.append(program.of("cit_contact", f"{one}-{n}", {"when": day, "agency": one}))
            expected[f"{one}-{n}"] = day
        archive.write(ring, writes)
        archive.write(ring, [program.of("person", f"person-{one}", {"last_name": f"Name{one}"})])
    archive.write(SHARED, [program.of("place", "p1", {"name": "a3"})])
    reader = program.reader()
    assert len(reader.rings) == 20
    assert len(reader._groups.groups) == 2
    count = reader.rows("SELECT ring, count(*) FROM cit_contact GROUP BY ring")
    assert sum(number for _, number in count) == len(expected)
    assert len(count) == 8
    joined = reader.rows(
        "SELECT count(*) FROM cit_contact JOIN place ON place.name = cit_contact.agency"
    )
    assert joined == [(sum(record.startswith("a3") for record in expected),)]
    lines = []
    for offset in range(0, len(expected), 7):
        query = RecordQuery(kinds=("cit_contact",), offset=offset, limit=7)
        lines += reader.records(query)
    assert [line.day for line in lines] == sorted(expected.values(), reverse=True)
    assert {line.record for line in lines} == set(expected)
    assert reader.count(RecordQuery(kinds=("cit_contact",))) == len(expected)
    assert len(reader.search_people("name")) == 8
    for one in agencies:
        archive.write(
            RingId(f"law-{one}"), [program.of("cit_contact", f"new-{one}", {"agency": one})]
        )
    assert reader.rows("SELECT count(*) FROM cit_contact") == [(len(expected) + 8,)]


def test_a_reader_goes_on_while_tables_are_made_again(county):
    archive = county.archive()
    reader = county.reader()
    before = reader.records(RecordQuery(limit=100))
    archive.rebuild(CARE)
    assert reader.records(RecordQuery(limit=100)) == before
    assert reader.rows("SELECT count(*) FROM person") == [(4,)]
    archive.redact(CARE, [], author=UserId("ann"), reason="order")
    assert reader.rows("SELECT count(*) FROM person") == [(4,)]


def test_a_list_sees_a_save_as_soon_as_it_is_made(county):
    archive = county.archive()
    reader = county.reader()
    assert reader.count(RecordQuery(kinds=("person",))) == 4
    archive.write(CARE, [county.of("person", "care9", {"last_name": "New"})])
    assert reader.count(RecordQuery(kinds=("person",))) == 5
    assert [one.record for one in reader.search_people("new")] == ["care9"]
