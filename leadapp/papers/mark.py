"""The program's mark: a way that turns aside, white on petrol."""

from __future__ import annotations

from math import cos, pi, sin

from leadapp.papers.inks import Inks
from leadapp.papers.pen import Pen

_WHITE = "#ffffff"
_BEND = 6


def draw_mark(pen: Pen, x: float, y: float, size: float, inks: Inks) -> None:
    """Draw the mark with its bottom left at ``x``, ``y``; an artifact."""
    pen.box((x, y, size, size), fill=inks.head, radius=size * 0.18)

    def at(across: float, up: float) -> tuple[float, float]:
        return x + across * size, y + up * size

    bend = [
        at(0.44 - 0.17 * cos(pi / 2 * step / _BEND), 0.46 + 0.17 * sin(pi / 2 * step / _BEND))
        for step in range(_BEND + 1)
    ]
    thick = size * 0.09
    pen.path([at(0.27, 0.21), *bend, at(0.74, 0.63)], _WHITE, thick)
    pen.path([at(0.58, 0.79), at(0.745, 0.63), at(0.58, 0.47)], _WHITE, thick)
    for across in (0.50, 0.72):
        pen.path([at(across, 0.22), at(across + 0.001, 0.22)], _WHITE, thick)
