"""The binds of an XForm: types and rules by place."""

from __future__ import annotations

from leadapp.forms import xml
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.model import Bind
from leadapp.forms.naming import Names, names_of
from leadapp.forms.rows import RowIndex
from leadapp.forms.xform_texts import Texts

_NOTHING = Bind()
_ALWAYS = frozenset({"true()", "1", "true", "yes"})
_NEVER = frozenset({"", "false()", "0", "false", "no"})


class Binds:
    """Names -> bind, and bind id -> names."""

    def __init__(self) -> None:
        self.by_names: dict[Names, Bind] = {}
        self.by_id: dict[str, Names] = {}

    def at(self, names: Names) -> Bind:
        """Return the bind for ``names``; an empty one where none was written."""
        return self.by_names.get(names, _NOTHING)


def read_binds(model: xml.Element, root: str, texts: Texts, rows: RowIndex) -> Binds:
    """Return all binds of ``model``; expressions that do not parse become problems."""
    found = Binds()
    top = root.rpartition("}")[2]
    for element in xml.children(model, "bind"):
        target = element.get("nodeset") or element.get("ref") or ""
        names = names_of(target, (top,))
        reader = _BindReader(element, "/".join(names[1:]), texts, rows)
        found.by_names[names] = reader.read()
        if element.get("id"):
            found.by_id[element.get("id") or ""] = names
    return found


class _BindReader:
    def __init__(self, element: xml.Element, key: str, texts: Texts, rows: RowIndex) -> None:
        self._element = element
        self._key = key
        self._texts = texts
        self._rows = rows

    def read(self) -> Bind:
        element = self._element
        return Bind(
            type=(element.get("type") or "string").rpartition(":")[2],
            relevant=self._rule("relevant", unless=_ALWAYS | {""}),
            constraint=self._rule("constraint", unless=_ALWAYS | {""}),
            calculate=self._rule("calculate", unless=frozenset({""})),
            required=self._rule("required", unless=_NEVER),
            readonly=self._rule("readonly", unless=_NEVER),
            constraint_message=self._texts.message(self._own("constraintMsg", xml.JAVAROSA)),
            required_message=self._texts.message(self._own("requiredMsg", xml.JAVAROSA)),
            preload=self._own("preload", xml.JAVAROSA) or (element.get("preload") or ""),
            preload_params=self._own("preloadParams", xml.JAVAROSA)
            or (element.get("preloadParams") or ""),
            saveto=self._own("saveto", xml.ENTITIES),
            later=self._own("later", xml.LEADAPP).lower() in _ALWAYS,
            warn=self._own("warn", xml.LEADAPP).lower() in _ALWAYS,
            was=self._own("was", xml.LEADAPP),
            extra={xml.local_name(n): str(v) for n, v in element.attrib.items()},
        )

    def _own(self, name: str, space: str) -> str:
        return xml.attribute(self._element, name, space)

    def _rule(self, name: str, *, unless: frozenset[str]) -> Expression | None:
        source = (self._element.get(name) or "").strip()
        if source in unless:
            return None
        if name in ("required", "readonly", "relevant") and source in ("true", "yes"):
            source = "true()"
        if name == "relevant" and source in ("false", "no"):
            source = "false()"
        return self._texts.compile(source, self._rows.place(self._key, name))
