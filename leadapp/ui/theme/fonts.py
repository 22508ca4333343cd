"""Loads Public Sans from the resources and makes fonts of it in pixels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Public Sans"
_FILES = "PublicSans-*.ttf"
_TABULAR = QFont.Tag("tnum")


def load_fonts(folder: Path) -> None:
    """Make the family known to Qt; nothing is taken from the computer's own fonts."""
    for file in sorted(folder.glob(_FILES)):
        QFontDatabase.addApplicationFont(str(file))


def make_font(pixels: int, weight: int = 400, *, tabular: bool = False) -> QFont:
    """Return Public Sans of ``pixels`` height; ``tabular`` for right-aligned columns."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        font.setFeature(_TABULAR, 1)
    return font
