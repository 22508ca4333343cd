"""One question on paper: label, hint, and a line, lined space or boxes for the answer."""

from __future__ import annotations

from leadapp.papers import faces
from leadapp.papers.blocks import Part, baseline, rule, space, text_parts
from leadapp.papers.form_input import PaperQuestion
from leadapp.papers.form_pictures import (
    PICTURE_HIGH,
    PICTURE_WIDE,
    picture_parts,
    signature_parts,
)
from leadapp.papers.pages import Sheet
from leadapp.papers.pen import Pen, Style
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable

GAP = 14.0
"""Between two questions beside each other."""
_LINES_TO_WRITE = 5
_LINE_TO_WRITE = 19.0
_TICK_BOX = 8.0
_CHOICE_INDENT = 13.0
_CHOICE_GAP = 10.0
_MOST_CHOICE_COLUMNS = 4
_MOST_ON_SCALE = 11
_BAR_INDENT = 7.0


def asked_parts(
    sheet: Sheet, parent: Node, question: PaperQuestion, width: float, *, starred: bool
) -> tuple[Part, ...]:
    """Return label and hints, ``width`` wide; ``starred`` marks a question that needs an answer."""
    inks = sheet.press.inks
    label = sheet.style(faces.SEMIBOLD, 8.5, inks.ink, 11)
    quiet = sheet.style(faces.REGULAR, 8, inks.ink2, 10.4)
    asked = printable(question.label) + (" *" if starred else "")
    parts = list(text_parts(parent.add("P"), asked, label, width))
    if question.code:
        code = sheet.style(faces.REGULAR, 7, inks.ink2, 9)
        parts += text_parts(parent.add("P"), printable(question.code), code, width)
    if question.hint:
        parts += text_parts(parent.add("P"), printable(question.hint), quiet, width)
    if question.skip_note:
        slanted = sheet.style(faces.ITALIC, 8, inks.ink2, 10.4)
        parts += text_parts(parent.add("P"), printable(question.skip_note), slanted, width)
    return tuple(parts)


def answer_parts(
    sheet: Sheet, parent: Node, question: PaperQuestion, width: float
) -> tuple[Part, ...]:
    """Return the answer, or the room to write it, ``width`` wide."""
    parts: list[Part] = []
    if not question.asks:
        return ()
    if question.signs:
        return signature_parts(sheet, parent, question, width)
    if question.picture:
        parts += picture_parts(parent, question, (min(width, PICTURE_WIDE), PICTURE_HIGH))
    if question.choices:
        parts += [space(2), *_choices(sheet, parent, question, width)]
    if question.value or not question.choices:
        parts += _answer(sheet, parent, question, width)
    return tuple(parts)


def _answer(sheet: Sheet, parent: Node, question: PaperQuestion, width: float) -> tuple[Part, ...]:
    style = sheet.style(faces.REGULAR, 10, leading=13)
    ink = sheet.press.inks.rule
    if not question.value:
        if question.multiline:
            return tuple(rule(width, ink, 0.6, _LINE_TO_WRITE) for _ in range(_LINES_TO_WRITE))
        return (rule(width, ink, 0.6, 16, 1),)
    node = parent.add("P")
    words = printable(question.value)
    if question.multiline or "\n" in words:
        lines = text_parts(node, words, style, width - _BAR_INDENT)
        return (space(2), *(_barred(line, ink) for line in lines), space(2))
    lines = text_parts(node, words, style, width)
    return (space(1), *lines, rule(width, ink, 0.6, 1, 1))


def _barred(line: Part, ink: str) -> Part:
    """Return a line of a long answer with a bar at its left, so that its extent is seen."""

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.line(x + 1, top, x + 1, top - line.height, ink, 1)
        line.paint(pen, x + _BAR_INDENT, top)

    return Part(line.height, paint)


def _choices(sheet: Sheet, parent: Node, question: PaperQuestion, width: float) -> tuple[Part, ...]:
    styles = (
        sheet.style(faces.REGULAR, 9.5, leading=13),
        sheet.style(faces.BOLD, 9.5, leading=13),
    )
    listed = parent.add("L")
    made = [(printable(label), chosen) for label, chosen in question.choices]
    columns = _columns([label for label, _ in made], styles[1], width)
    wide = (width + _CHOICE_GAP) / columns
    parts: list[Part] = []
    for start in range(0, len(made), columns):
        row = [
            _choice(sheet, listed, label, styles[chosen], wide - _CHOICE_GAP, chosen=chosen)
            for label, chosen in made[start : start + columns]
        ]
        if columns == 1:
            parts += row[0]
        else:
            parts.append(_beside(tuple(parts_of[0] for parts_of in row), wide))
    return tuple(parts)


def _columns(labels: list[str], style: Style, width: float) -> int:
    """Return how many choices stand beside each other, each on one line; at least one.

    A short scale stands in one line where it fits; of other choices at most four.
    """
    widest = max(style.width(label) for label in labels) + _CHOICE_INDENT + 1
    if any("\n" in label for label in labels):
        return 1
    fitting = int((width + _CHOICE_GAP) / (widest + _CHOICE_GAP))
    if len(labels) <= min(fitting, _MOST_ON_SCALE):
        return len(labels)
    return max(1, min(fitting, _MOST_CHOICE_COLUMNS))


def _choice(
    sheet: Sheet, listed: Node, label: str, style: Style, width: float, *, chosen: bool
) -> tuple[Part, ...]:
    item = listed.add("LI")
    mark = item.add("Lbl", alt=sheet.press.say("chosen" if chosen else "not_chosen"))
    first, *rest = text_parts(
        item.add("LBody"), label, style, width - _CHOICE_INDENT, _CHOICE_INDENT
    )
    ink = sheet.press.inks.ink

    def paint(pen: Pen, x: float, top: float) -> None:
        low = baseline(top, style) - 0.8
        box = (x + 0.5, low, _TICK_BOX, _TICK_BOX)
        pen.box(box, fill="#ffffff", edge=ink, radius=1, thick=0.8, node=mark)
        if chosen:
            tick = [(x + 2.2, low + 4.2), (x + 3.9, low + 2.2), (x + 6.9, low + 6.2)]
            pen.path(tick, ink, 1.5, mark)
        first.paint(pen, x, top)

    return (Part(first.height, paint), *rest)


def _beside(parts: tuple[Part, ...], wide: float) -> Part:
    def paint(pen: Pen, x: float, top: float) -> None:
        for number, part in enumerate(parts):
            part.paint(pen, x + number * wide, top)

    return Part(max(part.height for part in parts), paint)
