"""One record in conflict, side by side: a column a computer, a row an answer that differs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.ids import LogId
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.option import RadioLine
from leadapp.ui.review.said import Differing, Head, Opened
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class ReviewSheet(Card):
    """``ReviewSheet(opened)``; ``choices()`` are the values chosen now, by answer key.

    The digits choose everything from one side, arrows choose in a row and go to the next.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(margin=12)
        self.rows: list[_Row] = []
        self._sides: list[LogId] = [head.log for head in opened.heads]
        if opened.may_settle:
            self.body.addLayout(self._all_from(opened))
            self.body.addWidget(rule())
        self.body.addLayout(self._grid(opened))
        if opened.alike:
            self.body.addWidget(rule())
            self.body.addWidget(Alike(opened.alike))
        for row in self.rows:
            row.set_open(opened.may_settle)

    def choices(self) -> dict[str, str]:
        """Return what is chosen, by answer key."""
        return {row.differing.key: row.value for row in self.rows}

    def voids(self) -> bool:
        """Return whether the choice is to void the record."""
        return any(row.differing.voids and row.value for row in self.rows)

    def use_from(self, log: LogId) -> None:
        """Choose everything that one side gave."""
        for row in self.rows:
            row.use_from(log)

    def start(self) -> None:
        """Put the focus on the first answer."""
        if self.rows:
            self.rows[0].focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose a side; up and down go to the row above and below."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = next((n for n, row in enumerate(self.rows) if watched in row.radios), None)
            if at is not None and self._key(at, event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, at: int, event: QKeyEvent) -> bool:
        if event.text().isdigit() and 0 < int(event.text()) <= len(self._all):
            self._all[int(event.text()) - 1].click()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.rows[max(0, min(at + step, len(self.rows) - 1))].focus()
        return bool(step)

    def _all_from(self, opened: Opened) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(Label(tr("Use everything from"), role="table", tone="text2"))
        self._all: list[Button] = []
        for head in opened.heads:
            self._all.append(self._one_side(row, head.title, head.log))
        self._all.append(self._one_side(row, tr("Newest"), opened.newest))
        row.addStretch(1)
        return row

    def _one_side(self, row: QHBoxLayout, title: str, log: LogId) -> Button:
        button = Button(title, key=str(len(self._all) + 1), small=True)
        button.clicked.connect(lambda: self.use_from(log))
        row.addWidget(button)
        return button

    def _grid(self, opened: Opened) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(8))
        both = len(opened.heads) + 1
        grid.setColumnStretch(0, 2)
        for at, head in enumerate(opened.heads, start=1):
            grid.setColumnStretch(at, 3)
            grid.addWidget(_head(head), 0, at, Qt.AlignmentFlag.AlignTop)
        if any(one.both for one in opened.differing):
            grid.setColumnStretch(both, 1)
        for at, one in enumerate(opened.differing):
            grid.addWidget(rule(), 2 * at + 1, 0, 1, both + 1)
            row = _Row(one, self._sides)
            row.put(grid, 2 * at + 2)
            for radio in row.radios:
                radio.installEventFilter(self)
            self.rows.append(row)
        return grid


class _Row(QObject):
    """One answer: its options in the columns of those who gave them."""

    def __init__(self, differing: Differing, sides: Sequence[LogId]) -> None:
        super().__init__()
        self.differing = differing
        self._sides = sides
        self._group = QButtonGroup(self)
        self._values = [option.value for option in differing.options]
        words = [option.words for option in differing.options]
        if differing.both:
            self._values.append(differing.both)
            words.append(tr("Keep both"))
        self.radios = [self._radio(at, said) for at, said in enumerate(words)]
        self.radios[self._values.index(differing.shown)].setChecked(True)

    @property
    def value(self) -> str:
        """Return the value chosen now."""
        return self._values[self._group.checkedId()]

    def use_from(self, log: LogId) -> None:
        """Choose what a side gave; nothing changes where it gave nothing."""
        for at, option in enumerate(self.differing.options):
            if log in option.logs:
                self.radios[at].setChecked(True)

    def focus(self) -> None:
        """Put the focus on the chosen option."""
        self.radios[self._group.checkedId()].setFocus(Qt.FocusReason.TabFocusReason)

    def set_open(self, can_choose: bool) -> None:
        """Say whether this person may choose."""
        for radio in self.radios:
            radio.setEnabled(can_choose)

    def put(self, grid: QGridLayout, at: int) -> None:
        """Lay the question and its options into the grid's row."""
        grid.addWidget(self._question(), at, 0, Qt.AlignmentFlag.AlignTop)
        taken: dict[int, int] = {}
        for option, radio in zip(self.differing.options, self.radios, strict=False):
            columns = [self._sides.index(log) + 1 for log in option.logs]
            free = (n for n in range(1, len(self._sides) + 1) if n not in taken)
            column = min(columns, default=next(free, 1))
            taken[column] = at
            grid.addWidget(radio, at, column, Qt.AlignmentFlag.AlignTop)
            for other in columns[1:]:
                same = Label(tr("The same"), role="table", tone="text2")
                taken[other] = at
                grid.addWidget(same, at, other, Qt.AlignmentFlag.AlignTop)
        if self.differing.both:
            grid.addWidget(self.radios[-1], at, len(self._sides) + 1, Qt.AlignmentFlag.AlignTop)

    def _question(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme().px(4), 0, 0)
        column.setSpacing(theme().px(1))
        column.addWidget(Label(self.differing.label, role="label", wrap=True))
        if self.differing.before:
            before = tr("Before: {value}", value=self.differing.before)
            column.addWidget(Label(before, role="caption", tone="text2", wrap=True))
        return holder

    def _radio(self, at: int, words: str) -> RadioLine:
        radio = RadioLine(words)
        radio.setAccessibleDescription(self.differing.label)
        self._group.addButton(radio, at)
        return radio


class Alike(QWidget):
    """The answers both sides agree in, folded away."""

    def __init__(self, alike: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._count = len(alike)
        self.button = Button("", icon="chevron-right", role="quiet", small=True)
        self.button.clicked.connect(self._turn)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(theme().px(8), 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 3)
        for at, (label, words) in enumerate(alike):
            grid.addWidget(Label(label, role="table", tone="text2", wrap=True), at, 0)
            grid.addWidget(Label(words, role="table", wrap=True), at, 1)
        column.addWidget(self._list)
        self._list.hide()
        self._say()

    def _turn(self) -> None:
        self._list.setVisible(self._list.isHidden())
        self._say()

    def _say(self) -> None:
        shut = self._list.isHidden()
        self.button.set_icon("chevron-right" if shut else "chevron-down")
        said = tr("Same on both: 1 answer") if self._count == 1 else tr("Same on both: {n} answers")
        self.button.set_words(said.format(n=self._count))


def _head(head: Head) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme().px(28), 0, 0, 0)
    column.setSpacing(theme().px(1))
    column.addWidget(Label(head.title, role="label", wrap=True))
    column.addWidget(Label(head.words, role="caption", tone="text2", wrap=True))
    return holder
