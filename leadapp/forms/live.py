"""One record while it is being filled: a tree with values, relevance and copies of repeats."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.forms.expressions.environment import Reach
from leadapp.forms.model import DataNode, Definition
from leadapp.forms.naming import Names
from leadapp.forms.tree import Node


class LiveNode(Node):
    """An element or attribute of the record; ``spec`` says what it is."""

    __slots__ = (
        "broken",
        "choices",
        "copy",
        "key",
        "misfit",
        "names_",
        "order",
        "parent_live",
        "readonly",
        "relevant",
        "required",
        "spec",
        "taken",
        "waiting",
    )

    def __init__(self, spec: DataNode, parent: LiveNode | None, copy: str = "") -> None:
        name = spec.names[-1]
        is_attribute = name.startswith("@")
        super().__init__(
            name[1:] if is_attribute else name,
            parent,
            kind="attribute" if is_attribute else "element",
            namespace=spec.namespace,
            prefix=spec.prefix,
        )
        self.spec = spec
        self.names_ = spec.names
        self.copy = copy
        self.key = _key(parent, name, copy)
        self.order = 0.0
        self.relevant = True
        self.required = False
        self.readonly = False
        self.broken = False
        """Its constraint does not hold."""
        self.misfit = ""
        """The code of a problem of its text with its type."""
        self.choices: list[Node] | None = None
        """Items its list offers; ``None`` when not asked yet."""
        self.taken = ""
        """An answer taken away because its list no longer offers it."""
        self.waiting: set[str] = set()
        """Lists an expression of it waits for."""
        self.parent_live = parent

    def names(self) -> Names:
        """Return the names from the root down to this node."""
        return self.names_

    @property
    def is_leaf(self) -> bool:
        """Return whether it holds an answer itself."""
        return not self.spec.children


def _key(parent: LiveNode | None, name: str, copy: str) -> str:
    if parent is None:
        return ""
    own = f"{name}[{copy}]" if copy else name
    return f"{parent.key}/{own}" if parent.key else own


class Range(LiveNode):
    """The copies of one repeat in one place. It stands beside them, not in the tree."""

    __slots__ = ("copies", "highest", "parked")

    def __init__(self, spec: DataNode, parent: LiveNode) -> None:
        super().__init__(spec, parent)
        self.copies: list[LiveNode] = []
        self.parked: list[LiveNode] = []
        """Copies a smaller count took away; a larger one brings them back."""
        self.highest = 0.0
        """The largest order a copy has had."""


class Record:
    """The tree of one record, with ways to find its nodes."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.document = Node("", kind="document")
        self.single: dict[Names, list[Node]] = {}
        """Nodes outside all repeats, each in a list of its own that no one changes."""
        self.by_key: dict[str, LiveNode] = {}
        self.ranges: dict[str, Range] = {}
        self._repeats = definition.repeats
        self._repeated = definition.repeated
        self.top = self._grow(definition.data, None, "")
        self.top.parent = self.document
        self.document.children.append(self.top)

    def _grow(self, spec: DataNode, parent: LiveNode | None, copy: str) -> LiveNode:
        node = LiveNode(spec, parent, copy)
        if parent is not None and parent.hidden:
            node.hidden = True
            node.skipped = bool(copy)
        self.by_key[node.key] = node
        if spec.names not in self._repeated:
            self.single[spec.names] = [node]
        for inner in spec.attributes:
            node.attributes.append(self._grow(inner, node, ""))
        for inner in spec.children:
            if inner.is_repeat:
                made = Range(inner, node)
                self.ranges[made.key] = made
            else:
                node.children.append(self._grow(inner, node, ""))
        return node

    def add_copy(self, where: Range, copy: str, at: int | None = None) -> LiveNode:
        """Return a new copy of a repeat, blank, put last (or at place ``at``)."""
        parent = where.parent_live
        node = self._grow(where.spec, parent, copy)
        self.attach(where, node, len(where.copies) if at is None else at)
        return node

    def attach(self, where: Range, node: LiveNode, at: int) -> None:
        """Put ``node`` among the copies of ``where``."""
        parent = node.parent_live
        assert parent is not None  # noqa: S101 - a repeat is never the root
        if where.copies:
            first = _index(parent.children, where.copies[0])
            place = first + at
        else:
            place = self._place_of_first(where, parent)
        where.copies.insert(at, node)
        parent.children.insert(place, node)
        for inner in live_below(node):
            self.by_key[inner.key] = inner

    def _place_of_first(self, where: Range, parent: LiveNode) -> int:
        names = [inner.name for inner in parent.spec.children]
        mine = names.index(where.name)
        for place, sibling in enumerate(parent.children):
            if names.index(sibling.name) > mine:
                return place
        return len(parent.children)

    def detach(self, where: Range, node: LiveNode) -> int:
        """Take ``node`` out of its repeat and return where it stood."""
        at = next(place for place, copy in enumerate(where.copies) if copy is node)
        del where.copies[at]
        parent = node.parent_live
        assert parent is not None  # noqa: S101 - a repeat is never the root
        del parent.children[_index(parent.children, node)]
        for inner in live_below(node):
            self.by_key.pop(inner.key, None)
        return at

    def range_of(self, copy: LiveNode) -> Range:
        """Return the repeat that ``copy`` is one of."""
        parent = copy.parent_live
        prefix = f"{parent.key}/" if parent is not None and parent.key else ""
        return self.ranges[f"{prefix}{copy.name}"]

    def ranges_in(self, node: LiveNode) -> Iterator[Range]:
        """Yield the repeats below ``node``, outer ones first."""
        for inner in live_below(node):
            for spec in inner.spec.children:
                if spec.is_repeat:
                    prefix = f"{inner.key}/" if inner.key else ""
                    yield self.ranges[f"{prefix}{spec.name}"]

    def is_attached(self, node: LiveNode) -> bool:
        """Return whether ``node`` is in the tree (its copy was not removed)."""
        parent = node if not isinstance(node, Range) else node.parent_live
        return parent is not None and self.by_key.get(parent.key) is parent

    def nodes_at(self, names: Names, inside: LiveNode | None = None) -> list[LiveNode]:
        """Return every node at ``names``, of all copies, below ``inside``."""
        if inside is None:
            found = self.single.get(names)
            if found is not None:
                return found  # type: ignore[return-value] # single holds live nodes only
            inside = self.top
        nodes = [inside]
        for name in names[len(inside.names_) :]:
            if name.startswith("@"):
                nodes = [a for n in nodes for a in n.attributes if a.name == name[1:]]  # type: ignore[misc] # live
            else:
                nodes = [c for n in nodes for c in n.children if c.name == name]  # type: ignore[misc] # live
        return nodes

    def ranges_at(self, names: Names, inside: LiveNode | None = None) -> list[Range]:
        """Return every repeat at ``names`` below ``inside``."""
        if inside is not None and len(inside.names_) >= len(names):
            return []
        parents = self.nodes_at(names[:-1], inside)
        prefix = [f"{parent.key}/" if parent.key else "" for parent in parents]
        keys = [f"{start}{names[-1]}" for start in prefix]
        return [self.ranges[key] for key in keys if key in self.ranges]

    def absolute(self, names: Names, node: Node, current: Node, reach: Reach) -> list[Node]:
        """Return the nodes at ``names`` as seen from ``node`` (or from ``current``)."""
        found = self.single.get(names)
        if found is not None:
            return found
        if not names or names[0] != self.top.name:
            return []
        start: Node = self.top
        if reach is not Reach.EVERY:
            start = self._shared(names, node if isinstance(node, LiveNode) else current, reach)
        nodes: list[Node] = [start]
        for name in names[len(start.names()) :]:
            nodes = [
                child
                for up in nodes
                for child in up.children
                if child.name == name and not child.skipped
            ]
        return nodes

    def _shared(self, names: Names, node: Node, reach: Reach) -> LiveNode:
        limit = len(names)
        if reach is Reach.ENDS and names in self._repeats:
            limit -= 1
        up: Node | None = node
        while isinstance(up, LiveNode):
            have = up.names_
            if len(have) <= limit and names[: len(have)] == have and not isinstance(up, Range):
                return up
            up = up.parent
        return self.top


def _index(nodes: list[Node], wanted: Node) -> int:
    return next(place for place, node in enumerate(nodes) if node is wanted)


def live_below(node: LiveNode) -> Iterator[LiveNode]:
    """Yield ``node``, its attributes and all below, in document order."""
    yield node
    yield from node.attributes  # type: ignore[misc] # attributes of live nodes are live
    for child in node.children:
        yield from live_below(child)  # type: ignore[arg-type] # children of live nodes are live
