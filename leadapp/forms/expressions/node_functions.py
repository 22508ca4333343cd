"""Functions that look at nodes and positions, or that leave an argument unasked."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import MANY, Closure, Function, of_node, of_values
from leadapp.forms.expressions.values import NAN, Value, is_blank, to_text, to_truth
from leadapp.forms.tree import Node


def _if(arguments: Sequence[Closure]) -> Closure:
    test, then, otherwise = arguments

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        if to_truth(test(node, position, size, env)):
            return then(node, position, size, env)
        return otherwise(node, position, size, env)

    return run


def _coalesce(arguments: Sequence[Closure]) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        for part in arguments:
            value = part(node, position, size, env)
            if not is_blank(value):
                return value
        return ""

    return run


def _once(arguments: Sequence[Closure]) -> Closure:
    (part,) = arguments

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        if env.current.value:
            return env.current.value
        value = part(node, position, size, env)
        return "" if is_blank(value) else value

    return run


def _position(arguments: Sequence[Closure]) -> Closure:
    if not arguments:
        return lambda _node, position, _size, _env: float(position)
    (part,) = arguments

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        found = part(node, position, size, env)
        if not isinstance(found, list) or not found:
            return NAN
        return float(place_of(found[0]))

    return run


def place_of(node: Node) -> int:
    """Return the place of ``node`` among its siblings of the same name, from 1."""
    if node.parent is None:
        return 1
    place = 0
    for sibling in node.parent.children:
        if sibling.name == node.name:
            place += 1
        if sibling is node:
            break
    return max(place, 1)


def _last(_arguments: Sequence[Closure]) -> Closure:
    return lambda _node, _position, size, _env: float(size)


def _current(_arguments: Sequence[Closure]) -> Closure:
    return lambda _node, _position, _size, env: [env.current]


def _count(_env: Environment, values: list[Value]) -> Value:
    return float(len(_nodes(values[0])))


def _count_filled(_env: Environment, values: list[Value]) -> Value:
    return float(sum(1 for node in _nodes(values[0]) if node.text()))


def _nodes(value: Value) -> list[Node]:
    if not isinstance(value, list):
        raise WantsNodesError
    return value


class WantsNodesError(TypeError):
    """A function that counts nodes was given something else."""


def _first(node: Node, values: list[Value]) -> Node | None:
    if not values:
        return node
    nodes = _nodes(values[0])
    return nodes[0] if nodes else None


def _local_name(_env: Environment, node: Node, values: list[Value]) -> Value:
    found = _first(node, values)
    return "" if found is None else found.name


def _name(_env: Environment, node: Node, values: list[Value]) -> Value:
    found = _first(node, values)
    if found is None:
        return ""
    return f"{found.prefix}:{found.name}" if found.prefix else found.name


def _namespace(_env: Environment, node: Node, values: list[Value]) -> Value:
    found = _first(node, values)
    return "" if found is None else found.namespace


def _lang(_env: Environment, node: Node, values: list[Value]) -> Value:
    wanted = to_text(values[0]).lower()
    for element in node.ancestors():
        for attribute in element.attributes:
            if attribute.name == "lang":
                have = attribute.value.lower()
                return have == wanted or have.startswith(wanted + "-")
    return False


def _id(_env: Environment, node: Node, values: list[Value]) -> Value:
    wanted = set(to_text(values[0]).split())
    top = list(node.ancestors())[-1]
    return [
        element
        for element in top.descendants()
        if any(a.name == "id" and a.value in wanted for a in element.attributes)
    ]


FUNCTIONS: dict[str, Function] = {
    "if": Function(3, 3, _if),
    "coalesce": Function(1, MANY, _coalesce),
    "once": Function(1, 1, _once),
    "position": Function(0, 1, _position),
    "last": Function(0, 0, _last),
    "current": Function(0, 0, _current),
    "count": of_values(1, 1, _count),
    "count-non-empty": of_values(1, 1, _count_filled),
    "local-name": of_node(0, 1, _local_name),
    "name": of_node(0, 1, _name),
    "namespace-uri": of_node(0, 1, _namespace),
    "lang": of_node(1, 1, _lang),
    "id": of_node(1, 1, _id),
}
