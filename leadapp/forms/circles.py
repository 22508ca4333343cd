"""Finding what waits for each other in a circle."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def strong_components(edges: Mapping[T, list[T]]) -> list[tuple[T, ...]]:
    """Return the groups that reach each other (Tarjan, without recursion)."""
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    stack: list[T] = []
    on_stack: set[T] = set()
    found: list[tuple[T, ...]] = []
    for first in edges:
        if first in index:
            continue
        index[first] = low[first] = len(index)
        stack.append(first)
        on_stack.add(first)
        path = [(first, iter(edges[first]))]
        while path:
            thing, waiting = path[-1]
            for other in waiting:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    path.append((other, iter(edges[other])))
                    break
                if other in on_stack:
                    low[thing] = min(low[thing], index[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[thing])
                if low[thing] == index[thing]:
                    found.append(_pop_until(thing, stack, on_stack))
    return [group for group in found if len(group) > 1]


def _pop_until(thing: T, stack: list[T], on_stack: set[T]) -> tuple[T, ...]:
    group: list[T] = []
    while True:
        other = stack.pop()
        on_stack.discard(other)
        group.append(other)
        if other is thing:
            return tuple(reversed(group))
