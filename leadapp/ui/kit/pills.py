"""Filters in one row, with counts, "All" first; one is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_text
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter; ``count`` may be unknown."""

    name: str
    label: str
    count: int | None = None


class Pill(QAbstractButton):
    """One filter as a pill."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size with bold text, so that choosing moves nothing."""
        look = theme()
        width = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.text())
        height = max(28, look.measures(self).control - 6)
        return QSize(width + look.px(26), look.px(height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        on = self.isChecked()
        fill = "tint" if on else "row_hover" if self.underMouse() else "surface"
        edge = "primary_edge" if on else "line_strong"
        half = self.height() / 2
        draw_box(painter, self.rect(), fill=fill, edge=edge, width=1.6 if on else 1, radius=half)
        tone = "text" if on else "text2"
        draw_text(
            painter, self.rect(), self.text(), tone=tone, font=self._font(bold=on), align=CENTRE
        )

    def _font(self, *, bold: bool) -> QFont:
        return theme().font(theme().measures(self).label, 600 if bold else 400)


class Pills(QWidget):
    """``Pills([Filter("all", "All", 31), Filter("mine", "Mine", 12)])``."""

    changed = Signal(str)
    """The name of the filter a person put on."""

    def __init__(
        self, filters: Sequence[Filter], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._filters: tuple[Filter, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._pills: list[Pill] = []
        self._flow = Flow(self, gap=theme().px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_filters(filters)

    def value(self) -> str:
        """Return the filter that is on."""
        at = self._group.checkedId()
        return self._filters[at].name if at >= 0 else ""

    def set_value(self, name: str) -> None:
        """Put a filter on, without emitting."""
        for at, one in enumerate(self._filters):
            if one.name == name:
                self._pills[at].setChecked(True)
                rove_to(self, self._pills, at)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show other filters or counts; what was on stays on."""
        on = self.value()
        self._filters = tuple(filters)
        while len(self._pills) < len(self._filters):
            pill = Pill(self)
            pill.installEventFilter(self)
            self._group.addButton(pill, len(self._pills))
            self._pills.append(pill)
            self._flow.addWidget(pill)
        while len(self._pills) > len(self._filters):
            gone = self._pills.pop()
            self._group.removeButton(gone)
            gone.setParent(None)
            gone.deleteLater()
        for pill, one in zip(self._pills, self._filters, strict=True):
            text = one.label if one.count is None else f"{one.label}  {one.count:,}"
            pill.setText(text.replace("&", "&&"))
            pill.setAccessibleName(text)
            pill.updateGeometry()
        if self._filters:
            names = [one.name for one in self._filters]
            self.set_value(on if on in names else names[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows put the next filter on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = arrow_step(event.key())
            if step and self._pills:
                at = (self._group.checkedId() + step) % len(self._pills)
                self._pills[at].click()
                self._pills[at].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, at: int) -> None:
        rove_to(self, self._pills, at)
        self.changed.emit(self._filters[at].name)
