"""What an expression reads: the paths of the record, from its syntax tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadapp.forms.expressions.paths import bare
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
        if names is None or not _move(names, step):
            return None
    return None if names is None else tuple(names)


def _start(path: Path, here: Names | None, current: Names) -> Names | None:
    if path.start is not None:
        return _end(path.start, here, current)
    return () if path.absolute else here


def _move(names: list[str], step: Step) -> bool:
    """Move ``names`` along ``step``; return whether it leads to one fixed path."""
    if step.axis == "parent":
        if names:
            names.pop()
        return True
    if step.axis == "self":
        return True
    if step.axis == "child" and step.name not in ("*", "node()", "text()"):
        names.append(bare(step.name))
        return True
    if step.axis == "attribute" and step.name != "*":
        names.append(f"@{bare(step.name)}")
        return True
    return step.name == "text()"


def _path(path: Path, here: Names | None, current: Names, *, every: bool) -> Iterator[Reference]:
    if path.start is not None and not isinstance(path.start, Call):
        yield from _read(path.start, here, current, every=every)
    elif isinstance(path.start, Call):
        for argument in path.start.arguments:
            yield from _read(argument, here, current, every=every)
    start = _start(path, here, current)
    names: list[str] | None = None if start is None else list(start)
    lowest = len(names) if names is not None and not path.absolute else None
    filtered: int | None = None
    below = False
    for step in path.steps:
        if names is not None and not below:
            below = not _move(names, step)
            if step.axis in _SIDEWAYS and names:
                names.pop()
            if lowest is not None:
                lowest = min(lowest, len(names))
        inner = tuple(names) if names is not None and not below else None
        for predicate in step.predicates:
            yield from _read(predicate, inner, current, every=False)
        if step.predicates and filtered is None and names is not None:
            filtered = len(names) - 1
    if names:
        bound = common(tuple(names), current) if lowest is None else lowest
        if filtered is not None:
            bound = min(bound, filtered)
        yield Reference(tuple(names), 1 if every else max(bound, 1), below)
