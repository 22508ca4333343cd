"""A light tree that expressions walk: elements, attributes, texts and the document.

An element's ``value`` is the text before its first child (all of it, for a leaf).
``hidden`` nodes are there but read as blank (forms rule: not relevant).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

Kind = Literal["element", "attribute", "text", "document"]


class Node:
    """One node. Leaves are cheap: five short fields and a text."""

    __slots__ = (
        "attributes",
        "children",
        "hidden",
        "kind",
        "name",
        "namespace",
        "parent",
        "prefix",
        "skipped",
        "tail",
        "value",
    )

    def __init__(
        self,
        name: str,
        parent: Node | None = None,
        value: str = "",
        *,
        kind: Kind = "element",
        namespace: str = "",
        prefix: str = "",
    ) -> None:
        self.name = name
        self.parent = parent
        self.value = value
        self.kind: Kind = kind
        self.namespace = namespace
        self.prefix = prefix
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.hidden = False
        self.skipped = False
        """A hidden copy of a repeat: not only blank, paths do not find it at all."""
        self.tail = ""

    def text(self) -> str:
        """Return the XPath string value."""
        if self.hidden:
            return ""
        if not self.children:
            return self.value
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        yield self.value
        for child in self.children:
            yield child.text()
            yield child.tail

    def add(self, child: Node) -> Node:
        """Append ``child`` and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def descendants(self) -> Iterator[Node]:
        """Yield this node and every element below it, in document order."""
        yield self
        for child in self.children:
            yield from child.descendants()

    def ancestors(self) -> Iterator[Node]:
        """Yield this node, its parent and so on up to the document."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def names(self) -> tuple[str, ...]:
        """Return the names from the root element down to this node."""
        found = [
            f"@{node.name}" if node.kind == "attribute" else node.name
            for node in self.ancestors()
            if node.kind in ("element", "attribute")
        ]
        return tuple(reversed(found))


def document_order(nodes: list[Node]) -> list[Node]:
    """Return ``nodes`` without doubles, in document order."""
    unique = list({id(node): node for node in nodes}.values())
    if len(unique) < 2:
        return unique
    return sorted(unique, key=_order_key)


def _order_key(node: Node) -> tuple[tuple[int, int], ...]:
    steps: list[tuple[int, int]] = []
    while node.parent is not None:
        steps.append(_place_in(node.parent, node))
        node = node.parent
    return tuple(reversed(steps))


def _place_in(parent: Node, node: Node) -> tuple[int, int]:
    if node.kind == "attribute":
        return (0, _index(parent.attributes, node))
    if node.kind == "text":
        return (1, _index_of_text(parent, node))
    return (1, 2 * _index(parent.children, node) + 1)


def _index(nodes: list[Node], wanted: Node) -> int:
    for position, node in enumerate(nodes):
        if node is wanted:
            return position
    return 0


def _index_of_text(parent: Node, node: Node) -> int:
    for position, text in texts_of(parent):
        if text.value == node.value:
            return 2 * position
    return 0


def texts_of(element: Node) -> list[tuple[int, Node]]:
    """Return the text nodes of ``element`` with their place among the child elements."""
    if element.hidden:
        return []
    pieces = [element.value, *(child.tail for child in element.children)]
    return [
        (place, Node("", element, piece, kind="text"))
        for place, piece in enumerate(pieces)
        if piece
    ]
