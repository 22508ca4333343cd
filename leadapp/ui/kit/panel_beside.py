"""A list with one panel beside it: under it where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.ui.theme import theme

_ANY_WIDTH = 16_777_215


class PanelBeside(QWidget):
    """``PanelBeside(table, head=[add_button], side=340)``; ``put(panel)`` shows one at the right.

    Below ``below`` logical pixels of its own width the panel stands under the list.
    """

    def __init__(
        self, listed: QWidget, *, head: Sequence[QWidget] = (), side: int, below: int = 860
    ) -> None:
        super().__init__()
        look = theme()
        self._side_width, self._below = side, below
        self.panel: QWidget | None = None
        """What is open at the right."""
        left = QVBoxLayout()
        left.setSpacing(look.px(10))
        if head:
            buttons = QHBoxLayout()
            for one in head:
                buttons.addWidget(one)
            buttons.addStretch(1)
            left.addLayout(buttons)
        left.addWidget(listed, 1)
        self._side = QWidget()
        self._column = QVBoxLayout(self._side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(12))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(12))
        self._row.addLayout(left, 1)
        self._row.addWidget(self._side)

    @property
    def has_room(self) -> bool:
        """Whether the panel stands beside the list."""
        return self.width() >= theme().px(self._below)

    def put(self, panel: QWidget | None) -> None:
        """Show ``panel`` in place of what is open."""
        before, self.panel = self.panel, panel
        if panel is not None:
            self._column.insertWidget(0, panel)
            panel.show()  # at once, so that it can take the focus
        if before is not None:
            before.hide()
            before.deleteLater()

    def keep_under(self, widget: QWidget | None = None) -> None:
        """Leave ``widget`` under every panel; without one, only room."""
        if widget is not None:
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def set_side(self, width: int) -> None:
        """Give the panel another width."""
        self._side_width = width
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel under the list where there is no room beside it."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        beside, width = self.has_room, theme().px(self._side_width)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._side.setMaximumWidth(width if beside else _ANY_WIDTH)
        self._side.setMinimumWidth(width if beside else 0)
