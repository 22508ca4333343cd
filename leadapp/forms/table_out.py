"""Tables written as .csv or .xlsx, safe to open in a spreadsheet program.

What a person typed never becomes a formula there: in a workbook every cell is a text, in CSV
a text that a program would compute begins with an apostrophe. Plain numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d+)?")
_PLAIN_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,8})\.\d{0,5}[1-9]")
_COMPUTED = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the last four are the wide forms
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\']")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class OutTable:
    """One table: a name, its headers and its rows of texts."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet program computes it."""
    if text.startswith(_COMPUTED) and _NUMBER.fullmatch(text) is None:
        return f"'{text}"
    return text


def write_csv(table: OutTable) -> bytes:
    """Return ``table`` as CSV in UTF-8 with a mark, which spreadsheet programs need to see it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(text) for text in table.header])
    writer.writerows([harmless(text) for text in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def write_tables(tables: Sequence[OutTable]) -> bytes:
    """Return a workbook with a sheet for each table; plain numbers are numbers, all else is text."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    names = sheet_names([table.name for table in tables])
    for table, name in zip(tables, names, strict=True):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate((table.header, *table.rows)):
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet, value=_cell_value(ILLEGAL_CHARACTERS_RE.sub("", text)))
                if cell.data_type != "n":
                    cell.data_type = "s"
                if number == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell_value(text: str) -> str | int | float:
    """Return a number where writing it as one loses no sign: never for ``007`` or ``1.50``."""
    if _PLAIN_NUMBER.fullmatch(text) is None:
        return text
    return float(text) if "." in text else int(text)


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return names a workbook can have: short, without forbidden signs, each once."""
    found: list[str] = []
    for name in names:
        base = _NOT_ALLOWED.sub(" ", name).strip()[:_LONGEST_TITLE] or "sheet"
        made, number = base, 2
        while made.lower() in {one.lower() for one in found}:
            tail = f" {number}"
            made, number = base[: _LONGEST_TITLE - len(tail)] + tail, number + 1
        found.append(made)
    return found
