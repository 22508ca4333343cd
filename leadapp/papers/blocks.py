"""Pieces a page is put together from: parts stacked in cells, cells side by side in rows.

A part is never cut; a row may be cut between parts, so that an answer of any
length goes on over the page. Nothing here knows what a page holds around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from leadapp.papers.pen import Pen, Style
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import wrap

_BASELINE = 0.36
"""How far the baseline lies under the middle of a line, in sizes."""

Paint = Callable[[Pen, float, float], None]
"""Draws at ``x`` with its upper edge at ``top``."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a fixed height that is drawn in one go."""

    height: float
    paint: Paint


def whole(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return ``parts`` as one, which no page break goes through."""

    def paint(pen: Pen, x: float, top: float) -> None:
        for part in parts:
            part.paint(pen, x, top)
            top -= part.height

    return (Part(sum(part.height for part in parts), paint),)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a row lies on its page; ``last`` is false where it goes on over the page."""

    left: float
    top: float
    bottom: float
    last: bool


Backdrop = Callable[[Pen, Extent], None]
"""Draws what lies behind a row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Parts under each other, ``x`` points from the left margin."""

    x: float
    parts: tuple[Part, ...]

    @property
    def height(self) -> float:
        """Return the height of all parts."""
        return sum(part.height for part in self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, and how the row behaves at the end of a page."""

    cells: tuple[Cell, ...]
    above: float = 0
    """Space before it; dropped at the top of a page."""
    pad: float = 0
    """Space inside it, over and under the cells."""
    keep: bool = False
    """Whether it stays with the row after it."""
    new_page: bool = False
    headers: tuple[Row, ...] = ()
    """Rows drawn again when a page begins with this one."""
    backdrop: Backdrop | None = None
    last: bool = True
    least: float = 0
    """A height it has at least: the room to write on a blank form."""

    @property
    def height(self) -> float:
        """Return its height without the space above."""
        return max(self.least, max(cell.height for cell in self.cells) + 2 * self.pad)

    def split(self, room: float) -> tuple[Row, Row] | None:
        """Return what fits into ``room`` and the rest; ``None`` when nothing fits."""
        cut = [_split_cell(cell, room - 2 * self.pad) for cell in self.cells]
        if not any(upper.parts for upper, _ in cut):
            return None
        upper = replace(self, cells=tuple(c for c, _ in cut), last=False, least=0, keep=False)
        lower = replace(self, cells=tuple(c for _, c in cut), least=0, new_page=False)
        return upper, lower

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw it with its upper edge at ``top``."""
        if self.backdrop is not None:
            self.backdrop(pen, Extent(left, top, top - self.height, self.last))
        for cell in self.cells:
            y = top - self.pad
            for part in cell.parts:
                part.paint(pen, left + cell.x, y)
                y -= part.height


def _split_cell(cell: Cell, room: float) -> tuple[Cell, Cell]:
    used, fitting = 0.0, 0
    for part in cell.parts:
        if used + part.height > room:
            break
        used += part.height
        fitting += 1
    return Cell(cell.x, cell.parts[:fitting]), Cell(cell.x, cell.parts[fitting:])


def space(height: float) -> Part:
    """Return empty room."""
    return Part(height, lambda _pen, _x, _top: None)


def baseline(top: float, style: Style) -> float:
    """Return where the baseline of a line of ``style`` with this ``top`` lies."""
    return top - style.leading / 2 - style.size * _BASELINE


def line_of(node: Node | None, text: str, style: Style, dx: float = 0) -> Part:
    """Return one line of text."""

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.text(node, x + dx, baseline(top, style), text, style)

    return Part(style.leading, paint)


def text_parts(
    node: Node | None, text: str, style: Style, room: float, dx: float = 0
) -> tuple[Part, ...]:
    """Return ``text`` (as ``printable`` gives it) as lines no wider than ``room``."""
    lines = wrap(text, style.face, style.size, room)
    spaced = [*(f"{line} " if line and line[-1] != " " else line for line in lines[:-1]), lines[-1]]
    return tuple(line_of(node, line, style, dx) for line in spaced)


def rule(width: float, ink: str, thick: float = 0.5, above: float = 0, below: float = 0) -> Part:
    """Return a horizontal rule with room over and under it."""

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top - above, x + width, top - above, ink, thick)

    return Part(above + below, paint)
