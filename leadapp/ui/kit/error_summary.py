"""What is to fix, at the top of a form: a count, then each as a link with the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box, draw_text
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.keycap import KeyCap
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class ToFix:
    """``key`` finds the question again; ``label`` and ``message`` are as on the field."""

    key: str
    label: str
    message: str


class _Link(QAbstractButton):
    """The question's label underlined, its message after it."""

    def __init__(self, item: ToFix, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setText(item.label)
        self.setAccessibleName(f"{item.label}. {item.message}")
        self.setToolTip(f"{item.label}: {item.message}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room label and message take."""
        label = QFontMetrics(self._font(link=True)).horizontalAdvance(self.item.label)
        message = QFontMetrics(self._font(link=False)).horizontalAdvance(self.item.message)
        return QSize(label + message + theme().px(9), theme().px(24))

    def minimumSizeHint(self) -> QSize:
        """Long messages are cut, with the whole in the tooltip."""
        return QSize(theme().px(80), theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        font = self._font(link=True)
        area = QRectF(self.rect())
        draw_text(painter, area, self.item.label, tone="err", font=font)
        left = QFontMetrics(font).horizontalAdvance(self.item.label) + theme().px(7)
        rest = area.adjusted(left, 0, 0, 0)
        draw_text(painter, rest, self.item.message, tone="text", font=self._font(link=False))

    def _font(self, *, link: bool) -> QFont:
        font = theme().font(theme().tokens.type.label, 600 if link else 400)
        font.setUnderline(link)
        return font


class ErrorSummary(QWidget):
    """``show_problems([...])`` shows it; an empty list hides it.

    F8 and Shift+F8 belong to the form: it calls ``next_problem(+1)`` and ``(-1)``.
    """

    chosen = Signal(str)
    """The key of the question to go to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[ToFix, ...] = ()
        self._at = -1
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(10), look.px(6))
        row.setSpacing(look.px(8))
        icon = Icon("circle-alert", "err", 20)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._count = Label("", bold=True)
        self._count.setMinimumHeight(look.px(24))
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._links_box = QWidget()
        self._flow = Flow(self._links_box, gap=look.px(14), row_gap=0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._links_box.setSizePolicy(policy)
        column.addWidget(self._links_box)
        row.addWidget(holder, 1)
        after = Label(tr("next"), role="caption", tone="text2")
        after.setMinimumHeight(look.px(22))
        row.addWidget(KeyCap("F8"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(after, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def items(self) -> tuple[ToFix, ...]:
        """What is to fix."""
        return self._items

    def show_problems(self, items: Sequence[ToFix], *, aloud: bool = False) -> None:
        """Show ``items``; ``aloud`` when finishing was tried."""
        if tuple(items) != self._items:
            self._items = tuple(items)
            self._at = -1
            self._rebuild()
        self.setVisible(bool(items))
        if aloud and items:
            announce(
                self, f"{self._count.text()}. {items[0].label}. {items[0].message}", at_once=True
            )

    def next_problem(self, step: int = 1) -> None:
        """Choose the next or the previous one."""
        if self._items:
            at = self._at if self._at >= 0 or step > 0 else 0
            self._at = (at + step) % len(self._items)
            self.chosen.emit(self._items[self._at].key)

    def focus_first(self) -> None:
        """Put the focus on the first link; after a try to finish."""
        links = self._links_box.findChildren(_Link)
        if links:
            links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw tint, edge and bar."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), fill="err_bg", edge="err_line")
        draw_box(painter, QRectF(0, 0, theme().px(5), self.height()), fill="err_line", radius=2)

    def _rebuild(self) -> None:
        for old in self._links_box.findChildren(QWidget):
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        count = len(self._items)
        one = tr("1 answer to fix")
        self._count.setText(one if count == 1 else tr("{count} answers to fix", count=count))
        for item in self._items[:_MOST_LINKS]:
            link = _Link(item, self._links_box)
            link.clicked.connect(lambda _on=False, key=item.key: self._link_clicked(key))
            self._flow.addWidget(link)
            link.show()
        if count > _MOST_LINKS:
            rest = tr("and {count} more", count=count - _MOST_LINKS)
            more = Label(rest, role="table", parent=self._links_box)
            self._flow.addWidget(more)
            more.show()
        self.setAccessibleName(self._count.text())
        self.updateGeometry()

    def _link_clicked(self, key: str) -> None:
        self._at = next((at for at, item in enumerate(self._items) if item.key == key), -1)
        self.chosen.emit(key)
