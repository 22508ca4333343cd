"""Functions on choices, lists and translations."""

from __future__ import annotations

import math

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import Function, of_node, of_texts, of_values
from leadapp.forms.expressions.values import Value, to_number, to_text
from leadapp.forms.tree import Node

_LARGE_PRIME = 2_147_483_647


def _selected(chosen: str, wanted: str) -> bool:
    return wanted.strip() in chosen.split()


def _selected_at(env: Environment, values: list[Value]) -> Value:
    chosen = to_text(values[0]).split()
    place = to_number(values[1], env.zone)
    if not math.isfinite(place) or not 0 <= int(place) < len(chosen):
        return ""
    return chosen[int(place)]


def _count_selected(_env: Environment, values: list[Value]) -> Value:
    return float(len(to_text(values[0]).split()))


def _itext(env: Environment, values: list[Value]) -> Value:
    return env.translation(to_text(values[0]))


def _choice_name(env: Environment, node: Node, values: list[Value]) -> Value:
    return env.choice_label(to_text(values[0]), to_text(values[1]), node)


def _pulldata(env: Environment, values: list[Value]) -> Value:
    return env.pull([to_text(value) for value in values])


def _instance(env: Environment, values: list[Value]) -> Value:
    found = env.instance(to_text(values[0]))
    return [] if found is None else [found]


def _randomize(env: Environment, values: list[Value]) -> Value:
    nodes = list(values[0]) if isinstance(values[0], list) else []
    if len(values) > 1:
        seed = to_number(values[1], env.zone)
        draw = _Draw(int(seed) if math.isfinite(seed) else 0).next
    else:
        draw = env.random
    for last in range(len(nodes) - 1, 0, -1):
        other = int(draw() * (last + 1))
        nodes[last], nodes[other] = nodes[other], nodes[last]
    return nodes


class _Draw:
    """The Park-Miller generator the ODK specification names, so that orders agree."""

    def __init__(self, seed: int) -> None:
        self._state = seed % _LARGE_PRIME
        if self._state <= 0:
            self._state += _LARGE_PRIME - 1

    def next(self) -> float:
        self._state = self._state * 16_807 % _LARGE_PRIME
        return (self._state - 1) / (_LARGE_PRIME - 1)


def _uuid(env: Environment, values: list[Value]) -> Value:
    if not values:
        return env.fresh_uuid()
    length = to_number(values[0], env.zone)
    wanted = int(length) if math.isfinite(length) else 0
    text = ""
    while len(text) < min(wanted, 1_000):
        text += env.fresh_uuid().replace("-", "")
    return text[:wanted]


def _random(env: Environment, _values: list[Value]) -> Value:
    return env.random()


FUNCTIONS: dict[str, Function] = {
    "selected": of_texts(2, 2, _selected),
    "selected-at": of_values(2, 2, _selected_at),
    "count-selected": of_values(1, 1, _count_selected),
    "jr:itext": of_values(1, 1, _itext),
    "jr:choice-name": of_node(2, 2, _choice_name),
    "pulldata": of_values(4, 4, _pulldata),
    "instance": of_values(1, 1, _instance),
    "randomize": of_values(1, 2, _randomize),
    "uuid": of_values(0, 1, _uuid),
    "random": of_values(0, 0, _random),
}
