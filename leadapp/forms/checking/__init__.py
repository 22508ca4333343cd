"""What is wrong with a form, in places a person can go to: file, sheet, row, column.

``check`` is for the coordinator who changed a spreadsheet: it reads the form as
``load_definition`` does, and adds what would load but not do what was meant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.problems import Problem
from leadapp.forms.checking.kind_needs import KindNeeds, check_kind, check_rows
from leadapp.forms.checking.meaning import check_meaning
from leadapp.forms.checking.writing import check_references, check_writing
from leadapp.forms.model import Definition
from leadapp.forms.reading.converting import convert
from leadapp.forms.reading.loading import LARGEST, Convert, form_file, load_definition
from leadapp.forms.reading.markdown import read_markdown
from leadapp.forms.reading.spreadsheet import read_spreadsheet
from leadapp.forms.reading.workbook import Workbook
from leadapp.forms.rows import RowIndex


def check(
    source: Path | bytes,
    kinds: Mapping[str, KindNeeds],
    *,
    name: str = "",
    lists: Collection[str] = (),
    attached: Mapping[str, bytes] | None = None,
    convert: Convert = convert,
) -> list[Problem]:
    """Return everything wrong with the form in ``source``, errors first.

    ``kinds`` are the kinds the program knows, by name; ``lists`` the program's own lists
    (``people``, ``lots``) that a form may name without attaching a file.
    """
    return inspect(source, kinds, name=name, lists=lists, attached=attached, convert=convert)[1]


def inspect(
    source: Path | bytes,
    kinds: Mapping[str, KindNeeds],
    *,
    name: str = "",
    lists: Collection[str] = (),
    attached: Mapping[str, bytes] | None = None,
    cache: Path | None = None,
    convert: Convert = convert,
) -> tuple[Definition | None, list[Problem]]:
    """Return the form, where it can be read, and what ``check`` returns."""
    try:
        data, name = _bytes(source, name)
        workbook = workbook_of(data, name)
        found = check_writing(workbook)
        rows = workbook.index()
        definition = load_definition(
            source if isinstance(source, Path) else data,
            name=name,
            attached=attached,
            cache=cache,
            convert=convert,
        )
    except Refusal as refusal:
        told = refusal.problems or (refusal.problem,)
        return None, _sorted([*_written(source, name, kinds), *told])
    found.extend(note for note in definition.notes if not _is_known_list(note, lists))
    found.extend(check_meaning(definition, rows))
    found.extend(check_kind(definition, rows, kinds))
    return definition, _sorted(found)


def check_definition(definition: Definition, kinds: Mapping[str, KindNeeds]) -> list[Problem]:
    """Return what is wrong with a form that is loaded already (a server's XForm)."""
    rows = RowIndex()
    found = [*definition.notes, *check_meaning(definition, rows)]
    return _sorted([*found, *check_kind(definition, rows, kinds)])


def _bytes(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    path = form_file(source) if source.is_dir() else source
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal("forms.workbook_too_large", file=path.name, most=LARGEST)
        return path.read_bytes(), path.name
    except OSError as cause:
        raise Refusal("forms.file_unreadable", file=path.name) from cause


def workbook_of(data: bytes, name: str) -> Workbook:
    """Return the cells of a form's file; a workbook without sheets where they are not known."""
    match Path(name).suffix.lower():
        case ".md" | ".markdown":
            return read_markdown(data.decode("utf-8-sig", "replace"), name)
        case ".xlsx" | ".xlsm":
            return read_spreadsheet(data, name)
        case _:
            return Workbook({}, name or None)


def _written(source: Path | bytes, name: str, kinds: Mapping[str, KindNeeds]) -> list[Problem]:
    """Return what can be said of the cells of a form that does not load."""
    try:
        workbook = workbook_of(*_bytes(source, name))
    except Refusal:
        return []
    found = [*check_rows(workbook, kinds), *check_references(workbook)]
    return [*found, *check_writing(workbook)]


def _is_known_list(note: Problem, lists: Collection[str]) -> bool:
    file = str(note.values.get("file", ""))
    return note.code == "forms.list_missing" and file.rpartition(".")[0] in lists


def _sorted(problems: list[Problem]) -> list[Problem]:
    unique = {
        (p.code, tuple(sorted((k, str(v)) for k, v in p.values.items())), p.place): p
        for p in problems
    }
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(
        unique.values(),
        key=lambda p: (order[p.severity.value], p.place.sheet or "", p.place.row or 0),
    )


__all__ = ["KindNeeds", "check", "check_definition", "inspect", "workbook_of"]
