"""Stock papers and exports from real rings: what they say, who may have them, what is logged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.journal.rings import SHARED, SUPPLY
from leadapp.kinds.movement import PLACES
from leadapp.naloxone.companions import movement_id
from leadapp.naloxone.movements import Movement, reversal_of
from leadapp.papers.reading import text_of_pages
from leadapp.services import reporting, stock_exports, stock_papers
from leadapp.services.desk import Desk
from leadapp.services.stock_exports import as_csv, disarmed, zip3
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from tests.papers.looking import squeezed
from tests.services.made_county import NOW, new_desk, put

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, roles=frozenset({Role.STOCK_MANAGER}))
    yield desk
    desk.close()


def lot(desk: Desk, number: str, expiry: str = "2027-08-31") -> RecordId:
    answers = {
        "product": "nasal_4", "lot_number": number, "expiry": expiry, "doses_per_kit": "2",
        "funding": "settlement",
    }  # fmt: skip
    return put(desk, SHARED, "lot", answers, days_ago=100)


def place(desk: Desk, name: str, kind: str = "vehicle") -> RecordId:
    return put(desk, SHARED, "place", {"name": name, "place_kind": kind, "active": "yes"})


def move(desk: Desk, of: str, start: str, end: str, doses: int, day: str, **more: str) -> RecordId:
    answers = {
        "day": day, "lot": of, "from_place": start, "to_place": end, "doses": str(doses),
        "kits": str(doses // 2), "move": "transferred",
    }  # fmt: skip
    return put(desk, SHARED, "stock_movement", answers | more, days_ago=10)


@pytest.fixture
def october(office: Desk) -> dict[str, RecordId]:
    """Stock two lots over a month: sums by hand are in the test."""
    found = {
        "a": lot(office, "NX4102"),
        "b": lot(office, "NX4390", "2028-01-31"),
        "store": place(office, "Central store", "store"),
        "unit9": place(office, "Unit 9"),
    }
    a, b, store, unit9 = found.values()
    move(office, a, "supplier", store, 60, "2026-09-10", move="received")
    move(office, b, "supplier", store, 36, "2026-10-01", move="received")
    found["slip"] = move(office, a, store, unit9, 12, "2026-10-02")
    move(office, a, unit9, "public", 4, "2026-10-31", move="given", shortfall="1")
    move(office, a, unit9, "used", 1, "2026-10-31", move="used")
    move(office, b, "counted", store, 2, "2026-10-20", move="adjusted")
    move(office, b, unit9, "public", 2, "2026-10-21", move="given", shortfall="1")
    move(office, a, store, "lost", 6, "2026-11-01", move="lost")
    return found


def text_of(paper: stock_papers.StockPaper) -> str:
    return squeezed(" ".join(text_of_pages(paper.pdf)))


def test_a_month_adds_up_by_hand(office: Desk, october: dict[str, RecordId]) -> None:
    text = text_of(stock_papers.reconciliation(office, "2026-10"))
    assert f"NX4102Nasal4mg600{MINUS}4{MINUS}1000055" in text
    assert f"NX4390Nasal4mg036{MINUS}20000236" in text
    assert f"Alllots6036{MINUS}6{MINUS}1000291" in text
    assert "doesnotaddup" not in text
    assert f"Unit9NX4390Jan31,2028{MINUS}1{MINUS}2" in text
    assert "LotNX4390isover-issuedatUnit9:2dosesbelownothing" in text
    assert "tookmorethanthebookshad:2." in text
    assert "Nov1" not in text


def test_the_next_month_begins_where_this_one_ends(
    office: Desk, october: dict[str, RecordId]
) -> None:
    text = text_of(stock_papers.reconciliation(office, "2026-11"))
    assert f"Alllots910000{MINUS}60085" in text


def test_the_paper_agrees_with_the_naloxone_report(
    office: Desk, october: dict[str, RecordId]
) -> None:
    report = reporting.run_report(office, "naloxone", "2026-10")
    values = {name: report.figures[name, "this"].value for name in report.layout.measures}
    assert (values["stock_first_day"], values["stock_last_day"]) == (60, 91)
    (ledger,) = [table for table in report.layout.tables if table.adds_up]
    *parts, total = [values[line.measure] or 0 for line in ledger.lines]
    assert sum(parts) == total
    paper = reporting.print_paper(office, report)
    assert "Naloxone report: October 2026" in text_of_pages(paper.pdf)[0]


def test_a_report_there_is_not_is_refused(office: Desk) -> None:
    with pytest.raises(Refusal):
        reporting.run_report(office, "../monthly", "2026-10")


def test_a_changed_last_day_and_one_nobody_read_are_said(office: Desk) -> None:
    changed = put(
        office, SHARED, "lot",
        {
            "product": "nasal_4", "lot_number": "NX1", "expiry": "2026-12-31",
            "doses_per_kit": "2", "notice": "Maker, letter", "notice_day": "2026-10-01",
            "notice_expiry": "2027-12-31",
        },
    )  # fmt: skip
    for one in (changed, lot(office, "NX2", expiry="")):
        move(office, one, "supplier", place(office, "Store"), 4, "2026-10-02")
    text = text_of(stock_papers.reconciliation(office, "2026-10"))
    assert "LotNX1:anoticechangedthelastdayfromDec31,2026toDec31,2027." in text
    assert "Lotswithnolastdayonrecord:1." in text


def test_any_ledger_on_disk_adds_up(office: Desk) -> None:
    chance = Random(3)  # noqa: S311 - a ledger, not a secret
    lots = [lot(office, f"L{n}") for n in range(3)]
    shelves = [place(office, f"Unit {n}") for n in range(3)]
    for _ in range(60):
        start, end = chance.sample([*shelves, *PLACES], 2)
        day = f"2026-{chance.choice(('09', '10', '11'))}-{chance.randint(1, 20):02}"
        move(office, chance.choice(lots), start, end, chance.randint(1, 90), day)
    for period in ("2026-09", "2026-10", "2026-11"):
        assert "doesnotaddup" not in text_of(stock_papers.reconciliation(office, period))


def test_a_count_sheet_has_what_the_place_should_hold(
    office: Desk, october: dict[str, RecordId]
) -> None:
    text = text_of(stock_papers.count_sheet(office, "unit 9"))
    assert "NX4102Nasal4mgAug31,202727NX4390" in text
    assert f"Jan31,20282{MINUS}2" in text
    blind = text_of(stock_papers.count_sheet(office, october["unit9"], blind=True))
    assert "Onthebooks" not in blind


def test_labels_say_the_lot(office: Desk, october: dict[str, RecordId]) -> None:
    paper = stock_papers.labels(office, "nx4102", 3, start=30)
    pages = text_of_pages(paper.pdf)
    assert len(pages) == 2
    assert squeezed(pages[0]).startswith("AlderCounty2dosesNasal4mgLotNX4102Usethrough")
    for count, start in ((0, 1), (901, 1), (1, 31)):
        with pytest.raises(Refusal):
            stock_papers.labels(office, "NX4102", count, start=start)


def test_a_slip_has_what_went_that_day_and_no_more(
    office: Desk, october: dict[str, RecordId]
) -> None:
    paper = stock_papers.transfer_slip(office, "Central store", "Unit 9", "2026-10-02")
    text = text_of(paper)
    assert "NX4102Nasal4mgAug31,2027612Alllots612" in text
    assert october["slip"][:8] in text
    with pytest.raises(Refusal):
        stock_papers.transfer_slip(office, "Unit 9", "Central store", "2026-10-02")


def test_a_recall_has_shelves_and_what_left_them_and_no_movement_taken_back(
    office: Desk, october: dict[str, RecordId]
) -> None:
    given = put(
        office,
        SUPPLY,
        "naloxone_given",
        {"day": "2026-10-15", "setting": "event", "lot": october["a"], "doses": "2", "kits": "1"},
    )
    line = {
        "day": "2026-10-15", "lot": october["a"], "from_place": october["store"],
        "to_place": "public", "doses": "2", "kits": "1", "move": "given",
    }  # fmt: skip
    made = movement_id(given, "given")
    put_as(office, made, line)
    undone = move(office, october["a"], october["store"], "public", 9, "2026-10-16", move="given")
    move(
        office, october["a"], "public", october["store"], 9, "2026-10-16", move="given",
        reverses=undone,
    )  # fmt: skip
    corrected = {**line, "doses": "3", "replaces": made}
    put_as(office, RecordId("r" * 22), corrected)
    put_as(office, RecordId("s" * 22), {**line, "reverses": made})
    text = text_of(stock_papers.recall_list(office, "NX4102"))
    assert "Centralstore" in text
    assert "Unit937" in text
    assert "Oct15,2026EventCentralstore13" in text
    assert "Oct31,2026GivenUnit924Together7" in text
    assert "Oct31,2026UsedUnit901Together1" in text
    assert "Oct16" not in text
    assert "lawenforcementcontacts" in text  # not open in the office


def put_as(desk: Desk, record: RecordId, answers: dict[str, str]) -> None:
    """Write a movement under a given id, as a hand-out's form does."""
    source = desk.shelf.source("stock_movement")
    keys = desk.shelf.keys(source)
    values = {keys[name]: text for name, text in answers.items()}
    write = RecordWrite(
        record=record,
        form=FormId("stock_movement"),
        form_version=source.version,
        op="save",
        values={**values, "_hash": source.hash},
        author=desk.user,
        at=NOW - timedelta(days=3),
    )
    desk.archive.write(SHARED, [write])


def test_what_is_not_one_lot_or_place_is_refused(office: Desk) -> None:
    lot(office, "SAME")
    lot(office, "same")
    for name in ("SAME", "none"):
        with pytest.raises(Refusal):
            stock_papers.recall_list(office, name)
    with pytest.raises(Refusal):
        stock_papers.count_sheet(office, "supplier")


def test_the_same_desk_and_moment_give_the_same_bytes(
    office: Desk, october: dict[str, RecordId]
) -> None:
    once, again = (stock_papers.reconciliation(office, "2026-10") for _ in range(2))
    assert once == again


def test_printing_is_logged(office: Desk, october: dict[str, RecordId]) -> None:
    stock_papers.count_sheet(office, "Unit 9")
    stock_papers.printed(office)
    assert "print" in {line.act for line in office.reader.accesses(SHARED)}


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.REPORT_CLERK])
def test_who_may_not_print_or_export_is_refused(tmp_path: Path, role: Role) -> None:
    desk = new_desk(tmp_path, law=role is Role.DEPUTY, roles=frozenset({role}))
    try:
        with pytest.raises(Refusal):
            stock_papers.reconciliation(desk, "2026-10")
        with pytest.raises(Refusal):
            stock_exports.state_table(desk, "2026-10", "given")
        with pytest.raises(Refusal):
            stock_exports.odmap(desk, "2026-10")
    finally:
        desk.close()


# -- exports ------------------------------------------------------------------------------

CANARY = "Terri-Lynn Osgood 406-555-0130"


def hand_out(desk: Desk, day: str, **more: str) -> RecordId:
    answers = {
        "day": day, "county": "alder", "town": "59801", "setting": "event", "giver": "peer",
        "recipient": "family", "declined": "no", "kits": "1", "doses": "2", "product": "nasal_4",
        "instruction": "spoken",
    }  # fmt: skip
    return put(desk, SUPPLY, "naloxone_given", answers | more)


def use(desk: Desk, day: str, **more: str) -> RecordId:
    answers = {
        "day": day, "county": "Alder County", "town": "59801-1234", "reporter": "community",
        "place_type": "home", "called_911": "yes",
    }  # fmt: skip
    people: list[Mapping[str, str]] = [{"survived": "yes"}, {"survived": "no"}]
    return put(desk, SUPPLY, "naloxone_used", answers | more, copies={"people": people})


def table(export: stock_exports.Export) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.text)))


def test_a_state_table_has_one_row_a_hand_out_and_no_text(office: Desk) -> None:
    hand_out(office, "2026-10-15")
    hand_out(office, "2026-10-31", town=CANARY, county=f"=cmd {CANARY}", setting=CANARY)
    hand_out(office, "2026-11-01")
    export = stock_exports.state_table(office, "2026-10", "given")
    first, second = table(export)
    assert (first["day"], first["county"], first["zip3"]) == ("2026-10-15", "Alder County", "598")
    assert (first["kits"], first["doses"], first["setting"]) == ("1", "2", "event")
    assert (second["county"], second["zip3"], second["setting"]) == ("other", "", "other")
    assert "Osgood" not in export.text
    assert export.rows == 2
    assert export.left_out == ("law",)


def test_weeks_in_place_of_days_tell_no_day_and_no_order(office: Desk) -> None:
    hand_out(office, "2026-10-15", doses="9")
    hand_out(office, "2026-10-12", doses="4")
    hand_out(office, "2026-10-18", doses="6")
    export = stock_exports.state_table(office, "2026-10", "given", weeks=True)
    rows = table(export)
    assert {row["week_of"] for row in rows} == {"2026-10-12"}
    assert [row["doses"] for row in rows] == ["4", "6", "9"]
    assert "2026-10-15" not in export.text


def test_a_use_report_counts_its_people(office: Desk) -> None:
    use(office, "2026-10-09")
    (row,) = table(stock_exports.state_table(office, "2026-10", "used"))
    assert (row["people"], row["survived"], row["died"], row["survival_unknown"]) == (
        "2",
        "1",
        "1",
        "0",
    )
    assert (row["zip3"], row["milligrams"]) == ("598", "")


def test_the_overdose_map_asks_day_place_fatal_and_doses_in_this_order(office: Desk) -> None:
    use(office, "2026-10-09")
    export = stock_exports.odmap(office, "2026-10")
    where = "Home, Alder County, ZIP 598xx"
    assert export.text.splitlines() == [
        f"2026-10-09\t{where}\tFatal\tDoses unknown",
        f"2026-10-09\t{where}\tNonfatal\tDoses unknown",
    ]


def test_an_export_is_logged_in_every_ring_it_came_from(office: Desk) -> None:
    export = stock_exports.odmap(office, "2026-10")
    stock_exports.exported(office, export)
    assert "export" in {line.act for line in office.reader.accesses(SUPPLY)}


@pytest.mark.parametrize(
    ("town", "area"),
    [
        ("59801", "598"),
        (" 598 ", "598"),
        ("59801-1234", "598"),
        ("036", "000"),
        ("82190", "000"),
        ("Riverside", ""),
        ("598012", ""),
        ("call 59801", ""),
        ("5980", ""),
    ],
)
def test_a_zip_code_is_three_digits_or_nothing(town: str, area: str) -> None:
    assert zip3(town) == area


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_any_table_reads_back_and_none_of_it_runs(rows: list[list[str]]) -> None:
    text = as_csv(("one", "two"), rows)
    _, *read = csv.reader(io.StringIO(text, newline=""))
    cells = [cell for row in read for cell in row]
    assert len(cells) == 2 * len(rows)
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for cell in cells)


def test_reversal_ids_follow_from_the_movement(office: Desk) -> None:
    """The recall list rests on it: a movement taken back is named by its reversal."""
    movement = Movement(RecordId("m" * 22), RecordId("lot"), "store", "public", "given", 2, "")
    assert reversal_of(movement, day="2026-10-16").reverses == movement.id
