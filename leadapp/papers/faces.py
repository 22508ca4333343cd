"""The typefaces of every paper, and how wide a text is in them.

Public Sans for words, its tabular cut for figures in columns. A letter a face has
no picture for is shown by its code point, so that nothing vanishes unseen.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from leadapp.core.errors import Bug

REGULAR = "PublicSans-Regular"
MEDIUM = "PublicSans-Medium"
SEMIBOLD = "PublicSans-SemiBold"
BOLD = "PublicSans-Bold"
ITALIC = "PublicSans-Italic"
FIGURE = "PublicSansTabular-Regular"
FIGURE_SEMIBOLD = "PublicSansTabular-SemiBold"
FIGURE_BOLD = "PublicSansTabular-Bold"
ALL = (REGULAR, MEDIUM, SEMIBOLD, BOLD, ITALIC, FIGURE, FIGURE_SEMIBOLD, FIGURE_BOLD)


def load_faces(folder: Path) -> None:
    """Make the faces in ``folder`` (``resources/fonts``) known; harmless when done before."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name in ALL:
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


@lru_cache(maxsize=len(ALL))
def _widths(face: str) -> dict[int, float]:
    font = pdfmetrics.getFont(face)
    if not isinstance(font, TTFont):
        raise Bug("papers.face_not_loaded", face=face)
    found: dict[int, float] = font.face.charWidths
    return found


def has_picture(face: str, letter: str) -> bool:
    """Return whether ``face`` can show ``letter``."""
    return ord(letter) in _widths(face)


def stand_in(letter: str) -> str:
    """Return what is shown for a letter without a picture: its code point."""
    return f"[U+{ord(letter):04X}]"


def width(text: str, face: str, size: float) -> float:
    """Return how many points ``text`` takes."""
    widths = _widths(face)
    try:
        total = sum([widths[ord(letter)] for letter in text])
    except KeyError:
        total = sum(_shown_width(widths, letter) for letter in text)
    return total * size / 1000


def _shown_width(widths: dict[int, float], letter: str) -> float:
    if ord(letter) in widths:
        return widths[ord(letter)]
    return sum(widths[ord(shown)] for shown in stand_in(letter))


def without_picture(text: str, face: str = REGULAR) -> int:
    """Return how many letters of ``text`` are shown by their code point."""
    widths = _widths(face)
    return sum(1 for letter in text if ord(letter) not in widths and letter not in "\n\t")
