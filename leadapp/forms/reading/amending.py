"""What a coordinator decides about a form at approval, written into the form itself.

A form from elsewhere names no ring; a renamed question does not say what it was called.
Both are decided once, and the decision travels with the form's bytes to every computer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from leadapp.core.errors import Refusal
from leadapp.forms import xml
from leadapp.forms.naming import names_of
from leadapp.forms.reading.markdown import read_markdown, write_markdown
from leadapp.forms.reading.spreadsheet import read_spreadsheet
from leadapp.forms.reading.spreadsheet_out import write_spreadsheet
from leadapp.forms.reading.workbook import Row, Sheet, Workbook

KIND = "attribute::leadapp:kind"
RING = "attribute::leadapp:ring"
WAS = "bind::leadapp:was"
_NOTHING: Mapping[str, str] = {}


def amend(
    data: bytes,
    suffix: str,
    *,
    rings: str = "",
    kind: str = "",
    was: Mapping[str, str] = _NOTHING,
) -> bytes:
    """Return the form in ``data`` with ring, kind and earlier keys (new -> old) written in.

    Nothing to say returns the same bytes.
    """
    said = {name: text for name, text in ((KIND, kind), (RING, rings)) if text}
    if not said and not was:
        return data
    match suffix.lower():
        case ".md" | ".markdown":
            workbook = read_markdown(data.decode("utf-8-sig"))
            return write_markdown(_amended(workbook, said, was)).encode()
        case ".xlsx" | ".xlsm":
            return write_spreadsheet(_amended(read_spreadsheet(data), said, was))
        case ".xml":
            return _amended_xform(data, said, was)
        case _:
            raise Refusal("forms.cannot_amend", suffix=suffix)


def _amended(workbook: Workbook, said: Mapping[str, str], was: Mapping[str, str]) -> Workbook:
    sheets = dict(workbook.sheets)
    if was:
        sheets["survey"] = _with_earlier_keys(workbook, was)
    if said:
        sheets["settings"] = _with_settings(sheets.get("settings"), said)
    return replace(workbook, sheets=sheets)


def _with_settings(settings: Sheet | None, said: Mapping[str, str]) -> Sheet:
    sheet = settings or Sheet("settings", (), ())
    first, rest = (sheet.rows[0], sheet.rows[1:]) if sheet.rows else (Row(2, {}), ())
    return Sheet(
        sheet.name,
        tuple(dict.fromkeys((*sheet.header, *said))),
        (Row(first.number, {**first.cells, **said}), *rest),
    )


def _with_earlier_keys(workbook: Workbook, was: Mapping[str, str]) -> Sheet:
    rows = workbook.index().rows
    by_row = {rows[key]: old for key, old in was.items() if key in rows}
    if len(by_row) != len(was):
        missing = next(key for key in was if key not in rows)
        raise Refusal("forms.mapping_unknown", key=missing)
    sheet = workbook.sheets["survey"]
    return replace(
        sheet,
        header=tuple(dict.fromkeys((*sheet.header, WAS))),
        rows=tuple(
            Row(row.number, {**row.cells, WAS: by_row[row.number]}) if row.number in by_row else row
            for row in sheet.rows
        ),
    )


def _amended_xform(data: bytes, said: Mapping[str, str], was: Mapping[str, str]) -> bytes:
    root = xml.read_xml(data)
    for name, text in said.items():
        _record(root).set(f"{{{xml.LEADAPP}}}{name.rpartition(':')[2]}", text)
    left = dict(was)
    for bind in root.iter():
        if xml.local(bind) == "bind":
            key = "/".join(names_of(bind.get("nodeset") or bind.get("ref") or "")[1:])
            if key in left:
                bind.set(f"{{{xml.LEADAPP}}}was", left.pop(key))
    if left:
        raise Refusal("forms.mapping_unknown", key=next(iter(left)))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _record(root: xml.Element) -> xml.Element:
    for instance in root.iter():
        if xml.local(instance) == "instance":
            found = xml.child(instance)
            if found is not None:
                return found
            break
    raise Refusal("forms.no_record_shape")
