"""Functions on numbers and truths."""

from __future__ import annotations

import math

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import (
    MANY,
    Function,
    numbers_in,
    of_node,
    of_numbers,
    of_values,
)
from leadapp.forms.expressions.values import NAN, Value, to_number, to_text, to_truth
from leadapp.forms.tree import Node


def _round(number: float, places: float = 0.0) -> float:
    if not math.isfinite(number) or not math.isfinite(places):
        return number if places == places else NAN
    scale = 10.0 ** int(places)
    if scale == 0:
        return 0.0
    made = math.floor(number * scale + 0.5) / scale
    return round(made, max(int(places), 0))


def _whole(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent)


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _number(env: Environment, node: Node, values: list[Value]) -> Value:
    return to_number(values[0] if values else node.text(), env.zone)


def _sum(env: Environment, values: list[Value]) -> Value:
    return sum(numbers_in(env, values), 0.0)


def _largest(env: Environment, values: list[Value]) -> Value:
    numbers = numbers_in(env, values)
    return NAN if not numbers or any(n != n for n in numbers) else max(numbers)


def _smallest(env: Environment, values: list[Value]) -> Value:
    numbers = numbers_in(env, values)
    return NAN if not numbers or any(n != n for n in numbers) else min(numbers)


def _boolean(_env: Environment, values: list[Value]) -> Value:
    return to_truth(values[0])


def _not(_env: Environment, values: list[Value]) -> Value:
    return not to_truth(values[0])


def _boolean_from_string(_env: Environment, values: list[Value]) -> Value:
    return to_text(values[0]) in ("true", "1")


def _truths(value: Value) -> list[bool]:
    if isinstance(value, list):
        return [to_truth(node.text()) for node in value]
    return [to_truth(value)]


def _within(env: Environment, least: Value, most: Value, found: float) -> bool:
    low, high = to_number(least, env.zone), to_number(most, env.zone)
    return (low < 0 or found >= low) and (high < 0 or found <= high)


def _checklist(env: Environment, values: list[Value]) -> Value:
    truths = [truth for value in values[2:] for truth in _truths(value)]
    return _within(env, values[0], values[1], float(sum(truths)))


def _weighted(env: Environment, values: list[Value]) -> Value:
    total = 0.0
    for value, weight in zip(values[2::2], values[3::2], strict=False):
        weights = numbers_in(env, [weight])
        total += sum(w for truth, w in zip(_truths(value), weights, strict=False) if truth)
    return _within(env, values[0], values[1], total)


FUNCTIONS: dict[str, Function] = {
    "number": of_node(0, 1, _number),
    "int": of_numbers(1, 1, _whole),
    "round": of_numbers(1, 2, _round),
    "floor": of_numbers(1, 1, _floor),
    "ceiling": of_numbers(1, 1, _ceiling),
    "abs": of_numbers(1, 1, abs),
    "pow": of_numbers(2, 2, _power),
    "sqrt": of_numbers(1, 1, math.sqrt),
    "exp": of_numbers(1, 1, math.exp),
    "exp10": of_numbers(1, 1, lambda number: math.pow(10.0, number)),
    "log": of_numbers(1, 1, _log),
    "log10": of_numbers(1, 1, _log10),
    "sin": of_numbers(1, 1, math.sin),
    "cos": of_numbers(1, 1, math.cos),
    "tan": of_numbers(1, 1, math.tan),
    "asin": of_numbers(1, 1, math.asin),
    "acos": of_numbers(1, 1, math.acos),
    "atan": of_numbers(1, 1, math.atan),
    "atan2": of_numbers(2, 2, math.atan2),
    "pi": of_numbers(0, 0, lambda: math.pi),
    "sum": of_values(1, 1, _sum),
    "max": of_values(1, MANY, _largest),
    "min": of_values(1, MANY, _smallest),
    "boolean": of_values(1, 1, _boolean),
    "not": of_values(1, 1, _not),
    "true": of_values(0, 0, lambda _env, _values: True),
    "false": of_values(0, 0, lambda _env, _values: False),
    "boolean-from-string": of_values(1, 1, _boolean_from_string),
    "checklist": of_values(3, MANY, _checklist),
    "weighted-checklist": of_values(4, MANY, _weighted),
}
