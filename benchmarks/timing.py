"""How a thing is timed: some runs, their median; and a row of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, and what it may cost."""

    what: str
    value: float
    budget: float | None = None
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Return how much of the budget was used; above 1 is too much."""
        return None if self.budget is None else self.value / self.budget


def median_ms(act: Callable[[], object], runs: int = 7, *, warm: int = 1) -> float:
    """Return the median of ``runs``, in milliseconds, after ``warm`` runs that do not count."""
    for _ in range(warm):
        act()
    return statistics.median(once_ms(act) for _ in range(runs))


def once_ms(act: Callable[[], object]) -> float:
    """Return how long one run takes, in milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return how long one run takes in milliseconds, and what it gave."""
    began = time.perf_counter()
    given = act()
    return (time.perf_counter() - began) * 1000, given
