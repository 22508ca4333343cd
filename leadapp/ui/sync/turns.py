"""A work in turns, each on the lane it names, so that saves go on between."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError
from leadapp.ui.work import Lane, Work

T = TypeVar("T")


class Turn(Protocol):
    """What is said between two stretches."""

    @property
    def lane(self) -> str:
        """Where the next stretch must run: ``writer`` or ``away``."""
        ...

    @property
    def done(self) -> int:
        """How much is done."""
        ...

    @property
    def total(self) -> int:
        """Of how much; 0 while nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class _Over(Generic[T]):
    """What the work came to."""

    value: T


def run_turns(
    work: Work,
    turns: Generator[Turn, None, T],
    done: Callable[[T], None],
    failed: Callable[[LeadappError], None],
    owner: QObject,
    told: Callable[[Turn], None] = lambda _turn: None,
) -> None:
    """Do a work that begins on the writer lane, then ``done`` or ``failed`` on this thread.

    ``told`` gets what is said between two stretches.
    """

    def stretch() -> Turn | _Over[T]:
        try:
            return next(turns)
        except StopIteration as end:
            return _Over(end.value)

    def went(said: Turn | _Over[T]) -> None:
        if isinstance(said, _Over):
            done(said.value)
        else:
            told(said)
            work.run(Lane(said.lane), stretch, went, failed, owner=owner)

    work.run(Lane.WRITER, stretch, went, failed, owner=owner)
