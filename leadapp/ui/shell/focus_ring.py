"""One ring around whatever has the focus, drawn outside it over everything else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QWidget
from shiboken6 import isValid

from leadapp.ui.theme import theme

_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.StyleChange,
}
NO_RING = "no_ring"
"""A widget with this property true draws its own focus."""


class FocusRing(QWidget):
    """``FocusRing(window)`` on every window that has controls."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._above: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def target(self) -> QWidget | None:
        """The widget it is around."""
        return self._target

    def stay_under(self, widget: QWidget) -> None:
        """Never be drawn over ``widget``, which lies over pages as this does."""
        self._above.append(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control and all it lies in: scrolling moves one of them."""
        if event.type() in _FOLLOWED:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the gap and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = theme().tokens.ring
        rect = QRectF(self.rect())
        radius = theme().tokens.radius.control + ring.outside - 1
        half = ring.width / 2
        painter.setPen(QPen(theme().colour("focus"), ring.width))
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        inner = ring.width + ring.gap / 2
        painter.setPen(QPen(theme().colour("focus_gap"), ring.gap))
        inset = rect.adjusted(inner, inner, -inner, -inner)
        painter.drawRoundedRect(inset, radius - inner, radius - inner)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # a closed page is gone already
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = self._ringed(new)
        at = self._target
        while at is not None:
            at.installEventFilter(self)
            self._watched.append(at)
            at = None if at is self._window else at.parentWidget()
        self._place()

    def _ringed(self, focused: QWidget | None) -> QWidget | None:
        if focused is None or focused.window() is not self._window or focused.property(NO_RING):
            return None
        parent = focused.parentWidget()
        return parent if isinstance(parent, QComboBox) else focused

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisibleTo(self._window):
            self.hide()
            return
        out = round(theme().tokens.ring.outside)
        corner = target.mapTo(self._window, QPoint(0, 0))
        rect = QRect(corner, target.size()).adjusted(-out, -out, out, out)
        seen = rect & self._seen(target)
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(rect)
        shown = QRegion(seen)
        for over in self._above:
            if over.isVisible():
                shown -= QRect(over.mapTo(self._window, QPoint(0, 0)), over.size())
        if shown == QRegion(rect):
            self.clearMask()
        else:
            self.setMask(shown.translated(-rect.topLeft()))
        self.show()
        self.raise_()
        self.update()

    def _seen(self, target: QWidget) -> QRect:
        """Return the part of the window in which the target's surroundings are visible."""
        seen = self._window.rect()
        at = target.parentWidget()
        while at is not None and at is not self._window:
            area = at.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is at:
                corner = at.mapTo(self._window, QPoint(0, 0))
                seen &= QRect(corner, at.size()).adjusted(-3, -3, 3, 3)
            at = area
        return seen
