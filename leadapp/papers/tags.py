"""The logical tree of a paper: headings, paragraphs, tables, lists, figures.

The tree is made while laying out, in reading order; drawing adds which marked
pieces of which page belong to a node. It knows nothing of PDF syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "Span", "Table", "TR", "TH", "TD",
    "L", "LI", "Lbl", "LBody", "Figure",
]  # fmt: skip
Scope = Literal["", "Row", "Column"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a page's content."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Node:
    """An element of the tree. ``alt`` is what is read instead of a picture."""

    kind: Kind
    alt: str = ""
    scope: Scope = ""
    box: tuple[float, float, float, float] | None = None
    kids: list[Node | Mark] = field(default_factory=list)

    def add(self, kind: Kind, *, alt: str = "", scope: Scope = "") -> Node:
        """Return a new element at the end of this one."""
        made = Node(kind, alt, scope)
        self.kids.append(made)
        return made
