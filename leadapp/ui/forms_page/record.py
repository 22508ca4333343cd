"""One record opened for reading, in place of the list: answers, conflicts, history, ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.ui.forms_page.opened import Answered, Chapter, OpenedRecord, Past
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class RecordPane(QWidget):
    """``show_record(opened)``; wishes go up."""

    back_wanted = Signal()
    correct_wanted = Signal(object)
    void_wanted = Signal(object, str)
    """The ``OpenedRecord``, and the reason."""
    print_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenedRecord | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addLayout(self._head())
        self.void_bar = _VoidBar()
        self.void_bar.hide()
        self.void_bar.wanted.connect(self._void)
        self.void_bar.dropped.connect(lambda: self.ask_void(asked=False))
        column.addWidget(self.void_bar)
        self._scroll: Scroll | None = None
        self._column = column

    def show_record(self, opened: OpenedRecord) -> None:
        """Show a record, from its top."""
        self.opened = opened
        self._title.setText(opened.title)
        self._facts.setText(opened.facts)
        self._void_badge.setVisible(opened.stored.voided)
        self.correct.setVisible(opened.may_correct)
        self.void.setVisible(opened.may_void)
        self.print_.setVisible(opened.may_print)
        self.ask_void(asked=False)
        if self._scroll is not None:
            self._column.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        self._scroll = _body(opened)
        self._column.addWidget(self._scroll, 1)

    def ask_void(self, *, asked: bool) -> None:
        """Ask why in place, or stop asking."""
        self.void_bar.setVisible(asked)
        if asked:
            self.void_bar.start()
        elif self.isVisible():
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QVBoxLayout:
        head, row = QVBoxLayout(), QHBoxLayout()
        head.setSpacing(theme().px(8))
        row.setSpacing(theme().px(10))
        self.back = Button(tr("Back to list"), icon="arrow-left", key="Esc")
        self.back.clicked.connect(self.back_wanted.emit)
        words = QVBoxLayout()
        words.setSpacing(theme().px(2))
        line = QHBoxLayout()
        self._title = Label("", role="pane_title")
        self._void_badge = Badge(tr("Void"), tone="err", icon="ban")
        line.addWidget(self._title)
        line.addWidget(self._void_badge)
        line.addStretch(1)
        words.addLayout(line)
        self._facts = Label("", role="caption", tone="text2", wrap=True)
        words.addWidget(self._facts)
        self.correct = Button(tr("Correct"), icon="pencil", role="primary")
        self.void = Button(tr("Void"), icon="ban", role="danger")
        self.print_ = Button(tr("Print"), icon="printer", key="Ctrl+P")
        self.correct.clicked.connect(lambda: self.correct_wanted.emit(self.opened))
        self.void.clicked.connect(lambda: self.ask_void(asked=True))
        self.print_.clicked.connect(lambda: self.print_wanted.emit(self.opened))
        row.addWidget(self.back)
        row.addStretch(1)
        for button in (self.print_, self.void, self.correct):
            row.addWidget(button)
        head.addLayout(row)
        head.addLayout(words)
        return head

    def _void(self, reason: str) -> None:
        self.void_wanted.emit(self.opened, reason)


class _VoidBar(Card):
    """Why is it void? Asked in place."""

    wanted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = Line(placeholder=tr("Entered twice, wrong person"))
        self._field = Field(
            tr("Why is this record void?"),
            self._box,
            hint=tr("It stays readable with this reason, and is counted no more"),
        )
        self.body.addWidget(self._field)
        self._field.set_needed(True)
        row = QHBoxLayout()
        drop = Button(tr("Keep the record"), small=True)
        go = Button(tr("Void the record"), icon="ban", role="danger", small=True)
        drop.clicked.connect(self.dropped.emit)
        go.clicked.connect(self._go)
        self._box.returnPressed.connect(self._go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(go)
        self.body.addLayout(row)

    def start(self) -> None:
        """Ask anew."""
        self._box.set_value("")
        self._field.set_error("")
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        reason = self._box.text().strip()
        self._field.set_error("" if reason else tr("Say in a few words why it is void"))
        if reason:
            self.wanted.emit(reason)


def _body(opened: OpenedRecord) -> Scroll:
    scroll = Scroll()
    if opened.conflicts:
        count = opened.conflicts
        title = tr("1 answer differs") if count == 1 else tr("{count} answers differ", count=count)
        text = tr("Two computers wrote it. Both are shown below; Correct settles it.")
        scroll.body.addWidget(Notice("warn", title, text))
    if opened.problems:
        scroll.body.addWidget(Notice("warn", tr("To check"), "\n".join(opened.problems)))
    for chapter in opened.chapters:
        scroll.body.addWidget(_chapter(chapter))
    scroll.body.addWidget(_history(opened.past))
    return scroll


def _chapter(chapter: Chapter) -> Card:
    card = Card(chapter.title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(10))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    row = column = 0
    for answer in chapter.answers:
        if answer.long and column:
            row, column = row + 1, 0
        grid.addWidget(_answer(answer), row, column, 1, 2 if answer.long else 1)
        column = 2 if answer.long else column + 1
        if column > 1:
            row, column = row + 1, 0
    card.body.addLayout(grid)
    return card


def _answer(answer: Answered) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(1))
    column.addWidget(Label(answer.label, role="caption", tone="text2", wrap=True))
    said = Label(answer.words, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(said)
    for other in answer.others:
        column.addWidget(
            Label(tr("Also given: {other}", other=other), role="label", tone="warn", wrap=True)
        )
    column.addStretch(1)
    return holder


def _history(past: tuple[Past, ...]) -> Card:
    card = Card(tr("History"))
    for one in reversed(past):
        card.body.addWidget(Label(one.head, role="label", wrap=True))
        if one.reason:
            reason = tr("Reason: {reason}", reason=one.reason)
            card.body.addWidget(Label(reason, role="table", tone="text2", wrap=True))
        for change in one.changes:
            card.body.addWidget(Label(change, role="table", wrap=True))
    return card
