"""What a table shows, as plain values: columns, rows, cells. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["tint", "ok", "warn", "err", "part2", "neutral"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` at 100 %; one column stretches; numbers stand right."""

    key: str
    title: str
    width: int = 120
    stretch: bool = False
    number: bool = False
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words, words under them, a badge or an icon before them."""

    text: str = ""
    sub: str = ""
    bold: bool = False
    tone: str = "text"
    sub_tone: str = "text2"
    icon: str | None = None
    icon_tone: str = "text2"
    badge: Tone | None = None
    """Draw ``text`` as a badge of this tone."""
    bar: float | None = None
    """Draw a bar this full (0 to 1) under ``text``."""

    def words(self) -> str:
        """Return all it says, for a screen reader, the clipboard and tooltips."""
        return f"{self.text}, {self.sub}" if self.sub else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``key`` finds its record again; a band is a heading over the rows below."""

    key: str
    cells: tuple[Cell, ...]
    band: bool = False
    ticked: bool | None = None
    """None draws no tick box in the first column."""
    muted: bool = False

    def words(self) -> str:
        """Return the row as text, columns apart by tabs."""
        return "\t".join(cell.words() for cell in self.cells)


def band(key: str, words: str, *, tone: str = "text") -> Row:
    """Return a group's heading: ``band("late", "Overdue · 3", tone="err")``."""
    return Row(key, (Cell(words, bold=True, tone=tone),), band=True)


Answer = Callable[[Sequence[Row], int], None]
Fetch = Callable[[int, int, Answer], None]
"""``fetch(offset, limit, done)`` asks off the GUI thread, then ``done(rows, total)`` on it."""
