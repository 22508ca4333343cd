"""Files that are hostile, or only look like forms: refused with a sentence, before they cost much."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.forms.checking import check
from leadapp.forms.reading import load_definition, read_spreadsheet
from leadapp.forms.reading.workbook import LONGEST_CELL, MOST_ROWS
from leadapp.forms.session import FormSession
from tests.forms.conftest import NOW, counted_ids

WORDS = load_words(resources() / "words")
CONTENT = "[Content_Types].xml"


def book(rows: list[list[object]], **sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    survey = made.worksheets[0]
    survey.title = "survey"
    for row in rows:
        survey.append(row)
    for name, lines in sheets.items():
        page = made.create_sheet(name)
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the package with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            read = old.read(part)
            new.writestr(part.filename, change(read) if part.filename == name else read)
    return out.getvalue()


GOOD = book([["type", "name", "label"], ["text", "a", "A"]])
SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    return with_part(GOOD, SHEET, lambda _: b"<worksheet>" + b" " * 90_000_000)


def nested(levels: int) -> bytes:
    rule = "(" * levels + "1" + ")" * levels
    return (
        f"## survey\n| type | name | label | calculation |\n| calculate | a | | {rule} |\n".encode()
    )


def deep_groups() -> bytes:
    rows = "".join(f"| begin group | g{n} | G |\n" for n in range(3_000))
    return f"## survey\n| type | name | label |\n{rows}".encode()


def many_rows() -> bytes:
    rows = "| text | a | A |\n" * 250_000
    return f"## survey\n| type | name | label |\n{rows}".encode()


def long_rows_sheet() -> bytes:
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c></row>'
    head = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part(GOOD, SHEET, lambda _: head + row * 300_000 + b"</sheetData></worksheet>")


def circle() -> bytes:
    rows = "".join(f"| calculate | c{n} | | ${{c{(n + 1) % 50}}} + 1 |\n" for n in range(50))
    return f"## survey\n| type | name | label | calculation |\n{rows}".encode()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance><d id="d">&b;</d></instance>
</model></h:head><h:body/></h:html>"""
SOUND = b"| type | name | label |\n| --- | --- | --- |\n| text | a | A |\n"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("form.xlsx", bomb, "forms.workbook_too_large"),
        ("form.xlsx", long_rows_sheet, "forms.sheet_too_long"),
        ("form.xlsx", lambda: b"MZ this is a program", "forms.spreadsheet_unreadable"),
        ("form.xlsx", lambda: LAUGHS, "forms.spreadsheet_unreadable"),
        (
            "form.xlsx",
            lambda: with_part(GOOD, SHEET, lambda _: b"<worksheet><row"),
            "forms.spreadsheet_unreadable",
        ),
        (
            "form.xlsx",
            lambda: with_part(GOOD, "xl/workbook.xml", lambda _: LAUGHS),
            "forms.xml_entities",
        ),
        ("form.xlsx", lambda: GOOD[: len(GOOD) // 2], "forms.spreadsheet_unreadable"),
        (
            "form.xlsx",
            lambda: book([["type", "name", "label"], ["text", "a", "=1+1"]]),
            "forms.formula_without_value",
        ),
        ("form.xml", lambda: LAUGHS, "forms.xml_entities"),
        ("form.xml", lambda: b"<a>" * 100_000, "forms.xml_unreadable"),
        ("form.xml", lambda: "<h/>".encode("utf-16"), "forms.text_not_utf8"),
        ("form.md", lambda: "## survey".encode("utf-16"), "forms.text_not_utf8"),
        ("form.md", lambda: b"## survey\n" + SOUND.replace(b"A", b"\xe4"), "forms.text_not_utf8"),
        (
            "form.md",
            lambda: b"## survey\n" + SOUND.replace(b"| A", b"| " + b"A" * 4_000_000),
            "forms.cell_too_long",
        ),
        ("form.md", many_rows, "forms.sheet_too_long"),
        ("form.md", lambda: b"## survey\n" + b"x" * 6_000_000, "forms.workbook_too_large"),
        ("form.md", lambda: nested(5_000), "forms.expression_too_deep"),
        ("form.md", lambda: nested(15_000), "forms.expression_too_long"),
        ("form.md", circle, "forms.circle"),
        ("form.csv", lambda: b"\xff\xfe" * 100, "forms.workbook_breaks_converter"),
        ("form.xls", lambda: b"\xd0\xcf\x11\xe0 no", "forms.workbook_refused"),
        ("form.xls", lambda: b" " * 5_100_000, "forms.workbook_too_large"),
        ("form.docx", lambda: b"", "forms.file_kind_unknown"),
    ],
)
def test_it_is_refused_in_words(name: str, data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        load_definition(data(), name=name)
    said = caught.value.problems or (caught.value.problem,)
    if not code.endswith(("breaks_converter", "workbook_refused")):
        assert {problem.code for problem in said} == {code}
    for problem in said:
        assert len(WORDS.of(problem)) > 20
    assert any(problem.blocks for problem in check(data(), {}, name=name))


def test_groups_inside_groups_without_end_are_refused() -> None:
    with pytest.raises(Refusal):
        load_definition(deep_groups(), name="form.md")


def test_the_largest_survey_is_read_and_one_row_more_is_not() -> None:
    rows: list[list[object]] = [["text", f"q{n}", "Q"] for n in range(MOST_ROWS["survey"])]
    header: list[object] = ["type", "name", "label"]
    assert len(read_spreadsheet(book([header, *rows])).rows("survey")) == MOST_ROWS["survey"]
    with pytest.raises(Refusal):
        read_spreadsheet(book([header, *rows, ["text", "more", "More"]]))


def test_hidden_rows_are_named() -> None:
    made = openpyxl.load_workbook(io.BytesIO(GOOD))
    made["survey"].append(["text", "b", "B"])
    made["survey"].row_dimensions[3].hidden = True
    out = io.BytesIO()
    made.save(out)
    found = [one for one in check(out.getvalue(), {}, name="f.xlsx") if one.code.endswith("hidden")]
    assert [(one.place.sheet, one.place.row, one.blocks) for one in found] == [("survey", 3, False)]


def test_a_formula_with_a_value_is_read_and_named() -> None:
    data = book([["type", "name", "label"], ["text", "a", "=1+1"]])
    data = with_part(
        data, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    workbook = read_spreadsheet(data)
    assert workbook.rows("survey")[0].cells["label"] == "2"
    assert [note.code for note in workbook.notes()] == ["forms.formula"]


def test_a_cell_may_be_as_long_as_a_spreadsheet_allows() -> None:
    for length, fits in ((LONGEST_CELL, True), (LONGEST_CELL + 1, False)):
        text = f"## survey\n| type | name | label |\n| text | a | {'A' * length} |\n".encode()
        codes = {problem.code for problem in check(text, {}, name="form.md")}
        assert ("forms.cell_too_long" not in codes) is fits


def test_a_pattern_made_to_explode_is_answered_at_once() -> None:
    text = (
        "## survey\n| type | name | label | constraint |\n"
        "| text | a | A | regex(., '(a+)+(a*)*(aa?)+b') |\n"
    )
    session = FormSession(
        load_definition(text.encode(), name="f.md"), clock=SteppingClock(NOW), ids=counted_ids()
    )
    session.set_answer("a", "a" * 5_000)
    assert session.state("a").problem is not None
