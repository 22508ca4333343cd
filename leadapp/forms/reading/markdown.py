"""A form written as Markdown tables, read for people: headings, separators, ``<br>``, ``\\|``.

Two layouts are read. Ours has a heading for each sheet::

    ## survey
    | type | name | label |
    | --- | --- | --- |
    | text | agency | Agency |

The other, used by test suites, has the sheet's name in the first cell of a row and
leaves that cell blank in the rows below. A row's number is its line in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leadapp.core.problems import Place
from leadapp.forms.reading.workbook import MOST_WRITTEN, SHEETS, Row, Sheet, Workbook, refuse

LARGEST = 5_000_000
_HEADING = re.compile(r"\s*(#{1,6})\s*(.*?)\s*#*\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r":?-{2,}:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(slots=True)
class _Table:
    name: str
    header: tuple[str, ...] = ()
    has_header: bool = False
    separated: bool = False
    rows: list[Row] = field(default_factory=list)


def read_markdown(text: str, file: str | None = None) -> Workbook:
    """Return the workbook written in ``text``; Refusal with line and column when it is not one."""
    if len(text) > LARGEST:
        raise refuse("forms.workbook_too_large", Workbook({}, file).place(""), most=LARGEST)
    if text.count("\n") > MOST_WRITTEN:
        raise refuse("forms.sheet_too_long", Workbook({}, file).place(""), most=MOST_WRITTEN)
    reader = _Reader(file)
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        reader.line(number, line.rstrip("\r"))
    return reader.workbook()


class _Reader:
    def __init__(self, file: str | None) -> None:
        self._file = file
        self._tables: dict[str, _Table] = {}
        self._current: _Table | None = None
        self._by_heading = False
        self._about: list[str] = []

    def line(self, number: int, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            if not self._tables and heading[2].strip("`").lower() not in SHEETS:
                self._about.append(line)
            name = heading[2].strip("`").lower()
            if name in SHEETS:
                self._begin(name, number)
                self._by_heading = True
            elif self._by_heading:
                self._current = None
            return
        if not self._tables:
            self._about.append(line)
        if line.lstrip().startswith("|"):
            self._row(number, split_cells(line), closed=line.rstrip().endswith("|"))

    def _begin(self, name: str, number: int) -> None:
        if name in self._tables and self._by_heading:
            raise refuse("forms.sheet_twice", self._place(name, number), sheet=name, row=number)
        self._current = self._tables[name] = _Table(name)

    def _row(self, number: int, cells: list[str], *, closed: bool) -> None:
        if self._by_heading:
            if self._current is not None and any(cells):
                self._cells(self._current, number, cells, closed=closed)
            return
        first, rest = cells[0], cells[1:]
        if first and not _is_separator(cells):
            self._begin(first.lower() if first.lower() in SHEETS else first, number)
        if self._current is not None and any(rest):
            self._cells(self._current, number, rest, closed=closed)

    def _cells(self, table: _Table, number: int, cells: list[str], *, closed: bool) -> None:
        if not table.has_header:
            table.header = _trimmed(cells)
            table.has_header = True
            self._check_header(table, number)
            return
        if not table.separated and not table.rows and _is_separator(cells):
            table.separated = True
            return
        made: dict[str, str] = {}
        for place, cell in enumerate(cells):
            if not cell:
                continue
            header = table.header[place] if place < len(table.header) else ""
            if not header and place == len(cells) - 1 and not closed:
                continue  # what stands after the last bar is a remark
            if not header:
                raise refuse(
                    "forms.cell_without_header",
                    self._place(table.name, number, str(place + 1)),
                    sheet=table.name,
                    row=number,
                    column=place + 1,
                )
            made[header] = cell
        table.rows.append(Row(number, made))

    def _check_header(self, table: _Table, number: int) -> None:
        seen: set[str] = set()
        for header in table.header:
            if header and header in seen:
                place = self._place(table.name, number, header)
                raise refuse(
                    "forms.header_twice", place, sheet=table.name, row=number, column=header
                )
            seen.add(header)

    def _place(self, sheet: str, row: int | None = None, column: str | None = None) -> Place:
        return Workbook({}, self._file).place(sheet, row, column)

    def workbook(self) -> Workbook:
        tables = self._tables
        if len(tables) == 1 and not self._by_heading:
            name = next(iter(tables))
            if name not in SHEETS:
                tables = {"survey": tables[name]}
        if "survey" not in tables:
            raise refuse("forms.no_survey_sheet", self._place("survey"))
        return Workbook(
            {
                name: Sheet(name, tuple(filter(None, table.header)), tuple(table.rows))
                for name, table in tables.items()
            },
            self._file,
            self._lines_before() if self._by_heading else (),
        )

    def _lines_before(self) -> tuple[str, ...]:
        return tuple("\n".join(self._about).strip("\n").split("\n")) if self._about else ()


def split_cells(line: str) -> list[str]:
    """Return the cells of a table line; ``\\|`` is a bar, ``<br>`` a line break."""
    parts = _PIPE.split(line.strip())[1:]
    if len(parts) > 1 and (not parts[-1].strip() or parts[-1].lstrip().startswith("#")):
        parts = parts[:-1]
    return [_BREAK.sub("\n", part.strip()).replace("\\|", "|") for part in parts]


def _is_separator(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_SEPARATOR.fullmatch(cell) for cell in filled)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return tuple(" ".join(cell.split()) for cell in cells[: last + 1])


def write_markdown(workbook: Workbook) -> str:
    """Return ``workbook`` as Markdown tables with a heading for each sheet."""
    parts = ["\n".join(workbook.about)] if any(workbook.about) else []
    for name, sheet in workbook.sheets.items():
        if name not in SHEETS or not sheet.header:
            continue
        lines = [f"## {name}", "", _line(sheet.header), _line(["---"] * len(sheet.header))]
        lines.extend(
            _line([row.cells.get(h, "") for h in sheet.header]) for row in sheet.rows if row.cells
        )
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(cells: tuple[str, ...] | list[str]) -> str:
    written = [cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells]
    return "| " + " | ".join(written) + " |"
