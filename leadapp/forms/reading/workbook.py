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


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a form's file."""

    sheets: Mapping[str, Sheet]
    file: str | None = None

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
