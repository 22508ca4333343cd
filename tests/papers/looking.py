"""What a test sees on a page: the words inside a rectangle, the sizes of letters."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

PAGE_HEIGHT = 792


def squeezed(text: str) -> str:
    """Return ``text`` without spaces, and hyphens at line ends as hyphens."""
    return "".join(text.replace("\x02", "-").replace("￾", "-").split())


def words_between(pdf: bytes, tops: list[float], bottom: float) -> str:
    """Return the squeezed text below ``tops`` (first page, later pages) and above ``bottom``."""
    document = PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        top = tops[0] if number == 0 else tops[1]
        found.append(text.get_text_bounded(left=0, right=612, top=top, bottom=bottom))
        text.close()
        page.close()
    document.close()
    return squeezed("".join(found))


def words_at(pdf: bytes, page_number: int, rect: tuple[float, float, float, float]) -> str:
    """Return the squeezed text inside ``rect`` (left, top, width, height from the top left)."""
    document = PdfDocument(pdf)
    page = document[page_number]
    text = page.get_textpage()
    left, top, wide, high = rect
    found = text.get_text_bounded(
        left=left, right=left + wide, top=PAGE_HEIGHT - top, bottom=PAGE_HEIGHT - top - high
    )
    text.close()
    page.close()
    document.close()
    return squeezed(found)


def smallest_letter(pdf: bytes) -> float:
    """Return the size in points of the smallest letter of the document."""
    document = PdfDocument(pdf)
    sizes = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if pdfium.FPDFText_GetUnicode(text, at) > ord(" "):
                size = pdfium.FPDFText_GetFontSize(text, at)
                sizes.append(size)
        text.close()
        page.close()
    document.close()
    return min(sizes)


def pictures_in(pdf: bytes) -> int:
    """Return how many different pictures the pages of a PDF hold."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len({name for page in opened.pages for name in page.get_images()})
