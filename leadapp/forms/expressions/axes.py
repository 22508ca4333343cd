"""The axes and node tests of XPath."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.syntax import Axis
from leadapp.forms.tree import Node, texts_of

Test = Callable[[Node, Environment], bool]


def _children(node: Node) -> Iterable[Node]:
    return node.children


def _content(node: Node) -> Iterable[Node]:
    """Children with the texts between them, for node() and text()."""
    texts = dict(texts_of(node))
    for place, child in enumerate(node.children):
        if place in texts:
            yield texts[place]
        yield child
    last = texts.get(len(node.children))
    if last is not None:
        yield last


def _parent(node: Node) -> Iterable[Node]:
    return () if node.parent is None else (node.parent,)


def _ancestors(node: Node) -> Iterator[Node]:
    up = node.parent
    while up is not None:
        yield up
        up = up.parent


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield from child.descendants()


def _siblings(node: Node) -> tuple[list[Node], list[Node]]:
    if node.parent is None or node.kind == "attribute":
        return [], []
    around = node.parent.children
    for place, sibling in enumerate(around):
        if sibling is node:
            return around[:place], around[place + 1 :]
    return [], []


def _following(node: Node) -> Iterator[Node]:
    for up in node.ancestors():
        for sibling in _siblings(up)[1]:
            yield from sibling.descendants()


def _preceding(node: Node) -> Iterator[Node]:
    for up in node.ancestors():
        for sibling in reversed(_siblings(up)[0]):
            yield from reversed(list(sibling.descendants()))


AXES: dict[Axis, Callable[[Node], Iterable[Node]]] = {
    "child": _children,
    "descendant": _below,
    "descendant-or-self": Node.descendants,
    "parent": _parent,
    "ancestor": _ancestors,
    "ancestor-or-self": Node.ancestors,
    "self": lambda node: (node,),
    "attribute": lambda node: node.attributes,
    "following": _following,
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding": _preceding,
    "preceding-sibling": lambda node: reversed(_siblings(node)[0]),
}


def axis_for(axis: Axis, name: str) -> Callable[[Node], Iterable[Node]]:
    """Return the walk along ``axis``; text nodes are made only where a test can want them."""
    if axis == "child" and name in ("node()", "text()"):
        return _content
    return AXES[axis]


def node_test(axis: Axis, name: str) -> Test | None:
    """Return the test for ``name`` on ``axis``; ``None`` when everything passes."""
    main = "attribute" if axis == "attribute" else "element"
    match name:
        case "node()":
            return None
        case "text()":
            return lambda node, _env: node.kind == "text"
        case "comment()" | "processing-instruction()":
            return lambda _node, _env: False
        case "*":
            return lambda node, _env: node.kind == main
    prefix, _, local = name.rpartition(":")
    if not prefix:
        return lambda node, _env: node.name == name and node.kind == main
    if local == "*":
        return lambda node, env: node.kind == main and _same_namespace(node, prefix, env)
    return lambda node, env: (
        node.name == local and node.kind == main and _same_namespace(node, prefix, env)
    )


def _same_namespace(node: Node, prefix: str, env: Environment) -> bool:
    wanted = env.namespaces().get(prefix)
    return wanted is None or not node.namespace or node.namespace == wanted
