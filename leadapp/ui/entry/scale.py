"""Questions with one scale of answers (likert, table-list): the answers head the columns once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from leadapp.forms.session import FormSession
from leadapp.forms.state import Item
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.drawing import draw_radio
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.theme import theme

WORDS, DOTS = 2, 3
"""How a line is shared between the question and its answers."""
_MOST = 9
_ROW = {"likert", "list-nolabel"}


def scale_runs(session: FormSession, items: Sequence[Item]) -> Iterator[range]:
    """Yield where questions that share one scale follow each other."""
    start = 0
    while start < len(items):
        offered = _scale(session, items[start])
        end = start + 1
        while offered and end < len(items) and _scale(session, items[end]) == offered:
            end += 1
        alone = end - start == 1 and "list-nolabel" not in items[start].control.appearance
        if offered and not alone:
            yield range(start, end)
        start = end


def _scale(session: FormSession, item: Item) -> tuple[str, ...]:
    if item.control.kind != "select1" or not _ROW & set(item.control.appearance):
        return ()
    state = session.state(item.key)
    names = tuple(offer.name for offer in state.choices)
    return names if 2 <= len(names) <= _MOST and not state.readonly else ()


class Dot(QRadioButton):
    """A radio button whose words stand over its column."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole cell is clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return a cell of the control's height."""
        return QSize(theme().px(48), theme().px(theme().measures(self).control))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring in the middle."""
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), theme().colour("row_hover"))
        edge = theme().px(18)
        ring = QRectF(0, 0, edge, edge)
        ring.moveCenter(QRectF(self.rect()).center())
        draw_radio(painter, ring, on=self.isChecked(), enabled=self.isEnabled())


class Dots(OneOf):
    """The answers of one question of a scale, each under its heading."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices, Dot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        least = least_width([choice.label for choice in choices])
        for button in self.buttons:
            button.setMinimumWidth(least)
            row.addWidget(button, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class ScaleField(Field):
    """A question of a scale: its words at the left of its answers."""

    def __init__(
        self, label: str, control: QWidget, *, hint: str = "", protected: bool = False
    ) -> None:
        super().__init__(label, control, hint=hint, protected=protected)
        words = self._column.takeAt(0)
        self._column.removeWidget(control)
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        column = self._left = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        inner = words.layout() if words is not None else None
        if inner is not None:
            inner.setParent(None)  # taken out, to be put in elsewhere
            column.addLayout(inner)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(left, WORDS, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(control, DOTS)
        self._column.insertLayout(0, row)

    def _show_state(self) -> None:
        """Make room for the bar at the words only: the answers stay under their headings."""
        super()._show_state()
        side = theme().px(14) if self._error or self._warning else 0
        self._column.setContentsMargins(0, 0, 0, 0)
        self._left.setContentsMargins(side, 0, 0, 0)
        if self._said is not None:
            self._said.setContentsMargins(side, 0, 0, 0)


def least_width(labels: Sequence[str]) -> int:
    """Return the width in which no word of a heading is cut."""
    metrics = QFontMetrics(theme().font(theme().tokens.type.cap))
    words = [word for label in labels for word in label.split()]
    widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
    return max(theme().px(40), widest + theme().px(8))
