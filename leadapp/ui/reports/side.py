"""The left pane of Reports: which report, which period, which copy, print and save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.services.reporting import Offered
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.reports.copies import CopyChoice
from leadapp.ui.reports.periods import PeriodChoice
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_ICONS = {"naloxone": "syringe"}


class ReportButton(QAbstractButton):
    """One report of the list: its name, and what is in it."""

    def __init__(self, title: str, sub: str, icon: str) -> None:
        super().__init__()
        self._sub, self._icon_name = sub, icon
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{title}, {sub}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return two lines."""
        return QSize(theme().px(180), theme().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, bar, icon and words."""
        painter, look = QPainter(self), theme()
        on = self.isChecked()
        if on or self.underMouse():
            draw_box(painter, self.rect(), fill="row_sel" if on else "row_hover")
        if on:
            bar = QRectF(0, 0, look.px(3), self.height())
            draw_box(painter, bar, fill="primary_edge", radius=0)
        size, middle = look.px(18), self.height() / 2
        icon = QRectF(look.px(12), round(middle - size / 2), size, size)
        draw_icon(painter, self._icon_name, "link", icon)
        left = look.px(40)
        upper = QRectF(left, middle - look.px(19), self.width() - left, look.px(20))
        bold = look.font(look.tokens.type.label, 600)
        draw_text(painter, upper, self.text(), tone="text", font=bold)
        lower = QRectF(left, middle + look.px(1), self.width() - left, look.px(17))
        small = look.font(look.tokens.type.caption)
        draw_text(painter, lower, self._sub, tone="text2", font=small)


class Side(QWidget):
    """``Side(clock, offered)``; what is chosen is ``name``, ``period`` and ``copy``."""

    report_chosen = Signal(str)
    period_chosen = Signal(object)
    """The ``Period``."""
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, clock: Clock, offered: Sequence[Offered]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Reports"))
        self._list = Card(tr("Reports"))
        self.buttons = {one.name: self._button(one) for one in offered}
        self.name = ""
        self.choose(next(iter(self.buttons), ""))
        self._scroll = scroll = Scroll(gap=12)
        scroll.body.addWidget(self._list)
        choice = Card()
        self.period = PeriodChoice(clock)
        self.period.changed.connect(self.period_chosen)
        choice.body.addWidget(self.period)
        self.copy = CopyChoice()
        self.copy.changed.connect(lambda: QTimer.singleShot(0, self, self._show_copy))
        choice.body.addWidget(self.copy)
        scroll.body.addWidget(choice)
        self.print_button = _wide(Button(tr("Print"), icon="printer", role="primary", key="Ctrl+P"))
        self.print_button.clicked.connect(lambda _on=False: self.print_wanted.emit())
        self.save_button = _wide(Button(tr("Save PDF"), icon="file-down"))
        self.save_button.clicked.connect(lambda _on=False: self.save_wanted.emit())
        self.why = Label("", role="caption", tone="text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        column.addWidget(scroll, 1)
        for part in (self.copy.tick, self.why, self.print_button, self.save_button):
            column.addWidget(part)

    def _show_copy(self) -> None:
        self._scroll.ensureWidgetVisible(self.copy)

    def choose(self, name: str) -> None:
        """Show another report without telling, if it is offered."""
        if name in self.buttons:
            self.name = name
            self.buttons[name].setChecked(True)

    def set_ready(self, ready: bool, why: str = "") -> None:
        """Say whether there is a page to print; if not, why."""
        for button in (self.print_button, self.save_button):
            button.setEnabled(ready)
        self.why.setText("" if ready else why)
        self.why.setVisible(bool(self.why.text()))

    def _button(self, one: Offered) -> ReportButton:
        sub = tr("Counts only, in part") if one.missing else tr("Counts only")
        button = ReportButton(tr(one.title), sub, _ICONS.get(one.name, "file-chart-column"))
        button.clicked.connect(lambda _on=False: self._chosen(one.name))
        self._list.body.addWidget(button)
        return button

    def _chosen(self, name: str) -> None:
        if name != self.name:
            self.name = name
            self.report_chosen.emit(name)


def _wide(button: Button) -> Button:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
