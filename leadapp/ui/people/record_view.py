"""One record for reading: its questions and answers, what differs, who changed it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.showing import Shown, ShownLine, Step
from leadapp.ui.days import say_moment
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_SIDE_BY_SIDE = 420


class RecordView(QWidget):
    """``show_record(shown, protected=True)``; the answers scroll, the buttons do not."""

    back_wanted = Signal()
    correct_wanted = Signal(str, str)
    print_wanted = Signal(str, str)

    def __init__(self, words: Words, now: datetime, *, back: str = "") -> None:
        super().__init__()
        self._words, self._now, self._back = words, now, back
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(10))
        self._inside: QWidget | None = None
        self.shown: Shown | None = None
        self.setAccessibleName(tr("Record"))

    def show_record(self, shown: Shown, *, protected: bool) -> None:
        """Show a record in the place of what was shown."""
        self.shown = shown
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._make(shown, protected=protected)
        self._column.addWidget(self._inside)
        self.setAccessibleName(shown.form)

    def focus_first(self) -> None:
        """Put the focus on the way back, or the first button."""
        for button in self.findChildren(Button):
            if button.isVisible() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def clear(self) -> None:
        """Forget what was shown."""
        self.shown = None
        if self._inside is not None:
            self._inside.deleteLater()
            self._inside = None

    def _make(self, shown: Shown, *, protected: bool) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self._buttons(shown))
        scroll = Scroll(gap=10)
        scroll.body.addWidget(self._answers(shown, protected=protected))
        scroll.body.addWidget(self._history(shown.steps))
        column.addWidget(scroll, 1)
        return inside

    def _buttons(self, shown: Shown) -> QWidget:
        row = QWidget()
        flow = Flow(row, gap=theme().px(8))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        if self._back:
            back = Button(self._back, icon="arrow-left", key="Esc", small=True)
            back.clicked.connect(self.back_wanted)
            flow.addWidget(back)
        place = (str(shown.stored.ring), str(shown.stored.record))
        if shown.may_correct:
            correct = Button(tr("Correct"), icon="pencil", small=True)
            correct.clicked.connect(lambda _on=False: self.correct_wanted.emit(*place))
            flow.addWidget(correct)
        if shown.may_print:
            prints = Button(tr("Print"), icon="printer", small=True)
            prints.clicked.connect(lambda _on=False: self.print_wanted.emit(*place))
            flow.addWidget(prints)
        return row

    def _answers(self, shown: Shown, *, protected: bool) -> Card:
        stored = shown.stored
        card = Card(shown.form)
        if protected:
            card.head.addWidget(Badge(tr("Part 2"), tone="part2", icon="shield"))
        if stored.voided:
            card.head.addWidget(Badge(tr("Void")))
        finished = say_moment(datetime.fromisoformat(stored.finished_at), self._now)
        by = tr("Finished {when} by {who}", when=finished, who=shown.author or tr("someone else"))
        card.body.addWidget(Label(by, role="caption", tone="text2", wrap=True))
        if stored.conflicts:
            many = len(stored.conflicts)
            title = (
                tr("1 answer differs") if many == 1 else tr("{count} answers differ", count=many)
            )
            text = tr("Two people changed it. The later one is shown; correct it to settle it.")
            card.body.addWidget(Notice("warn", title, text))
        for problem in stored.problems[:8]:
            card.body.addWidget(Notice("warn", self._words.of(problem)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(20))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for at, line in enumerate(shown.lines):
            _put(grid, at, line)
        card.body.addLayout(grid)
        return card

    def _history(self, steps: tuple[Step, ...]) -> Card:
        card = Card(tr("History"))
        card.body.setSpacing(theme().px(6))
        for step in steps:
            row = QHBoxLayout()
            said = {"void": tr("Made void"), "restore": tr("Brought back")}.get(step.op)
            if said is None:
                changed = step.changed
                said = tr("1 answer") if changed == 1 else tr("{count} answers", count=changed)
            who = step.who or tr("Someone else")
            when = say_moment(datetime.fromisoformat(step.at), self._now)
            row.addWidget(Label(f"{who}, {when}", role="table", bold=True, wrap=True), 1)
            row.addWidget(Label(said, role="table", tone="text2"))
            card.body.addLayout(row)
            if step.reason:
                card.body.addWidget(Label(step.reason, role="caption", tone="text2", wrap=True))
        return card


def _put(grid: QGridLayout, at: int, line: ShownLine) -> None:
    if line.heading:
        grid.addWidget(Label(line.label, role="label", tone="link", wrap=True), at, 0, 1, 2)
        return
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(Label(line.label, role="table", tone="text2", wrap=True), at, 0, top)
    value = Label(line.value, role="table", wrap=True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(value, at, 1, top)
