"""Pages of a PDF as pixels for the screen. Any lane but the window's."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.preview import Preview


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn: four bytes a pixel (RGBA), rows from the top, without gaps."""

    page: int
    scale: float
    width: int
    height: int
    rgba: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page in points."""
    with Preview(pdf) as preview:
        return tuple(preview.size(page) for page in range(preview.pages))


def draw_page(pdf: bytes, page: int, scale: float) -> PagePicture:
    """Return ``page`` (from 0); ``scale`` 1.0 is 72 pixels an inch."""
    with Preview(pdf) as preview:
        raster = preview.draw(page, scale)
    return PagePicture(page, scale, raster.width, raster.height, raster.rgba)
