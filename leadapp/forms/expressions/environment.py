"""What an expression asks of its surroundings, and what it can answer with instead of a value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from enum import Enum
from typing import Protocol

from leadapp.forms.tree import Node


class LookupPending(Exception):
    """A list's page is not there yet; the expression is computed when it arrives."""

    def __init__(self, list_name: str) -> None:
        super().__init__(list_name)
        self.list_name = list_name


class Reach(Enum):
    """How far an absolute path keeps to the copies of repeats it is asked from."""

    ENDS = "ends"
    """It ends here: the copy asked from, but all copies of a repeat that stands last."""
    THROUGH = "through"
    """It goes on: the copy asked from, also of a repeat that stands last."""
    EVERY = "every"
    """All copies."""


class Environment(Protocol):
    """The surroundings of an evaluation; ``current`` is the node it began at."""

    current: Node

    @property
    def zone(self) -> tzinfo:
        """Return the zone of local times."""
        ...

    def now(self) -> datetime:
        """Return the present moment with its offset."""
        ...

    def root(self, node: Node) -> Node:
        """Return the node that ``/`` stands for, seen from ``node``."""
        ...

    def absolute(self, names: tuple[str, ...], node: Node, reach: Reach) -> list[Node]:
        """Return the nodes at ``/names`` as seen from ``node``."""
        ...

    def instance(self, name: str) -> Node | None:
        """Return the document node of a secondary instance."""
        ...

    def keyed(self, name: str, column: str, value: str) -> list[Node] | None:
        """Return the items of list ``name`` whose ``column`` is ``value``.

        ``None`` when there is no index, and all items must be looked at.
        """
        ...

    def translation(self, identifier: str) -> str:
        """Return the text of an itext id in the present language."""
        ...

    def choice_label(self, value: str, path: str, node: Node) -> str:
        """Return the label of choice ``value`` of the question at ``path``."""
        ...

    def fresh_uuid(self) -> str:
        """Return a new random UUID."""
        ...

    def random(self) -> float:
        """Return a number from 0 up to 1."""
        ...

    def is_repeat(self, names: tuple[str, ...]) -> bool:
        """Return whether a repeat stands at this path."""
        ...

    def namespaces(self) -> dict[str, str]:
        """Return prefix -> namespace."""
        ...

    def pull(self, arguments: Sequence[str]) -> str:
        """Return ``pulldata(list, column, key column, key)``."""
        ...
