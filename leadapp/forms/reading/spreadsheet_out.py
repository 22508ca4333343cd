"""A workbook written as .xlsx for people: frozen headers, drop-downs, a sheet that explains.

Every cell is a text, also one that begins with ``=``. The help sheet and the lists behind the
drop-downs are no part of the form: reading leaves them out.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from leadapp.forms.reading.workbook import ABOUT, SHEETS, Sheet, Workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HELP = "help"
_HELP_ROWS = (
    ("How this workbook works", ""),
    ("survey", "One question a row, in the order people see them."),
    ("choices", "The answers of each list: list_name ties them to select_one LIST."),
    ("settings", "The form's id never changes. Give every change a new version."),
    ("name", "Never change the name of a question that has answers: say what it was at approval."),
    ("relevant", "When the question shows, such as: ${weapon} = 'yes'"),
    ("constraint", "What an answer must be, such as: . > 0 and . < 100"),
    ("required", "yes, where an answer is needed."),
    ("${name}", "Stands for the answer of the question with that name."),
    ("appearance", "w1 to w4: how many columns of the page's four it takes."),
    ("", ""),
    ("Types", "What they ask"),
)
_TYPES = (
    ("text", "Words"),
    ("integer", "A whole number"),
    ("decimal", "A number"),
    ("date", "A day"),
    ("time", "A time of day"),
    ("dateTime", "A day and a time"),
    ("note", "Nothing: shows words"),
    ("acknowledge", "A box to tick"),
    ("range", "A number between two"),
    ("calculate", "Nothing: is computed"),
    ("hidden", "Nothing: holds a value"),
    ("file", "A file"),
    ("image", "A picture"),
    ("begin group", "Begins a section"),
    ("end group", "Ends it"),
    ("begin repeat", "Begins questions that are asked for each of several things"),
    ("end repeat", "Ends them"),
    ("today", "The day of filling"),
    ("start", "When filling began"),
    ("end", "When it ended"),
)
_WIDTHS = {"label": 42, "hint": 36, "relevant": 32, "constraint": 28, "calculation": 32, "type": 26}
_USUAL = 18
_LONGEST_DROP_DOWN = 1_048_576


def write_spreadsheet(workbook: Workbook) -> bytes:
    """Return ``workbook`` as .xlsx."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    kinds = _types(workbook)
    for name, sheet in workbook.sheets.items():
        if name in SHEETS and sheet.header:
            _fill(book.create_sheet(name), sheet, len(kinds))
    if any(workbook.about):
        page = book.create_sheet(ABOUT)
        for line in workbook.about:
            _put(page, [line])
    _write_help(book.create_sheet(HELP), kinds)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _types(workbook: Workbook) -> list[tuple[str, str]]:
    lists = dict.fromkeys(
        row.get("list_name").strip() for row in workbook.rows("choices") if row.get("list_name")
    )
    chosen = [(f"select_one {name}", "One of a list") for name in lists]
    several = [(f"select_multiple {name}", "Any of a list") for name in lists]
    return [*_TYPES, *chosen, *several]


def _fill(page: Worksheet, sheet: Sheet, kinds: int) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    _put(page, list(sheet.header))
    for row in sheet.rows:
        _put(page, [row.cells.get(title, "") for title in sheet.header])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for line in page.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    for column, title in enumerate(sheet.header, 1):
        width = _WIDTHS.get(title.partition("::")[0], _USUAL)
        page.column_dimensions[get_column_letter(column)].width = width
        _drop_down(page, sheet.name, title, get_column_letter(column), kinds)
    page.freeze_panes = "C2" if sheet.name in ("survey", "choices") else "A2"


def _drop_down(page: Worksheet, sheet: str, title: str, letter: str, kinds: int) -> None:
    """Offer what is usual in a column; anything else can still be typed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    first = len(_HELP_ROWS) + 1
    sources = {
        ("survey", "type"): f"{HELP}!$A${first}:$A${first + kinds - 1}",
        ("survey", "required"): '"yes"',
        ("survey", "read_only"): '"yes"',
    }
    source = sources.get((sheet, title))
    if source is None:
        return
    offered = DataValidation(type="list", formula1=source, allow_blank=True)
    offered.showErrorMessage = False
    offered.add(f"{letter}2:{letter}{_LONGEST_DROP_DOWN}")
    page.add_data_validation(offered)


def _write_help(page: Worksheet, kinds: list[tuple[str, str]]) -> None:
    from openpyxl.styles import Font

    for words in (*_HELP_ROWS, *kinds):
        _put(page, list(words))
    for row in (1, len(_HELP_ROWS)):
        for cell in page[row]:
            cell.font = Font(bold=True)
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 80
    page.freeze_panes = "A2"


def _put(page: Worksheet, texts: list[str]) -> None:
    """Append a row of texts; one that begins with ``=`` stays a text."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    page.append([ILLEGAL_CHARACTERS_RE.sub("", text) or None for text in texts])
    for cell in page[page.max_row]:
        if cell.data_type == "f":
            cell.data_type = "s"
