"""What will happen in the made-up county, month by month in order of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush

Act = Callable[[datetime], None]


class Agenda:
    """Things to come. What lies at or after the end never happens."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        self._coming: list[tuple[datetime, int, Act]] = []
        self._count = 0

    def put(self, at: datetime, act: Act) -> None:
        """Note that ``act`` happens at a moment; things of one moment keep their order."""
        if at < self._end:
            self._count += 1
            heappush(self._coming, (at, self._count, act))

    def run(self, until: datetime) -> None:
        """Let everything before ``until`` happen, with what follows from it."""
        while self._coming and self._coming[0][0] < until:
            at, _, act = heappop(self._coming)
            act(at)
