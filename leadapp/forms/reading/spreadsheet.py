"""A form in a spreadsheet (.xlsx), read with limits; and a workbook written as one."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from leadapp.core.problems import Place
from leadapp.forms.reading.workbook import SHEETS, Row, Sheet, Workbook, refuse

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 20_000_000
LARGEST_UNPACKED = 100_000_000
MOST_FILES = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 400
_BLANK_RUN = 60
"""Blank rows after which the sheet is taken to have ended."""


def read_spreadsheet(data: bytes, file: str | None = None) -> Workbook:
    """Return the workbook in ``data``; Refusal when it is none, or too large to be a form."""
    _check_package(data, file)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, TypeError, SyntaxError) as cause:
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause
    try:
        sheets = {}
        for sheet in book.worksheets:
            name = sheet.title.strip()
            name = name.lower() if name.lower() in SHEETS else name
            if len(book.sheetnames) == 1:
                name = "survey"  # a lone sheet is the survey, whatever it is called
            if name in SHEETS:
                sheets[name] = _sheet(sheet, name, file)
            else:
                sheets[name] = Sheet(name, (), ())
    finally:
        book.close()
    if "survey" not in sheets:
        raise refuse("forms.no_survey_sheet", Place(file=file, sheet="survey"))
    return Workbook(sheets, file)


def _check_package(data: bytes, file: str | None) -> None:
    if len(data) > LARGEST:
        raise refuse("forms.workbook_too_large", Place(file=file), most=LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as cause:
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES or unpacked > LARGEST_UNPACKED:
        raise refuse("forms.workbook_too_large", Place(file=file), most=LARGEST_UNPACKED)


def _sheet(sheet: Worksheet, name: str, file: str | None) -> Sheet:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some programs write dimensions that are too small
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    header = _header(next(iter(rows), ()), name, file)
    found: list[Row] = []
    blank = 0
    for number, values in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise refuse("forms.sheet_too_long", Place(file=file, sheet=name), most=MOST_ROWS)
        cells = {
            title: text
            for title, value in zip(header, values, strict=False)
            if title and (text := cell_text(value))
        }
        blank = 0 if cells else blank + 1
        if blank > _BLANK_RUN:
            break
        found.append(Row(number, cells))
    while found and not found[-1].cells:
        found.pop()
    return Sheet(name, tuple(filter(None, header)), tuple(found))


def _header(values: Iterable[object], name: str, file: str | None) -> list[str]:
    header = [" ".join(cell_text(value).split()) for value in values]
    seen: set[str] = set()
    for title in filter(None, header):
        if title in seen:
            place = Place(file=file, sheet=name, row=1, column=title)
            raise refuse("forms.header_twice", place, sheet=name, row=1, column=title)
        seen.add(title)
    return header


def cell_text(value: object) -> str:
    """Return the text of a cell: whole numbers without ``.0``, TRUE and FALSE, ISO days."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case str():
            text = value.replace("\u00a0", " ")
            return text if text.strip() else ""
        case _:
            return str(value)


def write_spreadsheet(workbook: Workbook) -> bytes:
    """Return ``workbook`` as .xlsx, every cell a text."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in workbook.sheets.items():
        page = book.create_sheet(name)
        page.append(list(sheet.header))
        for row in sheet.rows:
            page.append([row.cells.get(title) for title in sheet.header])
        for line in page.iter_rows(min_row=2):
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"  # a text, not a formula
        page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
