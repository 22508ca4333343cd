"""Strokes shared by the painted widgets: boxes, icons, key caps, ticks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen

from leadapp.ui.theme import theme

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def draw_box(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: str | None = None,
    edge: str | None = None,
    width: float = 1.0,
    radius: float | None = None,
) -> None:
    """Draw a rounded box whose edge lies wholly inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme().colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().colour(edge), width) if edge else Qt.PenStyle.NoPen)
    half = width / 2 if edge else 0.0
    corner = theme().tokens.radius.control if radius is None else radius
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), corner, corner)


def draw_icon(painter: QPainter, icon: str, tone: str, rect: QRect | QRectF) -> None:
    """Draw a Lucide icon in the colour of ``tone``, filling ``rect``."""
    area = QRectF(rect)
    ratio = painter.device().devicePixelRatio()
    pixmap = theme().pixmap(icon, tone, round(area.width()), float(ratio))
    painter.drawPixmap(QPointF(area.x(), area.y()), pixmap)


def draw_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    tone: str,
    font: QFont | None = None,
    align: Qt.AlignmentFlag = LEFT,
    wrap: bool = False,
) -> None:
    """Draw one line cut with an ellipsis at need, or several lines where ``wrap``."""
    if font is not None:
        painter.setFont(font)
    painter.setPen(theme().colour(tone))
    area = QRectF(rect)
    if wrap:
        flags = int(align.value) | int(Qt.TextFlag.TextWordWrap.value)
        painter.drawText(area, flags, text)
        return
    cut = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, max(0, int(area.width()) + 1)
    )
    painter.drawText(area, int(align.value), cut)


def wrapped_height(font: QFont, text: str, width: int) -> int:
    """Return how high ``text`` is when wrapped to ``width``."""
    box = QFontMetrics(font).boundingRect(
        QRect(0, 0, max(1, width), 10_000), int(Qt.TextFlag.TextWordWrap.value), text
    )
    return box.height()


def key_cap_width(text: str) -> int:
    """Return how wide the key cap for ``text`` is; 0 for no text."""
    if not text:
        return 0
    look = theme()
    font = look.font(look.tokens.type.cap, 600)
    return QFontMetrics(font).horizontalAdvance(text) + look.px(12)


def draw_key_cap(
    painter: QPainter, right_middle: QPointF, text: str, *, tone: str, edge: str
) -> None:
    """Draw a key cap whose right edge's middle is at ``right_middle``."""
    look = theme()
    width, height = key_cap_width(text), look.px(19)
    rect = QRectF(right_middle.x() - width, right_middle.y() - height / 2, width, height)
    rect.moveTop(round(rect.top()))
    draw_box(painter, rect, edge=edge)
    font = look.font(look.tokens.type.cap, 600)
    draw_text(painter, rect, text, tone=tone, font=font, align=CENTRE)


def draw_check(painter: QPainter, rect: QRectF, *, on: bool, enabled: bool = True) -> None:
    """Draw a check box."""
    if not on:
        edge = "line_strong" if enabled else "line"
        draw_box(painter, rect, fill="surface" if enabled else "disabled_bg", edge=edge)
        return
    draw_box(painter, rect, fill="primary" if enabled else "disabled")
    inset = rect.width() * 0.16
    draw_tick(painter, rect.adjusted(inset, inset, -inset, -inset), "on_primary")


def draw_tick(painter: QPainter, rect: QRectF, tone: str) -> None:
    """Draw a bold tick that fills ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme().colour(tone), max(1.8, rect.width() * 0.15))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    path = QPainterPath()
    path.moveTo(rect.x() + rect.width() * 0.12, rect.y() + rect.height() * 0.54)
    path.lineTo(rect.x() + rect.width() * 0.38, rect.y() + rect.height() * 0.80)
    path.lineTo(rect.x() + rect.width() * 0.88, rect.y() + rect.height() * 0.22)
    painter.strokePath(path, pen)


def draw_radio(painter: QPainter, rect: QRectF, *, on: bool, enabled: bool = True) -> None:
    """Draw a radio mark."""
    half = rect.width() / 2
    if not on:
        draw_box(painter, rect, fill="surface", edge="line_strong", radius=half)
        return
    draw_box(painter, rect, fill="primary" if enabled else "disabled", radius=half)
    inset = rect.width() * 0.32
    inner = rect.adjusted(inset, inset, -inset, -inset)
    draw_box(painter, inner, fill="on_primary", radius=inner.width() / 2)
