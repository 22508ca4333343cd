"""Work cut into turns, so that a slow place never keeps a save waiting.

A work is a generator: between two of its turns something else may run. Each turn names the
lane the next stretch must run on: ``writer`` touches what this device holds and is short,
``away`` waits for a place or seals and opens files. A work begins and ends on ``writer``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Lane = Literal["writer", "away"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said between two stretches: where the next must run, and how far the work is.

    ``total`` 0 stands for not known; ``share`` is how much of the work is done, 0 to 1.
    """

    lane: Lane
    done: int = 0
    total: int = 0
    share: float = 0.0


Work = Generator[Turn, None, T]
Stopped = Callable[[], bool]


def never() -> bool:
    """Stand in where nobody stops a work."""
    return False


def finish(work: Work[T]) -> T:
    """Do a whole work here and now; return what it came to."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found


def within(work: Work[T], start: float, part: float) -> Work[T]:
    """Do a work that is a ``part`` of a larger one, which is at ``start`` when it begins."""
    while True:
        try:
            turn = next(work)
        except StopIteration as end:
            found: T = end.value
            return found
        yield replace(turn, share=start + part * turn.share)
