"""Section headings: petrol words over a petrol rule, a quiet note at the right."""

from __future__ import annotations

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, baseline, text_parts
from leadapp.papers.pages import WIDTH, Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.tags import Kind, Node
from leadapp.papers.wrapping import printable

_HEAD_HIGH = 17.0
_LONG = 0.7
"""Share of the width from which on a heading is wrapped."""


def heading_parts(
    sheet: Sheet, parent: Node, title: str, note: str, width: float
) -> tuple[Part, ...]:
    """Return a heading of level 2 with its rule, ``width`` points wide."""
    style = sheet.style(faces.BOLD, 10.5, sheet.press.inks.head, 13)
    quiet = sheet.style(faces.REGULAR, 8, sheet.press.inks.ink2, 13)
    words, note_words = printable(title), printable(note)
    node = parent.add("H2")
    note_node = parent.add("P") if note_words else None
    beside = quiet.width(note_words) + 10 if note_words else 0
    fits = style.width(words) + beside <= width
    above = () if fits else text_parts(node, words, style, width)

    def paint(pen: Pen, x: float, top: float) -> None:
        if fits:
            pen.heading(2, words, top + 8)
            pen.text(node, x, baseline(top, style), words, style)
        if note_words:
            pen.right(note_node, x + width, baseline(top, quiet), note_words, quiet)
        pen.line(x, top - 14.5, x + width, top - 14.5, sheet.press.inks.head, 0.9)

    if fits:
        return (Part(_HEAD_HIGH, paint),)
    if note_words:
        return (_bookmark(words), *above, Part(_HEAD_HIGH, paint))
    return (_bookmark(words), *above, _underline(sheet, width))


def _bookmark(words: str) -> Part:
    return Part(0, lambda pen, _x, top: pen.heading(2, words, top + 8))


def _underline(sheet: Sheet, width: float) -> Part:
    def paint(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top - 1.5, x + width, top - 1.5, sheet.press.inks.head, 0.9)

    return Part(4, paint)


def heading_row(sheet: Sheet, parent: Node, title: str, note: str = "", above: float = 16) -> Row:
    """Return a heading over the whole width that stays with what follows."""
    return Row((Cell(0, heading_parts(sheet, parent, title, note, WIDTH)),), above=above, keep=True)


def small_heading_row(sheet: Sheet, parent: Node, title: str, above: float = 10) -> Row:
    """Return a heading of level 3: bold, no rule."""
    style = sheet.style(faces.BOLD, 9.5, sheet.press.inks.head, 13)
    kind: Kind = "H3"
    parts = text_parts(parent.add(kind), printable(title), style, WIDTH)
    return Row((Cell(0, parts),), above=above, keep=True)
