"""Chance for the made-up county: the same seed gives the same county."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar
from uuid import UUID

from leadapp.core.encoding import to_base64url
from leadapp.core.ids import ID_BYTES

Thing = TypeVar("Thing")
_FAVOR = 1.6


class Odds:
    """Names with how often each comes up against the others: ``Odds(yes=3, no=1)``."""

    def __init__(self, weights: dict[str, float] | None = None, /, **named: float) -> None:
        weights = {**(weights or {}), **named}
        self.names = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))

    def at(self, point: float) -> str:
        """Return the name at ``point`` of the whole, from 0 up to 1."""
        return self.names[min(bisect(self._sums, point * self._sums[-1]), len(self.names) - 1)]


class Chance:
    """Draws from one seed; not for anything that must be hard to guess."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a made-up county, no secrets

    def of(self, odds: Odds) -> str:
        """Return one of the names."""
        return odds.at(self._random.random())

    def one(self, things: Sequence[Thing]) -> Thing:
        """Return one of ``things``, each as likely."""
        return things[int(self._random.random() * len(things))]

    def early(self, things: Sequence[Thing]) -> Thing:
        """Return one of ``things``, the first ones far more often: some people come again."""
        return things[int(self._random.random() ** _FAVOR * len(things))]

    def yes(self, share: float) -> bool:
        """Return yes in ``share`` of all cases."""
        return self._random.random() < share

    def about(self, number: float) -> float:
        """Return ``number``, up to a seventh more or less: no month is like another."""
        return number * (6 / 7 + self._random.random() * 2 / 7)

    def between(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``."""
        return least + int(self._random.random() * (most - least + 1))

    def some(self, odds: Odds, most: int) -> str:
        """Return up to ``most`` different names, as a select-several answer."""
        drawn = {self.of(odds) for _ in range(self.between(1, most))}
        return " ".join(name for name in odds.names if name in drawn)

    def fresh_uuid(self) -> str:
        """Return what a form calls a new record of its own."""
        return f"uuid:{UUID(bytes=self._random.randbytes(16), version=4)}"

    def fresh_id(self) -> str:
        """Return an id as random as the seed."""
        return to_base64url(self._random.randbytes(ID_BYTES))
