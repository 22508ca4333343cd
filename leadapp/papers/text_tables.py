"""Tables of words: columns wrap, long rows go on over the page, heads repeat."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.papers import faces
from leadapp.papers.blocks import Backdrop, Cell, Extent, Row, text_parts
from leadapp.papers.pages import WIDTH, Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable

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
) -> list[Row]:
    """Return a table with its head; ``least`` is the height of a row to write in.

    ``name_first``: the first cell of a row names the row.
    """
    tree = (parent or sheet.body).add("Table")
    places = _places(weights)
    head_style = sheet.style(faces.SEMIBOLD, 8, sheet.press.inks.ink2, 10)
    record = tree.add("TR")
    head = Row(
        tuple(
            Cell(
                x, text_parts(record.add("TH", scope="Column"), printable(words), head_style, wide)
            )
            for words, (x, wide) in zip(columns, places, strict=True)
        ),
        pad=2.5,
        keep=True,
        backdrop=hairline(sheet, strong=True),
    )
    body = sheet.style(faces.REGULAR, 9, leading=11.4)
    strong = sheet.style(faces.SEMIBOLD, 9, leading=11.4)
    found = [head]
    for row in rows:
        record = tree.add("TR")
        cells = []
        for number, (text, (x, wide)) in enumerate(zip(row, places, strict=True)):
            names = name_first and number == 0
            node = record.add("TH", scope="Row") if names else record.add("TD")
            style = strong if names else body
            cells.append(Cell(x, text_parts(node, printable(text), style, wide)))
        found.append(
            Row(tuple(cells), pad=2.4, headers=(head,), backdrop=hairline(sheet), least=least)
        )
    return found


def _places(weights: Sequence[float]) -> list[tuple[float, float]]:
    room = WIDTH - _GAP * (len(weights) - 1)
    total = sum(weights)
    found, x = [], 0.0
    for weight in weights:
        wide = room * weight / total
        found.append((x, wide))
        x += wide + _GAP
    return found
