"""A form's workbook as text cells: sheets, headers, rows, and where each stood in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Value
from leadapp.forms.rows import RowIndex
from leadapp.forms.xml import LEADAPP

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
PREFIX = "leadapp"
MOST_ROWS = {"survey": 5_000, "choices": 30_000, "settings": 50, "entities": 50}
"""Rows a sheet may have; the largest survey seen in the wild has some 3,000."""
MOST_WRITTEN = 40_000
"""Rows of any sheet that are looked at, blank ones too."""
LONGEST_CELL = 32_767
"""Letters a cell may have: what a spreadsheet program itself allows."""
ABOUT = "about"
"""A sheet of a spreadsheet with the lines for people; Markdown has them at its top."""
_BEGIN = ("begin group", "begin repeat", "begin_group", "begin_repeat", "begin loop", "begin_loop")
_END = ("end group", "end repeat", "end_group", "end_repeat", "end loop", "end_loop")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file and its cells that are not blank, by header."""

    number: int
    cells: Mapping[str, str]

    def get(self, *headers: str) -> str:
        """Return the first cell under one of ``headers``, in any case, ``_`` or space."""
        for header, cell in self.cells.items():
            if header.lower().replace(" ", "_") in headers:
                return cell
        return ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the headers in order and the rows below."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Problem, ...] = ()
    """What reading found odd about it: rows that are hidden, cells that hold formulas."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a form's file."""

    sheets: Mapping[str, Sheet]
    file: str | None = None
    about: tuple[str, ...] = ()
    """Lines for people before the first sheet."""

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Return the rows of a sheet; none where there is no such sheet."""
        found = self.sheets.get(sheet)
        return found.rows if found is not None else ()

    def place(self, sheet: str, row: int | None = None, column: str | None = None) -> Place:
        """Return a place in this workbook."""
        return Place(file=self.file, sheet=sheet, row=row, column=column)

    def index(self) -> RowIndex:
        """Return key -> row for every question and group of the survey sheet."""
        found: dict[str, int] = {}
        around: list[str] = []
        for row in self.rows("survey"):
            kind = " ".join(row.get("type").split()).lower()
            name = row.get("name").strip()
            if kind.startswith(_END):
                if around:
                    around.pop()
                continue
            if name:
                found.setdefault("/".join([*filter(None, around), name]), row.number)
            if kind.startswith(_BEGIN):
                around.append(name)
        return RowIndex(found, self.file)

    def notes(self) -> tuple[Problem, ...]:
        """Return what reading found odd about the sheets."""
        return tuple(note for sheet in self.sheets.values() for note in sheet.notes)

    def check_size(self) -> None:
        """Refuse what is too large to be a form before any slow work is begun on it."""
        for name, sheet in self.sheets.items():
            most = MOST_ROWS.get(name, max(MOST_ROWS.values()))
            if len(sheet.rows) > most:
                raise refuse("forms.sheet_too_long", self.place(name), most=most)
            for row in sheet.rows:
                for header, cell in row.cells.items():
                    if len(cell) > LONGEST_CELL:
                        place = self.place(name, row.number, header)
                        raise refuse("forms.cell_too_long", place, most=LONGEST_CELL)

    def for_pyxform(self, fallback_name: str) -> dict[str, object]:
        """Return the dictionary that pyxform's ``convert`` takes."""
        made: dict[str, object] = {
            "sheet_names": list(self.sheets),
            "fallback_form_name": fallback_name,
        }
        for name, sheet in self.sheets.items():
            if name in SHEETS:
                made[name] = [dict(row.cells) for row in sheet.rows]
                made[f"{name}_header"] = [dict.fromkeys(sheet.header)] if sheet.header else []
        if self._uses_our_prefix():
            made["settings"] = _with_namespace(made.get("settings"))
            header = made.get("settings_header") or [{}]
            assert isinstance(header, list)  # noqa: S101 - made four lines above
            made["settings_header"] = [{**header[0], "namespaces": None}]
        return made

    def _uses_our_prefix(self) -> bool:
        return any(
            f"{PREFIX}:" in header for sheet in self.sheets.values() for header in sheet.header
        )


def _with_namespace(settings: object) -> list[dict[str, str]]:
    rows = [dict(row) for row in settings] if isinstance(settings, list) else []
    first = rows[0] if rows else {}
    own = f'{PREFIX}="{LEADAPP}"'
    if PREFIX + "=" not in first.get("namespaces", ""):
        first["namespaces"] = f"{first.get('namespaces', '')} {own}".strip()
    return [first, *rows[1:]]


def refuse(code: str, place: Place, **values: Value) -> Refusal:
    """Return a refusal with one problem at ``place``."""
    return Refusal(code, problems=(Problem(code, values, place),), **values)
