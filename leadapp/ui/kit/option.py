"""The painted buttons of choice groups: segment, radio line, chip."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import (
    CENTRE,
    TOP,
    draw_box,
    draw_check,
    draw_radio,
    draw_text,
    draw_tick,
    wrapped_height,
)
from leadapp.ui.theme import theme


class Segment(QRadioButton):
    """A radio button drawn as a box; ``joined`` ones share their edges."""

    def __init__(self, text: str, *, joined: bool, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._joined = joined
        self._first = self._last = True
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Say whether this one has the left or the right corners of a joined row."""
        self._first, self._last = first, last

    def hitButton(self, pos: QPoint) -> bool:
        """The whole box is clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the size with tick and bold text, so that choosing moves nothing."""
        width = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.text())
        return QSize(width + self._room(), _control(self))

    def minimumSizeHint(self) -> QSize:
        """Words may wrap, but no single one is cut."""
        metrics = QFontMetrics(self._font(bold=True))
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        width = self.sizeHint().width() if self._joined else longest + self._room()
        return QSize(width, _control(self))

    def hasHeightForWidth(self) -> bool:
        """Long answers take more lines."""
        return not self._joined

    def heightForWidth(self, width: int) -> int:
        """Return the height in which the text wraps to ``width``."""
        lines = wrapped_height(self._font(bold=True), self.text(), width - self._room())
        return max(_control(self), lines + theme().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick and text."""
        painter = QPainter(self)
        on = self.isChecked()
        self._draw_edges(painter, on=on)
        font = self._font(bold=on)
        tick = theme().px(14) if on else 0
        gap = theme().px(6) if on else 0
        room = self.width() - theme().px(12) - tick - gap
        width = min(QFontMetrics(font).horizontalAdvance(self.text()) + 1, room)
        x = (self.width() - width - tick - gap) / 2
        if on:
            draw_tick(painter, QRectF(x, (self.height() - tick) / 2, tick, tick), self._ink("link"))
        area = QRectF(x + tick + gap, 0, width, self.height())
        wrap = not self._joined
        draw_text(
            painter, area, self.text(), tone=self._ink("text"), font=font, align=CENTRE, wrap=wrap
        )

    def _draw_edges(self, painter: QPainter, *, on: bool) -> None:
        fill = "surface" if self.isEnabled() else "disabled_bg"
        if on:
            fill = "tint"
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            fill = "tint2" if self.isDown() else "row_hover"
        rect = QRectF(self.rect())
        painter.setClipRect(rect)
        left = 0.0 if self._first or on else -1.0 - theme().tokens.radius.control
        right = 0.0 if self._last or on else float(theme().tokens.radius.control)
        if not self._last and not on:
            # The shared edge is a straight line drawn by the left one of two.
            draw_box(painter, rect.adjusted(left, 0, right, 0), fill=fill, edge="line_strong")
            painter.setPen(theme().colour("line_strong"))
            painter.drawLine(rect.topRight() - QPoint(0, 0), rect.bottomRight())
        else:
            edge = "primary_edge" if on and self.isEnabled() else "line_strong"
            radius = None if not on or (self._first and self._last) else 2.0
            draw_box(
                painter,
                rect.adjusted(left, 0, right, 0),
                fill=fill,
                edge=edge,
                width=2.0 if on else 1.0,
                radius=radius,
            )
        painter.setClipping(False)

    def _ink(self, tone: str) -> str:
        return tone if self.isEnabled() else "disabled"

    def _room(self) -> int:
        return theme().px(44)

    def _font(self, *, bold: bool) -> QFont:
        return theme().font(theme().measures(self).body, 600 if bold else 400)


class RadioLine(QRadioButton):
    """A radio button with a long label that may wrap."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole line is clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the size of the line unwrapped and bold, so that choosing moves nothing."""
        width = QFontMetrics(_line_font(self, bold=True)).horizontalAdvance(self.text())
        return QSize(width + theme().px(40), _line_height(self))

    def minimumSizeHint(self) -> QSize:
        """Labels wrap down to this width."""
        return QSize(min(self.sizeHint().width(), theme().px(140)), _line_height(self))

    def hasHeightForWidth(self) -> bool:
        """Long answers take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in which the text wraps to ``width``."""
        text = wrapped_height(_line_font(self, bold=True), self.text(), width - theme().px(28))
        return max(_line_height(self), text + 2 * self._over_text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and text."""
        painter = QPainter(self)
        if self.isEnabled() and self.underMouse():
            draw_box(painter, self.rect(), fill="row_hover")
        side = theme().px(18)
        top = (_line_height(self) - side) / 2
        mark = QRectF(1, round(top), side, side)
        draw_radio(painter, mark, on=self.isChecked(), enabled=self.isEnabled())
        left, top = theme().px(28), self._over_text()
        area = QRectF(left, top, self.width() - left, self.height() - top)
        tone = "text" if self.isEnabled() else "disabled"
        font = _line_font(self, bold=self.isChecked())
        draw_text(painter, area, self.text(), tone=tone, font=font, align=TOP, wrap=True)

    def _over_text(self) -> int:
        """Return what is left free above the text: its first line stands beside the mark."""
        line = QFontMetrics(_line_font(self)).height()
        return max(0, (_line_height(self) - line) // 2)


class Chip(QCheckBox):
    """A check box drawn as a chip: tick, bold and edge when chosen."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole chip is clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the size with bold text, so that choosing moves nothing."""
        width = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.text())
        return QSize(width + self._room() + 4, self._height())

    def minimumSizeHint(self) -> QSize:
        """Words may wrap down to this width."""
        return QSize(min(self.sizeHint().width(), theme().px(120)), self._height())

    def hasHeightForWidth(self) -> bool:
        """Long answers take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in which the text wraps to ``width``."""
        text = wrapped_height(self._font(bold=True), self.text(), width - self._room())
        return max(self._height(), text + theme().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, check and text."""
        painter = QPainter(self)
        on, off = self.isChecked(), not self.isEnabled()
        fill = "disabled_bg" if off else "tint" if on else "surface"
        if not on and not off and (self.underMouse() or self.isDown()):
            fill = "tint2" if self.isDown() else "row_hover"
        edge = "line" if off else "primary_edge" if on else "line_strong"
        draw_box(painter, self.rect(), fill=fill, edge=edge, width=2.0 if on else 1.0)
        side = theme().px(16)
        mark = QRectF(theme().px(9), round((self.height() - side) / 2), side, side)
        draw_check(painter, mark, on=on, enabled=not off)
        left = theme().px(33)
        area = QRectF(left, 0, self.width() - left - theme().px(6), self.height())
        tone = "disabled" if off else "text"
        draw_text(painter, area, self.text(), tone=tone, font=self._font(bold=on), wrap=True)

    def _room(self) -> int:
        return theme().px(33) + theme().px(12)

    def _height(self) -> int:
        measures = theme().measures(self)
        return theme().px(measures.control if measures.control >= 44 else 30)

    def _font(self, *, bold: bool) -> QFont:
        measures = theme().measures(self)
        size = measures.body - 1 if measures.control >= 44 else measures.label
        return theme().font(size, 600 if bold else 400)


def _control(widget: QAbstractButton) -> int:
    return theme().px(theme().measures(widget).control)


def _line_height(widget: QAbstractButton) -> int:
    height = theme().measures(widget).control
    return theme().px(height if height >= 44 else 28)


def _line_font(widget: QAbstractButton, *, bold: bool = False) -> QFont:
    return theme().font(theme().measures(widget).body, 600 if bold else 400)
