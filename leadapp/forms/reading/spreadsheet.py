"""A form in a spreadsheet (.xlsx), read with limits. Writing one is ``spreadsheet_out``.

A workbook is a stranger's file: its size is judged from the package before anything is
unpacked, XML with a document type is refused, and whatever the library trips over is said
in one sentence.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.reading.workbook import (
    ABOUT,
    MOST_ROWS,
    MOST_WRITTEN,
    SHEETS,
    Row,
    Sheet,
    Workbook,
    refuse,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 20_000_000
LARGEST_UNPACKED = 100_000_000
LARGEST_XML = 25_000_000
"""Bytes of all sheets and texts together, unpacked; pictures are not counted here."""
MOST_FILES = 2_000
MOST_COLUMNS = 400
_BLANK_RUN = 60
"""Blank rows after which the sheet is taken to have ended."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^<>]{0,400}?\bhidden=["'](?:1|true)["'][^<>]{0,400}?>""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^<>]{0,200}?\bref=["']([A-Z]{1,3}(\d{1,7}):[A-Z0-9]{1,10})["']"""
)
_MOST_MERGED = 20
_AT = re.compile(rb"""\br=["'](\d{1,7})["']""")


def read_spreadsheet(data: bytes, file: str | None = None) -> Workbook:
    """Return the workbook in ``data``; Refusal when it is none, or too large to be a form."""
    odd = _check_package(data, file)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = _formulas(data) if odd.formulas else {}
        try:
            sheets, about = _sheets(book, file, formulas, odd)
        finally:
            book.close()
    except Refusal:
        raise
    except RecursionError as cause:
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause
    except Exception as cause:
        # openpyxl meets files it never thought of with a dozen sorts of errors.
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause
    if "survey" not in sheets:
        raise refuse("forms.no_survey_sheet", Place(file=file, sheet="survey"))
    return Workbook(sheets, file, about)


def _sheets(
    book: Book, file: str | None, formulas: Mapping[str, set[str]], odd: _Odd
) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    sheets: dict[str, Sheet] = {}
    about: tuple[str, ...] = ()
    for number, sheet in enumerate(book.worksheets, 1):
        name = sheet.title.strip()
        name = name.lower() if name.lower() in (*SHEETS, ABOUT) else name
        if len(book.sheetnames) == 1:
            name = "survey"  # a lone sheet is the survey, whatever it is called
        if name == ABOUT:
            about = tuple(cell_text(row[0]) for row in sheet.iter_rows(values_only=True, max_col=1))
        elif name in SHEETS:
            marked = formulas.get(sheet.title, set())
            part = getattr(sheet, "_worksheet_path", f"xl/worksheets/sheet{number}.xml")
            part = str(part).lstrip("/")
            read = _sheet(sheet, name, file, marked, odd.hidden.get(part, set()))
            merged = _merged_notes(odd.merged.get(part, []), Place(file, name))
            sheets[name] = replace(read, notes=(*merged, *read.notes))
        else:
            sheets[name] = Sheet(name, (), ())
    return sheets, about


@dataclass(frozen=True, slots=True)
class _Odd:
    """What the package shows before its sheets are read."""

    formulas: bool
    hidden: Mapping[str, set[int]]
    merged: Mapping[str, list[tuple[int, str]]]
    """Of each sheet's part: the first row and the name of cells that are merged."""


def _check_package(data: bytes, file: str | None) -> _Odd:
    if len(data) > LARGEST:
        raise refuse("forms.workbook_too_large", Place(file=file), most=LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_sizes(parts, file)
            return _look_through(package, parts, file)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, zlib.error) as cause:
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause
    except NotImplementedError as cause:  # a way of packing that Python does not know
        raise refuse("forms.spreadsheet_unreadable", Place(file=file)) from cause


def _check_sizes(parts: list[zipfile.ZipInfo], file: str | None) -> None:
    unpacked = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if not part.filename.startswith("xl/media/"))
    if len(parts) > MOST_FILES or unpacked > LARGEST_UNPACKED:
        raise refuse("forms.workbook_too_large", Place(file=file), most=LARGEST_UNPACKED)
    if xml > LARGEST_XML:
        raise refuse("forms.workbook_too_large", Place(file=file), most=LARGEST_XML)


def _look_through(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], file: str | None) -> _Odd:
    formulas = False
    hidden: dict[str, set[int]] = {}
    merged: dict[str, list[tuple[int, str]]] = {}
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        text = package.read(part)
        if _DOCTYPE.search(text[:10_000]) is not None:
            raise refuse("forms.xml_entities", Place(file=file))
        if part.filename.startswith("xl/worksheets/"):
            # Rows that are only coloured are many in honest workbooks; reading stops before them.
            if min(text.count(b"<row"), text.count(b"<v") + text.count(b"<is")) > MOST_WRITTEN:
                raise refuse("forms.sheet_too_long", Place(file=file), most=MOST_WRITTEN)
            formulas = formulas or _FORMULA.search(text) is not None
            rows = {
                int(found[1]) for row in _HIDDEN.finditer(text) if (found := _AT.search(row[0]))
            }
            if rows:
                hidden[part.filename] = rows
            merged[part.filename] = [
                (int(found[2]), found[1].decode())
                for found in islice(_MERGED.finditer(text), _MOST_MERGED)
            ]
    return _Odd(formulas, hidden, merged)


def _formulas(data: bytes) -> dict[str, set[str]]:
    """Return sheet title -> cells that hold a formula."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        return {
            sheet.title: {
                cell.coordinate
                for row in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=max(MOST_ROWS.values()))
                for cell in row
                if cell.data_type == "f"
            }
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _sheet(
    sheet: Worksheet, name: str, file: str | None, formulas: set[str], hidden: set[int]
) -> Sheet:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some programs write dimensions that are too small
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    header = _header(next(iter(rows), ()), name, file)
    most = MOST_ROWS.get(name, max(MOST_ROWS.values()))
    found: list[Row] = []
    notes: list[Problem] = []
    blank = 0
    for number, values in enumerate(rows, 2):
        if number > most + 1:
            raise refuse("forms.sheet_too_long", Place(file=file, sheet=name), most=most)
        cells = {
            title: text
            for title, value in zip(header, values, strict=False)
            if title and (text := cell_text(value))
        }
        notes += _formula_notes(formulas, header, cells, Place(file, name, number))
        if cells and number in hidden:
            place = Place(file, name, number)
            notes.append(Problem("forms.row_hidden", {"row": number}, place, Severity.WARNING))
        blank = 0 if cells else blank + 1
        if blank > _BLANK_RUN:
            break
        found.append(Row(number, cells))
    while found and not found[-1].cells:
        found.pop()
    return Sheet(name, tuple(filter(None, header)), tuple(found), tuple(notes))


def _formula_notes(
    formulas: set[str], header: list[str], cells: Mapping[str, str], place: Place
) -> list[Problem]:
    """Warn of formulas; refuse one whose value was never computed: it would be read as blank."""
    if not formulas:
        return []
    from openpyxl.utils import get_column_letter

    found: list[Problem] = []
    for column, title in enumerate(header, 1):
        if title and f"{get_column_letter(column)}{place.row}" in formulas:
            where = replace(place, column=title)
            if title not in cells:
                raise refuse("forms.formula_without_value", where, column=title)
            found.append(Problem("forms.formula", {"column": title}, where, Severity.WARNING))
    return found


def _merged_notes(merged: list[tuple[int, str]], place: Place) -> list[Problem]:
    """Warn of merged cells: all of them but the first are read as blank."""
    return [
        Problem("forms.merged_cells", {"cells": cells}, replace(place, row=row), Severity.WARNING)
        for row, cells in merged
    ]


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
