"""Draws on pages and tells the logical tree what was drawn where.

Every stroke and letter is either part of a ``Node`` or an artifact (``None``):
nothing on the page is untagged. Coordinates are PDF points from the bottom left.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib import pagesizes
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from leadapp.papers import faces
from leadapp.papers.tags import Mark, Node

PAGE_WIDTH, PAGE_HEIGHT = pagesizes.letter
_PLANE_ZERO = 0xFFFF
"""Readers drop a replacement text above this; its number is then what is read, too."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: face, size in points, distance of lines, colour."""

    face: str
    size: float
    leading: float
    ink: str

    def width(self, text: str) -> float:
        """Return how many points ``text`` takes."""
        return faces.width(text, self.face, self.size)


@dataclass(frozen=True, slots=True)
class HotSpot:
    """Where a figure stands: left, top, width, height in points from the page's top left."""

    page: int
    rect: tuple[float, float, float, float]
    measure_id: str
    column: str
    group: str
    name: str
    """What a screen reader says of it: "LEAD referrals, Oct, 9"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure not yet placed: what a hot spot says beside its place."""

    measure_id: str
    column: str = ""
    group: str = ""
    name: str = ""


@lru_cache(maxsize=64)
def _colour(ink: str) -> Color:
    found: Color = HexColor(ink)
    return found


class Pen:
    """One document being drawn, page after page."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._canvas = Canvas(
            self._bytes,
            pagesize=pagesizes.letter,
            invariant=1,
            pageCompression=1,
            initialFontName=faces.REGULAR,  # type: ignore[arg-type]  # stub says float; it is a name
        )
        self._open: Node | None = None
        self._is_open = False
        self.ghost = False
        """While set, everything drawn is an artifact: a repeated table head."""
        self.marks: list[list[Node]] = [[]]
        """For each page, the node of each marked piece."""
        self.spots: list[HotSpot] = []
        self.headings: list[tuple[int, str, int, float]] = []
        """Level, words, page, top: the bookmarks."""

    @property
    def page(self) -> int:
        """Return the number of the page being drawn, from 0."""
        return len(self.marks) - 1

    def _mark(self, node: Node | None) -> None:
        """Go on inside ``node``: pieces that follow each other share one mark."""
        node = None if self.ghost else node
        if self._is_open and node is self._open:
            return
        self._close()
        if node is None:
            self._emit("/Artifact BMC")
        else:
            number = len(self.marks[-1])
            self.marks[-1].append(node)
            node.kids.append(Mark(self.page, number))
            self._emit(f"/{node.kind} <</MCID {number}>> BDC")
        self._open, self._is_open = node, True

    def _close(self) -> None:
        if self._is_open:
            self._emit("EMC")
        self._is_open = False

    def _emit(self, operator: str) -> None:
        # reportlab has no public door for marked content; its page code is a list of operators
        code: list[str] = self._canvas.__dict__["_code"]
        code.append(operator)

    def next_page(self) -> None:
        """End this page and begin another."""
        self._close()
        self._canvas.showPage()
        self.marks.append([])

    def text(self, node: Node | None, x: float, y: float, text: str, style: Style) -> None:
        """Write ``text`` with its baseline starting at ``x``, ``y``."""
        if not text:
            return
        self._mark(node)
        self._canvas.setFillColor(_colour(style.ink))
        self._canvas.setFont(style.face, style.size)
        if all(faces.has_picture(style.face, letter) for letter in text):
            self._canvas.drawString(x, y, text)
        else:
            self._text_with_stand_ins(x, y, text, style)

    def _text_with_stand_ins(self, x: float, y: float, text: str, style: Style) -> None:
        for known, run in _runs(text, style.face):
            if known:
                self._canvas.drawString(x, y, run)
            elif ord(run) > _PLANE_ZERO:
                self._canvas.drawString(x, y, faces.stand_in(run))
            else:
                spelled = run.encode("utf-16-be").hex().upper()
                self._emit(f"/Span <</ActualText <FEFF{spelled}>>> BDC")
                self._canvas.drawString(x, y, faces.stand_in(run))
                self._emit("EMC")
            x += style.width(run)

    def right(self, node: Node | None, x: float, y: float, text: str, style: Style) -> None:
        """Write ``text`` so that it ends at ``x``."""
        self.text(node, x - style.width(text), y, text, style)

    def line(
        self, x: float, y: float, to_x: float, to_y: float, ink: str, thick: float = 0.5
    ) -> None:
        """Draw a rule; never part of the logical tree."""
        self._mark(None)
        self._canvas.setStrokeColor(_colour(ink))
        self._canvas.setLineWidth(thick)
        self._canvas.line(x, y, to_x, to_y)

    def box(
        self,
        rect: tuple[float, float, float, float],
        *,
        fill: str = "",
        edge: str = "",
        radius: float = 0,
        thick: float = 0.75,
        node: Node | None = None,
    ) -> None:
        """Draw a rectangle (x, y, width, height), filled, edged or both."""
        self._mark(node)
        if fill:
            self._canvas.setFillColor(_colour(fill))
        if edge:
            self._canvas.setStrokeColor(_colour(edge))
            self._canvas.setLineWidth(thick)
        x, y, wide, high = rect
        self._canvas.roundRect(x, y, wide, high, radius, stroke=bool(edge), fill=bool(fill))

    def path(
        self,
        points: list[tuple[float, float]],
        ink: str,
        thick: float,
        node: Node | None = None,
    ) -> None:
        """Draw a line through ``points`` with round ends."""
        self._mark(node)
        self._canvas.setStrokeColor(_colour(ink))
        self._canvas.setLineWidth(thick)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setLineCap(0)
        self._canvas.setLineJoin(0)

    def slanted(self, text: str, style: Style, degrees: float) -> None:
        """Write ``text`` large across the middle of the page, as an artifact."""
        self._mark(None)
        self._canvas.saveState()
        self._canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self._canvas.rotate(degrees)
        self._canvas.setFillColor(_colour(style.ink))
        self._canvas.setFont(style.face, style.size)
        self._canvas.drawString(-style.width(text) / 2, -style.size * 0.35, text)
        self._canvas.restoreState()

    def picture(self, node: Node, drawing: Drawing, x: float, y: float) -> None:
        """Draw a chart with its bottom left at ``x``, ``y``."""
        self._mark(node)
        node.box = (x, y, x + drawing.width, y + drawing.height)
        renderPDF.draw(drawing, self._canvas, x, y)

    def image(self, node: Node, data: bytes, box: tuple[float, float, float, float]) -> None:
        """Draw a PNG or JPEG into ``box``: left, bottom, width, height."""
        self._mark(node)
        left, low, wide, high = box
        node.box = (left, low, left + wide, low + high)
        self._canvas.drawImage(ImageReader(io.BytesIO(data)), left, low, wide, high)

    def hot(self, spot: Spot, x: float, top: float, wide: float, high: float) -> None:
        """Note that a figure stands here."""
        if spot.measure_id and not self.ghost:
            rect = (round(x, 2), round(PAGE_HEIGHT - top, 2), round(wide, 2), round(high, 2))
            self.spots.append(
                HotSpot(self.page, rect, spot.measure_id, spot.column, spot.group, spot.name)
            )

    def heading(self, level: int, words: str, top: float) -> None:
        """Note a bookmark at ``top`` of this page."""
        if not self.ghost:
            self.headings.append((level, words, self.page, top))

    def end(self) -> bytes:
        """Return the document as reportlab writes it, not yet tagged."""
        self._close()
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()


def _runs(text: str, face: str) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    for letter in text:
        known = faces.has_picture(face, letter)
        if known and found and found[-1][0]:
            found[-1] = (True, found[-1][1] + letter)
        else:
            found.append((known, letter))
    return found
