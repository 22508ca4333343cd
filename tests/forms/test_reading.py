"""Workbooks and XForms from files: places of errors, limits, cache, attached lists."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.forms.reading import (
    Converted,
    convert,
    load_definition,
    read_markdown,
    read_markdown_form,
    read_spreadsheet,
    write_markdown,
    write_spreadsheet,
)
from leadapp.forms.session import FormSession
from leadapp.forms.xform import read_xform
from tests.forms.conftest import NOW, counted_ids

SIMPLE = """\
# A form

Words between the sheets are for people.

## survey

| type | name | label | relevant |
| --- | --- | --- | --- |
| text | a | A line<br>and another | |
| integer | b | B \\| or not | ${a} = 'x' |

## settings

| form_id | version |
|:--|--:|
| simple | 3 |
"""


def problem_of(text: str) -> tuple[str, str | None, int | None, str | None]:
    with pytest.raises(Refusal) as refused:
        read_markdown_form(text)
    problem = refused.value.problems[0]
    return problem.code, problem.place.sheet, problem.place.row, problem.place.column


def test_markdown_for_people_is_read() -> None:
    workbook = read_markdown(SIMPLE)
    assert list(workbook.sheets) == ["survey", "settings"]
    first, second = workbook.rows("survey")
    assert first.number == 9
    assert first.cells["label"] == "A line\nand another"
    assert second.cells["label"] == "B | or not"
    definition = read_markdown_form(SIMPLE)
    assert (definition.id, definition.version) == ("simple", "3")
    assert definition.data.children[1].row == 10


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            SIMPLE.replace("${a} = 'x'", "foo( ="),
            ("forms.expression_stops", "survey", 10, "relevant"),
        ),
        (
            SIMPLE.replace("${a} = 'x'", "nonsense(1)"),
            ("forms.function_unknown", "survey", 10, "relevant"),
        ),
        (
            SIMPLE.replace("${a} = 'x'", "/data/c = 1"),
            ("forms.reference_missing", "survey", 10, "relevant"),
        ),
        (
            SIMPLE.replace("| integer |", "| nosuchtype |"),
            ("forms.type_unknown", "survey", 10, "type"),
        ),
        (
            SIMPLE.replace("| ${a} = 'x' |", "| ${a} = 'x' | more |"),
            ("forms.cell_without_header", "survey", 10, "5"),
        ),
        (
            SIMPLE.replace("| relevant |", "| label |"),
            ("forms.header_twice", "survey", 7, "label"),
        ),
        (
            SIMPLE.replace("## survey", "## questions"),
            ("forms.no_survey_sheet", "survey", None, None),
        ),
    ],
)
def test_markdown_error_names_sheet_line_and_column(
    text: str, place: tuple[str, str | None, int | None, str | None]
) -> None:
    assert problem_of(text) == place


LABELLED = """\
## survey
| type | name | label::English (en) | label::Español (es) | constraint | constraint_message |
| --- | --- | --- | --- | --- | --- |
| text | a | A | A | | |
| text | b | B ${a} | B ${a} | . != 'x' | Not ${a} |
"""


def test_label_expression_that_fails_names_its_row_and_column() -> None:
    made = convert(LABELLED.encode(), ".md", "form.md")
    broken = made.xform.replace('<output value=" /data/a "/>', '<output value="nonsense(1)"/>')
    assert broken != made.xform
    with pytest.raises(Refusal) as refused:
        read_xform(broken, rows=made.rows)
    places = {(p.code, p.place.row, p.place.column) for p in refused.value.problems}
    assert places == {
        ("forms.function_unknown", 5, "label"),
        ("forms.function_unknown", 5, "constraint_message"),
    }
    unreadable = made.xform.replace('<output value=" /data/a "/>', '<output value="foo( ="/>')
    assert ("forms.expression_stops", 5, "label") in {
        (p.code, p.place.row, p.place.column) for p in read_xform(unreadable, rows=made.rows).notes
    }


def test_missing_reference_in_braces_names_its_row() -> None:
    code, sheet, row, _ = problem_of(SIMPLE.replace("${a}", "${nothing}"))
    assert (code, sheet, row) == ("forms.name_not_found", "survey", 10)


def test_spreadsheet_and_markdown_are_the_same_form(tmp_path: Path) -> None:
    workbook = read_markdown(SIMPLE)
    data = write_spreadsheet(workbook)
    again = read_spreadsheet(data, "form.xlsx")
    assert write_markdown(again) == write_markdown(workbook)
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    assert load_definition(file).id == "simple"


def test_spreadsheet_numbers_and_blank_rows_keep_their_places() -> None:
    book = openpyxl.Workbook()
    survey = book.worksheets[0]
    survey.title = "Survey"
    rows: list[list[str]] = [
        ["type", "name", "label"],
        [],
        ["select_one n", "a", "A"],
        ["text", "b", "B"],
    ]
    for row in rows:
        survey.append(row)
    choices = book.create_sheet("choices")
    for cells in (["list_name", "name", "label"], ["n", 1.0, "One"], ["n", 2, True]):
        choices.append(cells)
    out = io.BytesIO()
    book.save(out)
    workbook = read_spreadsheet(out.getvalue())
    assert [row.number for row in workbook.rows("survey")] == [2, 3, 4]
    assert [dict(row.cells) for row in workbook.rows("choices")] == [
        {"list_name": "n", "name": "1", "label": "One"},
        {"list_name": "n", "name": "2", "label": "TRUE"},
    ]
    assert dict(workbook.index().rows) == {"a": 3, "b": 4}


def test_workbook_that_unpacks_to_very_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(11):
            package.writestr(f"xl/{number}.xml", b" " * 10_000_000)
    with pytest.raises(Refusal) as refused:
        read_spreadsheet(out.getvalue())
    assert refused.value.code == "forms.workbook_too_large"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\x00" * 100])
def test_file_that_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        convert(data, ".xlsx", "form.xlsx")
    assert refused.value.code == "forms.spreadsheet_unreadable"


HOSTILE = """<?xml version="1.0"?>
<!DOCTYPE h [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>
<h><model><instance><data id="x"><q>&a;&b;</q></data></instance></model></h>"""


def test_xml_with_entities_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_xform(HOSTILE)
    assert refused.value.code == "forms.xml_entities"


@pytest.mark.parametrize("data", ["", "<a>", "plain", "<a/>"])
def test_xml_that_is_no_form_is_refused(data: str) -> None:
    with pytest.raises(Refusal):
        read_xform(data)


def test_conversion_runs_in_another_process() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        made = pool.submit(convert, SIMPLE.encode(), ".md", "form.md").result(timeout=60)
        failed = pool.submit(convert, b"no tables", ".md", "form.md").exception(timeout=60)
    assert isinstance(made, Converted)
    assert made.rows.row("b") == 10
    assert isinstance(failed, Refusal)
    assert failed.code == "forms.no_survey_sheet"


def test_cached_form_opens_without_converting(tmp_path: Path) -> None:
    asked: list[str] = []

    def counting(data: bytes, suffix: str, name: str) -> Converted:
        asked.append(name)
        return convert(data, suffix, name)

    for _ in range(2):
        definition = load_definition(
            SIMPLE.encode(), name="form.md", cache=tmp_path / "cache", convert=counting
        )
    assert asked == ["form.md"]
    assert definition.data.children[1].row == 10
    changed = SIMPLE.replace("A line", "Another line").encode()
    load_definition(changed, name="form.md", cache=tmp_path / "cache", convert=counting)
    assert len(asked) == 2


def test_broken_cache_file_is_made_again(tmp_path: Path) -> None:
    load_definition(SIMPLE.encode(), name="form.md", cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"{")
    assert load_definition(SIMPLE.encode(), name="form.md", cache=tmp_path).id == "simple"


LISTED = """\
## survey
| type | name | label | choice_filter |
| --- | --- | --- | --- |
| select_one_from_file towns.csv | town | Town | county = 'Lane' |
"""


def test_list_beside_the_form_is_read_and_belongs_to_its_hash(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(LISTED, "utf-8")
    without = load_definition(tmp_path)
    assert [note.code for note in without.notes] == ["forms.list_missing"]
    (tmp_path / "towns.csv").write_text("name,label,county\ne,Eugene,Lane\nb,Bend,Deschutes\n")
    definition = load_definition(tmp_path)
    assert definition.notes == ()
    assert definition.hash != without.hash
    assert definition.attached[0].found
    items = definition.instances["towns"].children[0].children
    assert [item.children[1].value for item in items] == ["Eugene", "Bend"]


def test_folder_with_a_workbook_of_each_sort_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(LISTED, "utf-8")
    (tmp_path / "form.xlsx").write_bytes(b"PK")
    with pytest.raises(Refusal) as refused:
        load_definition(tmp_path)
    assert refused.value.code == "forms.folder_with_two_forms"


def test_circle_is_refused_with_its_questions() -> None:
    text = """
| survey |
| | type | name | calculation |
| | calculate | a | ${b} + 1 |
| | calculate | b | ${c} + 1 |
| | calculate | c | ${a} + 1 |
"""
    with pytest.raises(Refusal) as refused:
        read_markdown_form(text)
    assert refused.value.code == "forms.circle"
    named = str(refused.value.values["questions"]).split(", ")
    assert set(named) == {"a", "b", "c"}
    assert named[0] == named[-1]


def test_form_that_encrypts_can_be_looked_at_but_never_finished() -> None:
    text = SIMPLE.replace("| form_id | version |", "| form_id | public_key |").replace(
        "| simple | 3 |", "| simple | MIIBIjANBgkqh |"
    )
    definition = read_markdown_form(text)
    session = FormSession(definition, clock=SteppingClock(NOW), ids=counted_ids())
    found = session.finish(NOW)
    assert isinstance(found, list)
    assert [problem.code for problem in found if problem.blocks] == ["forms.encrypted_form"]


def test_words_in_a_label_that_are_no_expression_stay_words() -> None:
    words = "A instance('c')/root/item[name <> 1]/label"
    text = SIMPLE.replace("A line<br>and another", words)
    definition = read_markdown_form(text)
    assert "forms.expression_stops" in {note.code for note in definition.notes}
    session = FormSession(definition, clock=SteppingClock(NOW), ids=counted_ids())
    shown = {session.state(item.key).label for item in session.items() if item.key}
    assert words in shown


def test_every_code_has_a_sentence() -> None:
    import re

    words = load_words(resources() / "words")
    package = Path(__file__).parents[2] / "leadapp" / "forms"
    used = {
        code
        for file in package.rglob("*.py")
        for code in re.findall(r'"(forms\.[a-z0-9_]+)"', file.read_text("utf-8"))
    } | {"forms.no_form_id", "forms.no_version"}
    assert used - words.codes() == set()


def test_form_in_csv_is_read(tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text('"survey",,,\n,"type","name","label"\n,"text","a","A"\n')
    assert [child.name for child in load_definition(file).data.children] == ["a", "meta"]


def test_headers_in_capitals_keep_their_rows() -> None:
    definition = read_markdown_form(SIMPLE.replace("| type | name |", "| Type | Name |"))
    assert definition.data.children[1].row == 10
