"""Lucide icons in any colour and size, kept once drawn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from leadapp.core.errors import Bug

_STROKE = 'stroke-width="2"'


class Icons:
    """Draws the SVG files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Return the icon as ``size`` logical pixels square for a screen of ``ratio``."""
        key = (name, colour, size, ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._draw(name, colour, size, ratio)
        return found

    def icon(self, name: str, colour: str, size: int, off: str | None = None) -> QIcon:
        """Return a QIcon sharp at 100, 150 and 200 % scaling."""
        icon = QIcon()
        for ratio in (1.0, 1.5, 2.0):
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
            if off is not None:
                icon.addPixmap(self.pixmap(name, off, size, ratio), QIcon.Mode.Disabled)
        return icon

    def forget(self) -> None:
        """Drop what was drawn; after a change of mode most of it is of no use."""
        self._drawn.clear()

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        pixels = max(1, round(size * ratio))
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        stroke = "1.9" if size >= 16 else "2.3"
        svg = _read(self._folder / f"{name}.svg").replace("currentColor", colour)
        renderer = QSvgRenderer(
            QByteArray(svg.replace(_STROKE, f'stroke-width="{stroke}"').encode())
        )
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


@lru_cache(maxsize=256)
def _read(file: Path) -> str:
    if not file.is_file():
        raise Bug("ui.icon_missing", icon=file.stem)
    return file.read_text("utf-8")
