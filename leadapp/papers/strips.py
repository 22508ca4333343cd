"""The tinted line under the head: what is in the paper and which copy it is."""

from __future__ import annotations

from functools import partial

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Extent, Row, text_parts
from leadapp.papers.inks import Inks
from leadapp.papers.pages import WIDTH, Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.wrapping import printable

_INDENT = 10.0
_LEADING = 12.0


def tinted_row(sheet: Sheet, strong_words: str, words: str) -> Row:
    """Return the strip: strong words, then quiet ones."""
    strong = sheet.style(faces.SEMIBOLD, 8.5, leading=_LEADING)
    quiet = sheet.style(faces.REGULAR, 8.5, sheet.press.inks.ink2, _LEADING)
    first = printable(strong_words)
    beside = min(strong.width(first), WIDTH * 0.5)
    room = WIDTH - 2 * _INDENT
    left = text_parts(sheet.body.add("P"), first, strong, beside + 1)
    right = text_parts(sheet.body.add("P"), printable(words), quiet, room - beside - 12)
    return Row(
        (Cell(_INDENT, left), Cell(_INDENT + beside + 12, right)),
        pad=3.5,
        backdrop=partial(_tint, sheet.press.inks),
    )


def _tint(inks: Inks, pen: Pen, extent: Extent) -> None:
    high = extent.top - extent.bottom
    pen.box((extent.left, extent.bottom, WIDTH, high), fill=inks.tint)
    pen.box((extent.left, extent.bottom, 3, high), fill=inks.head)
