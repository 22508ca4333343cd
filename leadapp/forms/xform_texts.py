"""Labels, hints and messages of an XForm: itext, outputs, languages."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms import xml
from leadapp.forms.expressions.compiler import Expression, compile_expression
from leadapp.forms.model import Part, Text
from leadapp.forms.naming import names_of
from leadapp.forms.rows import RowIndex

_ITEXT = re.compile(r"""\s*jr:itext\(\s*(['"])(.*?)\1\s*\)\s*""")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_ESCAPED = re.compile(r"&(?:lt|gt|amp|quot|apos);")
_NO_FORM = ""
_COLUMNS = {
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
    "constraintMsg": "constraint_message",
    "requiredMsg": "required_message",
}


class Texts:
    """All translations of a form, and the reader of its label elements."""

    def __init__(self, model: xml.Element, problems: list[Problem], rows: RowIndex) -> None:
        self._problems = problems
        self._rows = rows
        self._forms: dict[str, dict[str, dict[str, tuple[Part, ...]]]] = {}
        self.languages: tuple[str, ...] = ()
        self.default = ""
        self._read(model)

    @property
    def by_id(self) -> Mapping[str, Mapping[str, tuple[Part, ...]]]:
        """Return text id -> language -> pieces, of the plain form."""
        return {
            name: forms.get(_NO_FORM) or forms.get("long") or forms.get("short") or {}
            for name, forms in self._forms.items()
        }

    def _read(self, model: xml.Element) -> None:
        itext = xml.child(model, "itext")
        if itext is None:
            return
        languages: list[str] = []
        for translation in xml.children(itext, "translation"):
            language = translation.get("lang") or ""
            languages.append(language)
            if translation.get("default") is not None:
                self.default = language
            for text in xml.children(translation, "text"):
                identifier = text.get("id") or ""
                forms = self._forms.setdefault(identifier, {})
                place = self._place_of(identifier)
                for value in xml.children(text, "value"):
                    form = value.get("form") or _NO_FORM
                    forms.setdefault(form, {})[language] = self.parts(value, place)
        self.languages = tuple(languages)
        self.default = self.default or (languages[0] if languages else "")

    def _place_of(self, identifier: str) -> Place:
        """Return where the text was written: ``/data/scene/where:hint`` is a row's hint."""
        path, _, column = identifier.partition(":")
        key = "/".join(names_of(path)[1:])
        return self._rows.place(key, _COLUMNS.get(column, column or "label"))

    def parts(self, element: xml.Element, place: Place) -> tuple[Part, ...]:
        """Return the pieces of a label: texts, and an expression for each output."""
        found: list[Part] = [element.text or ""]
        for inner in element:
            if xml.local(inner) == "output":
                source = _unescaped(inner.get("value") or inner.get("ref") or "")
                # Words that a converter took for an expression are shown as they were written.
                ready = self.compile(source, place, Severity.WARNING)
                found.append(source if ready is None else ready)
            else:
                found.extend(self.parts(inner, place))
            found.append(inner.tail or "")
        return tidy_parts(found)

    def compile(
        self, source: str, place: Place, severity: Severity = Severity.ERROR
    ) -> Expression | None:
        """Return ``source`` ready to ask; a Problem at ``place`` when it does not parse."""
        try:
            return compile_expression(source)
        except Refusal as refusal:
            values = {**refusal.values, "expression": source[:200]}
            self._problems.append(Problem(refusal.code, values, place, severity))
            return None

    def of_element(self, element: xml.Element | None, key: str = "") -> Text | None:
        """Return the words of a label or hint element of the question at ``key``."""
        if element is None:
            return None
        reference = element.get("ref")
        if not reference:
            parts = self.parts(element, self._rows.place(key, xml.local(element)))
            return Text({"": parts}) if parts else None
        return self.of_reference(reference)

    def of_reference(self, reference: str) -> Text | None:
        """Return the words that ``jr:itext('id')`` or a path stands for."""
        match = _ITEXT.fullmatch(reference)
        if match is not None:
            languages = self.by_identifier(match[2])
            return Text(languages) if languages else None
        ready = self.compile(reference, Place(column="label"))
        return Text({"": (ready,)}) if ready is not None else None

    def by_identifier(self, identifier: str) -> Mapping[str, tuple[Part, ...]]:
        """Return language -> pieces of a text id."""
        forms = self._forms.get(identifier, {})
        return forms.get(_NO_FORM) or forms.get("long") or forms.get("short") or {}

    def other_forms(self, element: xml.Element | None) -> dict[str, Text]:
        """Return the guidance, image and other forms of a label or hint element."""
        match = _ITEXT.fullmatch((element.get("ref") if element is not None else "") or "")
        if match is None:
            return {}
        forms = self._forms.get(match[2], {})
        return {name: Text(languages) for name, languages in forms.items() if name}

    def message(self, attribute: str) -> Text | None:
        """Return a constraint or required message: a text, or a text id."""
        if not attribute:
            return None
        if _ITEXT.fullmatch(attribute):
            return self.of_reference(attribute)
        return Text({"": (attribute,)})


def _unescaped(source: str) -> str:
    """Return an expression that was escaped twice as it was meant.

    Converters do so with a path written straight into a label. No expression has an ``&``
    outside its quotes, so ``&lt;`` there can only be a sign.
    """
    if _ESCAPED.search(_LITERAL.sub("", source)) is None:
        return source
    return html.unescape(source)


def tidy_parts(parts: list[Part]) -> tuple[Part, ...]:
    """Return ``parts`` without outer white space and empty texts."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")
