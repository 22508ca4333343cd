"""A form's file -> Definition, by way of a cache of XForm XML.

The cache holds what pyxform made, under the SHA-256 of the workbook and the versions of
pyxform and of this program: a form in use opens without importing pyxform.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import leadapp
from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.model import Definition
from leadapp.forms.reading.converting import Converted, convert
from leadapp.forms.rows import RowIndex
from leadapp.forms.xform import read_xform

Convert = Callable[[bytes, str, str], Converted]
_WORKBOOKS = (".md", ".xlsx", ".xml", ".xls", ".csv")
_ATTACHED = re.compile(r"jr://file(?:-csv)?/([^\"'<>/\\]+)")
LARGEST = 20_000_000


def load_definition(
    source: Path | bytes,
    *,
    name: str = "",
    attached: Mapping[str, bytes] | None = None,
    cache: Path | None = None,
    convert: Convert = convert,
) -> Definition:
    """Return the form in ``source``: a file, a folder with one form, or the bytes of ``name``.

    ``attached`` are its lists by file name; from a path they are read beside the file.
    ``convert`` may be replaced by one that runs in another process. Refusal carries all
    problems found.
    """
    if isinstance(source, Path):
        path = form_file(source) if source.is_dir() else source
        data, name = _read(path), path.name
        beside = path.parent
    else:
        data, beside = source, None
    converted = _converted(data, name, cache, convert)
    lists = dict(attached or {})
    if attached is None and beside is not None:
        lists = _lists_beside(converted.xform, beside)
    definition = read_xform(
        converted.xform,
        attached=lists,
        definition_hash=definition_hash(data, lists),
        rows=converted.rows,
    )
    missing = [
        Problem("forms.list_missing", {"file": file.file}, Place(file=name), Severity.WARNING)
        for file in definition.attached
        if not file.found
    ]
    return replace(definition, notes=(*converted.warnings, *definition.notes, *missing))


def read_markdown_form(text: str, name: str = "form.md") -> Definition:
    """Return the form in the Markdown workbook ``text``."""
    return load_definition(text.encode(), name=name)


def definition_hash(data: bytes, attached: Mapping[str, bytes]) -> str:
    """Return the SHA-256 over a form's bytes and its attached lists, hexadecimal."""
    made = hashlib.sha256(data)
    for name in sorted(attached):
        made.update(b"\0" + name.encode() + b"\0" + hashlib.sha256(attached[name]).digest())
    return made.hexdigest()


def form_file(folder: Path) -> Path:
    """Return the one form file in ``folder``: ``form.md`` or another single workbook."""
    found = sorted(
        path
        for path in folder.iterdir()
        if path.suffix in _WORKBOOKS
        and (path.suffix != ".csv")
        and not path.name.startswith((".", "~"))
    )
    named = [path for path in found if path.stem == "form"]
    chosen = named or found
    if len(chosen) != 1:
        code = "forms.folder_without_form" if not chosen else "forms.folder_with_two_forms"
        raise Refusal(code, folder=folder.name)
    return chosen[0]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal("forms.workbook_too_large", file=path.name, most=LARGEST)
        return path.read_bytes()
    except OSError as cause:
        raise Refusal("forms.file_unreadable", file=path.name) from cause


def _lists_beside(xform: str, folder: Path) -> dict[str, bytes]:
    names = sorted(set(_ATTACHED.findall(xform)))
    return {name: _read(folder / name) for name in names if (folder / name).is_file()}


def _converted(data: bytes, name: str, cache: Path | None, convert: Convert) -> Converted:
    suffix = Path(name).suffix.lower()
    if suffix == ".xml" or (not suffix and data.lstrip()[:1] == b"<"):
        return Converted(_xml_text(data, name), RowIndex(file=name or None))
    if cache is None:
        return convert(data, suffix, name)
    path = cache / f"{_key(data, suffix, name)}.json"
    kept = _from_cache(path, name)
    if kept is not None:
        return kept
    made = convert(data, suffix, name)
    # What cannot be kept (a full disk, another program that keeps the same) is converted again.
    with contextlib.suppress(OSError, Refusal):
        cache.mkdir(parents=True, exist_ok=True)
        write_whole(path, _to_cache(made))
    return made


def _xml_text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Refusal("forms.text_not_utf8", file=name) from cause


def _key(data: bytes, suffix: str, name: str) -> str:
    made = hashlib.sha256(data)
    made.update(f"\0{suffix}\0{name}\0{version('pyxform')}\0{leadapp.__version__}".encode())
    return made.hexdigest()


def _to_cache(made: Converted) -> bytes:
    notes = [
        [p.code, dict(p.values), [p.place.sheet, p.place.row, p.place.column]]
        for p in made.warnings
    ]
    return json.dumps({"xform": made.xform, "rows": dict(made.rows.rows), "notes": notes}).encode()


def _from_cache(path: Path, name: str) -> Converted | None:
    """Return what was kept; ``None`` where nothing was, or it is not whole."""
    try:
        kept = json.loads(path.read_bytes())
        rows = RowIndex({str(k): int(v) for k, v in kept["rows"].items()}, name or None)
        notes = tuple(
            Problem(code, values, Place(name or None, *where), Severity.WARNING)
            for code, values, where in kept["notes"]
        )
        return Converted(str(kept["xform"]), rows, notes)
    except (OSError, ValueError, KeyError, TypeError):
        return None
