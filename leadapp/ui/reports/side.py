"""The left pane of Reports: which report, which month, which copy, print and save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from leadapp.measures.periods import Period
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


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


class Side(Scroll):
    """``month_chosen`` and the two buttons are all it tells."""

    month_chosen = Signal(str)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, months: Sequence[Period], begun: Period) -> None:
        super().__init__(gap=12)
        self.setAccessibleName(tr("Reports"))
        reports = Card(tr("Reports"))
        self.report = ReportButton(tr("Monthly summary"), tr("Counts only"), "file-chart-column")
        self.report.setChecked(True)
        reports.body.addWidget(self.report)
        self.body.addWidget(reports)
        choice = Card()
        self.month = Combo([_choice(one, begun) for one in months], filter_by_typing=False)
        self.month.set_question(tr("Month"))
        self.month.changed.connect(lambda name: self.month_chosen.emit(str(name)))
        choice.body.addWidget(Field(tr("Month"), self.month))
        copy = Label(
            tr("Internal copy: every number as it is counted. No names."),
            role="caption",
            tone="text2",
            wrap=True,
        )
        choice.body.addWidget(copy)
        self.body.addWidget(choice)
        self.print_button = _wide(Button(tr("Print"), icon="printer", role="primary", key="Ctrl+P"))
        self.print_button.clicked.connect(lambda _on=False: self.print_wanted.emit())
        self.save_button = _wide(Button(tr("Save PDF"), icon="file-down"))
        self.save_button.clicked.connect(lambda _on=False: self.save_wanted.emit())
        column = QVBoxLayout()
        column.setSpacing(theme().px(8))
        column.addWidget(self.print_button)
        column.addWidget(self.save_button)
        self.why = Label("", role="caption", tone="text2", wrap=True)
        column.addWidget(self.why)
        self.body.addLayout(column)

    def set_ready(self, ready: bool, why: str = "") -> None:
        """Say whether there is a page to print; if not, why."""
        for button in (self.print_button, self.save_button):
            button.setEnabled(ready)
        self.why.setText("" if ready else why)
        self.why.setVisible(bool(self.why.text()))


def _choice(period: Period, begun: Period) -> Choice:
    name = f"{period.start:%Y-%m}"
    words = tr("{month}, so far", month=period.label) if period == begun else period.label
    return Choice(name, words)


def _wide(button: Button) -> Button:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
