"""One page of a report as a picture, with its numbers as buttons upon it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from leadapp.services.previewing import PagePicture
from leadapp.ui.kit.drawing import draw_box
from leadapp.ui.theme import theme

DIMMED = 0.7
_MARGIN = 8
_STEP = 1.2
_LARGEST = 4.0
_READABLE = 0.58


@dataclass(frozen=True, slots=True)
class Spot:
    """A number on a page: where (points from the top left), and what it is."""

    page: int
    rect: tuple[float, float, float, float]
    measure: str
    column: str
    group: str
    name: str


class SpotButton(QAbstractButton):
    """A number one can press; seen when the mouse or the focus is on it, or it is open."""

    def __init__(self, spot: Spot, parent: QWidget) -> None:
        super().__init__(parent)
        self.spot = spot
        self.setCheckable(True)
        self.setAccessibleName(spot.name)
        self.setToolTip(spot.name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return where it was put; the page gives it its place."""
        return self.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw an edge; the number itself is on the page."""
        if not (self.isChecked() or self.underMouse() or self.hasFocus()):
            return
        painter = QPainter(self)
        if self.isChecked():
            ground = QColor(theme().colour("primary"))
            ground.setAlpha(34)
            painter.fillRect(self.rect(), ground)
        width = 2.0 if self.isChecked() else 1.0
        draw_box(painter, self.rect(), edge="focus", width=width, radius=3)


class _Sheet(QWidget):
    """The picture, as large as the scale says."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = self.rect().adjusted(0, 0, -1, -1)
        painter.setOpacity(DIMMED if theme().night else 1.0)
        if self.pixmap.isNull():
            painter.fillRect(self.rect(), theme().colour("sunken"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(self.rect()), self.pixmap, QRectF(self.pixmap.rect()))
        painter.setOpacity(1.0)
        painter.setPen(theme().colour("line_strong"))
        painter.drawRect(edge)


class PageView(QScrollArea):
    """``show_page(number, size, spots)``, then ``show_picture`` when it has been drawn.

    ``scale_wanted`` asks for a picture; zoom is kept from page to page.
    """

    opened = Signal(object)
    """The ``Spot`` that was pressed."""

    scale_wanted = Signal(int, float)
    """Draw this page at this scale, in device pixels a point."""

    zoom_changed = Signal(str)
    """How large the page is, in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._sheet = _Sheet()
        self._sheet.hide()
        self.setWidget(self._sheet)
        self._size = (612.0, 792.0)
        self._page = 0
        self._zoom = 0.0
        """Points to logical pixels; 0 fits the page into view."""
        self.spots: list[SpotButton] = []

    @property
    def scale(self) -> float:
        """Return logical pixels a point; in a low window the page fits by its width alone."""
        if self._zoom:
            return self._zoom
        width, height = self._size
        room = self.viewport().size()
        whole = min((room.width() - _MARGIN) / width, (room.height() - _MARGIN) / height)
        if whole >= _READABLE:
            return whole
        return max(0.2, min(1.0, (room.width() - 2 * _MARGIN) / width))

    def show_page(self, page: int, size: tuple[float, float], spots: Sequence[Spot]) -> None:
        """Show another page: its numbers at once, its picture when it comes."""
        for button in self.spots:
            button.hide()
            button.deleteLater()
        if page != self._page:
            self._sheet.pixmap = QPixmap()
        self._page, self._size = page, size
        self.spots = [self._button(spot) for spot in spots]
        self._sheet.show()
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def show_picture(self, picture: PagePicture) -> None:
        """Show the picture of the page in view."""
        if picture.page != self._page:
            return
        image = QImage(
            picture.rgba,
            picture.width,
            picture.height,
            picture.width * 4,
            QImage.Format.Format_RGBA8888,
        )
        self._sheet.pixmap = QPixmap.fromImage(image)
        self._sheet.update()

    def mark(self, spot: Spot | None) -> None:
        """Show which number is open."""
        for button in self.spots:
            button.setChecked(button.spot == spot)

    def zoom(self, steps: int) -> None:
        """Larger or smaller; 0 fits the page."""
        self._zoom = 0.0 if not steps else min(_LARGEST, max(0.3, self.scale * _STEP**steps))
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn pages: they belong to the page around."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        if not self._zoom and self._sheet.isVisible():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Night and day change how bright the page is."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_sheet"):
            self._sheet.update()

    def _button(self, spot: Spot) -> SpotButton:
        button = SpotButton(spot, self._sheet)
        button.clicked.connect(lambda _on=False: self.opened.emit(spot))
        button.show()
        return button

    def _lay_out(self) -> None:
        scale = self.scale
        width, height = self._size
        self._sheet.setFixedSize(round(width * scale), round(height * scale))
        for button in self.spots:
            x, y, w, h = (side * scale for side in button.spot.rect)
            button.setGeometry(QRect(round(x), round(y), max(8, round(w)), max(8, round(h))))
        words = f"{round(scale * 100 * 72 / 96)} %"
        self.zoom_changed.emit(words if self._zoom else "")
        self.scale_wanted.emit(self._page, scale * self.devicePixelRatioF())
