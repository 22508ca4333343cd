"""Records leave as tables: all versions, repeats apart, harmless, allowed, logged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.forms.table_out import OutTable, harmless, sheet_names, write_csv, write_tables
from leadapp.services import exporting, filling
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import add, approve
from leadapp.staff.roles import Role
from tests.services.made_county import CARE, new_desk
from tests.services.test_forms_in_use import CHANGED, VISIT

TRIP = """\
## survey

| type | name | label |
| --- | --- | --- |
| text | car | Car |
| begin repeat | stop | Stop |
| text | town | Town |
| begin repeat | call | Call |
| text | who | Who |
| end repeat | | |
| end repeat | | |

## settings

| form_title | form_id | version | attribute::leadapp:ring |
| --- | --- | --- | --- |
| Trip | trip | 1 | care |
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


def use(desk: Desk, tmp_path: Path, text: str, **decided: object) -> None:
    file = tmp_path / "form.md"
    file.write_text(text, "utf-8")
    approve(desk, add(desk, file), "Test", **decided)  # type: ignore[arg-type] # as approve takes


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_records_of_all_versions_share_one_table(office: Desk, tmp_path: Path) -> None:
    use(office, tmp_path, VISIT, rings="care")
    filling.submit(office, "visit", {"town": "Alder", "sky": "rain", "remark": "Wet"})
    use(office, tmp_path, CHANGED, was={"weather": "sky"})
    filling.submit(office, "visit", {"town": "Birch", "weather": "snow", "day": "2026-11-02"})
    made = exporting.gather(office, "visit")
    rows = {row["town"]: row for row in rows_of(exporting.files(made, ".csv")[""])}
    assert rows["Alder"]["sky"] == "rain"
    assert rows["Alder"]["day"] == ""
    assert rows["Birch"]["sky"] == "snow"
    assert {rows["Alder"]["_version"], rows["Birch"]["_version"]} == {"1", "2"}
    said = rows_of(exporting.files(made, ".csv")["-dictionary"])
    sky = next(row for row in said if row["column"] == "sky")
    assert sky["versions"] == "2, 1"
    assert "snow = Snow" in sky["choices"]


def test_repeats_are_tables_tied_to_their_record(office: Desk, tmp_path: Path) -> None:
    use(office, tmp_path, TRIP)
    answers = {
        "car": "7",
        "stop[a]/town": "Alder",
        "stop[a]/call[x]/who": "Ann",
        "stop[b]/town": "Birch",
        "stop[b]/call[y]/who": "Bo",
        "stop[b]/call[z]/who": "Cy",
    }
    record = filling.submit(office, "trip", answers).record
    files = exporting.files(exporting.gather(office, "trip"), ".csv")
    assert set(files) == {"", "-stop", "-stop.call", "-dictionary"}
    stops = rows_of(files["-stop"])
    assert [row["stop/town"] for row in stops] == ["Alder", "Birch"]
    assert {row["_record"] for row in stops} == {record}
    calls = rows_of(files["-stop.call"])
    within = {row["stop/call/who"]: row["_within"] for row in calls}
    assert within["Bo"] == within["Cy"] == stops[1]["_copy"]
    assert within["Ann"] == stops[0]["_copy"]


def test_void_records_stay_behind(office: Desk, tmp_path: Path) -> None:
    from leadapp.services import browsing

    use(office, tmp_path, VISIT, rings="care")
    filling.submit(office, "visit", {"town": "Alder"})
    gone = browsing.record(office, filling.submit(office, "visit", {"town": "Birch"}).record)
    filling.void(office, gone, filling.undone_by_void(office, gone), reason="Twice")
    assert exporting.gather(office, "visit").records == 1


def test_what_was_taken_out_is_in_the_log(office: Desk, tmp_path: Path) -> None:
    use(office, tmp_path, VISIT, rings="care")
    filling.submit(office, "visit", {"town": "Alder"})
    exporting.exported(office, exporting.gather(office, "visit"))
    office.archive.seal()
    logged = [one for one in office.reader.accesses(CARE) if one.act == "export"]
    assert [(one.user, one.detail) for one in logged] == [(office.user, "visit: 1 from care")]


def test_who_may_not_export_gets_nothing(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "car", law=True)
    desk.roles = frozenset({Role.DEPUTY})
    try:
        with pytest.raises(Refusal) as caught:
            exporting.gather(desk, "cit_contact")
        assert caught.value.code in {"services.not_allowed", "services.nothing_to_export"}
    finally:
        desk.close()


def test_a_form_that_is_not_here_and_one_without_records(office: Desk) -> None:
    for form, code in (("nothing", "no_such_form"), ("consent", "nothing_to_export")):
        with pytest.raises(Refusal) as caught:
            exporting.gather(office, form)
        assert caught.value.code == f"services.{code}"
    with pytest.raises(Refusal):
        exporting.files(exporting.Exported("x", (), {RingId("care"): 1}), ".pdf")


# -- tables that do no harm ------------------------------------------------------------------

DANGEROUS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\uff1d1")


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_typed_is_computed(text: str) -> None:
    table = OutTable("t", ("a",), [(text,)])
    read = list(csv.reader(io.StringIO(write_csv(table).decode("utf-8-sig"), newline="")))
    assert read[1][0].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(write_tables([table])))
    assert book["t"]["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["-5", "+12.5", "-0.25", "2026-11-02", "plain"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_can_be_written(cells: list[str]) -> None:
    table = OutTable("t", tuple(f"c{n}" for n in range(len(cells))), [cells])
    plain = [text.encode("utf-8", "ignore").decode() for text in cells]
    write_csv(OutTable("t", table.header, [plain]))
    openpyxl.load_workbook(io.BytesIO(write_tables([OutTable("t", table.header, [plain])])))


@given(st.lists(st.text(max_size=50), max_size=8))
def test_sheet_names_are_short_and_differ(names: list[str]) -> None:
    made = sheet_names(names)
    assert len({name.lower() for name in made}) == len(names)
    assert all(0 < len(name) <= 31 for name in made)


@given(st.from_regex(r"-?[0-9]{1,16}(\.[0-9]{1,8})?", fullmatch=True))
def test_a_number_in_a_workbook_loses_no_sign(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_tables([OutTable("t", ("a",), [(text,)])])))
    cell = book["t"]["A2"]
    assert str(cell.value) == text or Decimal(repr(cell.value)) == Decimal(text)
    if cell.data_type == "n":
        assert text != "-0"
        assert not text.lstrip("-").startswith("00")
