"""Paths compiled to closures: the common shapes fast, every other shape right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadapp.forms.expressions.axes import axis_for, node_test
from leadapp.forms.expressions.environment import Environment, Reach
from leadapp.forms.expressions.library import Closure
from leadapp.forms.expressions.syntax import (
    REVERSE_AXES,
    Binary,
    Call,
    Expr,
    Path,
    Quoted,
    Step,
)
from leadapp.forms.expressions.values import Value, to_text, to_truth
from leadapp.forms.tree import Node, document_order

Compile = Callable[[Expr], Closure]
Walk = Callable[[list[Node], Environment], list[Node]]


def compile_path(path: Path, compile_part: Compile) -> Closure:
    """Return the closure of ``path``."""
    if path.start is not None:
        return _from_start(path, path.start, compile_part)
    if path.absolute:
        return _absolute(path.steps, compile_part)
    return _relative(path.steps, compile_part)


def is_plain(step: Step) -> bool:
    """Return whether ``step`` is just the name of a child."""
    return (
        step.axis == "child"
        and not step.predicates
        and step.name != "*"
        and not step.name.endswith((")", ":*"))
    )


def bare(name: str) -> str:
    """Return ``name`` without its prefix."""
    return name.rpartition(":")[2]


def _absolute(steps: tuple[Step, ...], compile_part: Compile) -> Closure:
    plain = 0
    while plain < len(steps) and is_plain(steps[plain]):
        plain += 1
    names = tuple(bare(step.name) for step in steps[:plain])
    if steps and plain == len(steps):
        return lambda node, _position, _size, env: env.absolute(names, node, Reach.ENDS)
    walk = _walk(steps[plain:], compile_part)

    def run(node: Node, _position: int, _size: int, env: Environment) -> Value:
        if names:
            return walk(env.absolute(names, node, Reach.THROUGH), env)
        return walk([env.root(node)], env)

    return run


def _relative(steps: tuple[Step, ...], compile_part: Compile) -> Closure:
    if len(steps) == 1 and steps[0] == Step("self", "node()"):
        return lambda node, _position, _size, _env: [node]
    ups = 0
    while ups < len(steps) and steps[ups] == Step("parent", "node()"):
        ups += 1
    rest = steps[ups:]
    if len(rest) == 1 and is_plain(rest[0]):
        return _up_and_child(ups, bare(rest[0].name))
    walk = _walk(rest, compile_part)

    def run(node: Node, _position: int, _size: int, env: Environment) -> Value:
        for _ in range(ups):
            if node.parent is None:
                return []
            node = node.parent
        return walk([node], env)

    return run


def _up_and_child(ups: int, name: str) -> Closure:
    def run(node: Node, _position: int, _size: int, _env: Environment) -> Value:
        for _ in range(ups):
            if node.parent is None:
                return []
            node = node.parent
        return [child for child in node.children if child.name == name and not child.skipped]

    return run


def _from_start(path: Path, start: Expr, compile_part: Compile) -> Closure:
    begin = compile_part(start)
    walk = _walk(path.steps, compile_part)
    keyed = _keyed(path, compile_part)

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        if keyed is not None:
            found = keyed(node, env)
            if found is not None:
                return found
        nodes = begin(node, position, size, env)
        if not isinstance(nodes, list):
            raise NotNodesError
        return walk(nodes, env)

    return run


class NotNodesError(TypeError):
    """A path goes on from something that is not nodes."""


def _walk(steps: Sequence[Step], compile_part: Compile) -> Walk:
    walks = [_step(step, compile_part) for step in steps]

    def run(nodes: list[Node], env: Environment) -> list[Node]:
        for walk in walks:
            nodes = walk(nodes, env)
        return nodes

    return run


def _step(step: Step, compile_part: Compile) -> Walk:
    if is_plain(step) and ":" not in step.name:
        name = step.name
        return lambda nodes, _env: [
            child
            for node in nodes
            for child in node.children
            if child.name == name and not child.skipped
        ]
    along = axis_for(step.axis, step.name)
    test = node_test(step.axis, step.name)
    filters = [compile_predicate(part, compile_part) for part in step.predicates]
    simple = step.axis in ("child", "self", "attribute")
    backwards = step.axis in REVERSE_AXES

    def run(nodes: list[Node], env: Environment) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            here = [
                other
                for other in along(node)
                if not other.skipped and (test is None or test(other, env))
            ]
            for keep in filters:
                here = keep(here, env)
            found.extend(here)
        if simple or (len(nodes) < 2 and not backwards):
            return found
        return document_order(found)

    return run


def compile_predicate(part: Expr, compile_part: Compile) -> Walk:
    """Return what keeps the nodes that ``part`` holds for; a number is a position."""
    test = compile_part(part)

    def run(nodes: list[Node], env: Environment) -> list[Node]:
        size = len(nodes)
        kept: list[Node] = []
        for position, node in enumerate(nodes, 1):
            value = test(node, position, size, env)
            if (value == position) if type(value) is float else to_truth(value):
                kept.append(node)
        return kept

    return run


def _keyed(
    path: Path, compile_part: Compile
) -> Callable[[Node, Environment], list[Node] | None] | None:
    """Return a short cut for ``instance('x')/root/item[column = value]/...``."""
    start, steps = path.start, path.steps
    if not (isinstance(start, Call) and start.name == "instance" and len(start.arguments) == 1):
        return None
    name = start.arguments[0]
    if not isinstance(name, Quoted) or len(steps) < 2 or steps[0].predicates:
        return None
    list_name = name.value
    predicates = steps[1].predicates
    if not predicates:
        return None
    key = _column_and_value(predicates[0])
    if key is None:
        return None
    column, wanted = key
    ask = compile_part(wanted)
    filters = [compile_predicate(part, compile_part) for part in predicates[1:]]
    rest = _walk(steps[2:], compile_part)

    def run(node: Node, env: Environment) -> list[Node] | None:
        value = ask(node, 1, 1, env)
        if not (isinstance(value, str) or (isinstance(value, list) and len(value) == 1)):
            return None
        items = env.keyed(list_name, column, to_text(value))
        if items is None:
            return None
        for keep in filters:
            items = keep(items, env)
        return rest(items, env)

    return run


def _column_and_value(predicate: Expr) -> tuple[str, Expr] | None:
    if not (isinstance(predicate, Binary) and predicate.operator == "="):
        return None
    for column, wanted in (
        (predicate.left, predicate.right),
        (predicate.right, predicate.left),
    ):
        if (
            isinstance(column, Path)
            and not column.absolute
            and column.start is None
            and len(column.steps) == 1
            and is_plain(column.steps[0])
            and stands_alone(wanted)
        ):
            return column.steps[0].name, wanted
    return None


def stands_alone(part: Expr) -> bool:
    """Return whether ``part`` does not depend on the node a predicate is asked at."""
    if isinstance(part, Quoted):
        return True
    if isinstance(part, Path):
        from_current = isinstance(part.start, Call) and part.start.name == "current"
        return (part.absolute or from_current) and not any(s.predicates for s in part.steps)
    return False
