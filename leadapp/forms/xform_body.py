"""What an XForm shows: groups, repeats and questions, with layout."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadapp.core.problems import Place, Problem
from leadapp.forms import xml
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.model import Choice, Control, ControlKind, Itemset, Text
from leadapp.forms.naming import Names, names_of
from leadapp.forms.rows import RowIndex
from leadapp.forms.xform_binds import Binds
from leadapp.forms.xform_texts import Texts

DEFAULT_COLUMNS = 4
_WIDTH = re.compile(r"w(\d{1,2})")
_KINDS: Mapping[str, ControlKind] = {
    "input": "input",
    "textarea": "input",
    "secret": "input",
    "output": "input",
    "select": "select",
    "select1": "select1",
    "rank": "rank",
    "range": "range",
    "trigger": "trigger",
    "upload": "upload",
    "group": "group",
    "repeat": "repeat",
}
_LIST_NAME = re.compile(r"""instance\(\s*(['"])(.*?)\1\s*\)""")
_PARAMETERS = (
    "start",
    "end",
    "step",
    "rows",
    "accuracyThreshold",
    "max-pixels",
    "query",
    "incremental",
)


class BodyReader:
    """Reads ``h:body``."""

    def __init__(
        self, texts: Texts, binds: Binds, rows: RowIndex, problems: list[Problem], root: str
    ) -> None:
        self._texts = texts
        self._binds = binds
        self._rows = rows
        self._problems = problems
        self._root = root

    def read(self, body: xml.Element | None) -> tuple[Control, ...]:
        """Return the controls at the top of the form."""
        if body is None:
            return ()
        return self._inside(body, (self._root,))

    def _inside(self, element: xml.Element, around: Names) -> tuple[Control, ...]:
        return tuple(
            self._control(inner, around)
            for inner in xml.children(element)
            if xml.local(inner) in _KINDS
        )

    def _control(self, element: xml.Element, around: Names) -> Control:
        kind = _KINDS[xml.local(element)]
        if kind == "group":
            repeat = _only_repeat(element)
            if repeat is not None and _same_place(element, repeat, around):
                return self._group(repeat, around, "repeat", outer=element)
        if kind in ("group", "repeat"):
            return self._group(element, around, kind, outer=None)
        return self._question(element, around, kind)

    def _names(self, element: xml.Element, around: Names) -> Names:
        identifier = element.get("bind")
        if identifier and identifier in self._binds.by_id:
            return self._binds.by_id[identifier]
        reference = element.get("ref") or element.get("nodeset")
        return names_of(reference, around) if reference else ()

    def _group(
        self, element: xml.Element, around: Names, kind: ControlKind, *, outer: xml.Element | None
    ) -> Control:
        names = self._names(element, around)
        labelled = outer if outer is not None else element
        appearance = _appearance(element) + (_appearance(outer) if outer is not None else ())
        width = _width(appearance)
        key = "/".join(names[1:])
        return Control(
            kind=kind,
            names=names,
            label=self._label(labelled, key) or self._label(element, key),
            hint=self._texts.of_element(xml.child(labelled, "hint"), key),
            media=self._media(labelled),
            appearance=appearance,
            width=width,
            columns=width or DEFAULT_COLUMNS,
            children=self._inside(element, names or around),
            count=self._count(element, key),
            fixed=_flag(element, "noAddRemove"),
        )

    def _count(self, element: xml.Element, key: str) -> Expression | None:
        source = xml.attribute(element, "count", xml.JAVAROSA)
        return self._texts.compile(source, self._rows.place(key, "count")) if source else None

    def _label(self, element: xml.Element, key: str) -> Text | None:
        return self._texts.of_element(xml.child(element, "label"), key)

    def _media(self, element: xml.Element) -> dict[str, Text]:
        forms = self._texts.other_forms(xml.child(element, "label"))
        return {name: text for name, text in forms.items() if name != "guidance"}

    def _question(self, element: xml.Element, around: Names, kind: ControlKind) -> Control:
        names = self._names(element, around)
        key = "/".join(names[1:])
        hint = xml.child(element, "hint")
        appearance = _appearance(element)
        if xml.local(element) == "textarea" and "multiline" not in appearance:
            appearance = (*appearance, "multiline")
        return Control(
            kind=kind,
            names=names,
            label=self._label(element, key),
            hint=self._texts.of_element(hint, key),
            guidance=self._texts.other_forms(hint).get("guidance"),
            media=self._media(element),
            appearance=appearance,
            width=_width(appearance),
            choices=self._choices(element),
            itemset=self._itemset(element, key),
            mediatype=element.get("mediatype") or "",
            parameters={
                name: found
                for name in _PARAMETERS
                if (found := element.get(name) or xml.attribute(element, name, xml.ODK))
            },
        )

    def _choices(self, element: xml.Element) -> tuple[Choice, ...]:
        found: list[Choice] = []
        for item in xml.children(element, "item"):
            value = xml.child(item, "value")
            label = xml.child(item, "label")
            name = "".join(map(str, value.itertext())).strip() if value is not None else ""
            found.append(
                Choice(
                    name, self._texts.of_element(label) or Text({}), self._texts.other_forms(label)
                )
            )
        return tuple(found)

    def _itemset(self, element: xml.Element, key: str) -> Itemset | None:
        itemset = xml.child(element, "itemset")
        source = (itemset.get("nodeset") if itemset is not None else element.get("query")) or ""
        if not source:
            return None
        place = self._rows.place(key, "choices")
        nodes = self._texts.compile(source, place)
        value = self._reference(itemset, "value", "name", place)
        label = self._reference(itemset, "label", "label", place)
        if nodes is None or value is None or label is None:
            return None
        match = _LIST_NAME.search(source)
        return Itemset(nodes, value, label, match[2] if match else "")

    def _reference(
        self, itemset: xml.Element | None, name: str, otherwise: str, place: Place
    ) -> Expression | None:
        found = xml.child(itemset, name) if itemset is not None else None
        return self._texts.compile(
            (found.get("ref") if found is not None else "") or otherwise, place
        )


def _only_repeat(group: xml.Element) -> xml.Element | None:
    inside = [inner for inner in xml.children(group) if xml.local(inner) in _KINDS]
    return inside[0] if len(inside) == 1 and xml.local(inside[0]) == "repeat" else None


def _same_place(group: xml.Element, repeat: xml.Element, around: Names) -> bool:
    reference = group.get("ref")
    if not reference:
        return True
    return names_of(reference, around) == names_of(
        repeat.get("nodeset") or repeat.get("ref") or "", around
    )


def _appearance(element: xml.Element) -> tuple[str, ...]:
    return tuple(dict.fromkeys((element.get("appearance") or "").split()))


def _width(appearance: tuple[str, ...]) -> int:
    for word in appearance:
        match = _WIDTH.fullmatch(word)
        if match is not None and 1 <= int(match[1]) <= 12:
            return int(match[1])
    return 0


def _flag(element: xml.Element, name: str) -> bool:
    return xml.attribute(element, name, xml.JAVAROSA).strip() in ("true()", "true", "1")
