"""indexed-repeat(): its paths mean all copies, of which it picks by number."""

from __future__ import annotations

import math
from collections.abc import Sequence

from leadapp.forms.expressions.environment import Environment, Reach
from leadapp.forms.expressions.library import Closure
from leadapp.forms.expressions.paths import Compile, bare
from leadapp.forms.expressions.syntax import Call, Expr, Path, Step
from leadapp.forms.expressions.values import Value, to_number
from leadapp.forms.tree import Node


def compile_indexed(call: Call, compile_part: Compile) -> Closure:
    """Return the closure of ``indexed-repeat(target, repeat, index, ...)``."""
    target = _every(call.arguments[0], compile_part)
    pairs = [
        (_every(repeat, compile_part), compile_part(index))
        for repeat, index in zip(call.arguments[1::2], call.arguments[2::2], strict=False)
    ]

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        inside: Node | None = None
        for repeat, index in pairs:
            copies = _within(inside, _nodes(repeat(node, position, size, env)))
            number = to_number(index(node, position, size, env), env.zone)
            if not math.isfinite(number) or not 1 <= int(number) <= len(copies):
                return []
            inside = copies[int(number) - 1]
        return _within(inside, _nodes(target(node, position, size, env)))

    return run


def _nodes(value: Value) -> list[Node]:
    return value if isinstance(value, list) else []


def _within(top: Node | None, nodes: list[Node]) -> list[Node]:
    if top is None:
        return nodes
    return [node for node in nodes if any(up is top for up in node.ancestors())]


def _every(part: Expr, compile_part: Compile) -> Closure:
    plain = compile_part(part)

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        names = generic_names(part, node.names(), env.current.names())
        if names is None:
            return plain(node, position, size, env)
        return env.absolute(names, node, Reach.EVERY)

    return run


def generic_names(
    part: Expr, here: tuple[str, ...], current: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the names ``part`` leads to from ``here``; ``None`` if that is not fixed."""
    if isinstance(part, Call) and part.name == "current":
        return current
    if not isinstance(part, Path):
        return None
    if part.start is not None:
        start = generic_names(part.start, here, current)
        if start is None:
            return None
        names = list(start)
    else:
        names = [] if part.absolute else list(here)
    if all(move(names, step) for step in part.steps):
        return tuple(names)
    return None


def move(names: list[str], step: Step) -> bool:
    """Move ``names`` along ``step``; return whether it leads to one fixed path."""
    match step.axis:
        case "parent":
            del names[-1:]
        case "self":
            pass
        case "child" if step.name not in ("*", "node()", "text()"):
            names.append(bare(step.name))
        case "attribute" if step.name != "*":
            names.append(f"@{bare(step.name)}")
        case _:
            return step.name == "text()"
    return True


def index_complaint(arguments: Sequence[Expr]) -> bool:
    """Return whether ``arguments`` are not a target and pairs of repeat and index."""
    return len(arguments) not in (3, 5, 7)
