"""A square button with an icon only, a name and a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_box, draw_icon
from leadapp.ui.kit.keycap import key_words
from leadapp.ui.theme import theme


class IconButton(QAbstractButton):
    """``IconButton("trash-2", "Remove row", key="Ctrl+Delete")``; ``plain`` has no edge."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        key: str | QKeySequence = "",
        plain: bool = False,
        tone: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._plain = plain
        self._tone = tone
        words = key_words(key)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({words})" if words else name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        """Change the icon."""
        self._icon_name = icon
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square of the control's height."""
        side = theme().px(theme().measures(self).control)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw edge and icon."""
        painter = QPainter(self)
        down = self.isDown() or self.isChecked()
        fill = "tint2" if down else "row_hover" if self.underMouse() else None
        if self._plain:
            if fill:
                draw_box(painter, self.rect(), fill=fill)
        else:
            edge = "line_strong" if self.isEnabled() else "line"
            draw_box(painter, self.rect(), fill=fill or "surface", edge=edge)
        size = theme().px(18)
        area = QRectF((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        draw_icon(painter, self._icon_name, self._tone if self.isEnabled() else "disabled", area)
