"""The row over the page: which page it is, how large, and the numbers beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class PageTools(QWidget):
    """``turned`` by so many pages, ``zoomed`` by so many steps (0 fits)."""

    turned = Signal(int)
    zoomed = Signal(int)

    def __init__(self, drawer: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        self._before = IconButton("chevron-left", tr("Page before"), key="PgUp")
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after = IconButton("chevron-right", tr("Next page"), key="PgDown")
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self.where = Label("", role="table", bold=True)
        self._dimmed = Label(tr("Dimmed for night"), role="caption", tone="text2")
        self._size = Label(tr("Fit page"), role="table")
        smaller = IconButton("zoom-out", tr("Smaller"), key="-")
        smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        larger = IconButton("zoom-in", tr("Larger"), key="+")
        larger.clicked.connect(lambda: self.zoomed.emit(1))
        fit = IconButton("maximize", tr("Fit page"), key="0")
        fit.clicked.connect(lambda: self.zoomed.emit(0))
        for widget in (self._before, self.where, self._after):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._dimmed)
        for tool in (smaller, self._size, larger, fit, drawer):
            row.addWidget(tool)

    def say_page(self, at: int, pages: int) -> None:
        """Say which page is shown, the first being 0."""
        self.where.setText(tr("Page {page} of {pages}", page=at + 1, pages=pages))
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at < pages - 1)

    def say_no_page(self) -> None:
        """Say that there is none."""
        self.where.setText(tr("No page"))
        for button in (self._before, self._after):
            button.setEnabled(False)

    def say_size(self, words: str) -> None:
        """Say how large the page is."""
        self._size.setText(words or tr("Fit page"))

    def say_dimmed(self) -> None:
        """Say at night that the page is dimmed."""
        self._dimmed.setVisible(theme().night)
