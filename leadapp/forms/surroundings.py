"""What a running record answers its expressions: clock, lists, languages, chance."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import cached_property

from leadapp.core.errors import Refusal
from leadapp.core.ids import IdSource
from leadapp.core.seams import ListRow, Lookup, Pending
from leadapp.forms.expressions.environment import LookupPending, Reach
from leadapp.forms.live import LiveNode, Record
from leadapp.forms.model import Control, Definition, Text
from leadapp.forms.naming import Names, names_of
from leadapp.forms.tree import Node

INDEXED_FROM = 100
"""Items from which a list is searched through an index."""
MOST_ROWS = 1_000
_DIVISOR = 2.0**53


class Surroundings:
    """The environment of all expressions of one record."""

    def __init__(
        self,
        record: Record,
        now: Callable[[], datetime],
        ids: IdSource,
        lookup: Lookup | None = None,
        language: str = "",
    ) -> None:
        self._definition: Definition = record.definition
        self._record = record
        self.ask_now = now
        self._ids = ids
        self._lookup = lookup
        self.language = language
        self.current: Node = record.top
        self._indexes: dict[tuple[str, str], dict[str, list[Node]]] = {}
        self.prepared: dict[tuple[Names, str], object] = {}
        """Offers put together once, by question and language (``offers``)."""
        self.zone: tzinfo = _zone(now())

    @cached_property
    def has_fixed_texts(self) -> bool:
        """Return whether no translated text of the form has an expression in it."""
        every = (parts for one in self._definition.itext.values() for parts in one.values())
        return all(isinstance(part, str) for parts in every for part in parts)

    def now(self) -> datetime:
        """Return the present moment, or the moment the record stands at."""
        return self.ask_now()

    def root(self, node: Node) -> Node:
        """Return the document that ``node`` is in."""
        if isinstance(node, LiveNode):
            return self._record.document
        return (
            self._record.document
            if isinstance(self.current, LiveNode)
            else list(node.ancestors())[-1]
        )

    def absolute(self, names: Names, node: Node, reach: Reach) -> list[Node]:
        """Return the nodes at ``names``."""
        return self._record.absolute(names, node, self.current, reach)

    def is_repeat(self, names: Names) -> bool:
        """Return whether a repeat stands at ``names``."""
        return names in self._definition.repeats

    def namespaces(self) -> dict[str, str]:
        """Return prefix -> namespace."""
        return dict(self._definition.namespaces)

    def instance(self, name: str) -> Node | None:
        """Return a list of the form, else the first rows of a list of the program."""
        found = self._definition.instances.get(name)
        if found is not None or self._lookup is None or not self._lookup.has(name):
            return found
        return _tree(self._arrived(self._lookup.search(name, "", MOST_ROWS)))

    def keyed(self, name: str, column: str, value: str) -> list[Node] | None:
        """Return the items whose ``column`` is ``value``."""
        document = self._definition.instances.get(name)
        if document is None:
            return self._looked_up(name, column, value)
        if not document.children or len(document.children[0].children) < INDEXED_FROM:
            return None
        index = self._indexes.get((name, column))
        if index is None:
            index = self._indexes[name, column] = _index(document.children[0], column)
        return list(index.get(value, ()))

    def _looked_up(self, name: str, column: str, value: str) -> list[Node] | None:
        if self._lookup is None or not self._lookup.has(name):
            return None
        if not value:
            return []
        if column == "name":
            row = self._lookup.row(name, value)
            if isinstance(row, Pending):
                raise LookupPending(name)
            return [] if row is None else [_item(row)]
        return [_item(row) for row in self._arrived(self._lookup.matching(name, column, value))]

    def is_own_list(self, name: str) -> bool:
        """Return whether the form itself holds list ``name`` (or names no list at all)."""
        return not name or name in self._definition.instances

    def has_list(self, name: str) -> bool:
        """Return whether the program has list ``name`` for this form."""
        return self._lookup is not None and self._lookup.has(name)

    def row(self, name: str, key: str) -> ListRow | None:
        """Return one row of a list of the program."""
        if self._lookup is None or not self._lookup.has(name):
            return None
        found = self._lookup.row(name, key)
        if isinstance(found, Pending):
            raise LookupPending(name)
        return found

    def searched(self, name: str, text: str, limit: int) -> Sequence[ListRow] | None:
        """Return the best rows of a list of the program; ``None`` when it is the form's own."""
        if self.is_own_list(name) or self._lookup is None:
            return None
        return (
            self._arrived(self._lookup.search(name, text, limit))
            if self._lookup.has(name)
            else None
        )

    def _arrived(self, rows: Sequence[ListRow] | Pending) -> Sequence[ListRow]:
        if isinstance(rows, Pending):
            raise LookupPending(rows.list_name)
        return rows

    def pull(self, arguments: Sequence[str]) -> str:
        """Return the value of one column of the row whose key column has a value."""
        name, column, key_column, key = arguments
        name = name.removesuffix(".csv")
        items = self.keyed(name, key_column, key)
        if items is None:
            document = self.instance(name)
            if document is None or not document.children:
                return ""
            items = [
                item
                for item in document.children[0].children
                if any(c.name == key_column and c.value == key for c in item.children)
            ]
        for item in items[:1]:
            return next((c.value for c in item.children if c.name == column), "")
        return ""

    def translation(self, identifier: str) -> str:
        """Return the text with this id in the present language."""
        languages = self._definition.itext.get(identifier)
        if languages is None:
            return identifier
        return self.words(Text(languages), self._record.top)

    def words(self, text: Text | None, node: Node) -> str:
        """Return ``text`` in the present language with its expressions asked at ``node``."""
        if text is None:
            return ""
        made: list[str] = []
        for part in text.parts(self.language, self._definition.default_language):
            if isinstance(part, str):
                made.append(part)
                continue
            try:
                made.append(part.text(node, self))
            except LookupPending:
                made.append("…")
            except Refusal:
                continue  # a label must show what it can; the checker names the expression
        return "".join(made)

    def choice_label(self, value: str, path: str, node: Node) -> str:
        """Return the label of choice ``value`` of the question at ``path``."""
        if not value:
            return ""
        names = names_of(path, node.names())
        control = self._definition.controls.get(names)
        if control is None:
            return value
        return self.label_in(control, value, node)

    def label_in(self, control: Control, value: str, node: Node) -> str:
        """Return the label ``control`` shows for ``value``; nothing where it offers no such choice."""
        for choice in control.choices:
            if choice.name == value:
                return self.words(choice.label, node)
        itemset = control.itemset
        if itemset is None:
            return ""
        if not self.is_own_list(itemset.list_name):
            row = self.row(itemset.list_name, value)
            return row.label if row is not None else ""
        places = self.absolute(control.names, node, Reach.ENDS)
        place = places[0] if places else node
        for item in itemset.nodes.nodes(place, self):
            if itemset.value.text(item, self) == value:
                return itemset.label.text(item, self)
        return ""

    def fresh_uuid(self) -> str:
        """Return a random UUID made from the id source."""
        digest = hashlib.sha256(self._ids().encode()).digest()[:16]
        return str(uuid.UUID(bytes=digest, version=4))

    def random(self) -> float:
        """Return a number from 0 up to 1, made from the id source."""
        digest = hashlib.sha256(self._ids().encode()).digest()
        return (int.from_bytes(digest[:8], "big") >> 11) / _DIVISOR


def _zone(moment: datetime) -> tzinfo:
    if moment.tzinfo is None:
        raise ValueError("a form needs moments with a UTC offset")
    return moment.tzinfo


def _index(root: Node, column: str) -> dict[str, list[Node]]:
    made: dict[str, list[Node]] = {}
    for item in root.children:
        for cell in item.children:
            if cell.name == column:
                made.setdefault(cell.value, []).append(item)
    return made


def _item(row: ListRow) -> Node:
    item = Node("item")
    item.add(Node("name", value=row.name))
    item.add(Node("label", value=row.label))
    for name, value in row.properties.items():
        item.add(Node(name, value=value))
    return item


def _tree(rows: Sequence[ListRow]) -> Node:
    document = Node("", kind="document")
    root = document.add(Node("root"))
    for row in rows:
        root.add(_item(row))
    return document
