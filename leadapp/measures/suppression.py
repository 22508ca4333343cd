"""Which counts a published copy hides, so that no count of 1 to 10 can be read or worked out.

Cells are tied by lines: a total and its parts. Small cells are hidden first, then as
many others as it takes until no line, nor all lines together, gives a small number
away. Quantities that are not people or events (kits, doses, minutes) are not put in.

This stands against subtraction. It does not stand against someone who knows some of
the people, nor against nested periods published later: pass what was released as
``released``, whose cells can no longer be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

_Row = dict[str, Fraction]
"""A line's hidden cells with their factors."""
THRESHOLD = 11
"""Counts from 1 up to, not including, this are hidden."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of a table: the cell ``total`` is the sum of the cells ``parts``."""

    total: str
    parts: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return all cells of the line."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The published table: cells to show, cells to hide, and small ones released before."""

    shown: Mapping[str, int]
    hidden: frozenset[str]
    given_away: tuple[Sum, ...] = ()
    """Lines that cannot be made safe any more because of what was released."""

    def text(self, cell: str, threshold: int = THRESHOLD) -> str:
        """Return what the page prints: the count, or that it is small."""
        return f"<{threshold}" if cell in self.hidden else f"{self.shown[cell]:,}"


def suppress(
    cells: Mapping[str, int],
    lines: Sequence[Sum],
    *,
    threshold: int = THRESHOLD,
    released: frozenset[str] = frozenset(),
    also: frozenset[str] = frozenset(),
) -> Suppressed:
    """Return which of ``cells`` to hide. Zeros are shown; totals hide like any other cell.

    ``also`` are hidden whatever they count.
    """
    hidden = {name for name, count in cells.items() if 0 < count < threshold} - released
    hidden |= also & cells.keys()
    given_away: list[Sum] = []
    while True:
        lines = [line for line in lines if line not in given_away]
        weak = next(iter(_weak_lines(cells, lines, hidden, threshold)), None)
        if weak is None:
            break
        extra = _smallest_to_hide(cells, weak, hidden | released)
        if extra is None:
            given_away.append(weak)
        else:
            hidden.add(extra)
    shown = {name: count for name, count in cells.items() if name not in hidden}
    return Suppressed(shown, frozenset(hidden), tuple(given_away))


def may_show_rate(
    *, numerator: int, denominator: int, hidden: Iterable[bool] = (), threshold: int = THRESHOLD
) -> bool:
    """Return whether a rate gives no small count away: numerator, the rest, the whole."""
    parts = (numerator, denominator, denominator - numerator)
    return not any(hidden) and not any(0 < part < threshold for part in parts)


def _weak_lines(
    cells: Mapping[str, int], lines: Sequence[Sum], hidden: set[str], threshold: int
) -> Iterable[Sum]:
    """Yield lines that give something away: by themselves, or solved together with the others."""
    for line in lines:
        unseen = [name for name in line.cells if name in hidden]
        if len(unseen) == 1:
            yield line
        elif unseen and line.total not in hidden:
            left = sum(cells[name] for name in unseen)
            if 0 < left < threshold:
                yield line
    solved = _solvable(lines, hidden)
    yield from (line for line in lines if solved & set(line.cells))


def _smallest_to_hide(cells: Mapping[str, int], line: Sum, closed: Iterable[str]) -> str | None:
    """Return the smallest cell of ``line`` that is not zero and can still be hidden."""
    open_cells = [name for name in line.cells if name not in set(closed) and cells[name] > 0]
    return min(open_cells, key=lambda name: (cells[name], name), default=None)


def _solvable(lines: Sequence[Sum], hidden: set[str]) -> set[str]:
    """Return hidden cells whose value follows from all lines together (exact elimination)."""
    reduced = _reduce([row for row in (_coefficients(line, hidden) for line in lines) if row])
    return {next(iter(row)) for row in reduced if len(row) == 1}


def _coefficients(line: Sum, hidden: set[str]) -> _Row:
    row: _Row = {name: Fraction(1) for name in line.parts if name in hidden}
    if line.total in hidden:
        row[line.total] = Fraction(-1)
    return row


def _reduce(rows: Iterable[_Row]) -> list[_Row]:
    """Return ``rows`` in reduced echelon form, zero rows left out; rows hold what is not 0."""
    done: dict[str, _Row] = {}
    for given in rows:
        row = given
        for pivot in [name for name in row if name in done]:
            row = _without(row, done[pivot], pivot)
        if not row:
            continue
        pivot = min(row)
        lead = {name: value / row[pivot] for name, value in row.items()}
        done = {at: _without(other, lead, pivot) for at, other in done.items()} | {pivot: lead}
    return list(done.values())


def _without(row: _Row, lead: _Row, pivot: str) -> _Row:
    """Return ``row`` less as much of ``lead`` as takes ``pivot`` out of it."""
    factor = row.get(pivot)
    if factor is None:
        return row
    found = dict(row)
    for name, value in lead.items():
        left = found.get(name, Fraction(0)) - factor * value
        if left:
            found[name] = left
        else:
            found.pop(name, None)
    return found
