"""Form files as people have them: checked, converted, and the cells of one row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.problems import Place, Problem
from leadapp.forms.checking import inspect, workbook_of
from leadapp.forms.reading import read_markdown, read_spreadsheet, write_markdown, write_spreadsheet
from leadapp.kinds import KINDS
from leadapp.services.lists import LISTS
from leadapp.services.shelf import FormSource


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it stands in its sheet: its columns and cells, blank ones left out.

    ``wrong`` is the column the problem is about, "" for none.
    """

    sheet: str
    row: int
    cells: tuple[tuple[str, str], ...]
    wrong: str = ""


def check_file(file: Path) -> list[Problem]:
    """Return everything wrong with a form file, and what is worth a look. Any lane."""
    return inspect(file, KINDS, lists=LISTS)[1]


def cells_of(data: bytes, name: str, place: Place) -> Cells | None:
    """Return the row that ``place`` names in the workbook ``data``. Any lane but the window's.

    ``None`` where the file has no such row, or is no workbook that says where its rows are.
    """
    if not place.sheet or not place.row:
        return None
    try:
        rows = workbook_of(data, name).rows(place.sheet)
    except Refusal:
        return None
    for row in rows:
        if row.number == place.row:
            wrong = next((one for one in row.cells if _same(one, place.column or "")), "")
            cells = tuple(row.cells.items())
            if not wrong and place.column:  # what is missing is shown as missing
                wrong, cells = place.column, (*cells, (place.column, ""))
            return Cells(place.sheet, place.row, cells, wrong)
    return None


def form_id_of(data: bytes, name: str) -> str:
    """Return the form_id that the file names, "" where it cannot be told."""
    try:
        rows = workbook_of(data, name).rows("settings")
    except Refusal:
        return ""
    return rows[0].get("form_id", "id_string").strip() if rows else ""


def settings_place(data: bytes, name: str, column: str) -> Place:
    """Return the place of ``column`` in a form's settings."""
    try:
        rows = workbook_of(data, name).rows("settings")
    except Refusal:
        rows = ()
    if not rows:
        return Place(file=name)
    return Place(file=name, sheet="settings", row=rows[0].number, column=column)


def convert_file(source: Path, target: Path) -> None:
    """Write the form in ``source`` (.md or .xlsx) as the other of the two. Any lane."""
    data, made = read_bytes(source), target.suffix.lower()
    match source.suffix.lower():
        case ".md":
            workbook = read_markdown(_text(data, source.name), source.name)
        case ".xlsx" | ".xlsm":
            workbook = read_spreadsheet(data, source.name)
        case other:
            raise Refusal("services.cannot_convert", suffix=other)
    match made:
        case ".md":
            written = write_markdown(workbook).encode()
        case ".xlsx":
            written = write_spreadsheet(workbook)
        case _:
            raise Refusal("services.cannot_convert", suffix=made)
    write_whole(target.absolute(), written)


def as_workbook(source: FormSource) -> tuple[str, bytes]:
    """Return a form as a file to change: how its name ends, and its bytes. Any lane.

    Markdown becomes a spreadsheet; every other file is given as it was taken in.
    """
    if source.source_type not in (".md", ".markdown"):
        return source.source_type, source.source
    name = f"{source.form}{source.source_type}"
    return ".xlsx", write_spreadsheet(read_markdown(_text(source.source, name), name))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; Refusal where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as cause:
        raise Refusal("forms.file_unreadable", file=path.name) from cause


def _same(header: str, column: str) -> bool:
    """Return whether a header is the column a problem names: ``label::English (en)`` is ``label``."""
    bare = header.partition("::")[0].lower().replace(" ", "_")
    return bool(column) and (header == column or bare == column.lower().replace(" ", "_"))


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Refusal("forms.text_not_utf8", file=name) from cause
