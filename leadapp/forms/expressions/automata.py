"""Patterns as automata: every way through a pattern is followed at once, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from re import _constants as codes  # type: ignore[attr-defined] # see below
from re import _parser as parser  # type: ignore[attr-defined] # see below
from typing import Any

# Python's own reader of patterns has no public name; the alternative is a second reader
# that would differ from ``re`` in some corner. The Python version is pinned.

MOST_STATES = 5_000
_OPEN = codes.MAXREPEAT
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)

Test = Callable[[str], bool]
Part = Any  # (code, argument): Python's parsed pattern is untyped


class CannotBuildError(Exception):
    """The pattern holds something an automaton does not do, or is too large for one."""


@dataclass(slots=True)
class Automaton:
    """States, each with letters it takes (``tests``) or steps it makes freely."""

    tests: list[Test | None] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    anchors: list[object] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self, test: Test | None = None, anchor: object = None) -> int:
        """Return a new state."""
        if len(self.tests) >= MOST_STATES:
            raise CannotBuildError
        self.tests.append(test)
        self.free.append([])
        self.anchors.append(anchor)
        return len(self.tests) - 1

    def matches(self, text: str) -> bool:
        """Return whether some way leads through all of ``text``."""
        here = self._reach([self.start], 0, len(text))
        for place, letter in enumerate(text, 1):
            following = [
                state + 1 for state in here if (test := self.tests[state]) and test(letter)
            ]
            here = self._reach(following, place, len(text))
            if not here:
                return False
        return self.end in here

    def _reach(self, states: Iterable[int], place: int, length: int) -> set[int]:
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in found or not _holds(self.anchors[state], place, length):
                continue
            found.add(state)
            waiting.extend(self.free[state])
        return found


def _holds(anchor: object, place: int, length: int) -> bool:
    if anchor is None:
        return True
    return place == (0 if anchor in (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING) else length)


def build(pattern: str) -> Automaton | None:
    """Return the automaton of ``pattern``; ``None`` when there can be none."""
    made = Automaton()
    try:
        made.start, made.end = _sequence(made, parser.parse(pattern))
    except CannotBuildError:
        return None
    return made


def _sequence(made: Automaton, parts: Iterable[Part]) -> tuple[int, int]:
    start = end = made.state()
    for code, argument in parts:
        first, last = _part(made, code, argument)
        made.free[end].append(first)
        end = last
    return start, end


def _part(made: Automaton, code: object, argument: Part) -> tuple[int, int]:
    if code is codes.SUBPATTERN:
        _group, added, removed, inner = argument
        if added or removed:
            raise CannotBuildError
        return _sequence(made, inner)
    if code is codes.BRANCH:
        return _branch(made, argument[1])
    if code in _REPEATS:
        return _repeat(made, *argument)
    if code is codes.AT:
        if argument in (codes.AT_BOUNDARY, codes.AT_NON_BOUNDARY):
            raise CannotBuildError
        state = made.state(anchor=argument)
        return state, state
    first = made.state(_letter(code, argument))
    return first, made.state()


def _branch(made: Automaton, ways: Iterable[Part]) -> tuple[int, int]:
    start, end = made.state(), made.state()
    for way in ways:
        first, last = _sequence(made, way)
        made.free[start].append(first)
        made.free[last].append(end)
    return start, end


def _repeat(made: Automaton, least: int, most: int, inner: Part) -> tuple[int, int]:
    start = end = made.state()
    for _ in range(least):
        first, last = _sequence(made, inner)
        made.free[end].append(first)
        end = last
    if most is _OPEN:
        first, last = _sequence(made, inner)
        after = made.state()
        made.free[end].extend((first, after))
        made.free[last].extend((first, after))
        return start, after
    leave = made.state()
    for _ in range(most - least):
        first, last = _sequence(made, inner)
        made.free[end].extend((first, leave))
        end = last
    made.free[end].append(leave)
    return start, leave


def _letter(code: object, argument: Part) -> Test:
    if code is codes.LITERAL:
        return chr(argument).__eq__
    if code is codes.NOT_LITERAL:
        return chr(argument).__ne__
    if code is codes.ANY:
        return "\n".__ne__
    if code is codes.IN:
        return _one_of(argument)
    if code is codes.CATEGORY:
        return _CATEGORIES[argument]
    raise CannotBuildError


def _one_of(parts: list[Part]) -> Test:
    negated = bool(parts) and parts[0][0] is codes.NEGATE
    tests = [_member(code, argument) for code, argument in parts[negated:]]
    return lambda letter: any(test(letter) for test in tests) is not negated


def _member(code: object, argument: Part) -> Test:
    if code is codes.RANGE:
        low, high = argument
        return lambda letter: low <= ord(letter) <= high
    return _letter(code, argument)


def _single(pattern: str) -> Test:
    ready = re.compile(pattern)
    return lambda letter: ready.fullmatch(letter) is not None


_CATEGORIES: dict[object, Test] = {
    codes.CATEGORY_DIGIT: _single(r"\d"),
    codes.CATEGORY_NOT_DIGIT: _single(r"\D"),
    codes.CATEGORY_SPACE: _single(r"\s"),
    codes.CATEGORY_NOT_SPACE: _single(r"\S"),
    codes.CATEGORY_WORD: _single(r"\w"),
    codes.CATEGORY_NOT_WORD: _single(r"\W"),
}


def choices_of(pattern: str) -> tuple[int, bool]:
    """Return how many repeats of ``pattern`` may stop early or late, and whether one of them

    lies inside another repeat: what makes Python's matcher try again and again.
    """
    return _count(parser.parse(pattern), inside=False)


def _count(parts: Iterable[Part], *, inside: bool) -> tuple[int, bool]:
    total, nested = 0, False
    for code, argument in parts:
        repeats = code in (*_REPEATS, codes.POSSESSIVE_REPEAT) and argument[1] > 1
        varies = repeats and argument[0] != argument[1]
        total += varies
        nested = nested or (varies and inside)
        for inner in _inner(code, argument):
            more, deeper = _count(inner, inside=inside or repeats)
            total += more
            nested = nested or deeper
    return total, nested


def _inner(code: object, argument: Part) -> list[Part]:
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.BRANCH:
        return list(argument[1])
    if code in (*_REPEATS, codes.POSSESSIVE_REPEAT):
        return [argument[2]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    if code is codes.ATOMIC_GROUP:
        return [argument]
    return []
