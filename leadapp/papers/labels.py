"""Labels for kits on sheets of thirty (Avery 5160): 2.625 by 1 inch, three across, ten down.

The file asks to be printed unscaled. What the other papers say at the head and the foot
stands in the margin under the last row, off the labels.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.papers import faces
from leadapp.papers.finish import About, finish
from leadapp.papers.pen import PAGE_HEIGHT, Pen, Style
from leadapp.papers.press import Press
from leadapp.papers.stock_frame import Stamp
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable, wrap

INCH = 72.0
ACROSS, DOWN = 3, 10
A_SHEET = ACROSS * DOWN
WIDE, HIGH = 2.625 * INCH, 1.0 * INCH
LEFT, TOP = 0.1875 * INCH, 0.5 * INCH
STEP = 2.75 * INCH
"""From the left edge of one label to that of the next."""
_PAD = 9.0
_LEAST = 8.0
_FOOT_Y = 20.0


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one kit."""

    lot_number: str
    product: str
    last_day: str
    county: str
    contents: str = ""
    """What is in the kit: "2 doses"."""


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """Labels in order; ``start`` is the first free label of the first sheet, from 1."""

    stamp: Stamp
    labels: tuple[Label, ...]
    start: int = 1


def place_of(position: int) -> tuple[float, float]:
    """Return left and top of the label at ``position`` (from 0), in points from the top left."""
    row, column = divmod(position % A_SHEET, ACROSS)
    return LEFT + column * STEP, TOP + row * HIGH


def render_labels(paper: LabelPaper, press: Press) -> bytes:
    """Return the PDF of a sheet or more of labels, row by row from ``start``."""
    if not 1 <= paper.start <= A_SHEET:
        raise Refusal("papers.label_start", last=A_SHEET)
    pen, root = Pen(), Node("Document")
    listed = root.add("L")
    pages = max(1, -(-(paper.start - 1 + len(paper.labels)) // A_SHEET))
    for page in range(pages):
        if page:
            pen.next_page()
        first = page * A_SHEET - (paper.start - 1)
        for at in range(max(0, first), min(len(paper.labels), first + A_SHEET)):
            _draw(pen, listed.add("LI").add("LBody"), paper.labels[at], at - first, press)
        _foot(pen, paper.stamp, press, page + 1, pages)
    title = press.say("labels_title")
    stamp = paper.stamp
    about = About(
        title, stamp.program_name, title, stamp.printed_at, press.language, exact_size=True
    )
    return finish(pen, root, about)


def _draw(pen: Pen, body: Node, label: Label, position: int, press: Press) -> None:
    left, top = place_of(position)
    x, y = left + _PAD, PAGE_HEIGHT - top
    room = WIDE - 2 * _PAD
    ink, quiet = press.inks.ink, press.inks.ink2
    small = Style(faces.SEMIBOLD, _LEAST, 10, quiet)
    county = body.add("P")
    contents = printable(label.contents)
    beside = small.width(contents) + 8 if contents else 0
    pen.text(county, x, y - 16, _fitting(label.county, small, room - beside), small)
    if contents:
        pen.right(body.add("P"), x + room, y - 16, contents, small)
    _one_line(pen, body.add("P"), label.product, (x, y - 31), room, (faces.BOLD, 11.5, ink))
    lot = press.say("label_lot", lot=label.lot_number)
    _one_line(pen, body.add("P"), lot, (x, y - 45.5), room, (faces.SEMIBOLD, 10.5, ink))
    until = press.say("use_through", day=label.last_day) if label.last_day else ""
    _one_line(pen, body.add("P"), until, (x, y - 59.5), room, (faces.SEMIBOLD, 10, ink))


def _one_line(
    pen: Pen,
    node: Node,
    text: str,
    at: tuple[float, float],
    room: float,
    look: tuple[str, float, str],
) -> None:
    """Write a line, smaller where it is long; a lot number is never cut silently."""
    face, size, ink = look
    words = printable(text)
    if not words:
        return
    full = faces.width(words, face, size)
    size = max(_LEAST, min(size, size * room / full)) if full else size
    style = Style(face, size, size * 1.2, ink)
    pen.text(node, *at, _fitting(words, style, room), style)


def _fitting(text: str, style: Style, room: float) -> str:
    """Return ``text``, or its first letters and an ellipsis where the label has no more room."""
    words = printable(text).replace("\n", " ")
    if style.width(words) <= room:
        return words
    first = wrap(words, style.face, style.size, room - style.width("…"))[0].rstrip()
    return f"{first}…"


def _foot(pen: Pen, stamp: Stamp, press: Press, page: int, pages: int) -> None:
    style = Style(faces.REGULAR, _LEAST, 10, press.inks.ink2)
    printed = press.say("printed", who=stamp.printed_by, when=press.moment(stamp.printed_at))
    said = [press.say(f"copy_{stamp.copy}"), printed, press.say("page", page=page, pages=pages)]
    if stamp.watermark:  # a label has no room for a watermark
        said.insert(0, stamp.watermark)
    text = _fitting("  |  ".join(said), style, 8.125 * INCH - 2 * _PAD)
    pen.text(None, LEFT + _PAD, _FOOT_Y, text, style)
