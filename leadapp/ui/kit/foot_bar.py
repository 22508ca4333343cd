"""The bar of buttons under a page or tab: it never scrolls, and no toast covers it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.ui.theme import theme


class FootBar(QWidget):
    """``FootBar(side=20)``; add buttons to ``bar.row``."""

    def __init__(self, *, side: int = 20) -> None:
        super().__init__()
        look = theme()
        self.setProperty("kind", "foot")  # what the window's toast stays clear of
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look.px(side), look.px(8), look.px(side), look.px(8))
        self.row.setSpacing(look.px(8))
