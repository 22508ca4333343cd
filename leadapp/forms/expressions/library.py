"""What a function of the library is, and adaptors from plain Python functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.values import Value, to_number, to_text
from leadapp.forms.tree import Node

Closure = Callable[[Node, int, int, Environment], Value]
"""A compiled expression: node, position, size, environment -> value."""
Build = Callable[[Sequence[Closure]], Closure]
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how many arguments it takes and how it becomes a closure."""

    least: int
    most: int
    build: Build


def of_texts(least: int, most: int, work: Callable[..., Value]) -> Function:
    """Return a function whose arguments are all made texts."""

    def build(arguments: Sequence[Closure]) -> Closure:
        if len(arguments) == 2:
            first, second = arguments

            def two(node: Node, position: int, size: int, env: Environment) -> Value:
                return work(
                    to_text(first(node, position, size, env)),
                    to_text(second(node, position, size, env)),
                )

            return two

        def many(node: Node, position: int, size: int, env: Environment) -> Value:
            return work(*[to_text(part(node, position, size, env)) for part in arguments])

        return many

    return Function(least, most, build)


def of_numbers(least: int, most: int, work: Callable[..., float]) -> Function:
    """Return a function whose arguments are all made numbers; a domain error is NaN."""

    def build(arguments: Sequence[Closure]) -> Closure:
        def run(node: Node, position: int, size: int, env: Environment) -> Value:
            numbers = [to_number(part(node, position, size, env), env.zone) for part in arguments]
            try:
                return float(work(*numbers))
            except (ValueError, OverflowError, ZeroDivisionError):
                return float("nan")

        return run

    return Function(least, most, build)


def of_values(least: int, most: int, work: Callable[[Environment, list[Value]], Value]) -> Function:
    """Return a function that gets its arguments' values as they are."""

    def build(arguments: Sequence[Closure]) -> Closure:
        def run(node: Node, position: int, size: int, env: Environment) -> Value:
            return work(env, [part(node, position, size, env) for part in arguments])

        return run

    return Function(least, most, build)


def of_node(
    least: int, most: int, work: Callable[[Environment, Node, list[Value]], Value]
) -> Function:
    """Return a function that also gets the node it is asked at."""

    def build(arguments: Sequence[Closure]) -> Closure:
        def run(node: Node, position: int, size: int, env: Environment) -> Value:
            return work(env, node, [part(node, position, size, env) for part in arguments])

        return run

    return Function(least, most, build)


def texts_in(values: Sequence[Value]) -> list[str]:
    """Return the texts of ``values``, every node of a set on its own."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.text() for node in value)
        else:
            found.append(to_text(value))
    return found


def numbers_in(env: Environment, values: Sequence[Value]) -> list[float]:
    """Return the numbers of ``values``, every node of a set on its own."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(to_number(node.text(), env.zone) for node in value)
        else:
            found.append(to_number(value, env.zone))
    return found
