"""A form as data: what it asks, what it stores, and every expression ready to ask.

Everything is frozen and shared by all sessions of the form. A key is a path below the
root without the root's name (``scene/arrived``); ``names`` is the same with the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from leadapp.core.problems import Problem
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.naming import Names
from leadapp.forms.tree import Node

Part = str | Expression
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """Words in each language, with expressions inside; language ``""`` serves all."""

    languages: Mapping[str, tuple[Part, ...]]

    def parts(self, language: str, default: str) -> tuple[Part, ...]:
        """Return the pieces in ``language``, else in ``default``, else in any."""
        for wanted in (language, default, ""):
            if wanted in self.languages:
                return self.languages[wanted]
        return next(iter(self.languages.values()), ())

    def expressions(self) -> list[Expression]:
        """Return every expression in any language."""
        return [
            part
            for parts in self.languages.values()
            for part in parts
            if isinstance(part, Expression)
        ]


@dataclass(frozen=True, slots=True)
class Bind:
    """The rules of one question or group."""

    type: str = "string"
    relevant: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint_message: Text | None = None
    required_message: Text | None = None
    preload: str = ""
    preload_params: str = ""
    saveto: str = ""
    later: bool = False
    """Needed, but a missing answer is a warning on the record and does not block."""
    warn: bool = False
    """A broken constraint is a warning."""
    was: str = ""
    """The key this answer had in an earlier version."""
    extra: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True, eq=False)
class DataNode:
    """One element (or attribute, ``@name``) of the record, in shape and default."""

    names: Names
    default: str = ""
    bind: Bind = Bind()
    children: tuple[DataNode, ...] = ()
    attributes: tuple[DataNode, ...] = ()
    is_repeat: bool = False
    initial: tuple[DataNode, ...] = ()
    """Copies of a repeat the form itself brings."""
    prefix: str = ""
    namespace: str = ""
    row: int | None = None

    @property
    def name(self) -> str:
        """Return the last name."""
        return self.names[-1]

    @property
    def key(self) -> str:
        """Return the path below the root, without copies."""
        return "/".join(self.names[1:])

    def walk(self) -> Iterator[DataNode]:
        """Yield this node, its attributes and everything below, in document order."""
        yield self
        yield from self.attributes
        for inner in self.children:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Choice:
    """One written choice of a select."""

    name: str
    label: Text
    media: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from a list by an expression."""

    nodes: Expression
    value: Expression
    label: Expression
    list_name: str = ""

    @property
    def is_filtered(self) -> bool:
        """Return whether only some of the list is offered."""
        return "[" in self.nodes.source


ControlKind = Literal[
    "input", "select", "select1", "rank", "range", "trigger", "upload", "group", "repeat"
]


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """Something the form shows: a question, a group, a repeat."""

    kind: ControlKind
    names: Names
    """Where its answer is; ``()`` for a group without one."""
    label: Text | None = None
    hint: Text | None = None
    guidance: Text | None = None
    media: Mapping[str, Text] = field(default_factory=dict)
    appearance: tuple[str, ...] = ()
    width: int = 0
    """Grid columns it takes (1 to 12); 0 = all of its group's."""
    columns: int = 4
    """Grid columns its own children share (groups and repeats)."""
    children: tuple[Control, ...] = ()
    choices: tuple[Choice, ...] = ()
    itemset: Itemset | None = None
    count: Expression | None = None
    fixed: bool = False
    """A repeat whose copies a person neither adds nor removes."""
    mediatype: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return the path below the root, without copies."""
        return "/".join(self.names[1:])

    @property
    def is_external(self) -> bool:
        """Return whether another app would fill it in, which does not happen here."""
        return any(word.startswith(("ex:", "intent:")) for word in self.appearance)

    @property
    def is_question(self) -> bool:
        """Return whether it holds an answer of its own."""
        return self.kind not in ("group", "repeat")

    def walk(self) -> Iterator[Control]:
        """Yield this control and everything in it, in document order."""
        yield self
        for inner in self.children:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class SetValue:
    """An action: write a value into ``target`` when one of ``events`` happens."""

    target: Names
    path: Expression | None
    """Where it goes when the target names copies by predicates."""
    value: Expression | None
    text: str
    events: frozenset[str]
    trigger: Names | None = None
    """The question whose change sets it off."""
    within: Names | None = None
    """The repeat it is written in (odk-new-repeat)."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A list file the form asks for; ``found`` when it was there."""

    instance: str
    file: str
    found: bool


@dataclass(frozen=True, eq=False)
class Definition:
    """A whole form."""

    id: str
    version: str
    title: str
    hash: str
    """SHA-256 over the form's bytes and its attached lists, hexadecimal."""
    data: DataNode
    body: tuple[Control, ...]
    body_class: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    default_language: str = ""
    itext: Mapping[str, Mapping[str, tuple[Part, ...]]] = field(default_factory=dict)
    """Text id -> language -> pieces."""
    instances: Mapping[str, Node] = field(default_factory=dict, repr=False)
    attached: tuple[Attached, ...] = ()
    actions: tuple[SetValue, ...] = ()
    kind: str = ""
    rings: str = ""
    """As written in ``attribute::leadapp:ring``."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the record's root and of the model."""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
    """What loading found that does not stop the form."""

    @cached_property
    def blocked_by(self) -> tuple[Problem, ...]:
        """Return why the form may be looked at but not filled; mostly nothing."""
        return tuple(note for note in self.notes if note.blocks)

    @cached_property
    def at(self) -> Mapping[Names, DataNode]:
        """Return names -> data node."""
        return {node.names: node for node in self.data.walk()}

    @cached_property
    def controls(self) -> Mapping[Names, Control]:
        """Return names -> the control that holds the answer there (the first)."""
        found: dict[Names, Control] = {}
        for top in self.body:
            for control in top.walk():
                if control.names:
                    found.setdefault(control.names, control)
        return found

    @cached_property
    def repeats(self) -> frozenset[Names]:
        """Return where the repeats are."""
        return frozenset(node.names for node in self.data.walk() if node.is_repeat)

    @cached_property
    def repeated(self) -> frozenset[Names]:
        """Return every place inside a repeat, the repeats themselves with it."""
        return frozenset(
            inner.names for node in self.data.walk() if node.is_repeat for inner in node.walk()
        )

    @cached_property
    def kept(self) -> dict[str, object]:
        """Return what other modules worked out from this form and keep with it."""
        return {}

    def ring_of(self, side: str) -> str:
        """Return the ring for ``side`` (``law`` or ``office``) by ``law:law office:supply``."""
        for word in self.rings.split():
            where, found, ring = word.partition(":")
            if not found:
                return where
            if where == side:
                return ring
        return ""
