"""Pictures and signatures on a form's paper: small, never cut, and read aloud by their words."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from leadapp.papers import faces
from leadapp.papers.blocks import Part, line_of, rule, space, text_parts, whole
from leadapp.papers.form_input import PaperQuestion
from leadapp.papers.pages import Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable

PICTURE_WIDE, PICTURE_HIGH = 216.0, 150.0
_SIGNED_HIGH = 40.0
_SIGN_SHARE = 0.66
"""Of the width for the name; the rest is for the day."""
_GAP = 12.0


def picture_parts(
    parent: Node, question: PaperQuestion, most: tuple[float, float]
) -> tuple[Part, ...]:
    """Return the picture in its own proportions, within ``most``; nothing where it is broken."""
    size = _size(question.picture)
    if size is None:
        return ()
    scale = min(most[0] / size[0], most[1] / size[1], 1.0)
    wide, high = size[0] * scale, size[1] * scale
    node = parent.add("Figure", alt=printable(question.value or question.label))

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.image(node, question.picture, (x, top - high, wide, high))

    return (space(3), Part(high, paint), space(2))


def signature_parts(
    sheet: Sheet, parent: Node, question: PaperQuestion, width: float
) -> tuple[Part, ...]:
    """Return what was signed over its line, or the lines to sign and to write the day on."""
    ink = sheet.press.inks.ink
    quiet = sheet.style(faces.REGULAR, 7.5, sheet.press.inks.ink2, 9.5)
    if question.picture:
        most = (min(width, _SIGNED_HIGH * 4), _SIGNED_HIGH)
        drawn = picture_parts(parent, question, most)
        said = text_parts(parent.add("P"), printable(question.value), quiet, width)
        return whole((*drawn, rule(min(width, 220.0), ink, 0.6, 0, 2), *said))
    if question.value:
        style = sheet.style(faces.REGULAR, 10, leading=13)
        lines = text_parts(parent.add("P"), printable(question.value), style, width)
        return (space(1), *lines, rule(width, sheet.press.inks.rule, 0.6, 1, 1))
    name = width * _SIGN_SHARE
    label = line_of(parent.add("P"), sheet.press.say("sign_here"), quiet)
    day = line_of(parent.add("P"), sheet.press.say("sign_day"), quiet, name + _GAP)

    def lines_to_sign(pen: Pen, x: float, top: float) -> None:
        low = top - _SIGNED_HIGH + 6
        pen.line(x, low, x + name, low, ink, 0.7)
        pen.line(x + name + _GAP, low, x + width, low, ink, 0.7)

    def words(pen: Pen, x: float, top: float) -> None:
        label.paint(pen, x, top)
        day.paint(pen, x, top)

    return whole((Part(_SIGNED_HIGH - 4, lines_to_sign), Part(label.height, words)))


def _size(data: bytes) -> tuple[float, float] | None:
    try:
        wide, high = ImageReader(io.BytesIO(data)).getSize()
    except (OSError, ValueError):
        return None
    return (wide, high) if wide and high else None
