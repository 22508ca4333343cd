"""Tables of figures: this period bold, true minus signs, tabular figures to the right.

Each number is a hot spot of the preview, so that it can be opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, baseline, text_parts
from leadapp.papers.headings import heading_parts
from leadapp.papers.pages import WIDTH, Sheet
from leadapp.papers.pen import Pen, Spot, Style
from leadapp.papers.report_input import FigureRow, FigureTable
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable, wrap

_ROW = 16.2
_LEADING = 11.2
_COLUMN_GAP = 15.0
_LEAST_COLUMN = 30.0
_TIGHT_GAP = 9.0
_LABEL_SHARE = 0.36
_LEAST_LABEL_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column of figures begins and ends, from the table's left."""

    start: float
    end: float

    @property
    def room(self) -> float:
        """Return how wide it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table, and how wide its labels may be."""

    width: float
    label: float
    columns: tuple[_Column, ...]


def panel(sheet: Sheet, table: FigureTable, width: float) -> tuple[Part, ...]:
    """Return a whole table as parts ``width`` wide, for half a page."""
    node = sheet.body
    grid = _grid(table, width)
    title = heading_parts(sheet, node, table.title, table.note, width)
    tree = node.add("Table")
    rows = [_line(sheet, tree, table, number, grid) for number in range(len(table.rows))]
    return (*title, _head(sheet, tree, table, grid), *rows)


def wide_rows(sheet: Sheet, table: FigureTable) -> list[Row]:
    """Return a table over the whole width; its head is repeated on each page."""
    grid = _grid(table, WIDTH)
    title = heading_parts(sheet, sheet.body, table.title, table.note, WIDTH)
    tree = sheet.body.add("Table")
    head = Row((Cell(0, (_head(sheet, tree, table, grid),)),), keep=True)
    found = [Row((Cell(0, title),), above=18, keep=True), head]
    for number in range(len(table.rows)):
        cells = (Cell(0, (_line(sheet, tree, table, number, grid),)),)
        found.append(Row(cells, headers=(head,)))
    return found


def _grid(table: FigureTable, width: float) -> _Grid:
    wides = _wanted(table)
    crowded = not fits(table, width)
    if crowded:
        wides = _squeezed(table, wides, width)
    columns, end = [], width
    for wide in reversed(wides):
        columns.append(_Column(end - wide, end))
        end -= wide
    columns.reverse()
    if crowded or not columns:
        return _Grid(width, end, tuple(columns))
    return _Grid(width, columns[0].end - _column_width(table, 0) - 2, tuple(columns))


def _wanted(table: FigureTable) -> list[float]:
    texts = (_column_width(table, number) for number in range(len(table.columns)))
    return [max(text, _LEAST_COLUMN) + _COLUMN_GAP for text in texts]


def _squeezed(table: FigureTable, wides: list[float], width: float) -> list[float]:
    """Return columns that fit: words wrap, and a number stays whole while there is room."""
    least = [_longest_word(table, number) + _TIGHT_GAP for number in range(len(wides))]
    room = width * (1 - _LABEL_SHARE)
    if sum(least) > room:
        room = min(sum(least), width * (1 - _LEAST_LABEL_SHARE))
        return [wide * room / sum(least) for wide in least]
    wishes = [max(0.0, wide - low) for wide, low in zip(wides, least, strict=True)]
    share = (room - sum(least)) / (sum(wishes) or 1)
    return [low + wish * share for low, wish in zip(least, wishes, strict=True)]


def _longest_word(table: FigureTable, number: int) -> float:
    head = (faces.width(w, faces.SEMIBOLD, 8) for w in printable(table.columns[number]).split())
    words = (word for row in table.rows for word in printable(row.values[number]).split())
    return max((*head, *(faces.width(word, faces.FIGURE_BOLD, 9) for word in words)), default=0)


def fits(table: FigureTable, width: float) -> bool:
    """Return whether the columns of ``table`` find room in ``width`` without wrapping."""
    return sum(_wanted(table)) <= width * (1 - _LABEL_SHARE)


def _column_width(table: FigureTable, number: int) -> float:
    head = faces.width(printable(table.columns[number]), faces.SEMIBOLD, 8)
    values = (printable(row.values[number]) for row in table.rows)
    return max(head, max((faces.width(text, faces.FIGURE_BOLD, 9) for text in values), default=0))


def _head(sheet: Sheet, tree: Node, table: FigureTable, grid: _Grid) -> Part:
    style = sheet.style(faces.SEMIBOLD, 8, sheet.press.inks.ink2, 10)
    row = tree.add("TR")
    row.add("TH", scope="Column")  # over the labels: named by nothing
    placed = [
        (
            row.add("TH", scope="Column"),
            column.end,
            wrap(printable(words), style.face, style.size, column.room - 4),
        )
        for words, column in zip(table.columns, grid.columns, strict=True)
    ]
    lines = max((len(found) for _, _, found in placed), default=1)
    high = 15.5 + (lines - 1) * 10

    def paint(pen: Pen, x: float, top: float) -> None:
        for node, end, found in placed:
            for number, line in enumerate(found):
                pen.right(node, x + end, baseline(top - 2.5 - number * 10, style), line, style)
        pen.line(x, top - high + 0.5, x + grid.width, top - high + 0.5, sheet.press.inks.rule, 0.6)

    return Part(high, paint)


@dataclass(frozen=True, slots=True)
class _Value:
    """A figure ready to draw: its lines, and what its hot spot says."""

    node: Node
    column: _Column
    lines: list[str]
    style: Style
    spot: Spot


def _line(sheet: Sheet, tree: Node, table: FigureTable, place: int, grid: _Grid) -> Part:
    row, last = table.rows[place], place == len(table.rows) - 1
    inks = sheet.press.inks
    label = sheet.style(faces.BOLD if row.bold else faces.REGULAR, 9, inks.ink, _LEADING)
    lines = wrap(printable(row.label), label.face, 9, grid.label - 6)
    record = tree.add("TR")
    name = record.add("TH", scope="Row")
    values = [
        _value(sheet, record.add("TD"), table, row, number, column)
        for number, column in enumerate(grid.columns)
    ]
    most = max(len(lines), *(len(value.lines) for value in values), 1)
    high = _ROW + (most - 1) * _LEADING

    def paint(pen: Pen, x: float, top: float) -> None:
        if row.rule_above:
            pen.line(x, top, x + grid.width, top, inks.rule, 0.9)
        first = top - (_ROW - _LEADING) / 2
        for number, line in enumerate(lines):
            pen.text(name, x, baseline(first - number * _LEADING, label), line, label)
        for value in values:
            end = x + value.column.end
            for number, line in enumerate(value.lines):
                y = baseline(first - number * _LEADING, value.style)
                pen.right(value.node, end, y, line.rstrip(" "), value.style)
            pen.hot(value.spot, x + value.column.start + 4, top, value.column.room - 2, high)
        if not last:
            pen.line(x, top - high, x + grid.width, top - high, inks.hair, 0.5)

    return Part(high, paint)


def _value(
    sheet: Sheet, node: Node, table: FigureTable, row: FigureRow, number: int, column: _Column
) -> _Value:
    strong = row.bold or number == 0
    ink = sheet.press.inks.ink if strong else sheet.press.inks.ink2
    style = sheet.style(faces.FIGURE_BOLD if strong else faces.FIGURE, 9, ink, _LEADING)
    text = printable(row.values[number])
    name = f"{row.label}, {table.columns[number]}, {text}"
    return _Value(
        node,
        column,
        wrap(text, style.face, style.size, column.room - 4),
        style,
        Spot(row.measure_id, table.columns[number], row.group, name),
    )


def quiet_parts(sheet: Sheet, node: Node, text: str, width: float) -> tuple[Part, ...]:
    """Return a paragraph in the second ink."""
    style = sheet.style(faces.REGULAR, 8.5, sheet.press.inks.ink2, 11.5)
    return text_parts(node, printable(text), style, width)
