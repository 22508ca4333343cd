"""What changed between two versions of a form, and what that means for answers kept by the old.

A record is always read in the version that made it, so nothing here changes a record. What a
change means is said as a code: ``kept``, ``follows``, ``new``, ``other_type`` and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from leadapp.forms.checking.kind_needs import written_types
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.model import Control, DataNode, Definition, Text
from leadapp.forms.tree import Node

What = Literal["added", "removed", "renamed", "changed"]
_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``key`` is a question's, ``choice`` a choice's name in it ("" for none).

    ``aspect`` says what changed of a question that stays (``type``, ``label``, ``required``, ...);
    ``old`` and ``new`` are how it was and is written. ``effect`` is the code of the sentence about
    old answers, without its package. ``perhaps`` names an added question that may be this one.
    """

    what: What
    key: str
    label: str
    effect: str
    choice: str = ""
    aspect: str = ""
    old: str = ""
    new: str = ""
    perhaps: str = ""


def differences(
    old: Definition, new: Definition, was: Mapping[str, str] = _NO_NAMES
) -> tuple[Change, ...]:
    """Return every difference in the order of the new form, removed questions last.

    ``was`` (present key -> earlier key) are names decided now, beside those in the form.
    """
    before, after = _questions(old), _questions(new)
    renamed = _renamed(new) | dict(was)
    renamed = {key: name for key, name in renamed.items() if key in after and name in before}
    found: list[Change] = []
    for key, node in after.items():
        source = renamed.get(key, key)
        if source not in before:
            found.append(Change("added", key, _label(new, node), "new"))
            continue
        if source != key:
            found.append(Change("renamed", key, _label(new, node), "follows", old=source, new=key))
        found.extend(_changed(old, before[source], new, node))
    gone = [key for key in before if key not in after and key not in renamed.values()]
    added = [change for change in found if change.what == "added"]
    for key in gone:
        label = _label(old, before[key])
        found.append(Change("removed", key, label, "kept", perhaps=_perhaps(key, label, added)))
    return tuple(found)


def _questions(definition: Definition) -> dict[str, DataNode]:
    """Return key -> node of everything that holds an answer, typed or calculated."""
    return {
        node.key: node
        for node in definition.data.walk()
        if node.key and not node.children and node.names[1] != "meta"
    }


def _renamed(definition: Definition) -> dict[str, str]:
    return {node.key: node.bind.was for node in definition.data.walk() if node.bind.was}


def _perhaps(key: str, label: str, added: list[Change]) -> str:
    """Return the added question that has the same name elsewhere, or the same words."""
    name = key.rpartition("/")[2]
    for change in added:
        if change.key.rpartition("/")[2] == name:
            return change.key
    same = [change.key for change in added if label and change.label == label]
    return same[0] if len(same) == 1 else ""


def _changed(
    old: Definition, before: DataNode, new: Definition, after: DataNode
) -> Iterator[Change]:
    key, label = after.key, _label(new, after)
    control_before, control = old.controls.get(before.names), new.controls.get(after.names)
    types = (_type(before, control_before), _type(after, control))
    if types[0] != types[1]:
        yield Change("changed", key, label, "other_type", aspect="type", old=types[0], new=types[1])
    if (is_inside := after.names in new.repeated) != (before.names in old.repeated):
        where = ("once", "repeat") if is_inside else ("repeat", "once")
        yield Change("changed", key, label, "moved", aspect="place", old=where[0], new=where[1])
    for aspect, effect, text in (
        ("label", "words", _label),
        ("relevant", "rule", _relevant),
        ("constraint", "rule", _constraint),
        ("required", "rule", _required),
        ("calculation", "calculated", _calculation),
    ):
        was, now = text(old, before), text(new, after)
        if was != now:
            yield Change("changed", key, label, effect, aspect=aspect, old=was, new=now)
    yield from _choices(old, control_before, new, control, key, label)


def _choices(
    old: Definition,
    before: Control | None,
    new: Definition,
    after: Control | None,
    key: str,
    label: str,
) -> Iterator[Change]:
    had, has = choices_of(old, before), choices_of(new, after)
    for name, words in has.items():
        if name not in had:
            yield Change("added", key, label, "new_choice", choice=name, new=words)
        elif had[name] != words:
            yield Change("changed", key, label, "words", name, "label", had[name], words)
    for name, words in had.items():
        if name not in has:
            yield Change("removed", key, label, "kept_choice", choice=name, old=words)


def choices_of(definition: Definition, control: Control | None) -> dict[str, str]:
    """Return name -> words of what the form itself offers for a question."""
    if control is None:
        return {}
    if control.itemset is None:
        return {choice.name: text_of(definition, choice.label) for choice in control.choices}
    tree = definition.instances.get(control.itemset.list_name)
    if tree is None or not tree.children:
        return {}
    value, label = control.itemset.value.source, control.itemset.label.source
    found = {}
    for item in tree.children[0].children:
        name = _cell(item, value)
        if name:
            found[name] = _choice_label(definition, item, label)
    return found


def _choice_label(definition: Definition, item: Node, label: str) -> str:
    if label.startswith("jr:itext("):
        identifier = _cell(item, label.removeprefix("jr:itext(").rstrip(") "))
        languages = definition.itext.get(identifier, {})
        return text_of(definition, Text(languages)) if languages else ""
    return _cell(item, label)


def _cell(item: Node, name: str) -> str:
    return next((cell.value for cell in item.children if cell.name == name), "")


def text_of(definition: Definition, text: Text | None) -> str:
    """Return words in the form's own language, expressions in them as ``${...}``."""
    if text is None:
        return ""
    parts = text.parts(definition.default_language, definition.default_language)
    return "".join(
        part if isinstance(part, str) else f"${{{part.source.strip().rpartition('/')[2]}}}"
        for part in parts
    )


def _label(definition: Definition, node: DataNode) -> str:
    control = definition.controls.get(node.names)
    return text_of(definition, control.label) if control is not None else ""


def _type(node: DataNode, control: Control | None) -> str:
    return " or ".join(sorted(written_types(node, control)))


def _source(expression: Expression | None) -> str:
    return " ".join(expression.source.split()) if expression is not None else ""


def _relevant(_definition: Definition, node: DataNode) -> str:
    return _source(node.bind.relevant)


def _constraint(_definition: Definition, node: DataNode) -> str:
    return _source(node.bind.constraint)


def _required(_definition: Definition, node: DataNode) -> str:
    return _source(node.bind.required)


def _calculation(_definition: Definition, node: DataNode) -> str:
    return _source(node.bind.calculate)
