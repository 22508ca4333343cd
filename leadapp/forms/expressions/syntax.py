"""What an expression is made of: the tokens and the syntax tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["number", "literal", "name", "operator", "symbol", "end"]

Axis = Literal[
    "child",
    "descendant",
    "descendant-or-self",
    "parent",
    "ancestor",
    "ancestor-or-self",
    "self",
    "attribute",
    "following",
    "following-sibling",
    "preceding",
    "preceding-sibling",
]
REVERSE_AXES = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression and where it begins."""

    kind: TokenKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: ``name`` is a name, ``*``, ``node()``, ``text()`` or ``comment()``."""

    axis: Axis
    name: str
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from ``start`` (an expression), from the root (``absolute``) or from here."""

    absolute: bool
    steps: tuple[Step, ...]
    start: Expr | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """``(primary)[predicate]``."""

    primary: Expr
    predicates: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and ``or and = != < <= > >= + - * div mod |``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign before an operand."""

    operand: Expr


Expr = Number | Quoted | Call | Path | Filter | Binary | Negate


def parts_of(tree: Expr) -> tuple[Expr, ...]:
    """Return the expressions directly inside ``tree``."""
    match tree:
        case Call(arguments=arguments):
            return arguments
        case Binary(left=left, right=right):
            return (left, right)
        case Negate(operand=operand):
            return (operand,)
        case Filter(primary=primary, predicates=predicates):
            return (primary, *predicates)
        case Path(start=start, steps=steps):
            inside = tuple(predicate for step in steps for predicate in step.predicates)
            return inside if start is None else (start, *inside)
        case _:
            return ()


def depth_of(tree: Expr) -> int:
    """Return how many levels ``tree`` has."""
    depth = 0
    level: tuple[Expr, ...] = (tree,)
    while level:
        depth += 1
        level = tuple(inner for part in level for inner in parts_of(part))
    return depth


def calls_in(tree: Expr) -> list[Call]:
    """Return every function call in ``tree``, outermost first."""
    found: list[Call] = []
    waiting: list[Expr] = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Call):
            found.append(part)
        waiting.extend(reversed(parts_of(part)))
    return found
