"""Whether a form has what its kind counts on: questions, types, answers, ring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from leadapp.core.problems import Place, Problem
from leadapp.forms.model import Control, DataNode, Definition
from leadapp.forms.reading.workbook import Workbook
from leadapp.forms.rows import RowIndex
from leadapp.kinds.contract import Need

RINGS = frozenset({"sys", "shared", "law", "refer", "supply", "care"})
_SIDES = frozenset({"law", "office"})


class KindNeeds(Protocol):
    """What checking asks of a kind; ``kinds.contract.Kind`` is one."""

    @property
    def name(self) -> str:
        """Return the kind's name as forms write it."""
        ...

    @property
    def rings(self) -> tuple[str, ...]:
        """Return the ring families it may lie in."""
        ...

    @property
    def needs(self) -> tuple[Need, ...]:
        """Return the questions it counts on."""
        ...


def check_kind(
    definition: Definition, rows: RowIndex, kinds: Mapping[str, KindNeeds]
) -> list[Problem]:
    """Return where ``definition`` falls short of the kind it names."""
    settings = Place(file=rows.file, sheet="settings")
    found = _ring_words(definition, settings)
    if not definition.kind:
        return found
    kind = kinds.get(definition.kind)
    if kind is None:
        names = ", ".join(sorted(kinds))
        values = {"kind": definition.kind, "kinds": names}
        return [*found, Problem("forms.kind_unknown", values, settings)]
    found.extend(_rings(definition, kind, settings))
    for need in kind.needs:
        found.extend(_need(definition, rows, kind, need))
    return found


def check_rows(workbook: Workbook, kinds: Mapping[str, KindNeeds]) -> list[Problem]:
    """Return the questions of its kind that a workbook lacks, though it cannot be read as a form.

    A question that was deleted breaks the rules that name it: what is missing is said first.
    """
    settings = workbook.rows("settings")
    kind = kinds.get(settings[0].get("attribute::leadapp:kind").strip()) if settings else None
    if kind is None:
        return []
    there = {row.get("name").strip() for row in workbook.rows("survey")}
    return [_missing(need, kind, workbook.file) for need in kind.needs if need.name not in there]


def _missing(need: Need, kind: KindNeeds, file: str | None) -> Problem:
    values = {"question": need.name, "kind": kind.name, "why": need.why}
    said = {"types": " or ".join(need.types), "example": _example(need)}
    place = Place(file=file, sheet="survey", column="name")
    return Problem("forms.need_missing", {**values, **said}, place)


def _ring_words(definition: Definition, place: Place) -> list[Problem]:
    found: list[Problem] = []
    for word in definition.rings.split():
        side, colon, ring = word.rpartition(":")
        if ring not in RINGS or (colon and side not in _SIDES):
            found.append(Problem("forms.ring_unknown", {"ring": word}, place))
    return found


def _rings(definition: Definition, kind: KindNeeds, place: Place) -> list[Problem]:
    named = [word.rpartition(":")[2] for word in definition.rings.split()]
    allowed = ", ".join(kind.rings)
    if not named:
        return [Problem("forms.ring_missing", {"kind": kind.name, "allowed": allowed}, place)]
    return [
        Problem(
            "forms.ring_not_allowed", {"ring": ring, "kind": kind.name, "allowed": allowed}, place
        )
        for ring in named
        if ring in RINGS and ring not in kind.rings
    ]


def _need(definition: Definition, rows: RowIndex, kind: KindNeeds, need: Need) -> list[Problem]:
    values = {"question": need.name, "kind": kind.name, "why": need.why}
    nodes = [node for node in definition.data.walk() if node.name == need.name]
    if not nodes:
        return [_missing(need, kind, rows.file)]
    node = nodes[0]
    if len(nodes) > 1:
        return [Problem("forms.need_twice", values, rows.place(nodes[1].key, "name"))]
    control = definition.controls.get(node.names)
    have = written_types(node, control)
    if need.types and not have & set(need.types):
        wanted = {"types": " or ".join(need.types), "have": sorted(have)[0]}
        return [Problem("forms.need_type", {**values, **wanted}, rows.place(node.key, "type"))]
    return _choices(definition, rows, need, node, control, values)


def _example(need: Need) -> str:
    """Return a row that would do, as it would stand in the survey sheet."""
    kind = need.types[0] if need.types else "text"
    if kind in ("select_one", "select_multiple", "rank"):
        kind = f"{kind} {need.name}"
    label = need.name.replace("_", " ").capitalize()
    choices = f"; choices: {', '.join(need.choices)}" if need.choices else ""
    return f"type {kind} | name {need.name} | label {label}{choices}"


def _choices(
    definition: Definition,
    rows: RowIndex,
    need: Need,
    node: DataNode,
    control: Control | None,
    values: dict[str, str],
) -> list[Problem]:
    offered = choice_names(definition, control)
    if offered is None:
        return []
    lacking = [name for name in need.choices if name not in offered]
    if not lacking:
        return []
    values = {**values, "choices": ", ".join(lacking)}
    return [Problem("forms.need_choices", values, rows.place(node.key, "type"))]


def choice_names(definition: Definition, control: Control | None) -> frozenset[str] | None:
    """Return the names a question can offer; ``None`` where they are not fixed by the form."""
    if control is None or not control.is_question:
        return None
    if control.itemset is None:
        return frozenset(choice.name for choice in control.choices) if control.choices else None
    tree = definition.instances.get(control.itemset.list_name)
    if tree is None or not tree.children:
        return None
    column = control.itemset.value.source
    return frozenset(
        cell.value
        for item in tree.children[0].children
        for cell in item.children
        if cell.name == column
    )


_TYPES = {"string": "text", "int": "integer"}
_CONTROLS = {
    "select": "select_multiple",
    "select1": "select_one",
    "rank": "rank",
    "range": "range",
    "trigger": "acknowledge",
    "upload": "file",
    "repeat": "repeat",
    "group": "group",
}


def written_types(node: DataNode, control: Control | None) -> frozenset[str]:
    """Return the XLSForm types that ``node`` may have been written with."""
    bind = node.bind
    if node.is_repeat:
        return frozenset({"repeat"})
    if control is not None and control.kind in _CONTROLS:
        extra = {control.mediatype.partition("/")[0]} if control.mediatype else set()
        return frozenset({_CONTROLS[control.kind], *extra})
    stored = _TYPES.get(bind.type, bind.type)
    if control is not None:
        calculated = {"calculate"} if bind.calculate is not None else set()
        return frozenset({stored, *calculated})
    if bind.preload:
        return frozenset({bind.preload_params or bind.preload, stored})
    return frozenset({"calculate"} if bind.calculate is not None else {"hidden", "calculate"})
