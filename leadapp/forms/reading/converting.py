"""Workbook -> XForm XML by pyxform, every failure of which is translated here.

``convert`` takes and gives plain picklable values, so that the caller may run it in
another process: pyxform is slow to import (half a second) and slow on large forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leadapp.core.errors import Refusal
from leadapp.core.problems import Problem, Severity
from leadapp.forms.reading.markdown import read_markdown
from leadapp.forms.reading.plainer import plainer
from leadapp.forms.reading.spreadsheet import read_spreadsheet
from leadapp.forms.reading.workbook import MOST_WRITTEN, Row, Workbook
from leadapp.forms.rows import RowIndex

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"['\"‘“]([^'\"’”]+)['\"’”]")
_SHEET = re.compile(r"(?:On the|on the|the) '(\w+)' sheet|\bin sheet '?(\w+)'?", re.IGNORECASE)
_COLUMN = re.compile(r"'(\w+)' (?:value|column)|column:? '?([\w:]+)'?", re.IGNORECASE)
LARGEST_PLAIN = 5_000_000
"""Bytes of an .xls or .csv form; these are read whole by the converter."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a workbook became."""

    xform: str
    rows: RowIndex = field(default_factory=RowIndex)
    warnings: tuple[Problem, ...] = ()


def convert(data: bytes, suffix: str, name: str) -> Converted:
    """Return the XForm of the workbook in ``data`` (``.md .xlsx .xls .csv``)."""
    match suffix.lower():
        case ".md" | ".markdown":
            return convert_workbook(read_markdown(_text(data, name), name), name)
        case ".xlsx" | ".xlsm":
            return convert_workbook(read_spreadsheet(data, name), name)
        case ".xls" | ".csv":
            if len(data) > LARGEST_PLAIN:
                raise Refusal("forms.workbook_too_large", file=name, most=LARGEST_PLAIN)
            if suffix.lower() == ".csv" and data.count(b"\n") > MOST_WRITTEN:
                raise Refusal("forms.sheet_too_long", most=MOST_WRITTEN)
            return _ask_pyxform(data, name, Workbook({}, name), suffix.lower())
        case _:
            raise Refusal("forms.file_kind_unknown", suffix=suffix)


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Refusal("forms.text_not_utf8", file=name) from cause


def convert_workbook(workbook: Workbook, name: str) -> Converted:
    """Return the XForm of ``workbook``."""
    workbook.check_size()
    stem = name.rpartition("/")[2].rpartition(".")[0] or name or "data"
    made = _ask_pyxform(workbook.for_pyxform(stem), name, workbook, None)
    return Converted(made.xform, workbook.index(), (*workbook.notes(), *made.warnings))


def _ask_pyxform(
    source: bytes | dict[str, object], name: str, workbook: Workbook, file_type: str | None
) -> Converted:
    import pyxform.xls2xform
    from pyxform.errors import PyXFormError

    warnings: list[str] = []
    try:
        result = pyxform.xls2xform.convert(source, warnings=warnings, file_type=file_type)
    except PyXFormError as cause:
        raise _refusal(str(cause), workbook) from cause
    except RecursionError as cause:
        raise Refusal("forms.workbook_too_deep", file=name) from cause
    except Exception as cause:
        raise Refusal(
            "forms.workbook_breaks_converter", file=name, kind=type(cause).__name__
        ) from cause
    return Converted(
        result.xform,
        warnings=tuple(
            _problem(text, workbook, "forms.workbook_note", Severity.WARNING) for text in warnings
        ),
    )


def _refusal(message: str, workbook: Workbook) -> Refusal:
    problem = _problem(message, workbook, "forms.workbook_refused", Severity.ERROR)
    return Refusal(problem.code, problems=(problem,), **problem.values)


def _problem(message: str, workbook: Workbook, code: str, severity: Severity) -> Problem:
    """Return pyxform's sentence with its row translated to the file's own."""
    sheet = _first(_SHEET.search(message)) or "survey"
    column = _first(_COLUMN.search(message)) or None
    found = _ROW.search(message)
    row = _file_row(workbook.rows(sheet), int(found[1])) if found is not None else None
    if row is None:
        sheet, row, column = _by_quoted_word(message, workbook) or (sheet, row, column)
    known = plainer(message)
    if known is not None:
        code, values, usual = known
        return Problem(code, values, workbook.place(sheet, row, column or usual or None), severity)
    reason = " ".join(_ROW.sub("", message).split())
    return Problem(code, {"reason": reason}, workbook.place(sheet, row, column), severity)


def _by_quoted_word(message: str, workbook: Workbook) -> tuple[str, int, str] | None:
    """Return the cell that a word quoted in ``message`` stands in; pyxform often names no row."""
    for word in _QUOTED.findall(message):
        for name, sheet in workbook.sheets.items():
            for row in sheet.rows:
                for header, cell in row.cells.items():
                    if cell.strip() == word or word == f"${{{cell.strip()}}}":
                        return name, row.number, header
    return None


def _first(match: re.Match[str] | None) -> str:
    return next((group for group in match.groups() if group), "") if match is not None else ""


def _file_row(rows: tuple[Row, ...], number: int) -> int:
    place = number - 2
    return rows[place].number if 0 <= place < len(rows) else number
