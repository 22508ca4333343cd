"""ODK XForm XML -> Definition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms import xml
from leadapp.forms.examining import examine
from leadapp.forms.lists import list_from_csv
from leadapp.forms.model import Attached, Definition
from leadapp.forms.rows import RowIndex
from leadapp.forms.tree import Node
from leadapp.forms.xform_actions import read_actions
from leadapp.forms.xform_binds import read_binds
from leadapp.forms.xform_body import BodyReader
from leadapp.forms.xform_data import DataReader
from leadapp.forms.xform_texts import Texts

_EMPTY: Mapping[str, bytes] = {}
NEWEST_ENTITIES = "2025.1.0"
PREVIEW_ONLY = frozenset({"forms.encrypted_form", "forms.entities_newer"})
"""What does not stop a form from being read, shown and printed, but from being filled and
put in use: its questions are sound, only its records must not (or cannot yet) be kept here."""


def read_xform(
    data: bytes | str,
    *,
    attached: Mapping[str, bytes] = _EMPTY,
    definition_hash: str = "",
    rows: RowIndex | None = None,
) -> Definition:
    """Return the form in ``data``; Refusal with all problems when it cannot be used."""
    root = xml.read_xml(data)
    model, body = _parts(root)
    places = rows or RowIndex()
    problems: list[Problem] = []
    record = _record(model)
    texts = Texts(model, problems, places)
    binds = read_binds(model, record.tag, texts, places)
    reader = BodyReader(texts, binds, places, problems, xml.local(record))
    controls = reader.read(body)
    repeats = frozenset(c.names for top in controls for c in top.walk() if c.kind == "repeat")
    tree = DataReader(binds, repeats, places).read(record)
    instances, lists = _instances(model, attached)
    actions = read_actions(model, body, xml.local(record), binds, repeats, problems, places)
    definition = Definition(
        id=record.get("id") or xml.namespace(record) or xml.local(record),
        version=record.get("version")
        or xml.attribute(record, "version", "http://openrosa.org/xforms"),
        title=_title(root),
        hash=definition_hash or _hash(data, attached),
        data=tree,
        body=controls,
        body_class=tuple((body.get("class") or "").split()) if body is not None else (),
        languages=texts.languages,
        default_language=texts.default,
        itext=texts.by_id,
        instances=instances,
        attached=lists,
        actions=actions,
        kind=xml.attribute(record, "kind", xml.LEADAPP),
        rings=xml.attribute(record, "ring", xml.LEADAPP),
        settings=_settings(record, model),
        namespaces={prefix: uri for prefix, uri in root.nsmap.items() if prefix},
        notes=(),
    )
    return _checked(definition, problems, model, places)


def _parts(root: xml.Element) -> tuple[xml.Element, xml.Element | None]:
    model = next((e for e in root.iter() if xml.local(e) == "model"), None)
    if model is None:
        raise Refusal("forms.not_an_xform")
    body = next((e for e in root.iter() if xml.local(e) == "body"), None)
    return model, body


def _record(model: xml.Element) -> xml.Element:
    for instance in xml.children(model, "instance"):
        found = xml.child(instance)
        if found is not None:
            return found
        break
    raise Refusal("forms.no_record_shape")


def _title(root: xml.Element) -> str:
    found = next((e for e in root.iter() if xml.local(e) == "title"), None)
    return "".join(map(str, found.itertext())).strip() if found is not None else ""


def _settings(record: xml.Element, model: xml.Element) -> dict[str, str]:
    found = {xml.local_name(name): str(value) for name, value in record.attrib.items()}
    for name, value in model.attrib.items():
        found[f"model:{xml.local_name(name)}"] = str(value)
    for submission in xml.children(model, "submission"):
        for name, value in submission.attrib.items():
            found[f"submission:{xml.local_name(name)}"] = str(value)
    return found


def _hash(data: bytes | str, attached: Mapping[str, bytes]) -> str:
    made = hashlib.sha256(data.encode() if isinstance(data, str) else data)
    for name in sorted(attached):
        made.update(b"\0" + name.encode() + b"\0" + attached[name])
    return made.hexdigest()


def _instances(
    model: xml.Element, attached: Mapping[str, bytes]
) -> tuple[dict[str, Node], tuple[Attached, ...]]:
    trees: dict[str, Node] = {}
    files: list[Attached] = []
    for instance in xml.children(model, "instance")[1:]:
        name = instance.get("id") or ""
        source = instance.get("src") or ""
        inline = xml.child(instance)
        if source and not source.startswith("jr://instance/"):
            file = source.rpartition("/")[2]
            found = attached.get(file)
            if found is not None:
                trees[name] = (
                    list_from_csv(found, file) if file.endswith(".csv") else _list_from_xml(found)
                )
            files.append(Attached(name, file, found is not None))
            if found is not None:
                continue
        if inline is not None:
            trees[name] = xml.to_tree(inline)
        elif source.startswith("jr://instance/"):
            trees[name] = Node("", kind="document")
    return trees, tuple(files)


def _list_from_xml(data: bytes) -> Node:
    return xml.to_tree(xml.read_xml(data))


def _checked(
    definition: Definition, problems: list[Problem], model: xml.Element, rows: RowIndex
) -> Definition:
    problems.extend(_refused_features(model))
    problems.extend(examine(definition, rows))
    errors = tuple(problem for problem in problems if problem.blocks)
    if any(problem.code not in PREVIEW_ONLY for problem in errors):
        first = errors[0]
        raise Refusal(first.code, problems=errors, **first.values)
    return replace(definition, notes=tuple(problems))


def _refused_features(model: xml.Element) -> list[Problem]:
    place = Place(sheet="settings", column="public_key")
    found = [
        Problem("forms.encrypted_form", {}, place)
        for submission in xml.children(model, "submission")
        if submission.get("base64RsaPublicKey")
    ]
    version = xml.attribute(model, "entities-version", xml.ENTITIES)
    if version and _is_newer(version, NEWEST_ENTITIES):
        found.append(
            Problem("forms.entities_newer", {"version": version, "newest": NEWEST_ENTITIES})
        )
    if version and _is_newer(version, "2024.1.0"):
        found.append(
            Problem("forms.entities_in_repeats", {"version": version}, severity=Severity.WARNING)
        )
    return found


def _is_newer(version: str, newest: str) -> bool:
    def numbers(text: str) -> list[int]:
        return [int(word) if word.isdigit() else 0 for word in text.split(".")]

    return numbers(version)[:2] > numbers(newest)[:2]
