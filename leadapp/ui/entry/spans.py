"""How wide a question stands: the grid rule of XLSForm (``w1``..``w12``) in twelfths. Pure.

A question takes ``width`` of its group's ``columns``; no width takes the whole row. Where a
control cannot be drawn that narrow it gets more, and where a short number would stand alone
in its line, a row of packed choices after it shares the line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

TWELVE = 12
_SHORT = 3
"""Twelfths that a short number needs beside packed choices."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is to be placed: wanted twelfths, least width in pixels."""

    span: int
    least: int = 0
    short: bool = False
    """A number of few digits, which may stand narrower."""
    packed: bool = False
    """Choices that may share a line with a short number."""
    card: bool = False
    """A card: where two do not fit side by side, each takes the whole width."""
    alone: bool = False
    """Takes a line of its own (a note, a nested card)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands."""

    row: int
    column: int
    span: int


def twelfths(width: int, columns: int) -> int:
    """Return how many of twelve columns ``width`` of ``columns`` is; 0 is the whole row."""
    if not width or columns <= 0:
        return TWELVE
    return max(1, min(TWELVE, round(TWELVE * width / columns)))


def place(cells: Sequence[Cell], room: int, gap: int, narrow: int) -> list[Spot]:
    """Return where each cell stands in ``room`` pixels; below ``narrow`` one stands a row."""
    spots: list[Spot] = []
    row = column = 0
    shared = 0
    for at, cell in enumerate(cells):
        if shared:
            span, shared = TWELVE - shared, 0
        elif room < narrow or cell.alone:
            span = TWELVE
        elif column == 0 or column + cell.span > TWELVE:
            shared = _shares(cells, at)
            span = shared or _widened(cell, room, gap)
        else:
            span = _widened(cell, room, gap)
        if column + span > TWELVE:
            row, column = row + 1, 0
        spots.append(Spot(row, column, span))
        column += span
    return _cards_fill(cells, spots)


def _widened(cell: Cell, room: int, gap: int) -> int:
    """Return the wanted span, or the least one in which the control is not cut."""
    unit = (room + gap) / TWELVE
    if unit <= 0:
        return TWELVE
    needed = math.ceil((cell.least + gap) / unit)
    if cell.card and needed > cell.span:
        return TWELVE
    return max(1, min(TWELVE, max(cell.span, needed)))


def _cards_fill(cells: Sequence[Cell], spots: list[Spot]) -> list[Spot]:
    """Let a card that stands alone in its line fill it."""
    lines = Counter(spot.row for spot in spots)
    return [
        Spot(spot.row, 0, TWELVE) if cell.card and lines[spot.row] == 1 else spot
        for cell, spot in zip(cells, spots, strict=True)
    ]


def _shares(cells: Sequence[Cell], at: int) -> int:
    """Return the span of the cell at ``at`` if it shares its line with the next one, else 0.

    A short number that would stand alone in its line, and packed choices, are such a pair.
    """
    if at + 1 >= len(cells):
        return 0
    one, other = cells[at], cells[at + 1]
    if one.short and other.packed and other.span == TWELVE:
        return _SHORT
    if one.packed and one.span == TWELVE and other.short:
        return TWELVE - _SHORT
    return 0
