"""What an expression reads: the paths of the record, from its syntax tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadapp.forms.expressions.indexed import move
from leadapp.forms.expressions.syntax import Call, Expr, Filter, Path, Step, parts_of
from leadapp.forms.naming import Names, common

_SIDEWAYS = frozenset({"following", "following-sibling", "preceding", "preceding-sibling"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that is read."""

    names: Names
    bound: int
    """How many leading names are of the very copies the reader is in."""
    below: bool = False
    """Everything under the path is read too (``*``, ``//``)."""


def references(tree: Expr, here: Names) -> frozenset[Reference]:
    """Return what ``tree`` reads of the record when asked at ``here``."""
    return frozenset(_read(tree, here, here, every=False))


def _read(tree: Expr, here: Names | None, current: Names, *, every: bool) -> Iterator[Reference]:
    if isinstance(tree, Path):
        yield from _path(tree, here, current, every=every)
        return
    if isinstance(tree, Call) and tree.name == "indexed-repeat":
        for place, part in enumerate(tree.arguments):
            yield from _read(part, here, current, every=place == 0 or place % 2 == 1)
        return
    if isinstance(tree, Filter):
        yield from _read(tree.primary, here, current, every=True)
        inner = _end(tree.primary, here, current)
        for predicate in tree.predicates:
            yield from _read(predicate, inner, current, every=every)
        return
    for part in parts_of(tree):
        yield from _read(part, here, current, every=every)


def _end(tree: Expr, here: Names | None, current: Names) -> Names | None:
    """Return where ``tree`` leads, if it is a path of fixed names."""
    if isinstance(tree, Call):
        return current if tree.name == "current" else None
    if isinstance(tree, Filter):
        return _end(tree.primary, here, current)
    if not isinstance(tree, Path):
        return None
    start = _start(tree, here, current)
    names = None if start is None else list(start)
    for step in tree.steps:
        if names is None or not move(names, step):
            return None
    return None if names is None else tuple(names)


def _start(path: Path, here: Names | None, current: Names) -> Names | None:
    if path.start is not None:
        return _end(path.start, here, current)
    return () if path.absolute else here


def _path(path: Path, here: Names | None, current: Names, *, every: bool) -> Iterator[Reference]:
    if isinstance(path.start, Call):
        for argument in path.start.arguments:
            yield from _read(argument, here, current, every=every)
    elif path.start is not None:
        yield from _read(path.start, here, current, every=every)
    start = _start(path, here, current)
    walk = _Walk(start, absolute=path.absolute)
    for step in path.steps:
        walk.take(step)
        for predicate in step.predicates:
            yield from _read(predicate, walk.place, current, every=False)
    if walk.names:
        bound = 1 if every else max(walk.bound(current), 1)
        yield Reference(tuple(walk.names), bound, walk.below)


class _Walk:
    """Where a path has come to, and how much of that is of the reader's own copies."""

    def __init__(self, start: Names | None, *, absolute: bool) -> None:
        self.names: list[str] | None = None if start is None else list(start)
        self.below = False
        self._lowest = len(start) if start is not None and not absolute else None
        self._filtered: int | None = None

    @property
    def place(self) -> Names | None:
        """Return the fixed path come to, if it is one."""
        return None if self.names is None or self.below else tuple(self.names)

    def take(self, step: Step) -> None:
        """Go along ``step``."""
        if self.names is None:
            return
        if not self.below:
            self.below = not move(self.names, step)
            if step.axis in _SIDEWAYS:
                del self.names[-1:]
            if self._lowest is not None:
                self._lowest = min(self._lowest, len(self.names))
        if step.predicates and self._filtered is None:
            self._filtered = len(self.names) - 1

    def bound(self, current: Names) -> int:
        """Return how many leading names are of the copies that ``current`` is in."""
        names = tuple(self.names or ())
        bound = common(names, current) if self._lowest is None else self._lowest
        return bound if self._filtered is None else min(bound, self._filtered)
