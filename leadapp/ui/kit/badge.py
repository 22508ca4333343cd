"""A small word on a tint: a status in words, with an icon when it warns."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.theme import theme

Tone = Literal["tint", "ok", "warn", "err", "part2", "neutral"]
_FILL: dict[Tone, str] = {
    "tint": "tint",
    "ok": "ok_bg",
    "warn": "warn_bg",
    "err": "err_bg",
    "part2": "part2_bg",
    "neutral": "neutral_bg",
}
_INK: dict[Tone, str] = {
    "tint": "link",
    "ok": "ok",
    "warn": "warn",
    "err": "err",
    "part2": "part2",
    "neutral": "neutral",
}


def badge_font() -> QFont:
    """Return the font of a badge."""
    return theme().font(theme().tokens.type.cap, 600)


def badge_size(text: str, icon: str | None) -> QSize:
    """Return the size of a badge, also for delegates."""
    look = theme()
    width = QFontMetrics(badge_font()).horizontalAdvance(text) + look.px(16)
    return QSize(width + (look.px(18) if icon else 0), look.px(22))


def draw_badge(
    painter: QPainter, rect: QRectF, text: str, tone: Tone, icon: str | None = None
) -> None:
    """Draw a badge that fills ``rect``."""
    look = theme()
    draw_box(painter, rect, fill=_FILL[tone])
    x = rect.x() + look.px(8)
    if icon:
        size = look.px(14)
        top = rect.y() + (rect.height() - size) / 2
        draw_icon(painter, icon, _INK[tone], QRectF(x, round(top), size, size))
        x += look.px(18)
    area = QRectF(x, rect.y(), rect.right() - x - look.px(4), rect.height())
    draw_text(painter, area, text, tone=_INK[tone], font=badge_font())


class Badge(QWidget):
    """``Badge("Consent ended", tone="err", icon="circle-alert")``."""

    def __init__(
        self,
        text: str,
        *,
        tone: Tone = "neutral",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone: Tone = tone
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str, *, tone: Tone | None = None, icon: str | None = None) -> None:
        """Say something else."""
        self._text, self._tone, self._icon = text, tone or self._tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the badge."""
        return badge_size(self._text, self._icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        draw_badge(QPainter(self), QRectF(self.rect()), self._text, self._tone, self._icon)
