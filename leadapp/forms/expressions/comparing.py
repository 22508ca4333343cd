"""``=``, ``!=``, ``<`` and their like, by the rules of XPath 1.0 (3.4) with ODK's dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from leadapp.forms.expressions.values import Value, text_number, to_number, to_truth
from leadapp.forms.tree import Node

Holds = Callable[[float, float], bool]


def compare_equal(left: Value, right: Value, zone: tzinfo, *, same: bool) -> bool:
    """Return whether ``left`` equals ``right`` (``same``) or differs from it."""
    kind_left, kind_right = type(left), type(right)
    if kind_left is str and kind_right is str:
        return (left == right) is same
    if isinstance(left, list):
        if isinstance(right, list):
            return _sets(left, right, same=same)
        return _set_and_one(left, right, zone, same=same)
    if isinstance(right, list):
        return _set_and_one(right, left, zone, same=same)
    if kind_left is bool or kind_right is bool:
        return (to_truth(left) == to_truth(right)) is same
    return (to_number(left, zone) == to_number(right, zone)) is same


def _sets(left: list[Node], right: list[Node], *, same: bool) -> bool:
    texts = {node.text() for node in right}
    if same:
        return any(node.text() in texts for node in left)
    return any(text != other for text in {node.text() for node in left} for other in texts)


def _set_and_one(nodes: list[Node], one: Value, zone: tzinfo, *, same: bool) -> bool:
    if type(one) is str:
        return any((node.text() == one) is same for node in nodes)
    if type(one) is bool:
        return (bool(nodes) == one) is same
    number = to_number(one, zone)
    return any((text_number(node.text(), zone) == number) is same for node in nodes)


def compare_order(left: Value, right: Value, zone: tzinfo, holds: Holds) -> bool:
    """Return whether ``holds`` for the numbers of ``left`` and ``right``, or of any node."""
    lefts, rights = _numbers(left, zone), _numbers(right, zone)
    return any(holds(a, b) for a in lefts for b in rights)


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list):
        return [text_number(node.text(), zone) for node in value]
    return [to_number(value, zone)]
