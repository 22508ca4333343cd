"""What a spreadsheet program or a hurried hand does to cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadapp.core.problems import Problem, Severity
from leadapp.forms.reading.workbook import Row, Sheet, Workbook

_SMART = re.compile("[“”‘’„‚«»]")
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
"""A day between 1982 and 2036 as spreadsheet programs count them."""
_REFERENCE = re.compile(r"\$\{([^{}]{1,200})\}")
_FLOAT_NAME = re.compile(r"\d+\.0+")
_RULES = frozenset(
    {"relevant", "relevance", "constraint", "calculation", "required", "choice_filter", "repeat_count",
     "read_only", "readonly", "default", "trigger"}
)  # fmt: skip
_NAMES = frozenset({"type", "name", "list_name", "list name", "value"})


def check_writing(workbook: Workbook) -> list[Problem]:
    """Return what is odd about the cells of ``workbook``."""
    found: list[Problem] = list(workbook.notes())
    for sheet in workbook.sheets.values():
        for row in sheet.rows:
            found.extend(_cells(workbook, sheet, row))
    found.extend(_choices(workbook))
    found.extend(_settings(workbook))
    return found


def check_references(workbook: Workbook) -> list[Problem]:
    """Return every ``${name}`` that names no question; the converter stops at the first."""
    known = {row.get("name").strip() for row in workbook.rows("survey")}
    return [
        Problem("forms.name_not_found", {"name": name}, workbook.place(sheet, row.number, header))
        for sheet in ("survey", "choices", "settings", "entities")
        for row in workbook.rows(sheet)
        for header, cell in row.cells.items()
        for name in dict.fromkeys(_REFERENCE.findall(cell))
        if name.strip().removeprefix("last-saved#") not in known
    ]


def _cells(workbook: Workbook, sheet: Sheet, row: Row) -> Iterator[Problem]:
    for header, cell in row.cells.items():
        place = workbook.place(sheet.name, row.number, header)
        bare = header.lower()
        if bare in _RULES:
            match = _SMART.search(cell)
            if match is not None and bare != "default":
                yield Problem("forms.smart_quote", {"sign": match.group()}, place, Severity.WARNING)
        dated = bare == "default" and row.get("type").strip() in ("date", "dateTime", "datetime")
        if dated and _SERIAL.fullmatch(cell.strip()):
            yield Problem("forms.date_serial", {"text": cell}, place, Severity.WARNING)
        if bare in _NAMES and cell != cell.strip():
            yield Problem("forms.outer_space", {"text": cell.strip()}, place, Severity.WARNING)


def _choices(workbook: Workbook) -> Iterator[Problem]:
    multiple = _lists_of_select_multiple(workbook)
    for row in workbook.rows("choices"):
        name = row.get("name", "value")
        place = workbook.place("choices", row.number, "name")
        if _FLOAT_NAME.fullmatch(name.strip()):
            yield Problem("forms.choice_like_number", {"name": name}, place, Severity.WARNING)
        if " " in name.strip() and row.get("list_name").strip() in multiple:
            yield Problem("forms.choice_with_space", {"name": name}, place)


def _lists_of_select_multiple(workbook: Workbook) -> set[str]:
    found: set[str] = set()
    for row in workbook.rows("survey"):
        words = row.get("type").split()
        if len(words) > 1 and words[0] in ("select_multiple", "rank"):
            found.add(words[1])
    return found


def _settings(workbook: Workbook) -> Iterator[Problem]:
    rows = workbook.rows("settings")
    if not workbook.sheets:
        return
    first = rows[0] if rows else Row(0, {})
    for header in ("form_id", "version"):
        if not first.get(header, "id_string" if header == "form_id" else header):
            place = workbook.place("settings", first.number or None, header)
            yield Problem(f"forms.no_{header}", {}, place, Severity.WARNING)
    version = first.get("version")
    if _SERIAL.fullmatch(version):
        place = workbook.place("settings", first.number, "version")
        found = {"text": version}
        yield Problem("forms.date_serial", found, place, Severity.WARNING)
    if workbook.rows("external_choices"):
        yield Problem("forms.external_choices_not_done", {}, workbook.place("external_choices"))
