"""The answers that differ: a column a computer where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from leadapp.core.ids import LogId
from leadapp.ui.kit.card import rule
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.option import RadioLine
from leadapp.ui.kit.roving import rove_to
from leadapp.ui.review.said import Differing, Head
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_TOP = Qt.AlignmentFlag.AlignTop
_QUESTION, _SIDE, _BOTH = 120, 170, 120
"""What question, a side and "Keep both" need beside one another."""


class Row(QObject):
    """One answer: its question and its options, of which one is chosen."""

    def __init__(self, differing: Differing, heads: Sequence[Head]) -> None:
        super().__init__()
        self.differing = differing
        self._group = QButtonGroup(self)
        self._values = [option.value for option in differing.options]
        words = [option.words for option in differing.options]
        if differing.both:
            self._values.append(differing.both)
            words.append(tr("Keep both"))
        self.radios = [self._radio(at, said) for at, said in enumerate(words)]
        self.radios[self._values.index(differing.shown)].setChecked(True)
        self.question = self._question()
        self._group.idToggled.connect(lambda _at, _on: self._rove())
        self._rove()
        self.who = [_caption(heads, option.logs) for option in differing.options]
        """Who gave each option, for where no column says it."""

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

    def _rove(self) -> None:
        """Tab stops at the chosen option only."""
        rove_to(self.question, self.radios, max(0, self._group.checkedId()))

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


class Columns(QWidget):
    """``Columns(heads, rows)`` lays the rows out anew when its width asks for it."""

    def __init__(self, heads: Sequence[Head], rows: Sequence[Row]) -> None:
        super().__init__()
        self._sides = [head.log for head in heads]
        self._heads = [_head(head) for head in heads]
        self._rows = rows
        self._both = any(row.differing.both for row in rows)
        self._rules = [rule(self) for _ in rows]
        self._same: list[Label] = []
        self.narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        for widget in self._widgets():
            widget.setParent(self)
        self._lay(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the other layout where the room is another."""
        super().resizeEvent(event)
        least = _QUESTION + _SIDE * len(self._sides) + (_BOTH if self._both else 0)
        narrow = self.width() < theme().px(least)
        if narrow is not self.narrow:
            self._lay(narrow=narrow)

    def _widgets(self) -> list[QWidget]:
        found: list[QWidget] = list(self._heads)
        for row in self._rows:
            found += [row.question, *row.radios, *row.who]
        return found

    def _lay(self, *, narrow: bool) -> None:
        self.narrow = narrow
        while self._grid.takeAt(0) is not None:
            pass
        for one in self._same:
            one.deleteLater()
        self._same = []
        for head in self._heads:
            head.setVisible(not narrow)
        for row in self._rows:
            for who in row.who:
                who.setVisible(narrow)
        (self._lay_narrow if narrow else self._lay_wide)()

    def _lay_wide(self) -> None:
        grid, both = self._grid, len(self._sides) + 1
        grid.setVerticalSpacing(theme().px(8))
        for column in range(both + 1):
            side = 0 < column < both
            grid.setColumnStretch(column, 3 if side else 2 if not column else int(self._both))
        for at, head in enumerate(self._heads, start=1):
            grid.addWidget(head, 0, at, _TOP)
        for number, row in enumerate(self._rows):
            self._rules[number].show()
            grid.addWidget(self._rules[number], 2 * number + 1, 0, 1, both + 1)
            self._put(row, 2 * number + 2)

    def _put(self, row: Row, at: int) -> None:
        """Lay the question and its options into a row of the grid."""
        grid = self._grid
        grid.addWidget(row.question, at, 0, _TOP)
        taken: set[int] = set()
        for option, radio in zip(row.differing.options, row.radios, strict=False):
            columns = [self._sides.index(log) + 1 for log in option.logs]
            free = (n for n in range(1, len(self._sides) + 1) if n not in taken)
            column = min(columns, default=next(free, 1))
            taken.add(column)
            grid.addWidget(radio, at, column, _TOP)
            for other in columns[1:]:
                same = Label(tr("The same"), role="table", tone="text2", parent=self)
                self._same.append(same)
                taken.add(other)
                grid.addWidget(same, at, other, _TOP)
                same.show()
        if row.differing.both:
            grid.addWidget(row.radios[-1], at, len(self._sides) + 1, _TOP)

    def _lay_narrow(self) -> None:
        grid, at = self._grid, 0
        grid.setVerticalSpacing(theme().px(2))
        for column in range(len(self._sides) + 2):
            grid.setColumnStretch(column, 0 if column else 1)
        for number, row in enumerate(self._rows):
            parts: list[QWidget] = [self._rules[number]] if number else []
            self._rules[number].setVisible(bool(number))
            parts.append(row.question)
            for place, radio in enumerate(row.radios):
                parts.append(radio)
                parts += row.who[place : place + 1]
            for part in parts:
                grid.addWidget(part, at, 0, _TOP)
                at += 1


def _head(head: Head) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme().px(28), 0, 0, 0)
    column.setSpacing(theme().px(1))
    column.addWidget(Label(head.title, role="label", wrap=True))
    column.addWidget(Label(head.words, role="caption", tone="text2", wrap=True))
    return holder


def _caption(heads: Sequence[Head], logs: Sequence[LogId]) -> Label:
    """Return under an option who gave it: "Computer of Dan Halvorsen, 4:16 pm"."""
    said = "; ".join(f"{head.title}: {head.words}" for head in heads if head.log in logs)
    label = Label(said, role="caption", tone="text2", wrap=True)
    label.setContentsMargins(theme().px(28), 0, 0, theme().px(4))
    return label
