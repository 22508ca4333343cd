"""One record in conflict, side by side: a column a computer, a row an answer that differs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from leadapp.core.ids import LogId
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.review.columns import Columns, Row
from leadapp.ui.review.said import Opened
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class ReviewSheet(Card):
    """``ReviewSheet(opened)``; ``choices()`` are the values chosen now, by answer key.

    The digits choose everything from one side, arrows choose in a row and go to the next.
    Where the columns have no room, each answer's options stand one under the other.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(margin=12)
        self._sides: list[LogId] = [head.log for head in opened.heads]
        self._all: list[Button] = []
        if opened.may_settle:
            self.body.addWidget(self._all_from(opened))
            self.body.addWidget(rule())
        self.rows = [Row(one, opened.heads) for one in opened.differing]
        for row in self.rows:
            row.set_open(opened.may_settle)
            for radio in row.radios:
                radio.installEventFilter(self)
        self.columns = Columns(opened.heads, self.rows)
        self.body.addWidget(self.columns)
        self._alike = Alike(opened.alike, len(opened.heads)) if opened.alike else None
        if self._alike is not None:
            self.body.addWidget(rule())
            self.body.addWidget(self._alike)

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

    def use_all(self, digit: str) -> bool:
        """Press the button with this digit; False when there is none."""
        at = int(digit) if digit in "123456789" and digit else 0
        if not 0 < at <= len(self._all):
            return False
        self._all[at - 1].click()
        return True

    def stops(self) -> list[QWidget]:
        """Return what takes the focus, in the order it is seen."""
        found: list[QWidget] = [*self._all, *(radio for row in self.rows for radio in row.radios)]
        return found if self._alike is None else [*found, self._alike.button]

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
        if self.use_all(event.text()):
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.rows[max(0, min(at + step, len(self.rows) - 1))].focus()
        return bool(step)

    def _all_from(self, opened: Opened) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=theme().px(8))
        words = Label(tr("Use everything from"), role="table", tone="text2")
        words.setMinimumHeight(theme().px(28))
        flow.addWidget(words)
        for title, log in (
            *((head.title, head.log) for head in opened.heads),
            (tr("Newest"), opened.newest),
        ):
            button = Button(title, key=str(len(self._all) + 1), small=True)
            button.clicked.connect(lambda _on=False, log=log: self.use_from(log))
            flow.addWidget(button)
            self._all.append(button)
        return holder


class Alike(QWidget):
    """``Alike(answers)``: what all sides agree in, under a title that folds it away."""

    def __init__(self, alike: Sequence[tuple[str, str]], sides: int = 2) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        self._count, self._sides = len(alike), sides
        self.button = Button("", role="quiet", small=True)
        self.button.clicked.connect(self._turn)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(6))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 7)
        for at, (label, words) in enumerate(alike):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label(label, role="table", tone="text2", wrap=True), at, 0, top)
            shown = Label(words, role="table", wrap=True)
            shown.setContentsMargins(theme().px(28), 0, 0, 0)
            grid.addWidget(shown, at, 1, top)
        column.addWidget(self._list)
        self._say()

    def _turn(self) -> None:
        self._list.setVisible(self._list.isHidden())
        self._say()

    def _say(self) -> None:
        shut = self._list.isHidden()
        self.button.set_icon("chevron-right" if shut else "chevron-down")
        where = tr("Same on both") if self._sides == 2 else tr("Same on all")
        said = tr("1 answer") if self._count == 1 else tr("{n} answers", n=self._count)
        self.button.set_words(f"{where} · {said}")
        self.button.setAccessibleDescription(tr("folded") if shut else tr("open"))
