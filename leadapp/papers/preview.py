"""Pages as pixels, for the screen: raw RGBA, so that no window toolkit is needed here.

PDFium is not safe in several threads at once; every call takes one lock.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError

from leadapp.core.errors import Damage

PDFIUM = threading.RLock()
"""Held around every use of PDFium in the program."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture: ``rgba`` holds four bytes a pixel, rows from the top, without gaps."""

    width: int
    height: int
    rgba: bytes


class Preview:
    """An open document whose pages can be drawn at any scale; close it, or use ``with``."""

    def __init__(self, pdf: bytes) -> None:
        """Open ``pdf``; Damage when it is not one."""
        with PDFIUM:
            try:
                self._document = PdfDocument(pdf)
            except PdfiumError as cause:
                raise Damage("papers.not_a_pdf") from cause
            self.pages: int = len(self._document)

    def __enter__(self) -> Preview:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the document."""
        with PDFIUM:
            self._document.close()

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of ``page`` (from 0) in points."""
        with PDFIUM:
            width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def draw(self, page: int, scale: float) -> Raster:
        """Return ``page`` (from 0); ``scale`` 1.0 is 72 pixels an inch."""
        with PDFIUM:
            opened = self._document[page]
            try:
                bitmap = opened.render(
                    scale=scale,
                    rev_byteorder=True,
                    force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
                )
                return _packed(bitmap)
            finally:
                opened.close()


def _packed(bitmap: pypdfium2.PdfBitmap) -> Raster:
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    bitmap.close()
    if stride != width * 4:
        raw = b"".join(raw[y * stride : y * stride + width * 4] for y in range(height))
    return Raster(width, height, raw)
