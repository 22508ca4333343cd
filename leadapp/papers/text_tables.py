"""Tables of words: columns wrap, long rows go on over the page, heads repeat."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from leadapp.papers import faces
from leadapp.papers.blocks import Backdrop, Cell, Extent, Part, Row, line_of, text_parts
from leadapp.papers.pages import WIDTH, Sheet
from leadapp.papers.pen import Pen, Style
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable, wrap

_GAP = 8.0


def hairline(sheet: Sheet, *, strong: bool = False) -> Backdrop:
    """Return a hairline under a row, drawn where the row ends."""
    ink = sheet.press.inks.rule if strong else sheet.press.inks.hair

    def paint(pen: Pen, extent: Extent) -> None:
        if extent.last:
            pen.line(extent.left, extent.bottom, extent.left + WIDTH, extent.bottom, ink)

    return paint


def text_table(
    sheet: Sheet,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    weights: Sequence[float],
    parent: Node | None = None,
    least: float = 0,
    name_first: bool = True,
    figures: Collection[int] = (),
    total: bool = False,
) -> list[Row]:
    """Return a table with its head; ``least`` is the height of a row to write in.

    ``name_first``: the first cell of a row names the row. ``figures``: the columns of numbers,
    set to the right. ``total``: the last row adds up the others, and stands bold.
    """
    tree = (parent or sheet.body).add("Table")
    places = _places(weights)
    head_style = sheet.style(faces.SEMIBOLD, 8, sheet.press.inks.ink2, 10)
    record = tree.add("TR")
    head = Row(
        tuple(
            Cell(
                x,
                _parts(
                    record.add("TH", scope="Column"), words, head_style, wide, right=at in figures
                ),
            )
            for at, (words, (x, wide)) in enumerate(zip(columns, places, strict=True))
        ),
        pad=2.5,
        keep=True,
        backdrop=hairline(sheet, strong=True),
    )
    body = sheet.style(faces.REGULAR, 9, leading=11.4)
    strong = sheet.style(faces.SEMIBOLD, 9, leading=11.4)
    figure = sheet.style(faces.FIGURE, 9, leading=11.4)
    figure_total = sheet.style(faces.FIGURE_BOLD, 9, leading=11.4)
    found = [head]
    for at, row in enumerate(rows):
        last = total and at == len(rows) - 1
        record = tree.add("TR")
        cells = []
        for number, (text, (x, wide)) in enumerate(zip(row, places, strict=True)):
            names = name_first and number == 0
            node = record.add("TH", scope="Row") if names else record.add("TD")
            if number in figures:
                style = figure_total if last else figure
            else:
                style = strong if names or last else body
            cells.append(Cell(x, _parts(node, text, style, wide, right=number in figures)))
        under = hairline(sheet, strong=total and at >= len(rows) - 2)
        found.append(Row(tuple(cells), pad=2.4, headers=(head,), backdrop=under, least=least))
    return found


def _parts(node: Node, text: str, style: Style, wide: float, *, right: bool) -> tuple[Part, ...]:
    """Return a cell's lines, each ending at the right edge where the column is of numbers."""
    if not right:
        return text_parts(node, printable(text), style, wide)
    lines = [line.rstrip(" ") for line in wrap(printable(text), style.face, style.size, wide)]
    return tuple(line_of(node, line, style, wide - style.width(line)) for line in lines)


def _places(weights: Sequence[float]) -> list[tuple[float, float]]:
    room = WIDTH - _GAP * (len(weights) - 1)
    total = sum(weights)
    found, x = [], 0.0
    for weight in weights:
        wide = room * weight / total
        found.append((x, wide))
        x += wide + _GAP
    return found
