"""Where one signs: with the mouse, a finger or a pen. What is drawn is a small picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_text
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

WIDE, HIGH = 720, 216
"""Pixels of the picture, whatever the size on the screen."""
_THICK = 4.0
_HEIGHT = 118


class SignaturePad(QWidget):
    """``signed`` after each stroke; ``picture`` is what stands there now."""

    signed = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._under: QImage | None = None
        self._strokes: list[QPainterPath] = []
        self._drawing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        return self._under is None and not self._strokes

    def picture(self) -> QImage:
        """Return black strokes on white."""
        image = QImage(WIDE, HIGH, QImage.Format.Format_Grayscale8)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QColor("black"), under=True)
        painter.end()
        return image

    def show_picture(self, picture: QImage | None) -> None:
        """Show what was signed before, or nothing."""
        self._strokes.clear()
        self._under = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for a name."""
        return QSize(theme().px(380), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A signature needs some width."""
        return QSize(theme().px(220), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the stroke."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws as the mouse does, with all its points."""
        match event.type():
            case QTabletEvent.Type.TabletPress:
                self._begin(event.position())
            case QTabletEvent.Type.TabletMove:
                self._go_on(event.position())
            case QTabletEvent.Type.TabletRelease:
                self._end()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the line to sign on, and what was signed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        look = theme()
        edge = "focus" if self.hasFocus() else "line_strong"
        draw_box(painter, rect, fill="surface" if self.isEnabled() else "disabled_bg", edge=edge)
        low = rect.height() * 0.74
        painter.setPen(QPen(look.colour("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(look.px(16), low), QPointF(rect.width() - look.px(16), low))
        if self.is_blank:
            here = tr("Sign here with mouse, finger or pen")
            words = here if self.isEnabled() else tr("Signed on paper")
            font = look.font(look.measures(self).body)
            draw_text(painter, rect, words, tone="text2", font=font, align=CENTRE)
            return
        painter.save()
        area = self._area()
        painter.translate(area.topLeft())
        painter.scale(area.width() / WIDE, area.height() / HIGH)
        if self._under is not None:
            painter.drawImage(QRectF(0, 0, WIDE, HIGH), _inked(self._under, look.colour("text")))
        self._draw(painter, look.colour("text"), under=False)
        painter.restore()

    def _draw(self, painter: QPainter, ink: QColor, *, under: bool) -> None:
        if under and self._under is not None:
            painter.drawImage(QRectF(0, 0, WIDE, HIGH), self._under)
        pen = QPen(ink, _THICK, Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(stroke)

    def _area(self) -> QRectF:
        """Return where the picture stands, in its own proportions."""
        inside = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        scale = min(inside.width() / WIDE, inside.height() / HIGH)
        area = QRectF(0, 0, WIDE * scale, HIGH * scale)
        area.moveCenter(inside.center())
        return area

    def _point(self, at: QPointF) -> QPointF:
        area = self._area()
        x = (at.x() - area.left()) * WIDE / area.width()
        y = (at.y() - area.top()) * HIGH / area.height()
        return QPointF(min(max(x, 2.0), WIDE - 2.0), min(max(y, 2.0), HIGH - 2.0))

    def _begin(self, at: QPointF) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drawing = True
        point = self._point(at)
        path = QPainterPath(point)
        path.lineTo(point + QPointF(0.1, 0.1))
        self._strokes.append(path)
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._drawing:
            self._strokes[-1].lineTo(self._point(at))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.signed.emit()


def _inked(picture: QImage, ink: QColor) -> QImage:
    """Return black on white as ``ink`` on nothing, so that it is seen at night too."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.invertPixels()
    found = QImage(grey.size(), QImage.Format.Format_ARGB32)
    found.fill(ink)
    found.setAlphaChannel(grey)
    return found
