"""What the checker says of a form, and where."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from leadapp.core.problems import Problem
from leadapp.forms.checking import check
from leadapp.kinds.contract import Kind, Need

CONTACT = Kind(
    name="contact",
    rings=("law",),
    needs=(
        Need("when", ("dateTime",), why="Reports ask for the day."),
        Need("weapon", ("select_one",), ("yes", "no", "unknown"), "The share is reported."),
    ),
    tables=(),
    rows=lambda _record: (),
    summary=lambda _record: None,  # type: ignore[arg-type,return-value] # never asked by the checker
)
GOOD = """\
## survey
| type | name | label | calculation | relevant | appearance |
| --- | --- | --- | --- | --- | --- |
| dateTime | when | When | | | |
| select_one w | weapon | Weapon | | | minimal |
| integer | doses | Doses | | ${weapon} = 'yes' | |
| calculate | total | | coalesce(${doses}, 0) + 1 | | |

## choices
| list_name | name | label |
| --- | --- | --- |
| w | yes | Yes |
| w | no | No |
| w | unknown | Unknown |

## settings
| form_id | version | attribute::leadapp:kind | attribute::leadapp:ring |
| --- | --- | --- | --- |
| c | 1 | contact | law |
"""


def codes(text: str, **options: object) -> list[tuple[str, int | None, str | None]]:
    return [(p.code, p.place.row, p.place.column) for p in found(text, **options)]


def found(text: str, **options: object) -> list[Problem]:
    return check(text.encode(), {"contact": CONTACT}, name="form.md", **options)  # type: ignore[arg-type] # options are check's


def test_good_form_has_no_problems() -> None:
    assert codes(GOOD) == []


def test_kind_unknown_to_the_program_is_named() -> None:
    assert codes(GOOD.replace("| contact |", "| contract |")) == [
        ("forms.kind_unknown", None, None)
    ]


def test_missing_question_wrong_type_and_missing_choice_of_a_kind() -> None:
    assert codes(GOOD.replace("| when |", "| time |")) == [("forms.need_missing", None, "name")]
    assert codes(GOOD.replace("| dateTime |", "| date |")) == [("forms.need_type", 4, "type")]
    assert codes(GOOD.replace("| w | unknown | Unknown |\n", "")) == [
        ("forms.need_choices", 5, "type")
    ]


def test_ring_must_be_one_the_kind_may_have() -> None:
    assert codes(GOOD.replace("| law |", "| care |")) == [("forms.ring_not_allowed", None, None)]
    assert codes(GOOD.replace("| law |", "| lawyers |")) == [("forms.ring_unknown", None, None)]
    assert codes(GOOD.replace("| law |", "| |")) == [("forms.ring_missing", None, None)]


def test_common_mistakes_are_warnings_with_their_row() -> None:
    assert codes(GOOD.replace("coalesce(${doses}, 0)", "${doses}")) == [
        ("forms.sum_over_blank", 7, "calculation")
    ]
    assert codes(GOOD.replace("= 'yes'", "= 'yess'")) == [("forms.choice_unknown", 6, "relevant")]
    assert codes(GOOD.replace("minimal", "minimaal")) == [
        ("forms.appearance_unknown", 5, "appearance")
    ]
    assert codes(GOOD.replace("| w | no | No |", "| w | no | No |\n| w | 1.0 | One |")) == [
        ("forms.choice_like_number", 14, "name")
    ]
    assert codes(GOOD.replace("= 'yes'", "= yes")) == [("forms.word_without_quotes", 6, "relevant")]


def test_curly_quotes_are_found_in_the_cell() -> None:
    problems = codes(GOOD.replace("= 'yes'", "= ‘yes’"))
    assert problems == [("forms.smart_quote", 6, "relevant")]


def test_function_of_a_vendor_is_named() -> None:
    problems = found(GOOD.replace("= 'yes'", "= difference-in-months(/data/when, 1)"))
    assert [(p.code, p.values["vendor"]) for p in problems] == [("forms.function_of_vendor", "CHT")]


def test_choice_with_a_space_in_a_select_multiple_is_an_error() -> None:
    text = GOOD.replace("select_one w", "select_multiple w").replace("| w | no |", "| w | no way |")
    assert ("forms.choice_with_space", 13, "name") in codes(text)


def test_list_of_the_program_needs_no_file() -> None:
    text = GOOD.replace("| integer | doses", "| select_one_from_file lots.csv | lot").replace(
        "coalesce(${doses}, 0) + 1", "1"
    )
    assert codes(text) == [("forms.list_missing", None, None)]
    assert codes(text, lists=("lots",)) == []


def test_file_that_is_no_form_gives_problems_not_an_error() -> None:
    assert [p.code for p in check(b"PK nonsense", {}, name="form.xlsx")] == [
        "forms.spreadsheet_unreadable"
    ]
    assert [p.code for p in check(b"x", {}, name="form.docx")] == ["forms.file_kind_unknown"]


BROKEN = """\
## survey
| type | name | label | relevant | default |
| --- | --- | --- | --- | --- |
| text | town | Town | ${towm} = 'x' | |
| text | sky | Sky | ${skye} = 'y' | |
| date | day | Day | | 45982 |

## settings
| form_title | form_id | version | attribute::leadapp:kind |
| --- | --- | --- | --- |
| Visit | visit | 45982 | contact |
"""


def test_a_form_that_does_not_read_names_every_mistake_and_what_its_kind_lacks() -> None:
    found = check(BROKEN.encode(), {"contact": CONTACT}, name="form.md")
    said = {(one.code, one.place.row, one.place.column) for one in found}
    assert {
        ("forms.name_not_found", 4, "relevant"),
        ("forms.name_not_found", 5, "relevant"),
        ("forms.need_missing", None, "name"),
        ("forms.date_serial", 6, "default"),
        ("forms.date_serial", 11, "version"),
    } <= said
    lacking = [one.values["example"] for one in found if one.code == "forms.need_missing"]
    assert lacking == [
        "type dateTime | name when | label When",
        "type select_one weapon | name weapon | label Weapon; choices: yes, no, unknown",
    ]


def test_merged_cells_are_named_in_their_sheet_and_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("survey", 0)
    for row in (("type", "name", "label"), ("text", "a", "A"), ("text", "b", "B")):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    book.create_sheet("settings").append(("form_title", "form_id", "version"))
    book["settings"].append(("Visit", "visit", "1"))
    file = tmp_path / "visit.xlsx"
    book.save(file)
    merged = next(one for one in check(file, {}) if one.code == "forms.merged_cells")
    assert merged.values["cells"] == "C2:C3"
    assert (merged.place.sheet, merged.place.row) == ("survey", 2)
