"""The pane at the right of a report: a number, its definition, its records; what to fix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leadapp.ui.days import say_iso
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.table import Table
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a number, or one to fix."""

    ring: str
    record: str
    title: str
    day: str
    may_open: bool
    name: str = ""
    """The person's, where the reader may see people."""

    @property
    def key(self) -> str:
        """Return a key for tables."""
        return f"{self.ring} {self.record}"


@dataclass(frozen=True, slots=True)
class Told:
    """A number as the pane tells it. ``expected`` is how many records the page counts."""

    label: str
    number: str
    words: str
    records: int
    expected: int
    lines: tuple[Behind, ...]


class FigurePane(QWidget):
    """``show_figure(told)``, ``show_fixes(lines)``, ``show_cautions(sentences, to_fix)``."""

    record_wanted = Signal(str, str)
    """Open a record: ring, record."""

    fixes_wanted = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._lines: dict[str, Behind] = {}
        self.setAccessibleName(tr("The number chosen"))
        look = theme()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(gap=12, stretch=False)
        around.addWidget(scroll)
        outer = scroll.body
        self.card = Card()
        self.label = Label("", role="label", tone="text2", wrap=True)
        self.number = Label("", role="figure", tone="link")
        self.badge = Badge("")
        self.words = Label("", role="table", tone="text2", wrap=True)
        top = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.label)
        left.addWidget(self.number)
        top.addLayout(left, 1)
        top.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(top)
        self.card.body.addWidget(self.words)
        self.table = Table(_columns(), name=tr("Its records"), two_lines=True, framed=False)
        self.table.setMinimumHeight(look.px(170))
        self.table.opened.connect(self._open)
        self.table.moved_to.connect(self._moved)
        # Qt stretches before the scroll bar takes its room, and not again after.
        bar = self.table.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: QTimer.singleShot(0, self, self._fit))
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(QWidget())
        self.card.body.addWidget(self._list, 1)
        self.open_button = Button(tr("Open record"), icon="arrow-right", key="Enter", small=True)
        self.open_button.clicked.connect(lambda: self._open(self.table.current_key()))
        self.why = Label("", role="caption", tone="text2", wrap=True)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addWidget(self.why, 1)
        self.card.body.addLayout(foot)
        outer.addWidget(self.card, 1)
        self._cautions = QVBoxLayout()
        self._cautions.setSpacing(look.px(8))
        self._cautions_card = Card(tr("Before you rely on these numbers"))
        self._cautions_card.body.addLayout(self._cautions)
        outer.addWidget(self._cautions_card)
        self.show_hint()

    def show_hint(self) -> None:
        """Say what to do while no number is open."""
        self._say(
            tr("A number"),
            "",
            tr("Press a number on the page to see how it is counted, and its records."),
        )
        self.badge.hide()
        self._show_lines(())

    def show_figure(self, told: Told) -> None:
        """Show a number."""
        self._say(told.label, told.number, told.words)
        match = told.records == told.expected
        words = tr(
            "{found} of {count} match the page",
            found=f"{told.records:,}",
            count=f"{told.expected:,}",
        )
        self.badge.set_words(
            words, tone="ok" if match else "err", icon="check" if match else "circle-alert"
        )
        self.badge.show()
        self._show_lines(told.lines, more=told.records - len(told.lines))

    def show_fixes(self, lines: Sequence[Behind], total: int) -> None:
        """Show the records with an open problem."""
        self._say(
            tr("Records to fix"),
            f"{total:,}",
            tr("Open a record to see what does not fit, then correct it. The page follows."),
        )
        self.badge.hide()
        self._show_lines(lines, more=total - len(lines))

    def show_cautions(self, sentences: Sequence[str], to_fix: int) -> None:
        """Say what may change the numbers."""
        _empty(self._cautions)
        if to_fix:
            row = QHBoxLayout()
            row.setSpacing(theme().px(8))
            row.addWidget(Icon("triangle-alert", "warn_icon", 18))
            words = (
                tr("1 record needs a fix")
                if to_fix == 1
                else tr("{count} records need a fix", count=f"{to_fix:,}")
            )
            row.addWidget(Label(words, role="table", bold=True, wrap=True), 1)
            button = Button(tr("See them"), small=True)
            button.clicked.connect(self.fixes_wanted)
            row.addWidget(button)
            self._cautions.addLayout(row)
        for sentence in sentences:
            self._cautions.addWidget(Label(sentence, role="table", wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list again."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _say(self, label: str, number: str, words: str) -> None:
        self.label.setText(label)
        self.number.setText(number)
        self.number.setVisible(bool(number))
        self.words.setText(words)
        self.setAccessibleDescription(f"{label} {number}. {words}")

    def _show_lines(self, lines: Sequence[Behind], *, more: int = 0) -> None:
        self._lines = {line.key: line for line in lines}
        self.table.show_rows(
            [
                Row(
                    line.key,
                    (
                        Cell(line.record[:8], tone="text2"),
                        Cell(line.name or line.title, line.title if line.name else "", bold=True),
                        Cell(say_iso(line.day, self._today)),
                    ),
                )
                for line in lines
            ]
        )
        self._list.setCurrentIndex(0 if lines else 1)
        QTimer.singleShot(0, self, self._fit)
        self.open_button.setVisible(any(line.may_open for line in lines))
        said = tr("And {count} more.", count=f"{more:,}") if more > 0 else ""
        if lines and not any(line.may_open for line in lines):
            said = tr("You see record numbers only.") + (f" {said}" if said else "")
        self.why.setText(said)

    def _fit(self) -> None:
        """Have the words take just the room there is, now that it is known."""
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _moved(self, key: str) -> None:
        line = self._lines.get(key)
        self.open_button.setEnabled(line is not None and line.may_open)

    def _open(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None and line.may_open:
            self.record_wanted.emit(line.ring, line.record)


def _columns() -> tuple[Column, ...]:
    return (
        Column("record", tr("Record"), 92),
        Column("what", tr("What"), stretch=True),
        Column("day", tr("Day"), 104),
    )


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget, inside = (item.widget(), item.layout()) if item is not None else (None, None)
        if inside is not None:
            _empty(inside)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
