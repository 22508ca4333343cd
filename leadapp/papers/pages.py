"""Rows laid over pages, with the head, the foot and the marks every page carries.

US letter. Every page says what class of copy it is, who printed it and when, and
which page of how many it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadapp.core.errors import Bug
from leadapp.papers import faces
from leadapp.papers.blocks import Row, baseline
from leadapp.papers.mark import draw_mark
from leadapp.papers.pen import PAGE_HEIGHT, PAGE_WIDTH, Pen, Style
from leadapp.papers.press import Press
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable, wrap

MARGIN = 44.0
TOP = 36.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
FOOT = 62.0
"""Height kept free at the bottom for the foot."""
_HEAD_TALL = 44.0
_HEAD_ONE_LINE = 26.0
_TITLE_X = 38.5
_NOTICE_GAP = 9.0
_FOOT_LINES = (34.5, 23.5, 12.5)
_LEAST_PIECE = 40.0
"""A row is cut only where at least this much of it fits."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the content of a paper."""

    program_name: str
    title: str
    right_lines: tuple[str, ...]
    """At most two lines beside the title."""
    copy_words: str
    """The class of the copy: "Internal copy"."""
    printed_by: str
    printed_at: datetime
    foot_words: tuple[str, ...] = ()
    """Said in the foot after the program's name: report and version, check code."""
    notice: str = ""
    """A disclosure notice for each page."""
    watermark: str | None = None
    pinned: Row | None = None
    """A row at the foot of page one: the line to sign."""


@dataclass(slots=True)
class _Page:
    placed: list[tuple[Row, float, bool]] = field(default_factory=list)
    """Row, its top, and whether it is a repeated head."""


def lay_out(
    rows: Sequence[Row], first_top: float, first_bottom: float, later_top: float
) -> list[_Page]:
    """Return pages with every row of ``rows`` placed; tall rows are cut between their parts."""
    pages = [_Page()]
    y, bottom = first_top, first_bottom
    waiting = list(reversed(rows))
    while waiting:
        row = waiting.pop()
        page = pages[-1]
        above = row.above if page.placed else 0
        room = y - above - bottom
        must_turn = row.new_page and any(not ghost for _, _, ghost in page.placed)
        if not must_turn and _needed(row, waiting) <= room:
            page.placed.append((row, y - above, False))
            y -= above + row.height
            continue
        cut = None if must_turn or row.keep or room < _LEAST_PIECE else row.split(room)
        fresh = not any(not ghost for _, _, ghost in page.placed)
        if cut is None and fresh and row.height <= room:  # a chain of heads longer than a page
            page.placed.append((row, y - above, False))
            y -= above + row.height
            continue
        if cut is None and fresh:
            cut = row.split(room)
            if cut is None:
                raise Bug("papers.part_taller_than_page")
        if cut is not None:
            upper, lower = cut
            page.placed.append((upper, y - above, False))
            waiting.append(lower)
        else:
            waiting.append(row)
        y, bottom = later_top, FOOT
        pages.append(_Page())
        y = _repeat_heads(pages[-1], waiting[-1], y)
    return pages


def _repeat_heads(page: _Page, row: Row, y: float) -> float:
    for head in row.headers:
        page.placed.append((head, y, True))
        y -= head.height
    return y


def _needed(row: Row, waiting: list[Row]) -> float:
    """Return the room ``row`` asks for with what must stay with it."""
    total = row.height
    follower = len(waiting) - 1
    while row.keep and follower >= 0:
        row = waiting[follower]
        total += row.above + (row.height if row.keep else min(row.height, 2 * _LEAST_PIECE))
        follower -= 1
    return total


class Sheet:
    """A paper under way: its logical tree, its rows, its furniture."""

    def __init__(self, press: Press, furniture: Furniture) -> None:
        self.press = press
        self.furniture = furniture
        self.root = Node("Document")
        self._head = self.root.add("Sect")
        self.body = self.root.add("Sect")
        self.rows: list[Row] = []

    def draw(self) -> Pen:
        """Lay out and draw everything; return the pen with the undone document."""
        pen = Pen()
        pinned = self.furniture.pinned
        first_bottom = FOOT + self._notice_height() + (pinned.height if pinned else 0)
        first_top = PAGE_HEIGHT - TOP - self._head_height() - 1
        later_top = PAGE_HEIGHT - TOP - _HEAD_ONE_LINE - 6 - self._notice_height()
        pages = lay_out(self.rows, first_top - self._notice_height(), first_bottom, later_top)
        for number, page in enumerate(pages):
            if number:
                pen.next_page()
            self._draw_watermark(pen)
            if number:
                self._draw_line_head(pen)
            else:
                self._draw_head(pen)
            self._draw_notice(pen, later_top if number else first_top - self._notice_height())
            for row, top, ghost in page.placed:
                pen.ghost = ghost
                row.draw(pen, MARGIN, top)
                pen.ghost = False
            if pinned is not None and number == 0:
                pinned.draw(pen, MARGIN, FOOT + pinned.height)
            self._draw_foot(pen, number + 1, len(pages))
        return pen

    def style(self, face: str, size: float, ink: str = "", leading: float = 0) -> Style:
        """Return a style in the paper's colours."""
        return Style(face, size, leading or round(size * 1.32, 1), ink or self.press.inks.ink)

    def _draw_watermark(self, pen: Pen) -> None:
        if self.furniture.watermark:
            words = printable(self.furniture.watermark)
            style = self.style(faces.BOLD, 84, self.press.inks.tint)
            size = min(84.0, 84 * 640 / style.width(words))
            pen.slanted(words, self.style(faces.BOLD, size, self.press.inks.tint), 52)

    def _title_lines(self) -> tuple[list[str], Style]:
        """Return the title in one large line where it fits, else in smaller ones."""
        right = self.style(faces.REGULAR, 8)
        beside = max((right.width(line) for line in self.furniture.right_lines), default=0)
        room = WIDTH - _TITLE_X - beside - 16
        title = printable(self.furniture.title)
        for size in (16.0, 14.0, 12.0):
            style = self.style(faces.BOLD, size)
            if style.width(title) <= room:
                break
        return wrap(title, style.face, style.size, room), style

    def _head_height(self) -> float:
        lines, style = self._title_lines()
        return _HEAD_TALL + (len(lines) - 1) * style.leading

    def _draw_head(self, pen: Pen) -> None:
        made, inks = self.furniture, self.press.inks
        top = PAGE_HEIGHT - TOP
        draw_mark(pen, MARGIN, top - 28, 28, inks)
        small = self.style(faces.SEMIBOLD, 9.5, inks.ink2)
        right = self.style(faces.REGULAR, 8, inks.ink2)
        pen.text(
            self._head.add("P"), MARGIN + _TITLE_X, top - 11.6, printable(made.program_name), small
        )
        lines, style = self._title_lines()
        heading = self._head.add("H1")
        pen.heading(1, printable(made.title), top)
        for number, line in enumerate(lines):
            pen.text(heading, MARGIN + _TITLE_X, top - 27.6 - number * style.leading, line, style)
        for number, line in enumerate(made.right_lines):
            y = top - 12 - number * 10.6
            pen.right(self._head.add("P"), MARGIN + WIDTH, y, printable(line), right)
        rule = top + 7 - self._head_height()
        pen.line(MARGIN, rule, MARGIN + WIDTH, rule, inks.head, 2)

    def _draw_line_head(self, pen: Pen) -> None:
        made, inks = self.furniture, self.press.inks
        top = PAGE_HEIGHT - TOP
        bold = self.style(faces.SEMIBOLD, 9)
        light = self.style(faces.REGULAR, 8, inks.ink2)
        program = printable(made.program_name)
        title = _shortened(printable(made.title), bold, WIDTH - light.width(program) - 12)
        pen.text(None, MARGIN, top - 9, title, bold)
        pen.right(None, MARGIN + WIDTH, top - 9, program, light)
        pen.line(MARGIN, top - 16, MARGIN + WIDTH, top - 16, inks.head, 1)

    def _notice_lines(self) -> list[str]:
        if not self.furniture.notice:
            return []
        style = self.style(faces.SEMIBOLD, 8.5)
        return wrap(printable(self.furniture.notice), style.face, style.size, WIDTH - 24)

    def _notice_height(self) -> float:
        lines = self._notice_lines()
        return len(lines) * 11.5 + _NOTICE_GAP + 7 if lines else 0

    def _draw_notice(self, pen: Pen, content_top: float) -> None:
        lines = self._notice_lines()
        if not lines:
            return
        inks = self.press.inks
        high = len(lines) * 11.5 + 7
        bottom = content_top + _NOTICE_GAP
        style = self.style(faces.SEMIBOLD, 8.5, inks.part2, 11.5)
        pen.box((MARGIN, bottom, WIDTH, high), fill=inks.part2_bg)
        pen.box((MARGIN, bottom, 3, high), fill=inks.part2)
        node = None if pen.page else self._head.add("P")
        for number, line in enumerate(lines):
            y = baseline(bottom + high - 3.5 - number * 11.5, style)
            pen.text(node, MARGIN + 12, y, line, style)

    def _draw_foot(self, pen: Pen, page: int, pages: int) -> None:
        made, press = self.furniture, self.press
        light = self.style(faces.REGULAR, 8, press.inks.ink2)
        strong = self.style(faces.SEMIBOLD, 8, press.inks.ink)
        pen.line(MARGIN, 46, MARGIN + WIDTH, 46, press.inks.rule)
        number = press.say("page", page=page, pages=pages)
        pen.text(None, MARGIN, _FOOT_LINES[0], made.copy_words, strong)
        indent = strong.width(made.copy_words) + 8
        pen.right(None, MARGIN + WIDTH, _FOOT_LINES[0], number, strong)
        printed = press.say("printed", who=made.printed_by, when=press.moment(made.printed_at))
        said = "  |  ".join((press.say("app"), *made.foot_words))
        room = WIDTH - indent - strong.width(number) - 16
        lines = wrap(printable(printed), light.face, light.size, room)
        lines += wrap(printable(said), light.face, light.size, WIDTH)
        for count, (y, line) in enumerate(zip(_FOOT_LINES, lines, strict=False)):
            pen.text(None, MARGIN + (0 if count else indent), y, line, light)


def _shortened(text: str, style: Style, room: float) -> str:
    """Return ``text``, cut at a letter where a repeated head has no room for it."""
    if style.width(text) <= room:
        return text
    while text and style.width(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"
