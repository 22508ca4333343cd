"""Charts: bars with their numbers, and columns by month. One picture for paper and screen.

No legends, no pies, one colour; what is not recorded is grey. Every chart carries
in words what it shows, and where each figure stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from leadapp.papers import faces
from leadapp.papers.inks import Inks
from leadapp.papers.pen import Spot
from leadapp.papers.wrapping import printable, wrap

_BAR = 12.0
_PITCH = 17.5
_LABEL_LEADING = 11.0
_LABEL_SHARE = 0.42
_GRID_LINES = 3
_COLUMN_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class BarFigure:
    """One bar. ``value`` is ``None`` where the number is hidden; ``text`` is what is printed."""

    label: str
    value: float | None
    text: str
    measure_id: str = ""
    group: str = ""
    unrecorded: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Lying bars, longest label to the left, number at the end."""

    title: str
    note: str
    bars: tuple[BarFigure, ...]
    column: str = ""
    """Which period the bars show, for the drill-down."""


@dataclass(frozen=True, slots=True)
class ColumnFigure:
    """One month. ``under`` is a second line below the label: the year, where it begins."""

    label: str
    value: float | None
    text: str
    name: str
    """The month in full, for the words of the chart: "October 2025"."""
    under: str = ""


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Standing columns over time; the last one is the period of the report."""

    title: str
    note: str
    measure_id: str
    columns: tuple[ColumnFigure, ...]


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A drawn chart, its words, and where its figures stand (x, y, width, height from below)."""

    drawing: Drawing
    alt: str
    spots: tuple[tuple[tuple[float, float, float, float], Spot], ...]


def draw_chart(
    chart: BarChart | ColumnChart, inks: Inks, width: float, height: float = 0
) -> ChartPicture:
    """Return the picture of ``chart``; ``height`` 0 lets the chart choose."""
    if isinstance(chart, BarChart):
        return _bars(chart, inks, width)
    return _columns(chart, inks, width, height or 131.0)


def chart_height(chart: BarChart | ColumnChart, width: float) -> float:
    """Return the height ``draw_chart`` would choose."""
    if isinstance(chart, BarChart):
        label_room = _label_room(chart, width)
        return sum(_bar_pitch(bar, label_room) for bar in chart.bars)
    return 131.0


def _label_lines(label: str, room: float) -> list[str]:
    return wrap(printable(label), faces.REGULAR, 9, room)


def _label_room(chart: BarChart, width: float) -> float:
    widest = max((faces.width(bar.label, faces.REGULAR, 9) for bar in chart.bars), default=0)
    return min(widest + 1, width * _LABEL_SHARE)


def _bar_pitch(bar: BarFigure, label_room: float) -> float:
    lines = len(_label_lines(bar.label, label_room))
    return _PITCH + (lines - 1) * _LABEL_LEADING


def _bars(chart: BarChart, inks: Inks, width: float) -> ChartPicture:
    height = chart_height(chart, width)
    drawing = Drawing(width, height)
    label_room = _label_room(chart, width)
    start = max(label_room + 10, width * 0.3) if chart.bars else 0
    number = max((faces.width(b.text, faces.BOLD, 9) for b in chart.bars), default=0)
    most = max((bar.value or 0 for bar in chart.bars), default=0) or 1
    scale = (width - start - number - 8) / most
    spots = []
    top = height
    for bar in chart.bars:
        pitch = _bar_pitch(bar, label_room)
        middle = top - pitch / 2
        _label(drawing, bar, label_room, middle, inks)
        length = (bar.value or 0) * scale
        if length:
            colour = inks.bar3 if bar.unrecorded else inks.bar1
            drawing.add(_rect(start, middle - _BAR / 2, length, _BAR, colour))
        gap = 5 if length else 0
        drawing.add(_string(start + length + gap, middle - 3.2, bar.text, faces.BOLD, 9, inks.ink))
        name = f"{bar.label}, {bar.text}"
        spot = Spot(bar.measure_id, chart.column, bar.group, name)
        spots.append(((0.0, top - pitch, width, pitch), spot))
        top -= pitch
    said = "; ".join(f"{bar.label} {bar.text}" for bar in chart.bars)
    return ChartPicture(drawing, f"{chart.title}. {chart.note}: {said}.", tuple(spots))


def _label(drawing: Drawing, bar: BarFigure, room: float, middle: float, inks: Inks) -> None:
    lines = _label_lines(bar.label, room)
    y = middle + (len(lines) - 1) * _LABEL_LEADING / 2 - 3.2
    for line in lines:
        drawing.add(_string(0, y, line, faces.REGULAR, 9, inks.ink))
        y -= _LABEL_LEADING


def _columns(chart: ColumnChart, inks: Inks, width: float, height: float) -> ChartPicture:
    drawing = Drawing(width, height)
    floor, left = 26.0, 14.0
    most = max((column.value or 0 for column in chart.columns), default=0)
    step = _grid_step(most)
    lines = max(1, ceil(most / step))
    left = max(left, faces.width(f"{step * lines:,}", faces.REGULAR, 8) + 5)
    scale = (height - floor - 14) / (step * lines)
    for line in range(1, lines + 1):
        y = floor + line * step * scale
        drawing.add(_line(left, y, width, y, inks.hair))
        drawing.add(_string(0, y - 2.9, f"{line * step:,}", faces.REGULAR, 8, inks.ink2))
    pitch = (width - left) / max(1, len(chart.columns))
    spots = []
    for number, column in enumerate(chart.columns):
        last = number == len(chart.columns) - 1
        x = left + number * pitch
        _column(drawing, column, inks, (x, floor, pitch, (column.value or 0) * scale), last=last)
        name = f"{column.name}, {column.text}"
        spots.append(
            ((x, floor, pitch, height - floor), Spot(chart.measure_id, column.name, "", name))
        )
    drawing.add(_line(left, floor, width, floor, inks.rule))
    said = "; ".join(f"{column.name} {column.text}" for column in chart.columns)
    return ChartPicture(drawing, f"{chart.title}. {chart.note}: {said}.", tuple(spots))


def _column(
    drawing: Drawing,
    column: ColumnFigure,
    inks: Inks,
    place: tuple[float, float, float, float],
    *,
    last: bool,
) -> None:
    x, floor, pitch, tall = place
    middle = x + pitch / 2
    wide = pitch * _COLUMN_SHARE
    if tall:
        ink = inks.bar1 if last else inks.bar2
        drawing.add(_rect(middle - wide / 2, floor, wide, tall, ink))
    face = faces.BOLD if last else faces.REGULAR
    if last or column.value is None:
        _centred(
            drawing,
            middle,
            floor + tall + 3.5,
            column.text,
            (faces.BOLD, 9 if last else 8),
            inks.ink,
        )
    ink = inks.ink if last else inks.ink2
    _centred(drawing, middle, floor - 9.5, column.label, (face, 8), ink)
    _centred(drawing, middle, floor - 20, column.under, (faces.REGULAR, 8), inks.ink2)


def _grid_step(most: float) -> int:
    """Return 1, 2 or 5 times a power of ten, so that about three lines span ``most``."""
    if most <= _GRID_LINES:
        return 1
    rough = most / _GRID_LINES
    power = 10 ** int(log10(rough))
    return int(next(power * times for times in (1, 2, 5, 10) if power * times >= rough))


def _centred(
    drawing: Drawing, middle: float, y: float, text: str, face: tuple[str, float], ink: str
) -> None:
    if not text:
        return
    half = faces.width(text, *face) / 2
    x = min(max(0, middle - half), drawing.width - 2 * half)
    drawing.add(_string(x, y, text, *face, ink))


def _string(x: float, y: float, text: str, face: str, size: float, ink: str) -> String:
    return String(x, y, printable(text), fontName=face, fontSize=size, fillColor=HexColor(ink))


def _rect(x: float, y: float, wide: float, high: float, ink: str) -> Rect:
    made = Rect(x, y, wide, high)
    made.fillColor = HexColor(ink)
    made.strokeColor = None
    return made


def _line(x: float, y: float, to_x: float, to_y: float, ink: str) -> Line:
    return Line(x, y, to_x, to_y, strokeColor=HexColor(ink), strokeWidth=0.6)
