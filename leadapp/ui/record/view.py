"""One record opened for reading: answers, what differs, its history, ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.services.syncing.redacting import may_redact
from leadapp.ui.entry.files import Files, RecordFiles
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.record.answers import chapter_card
from leadapp.ui.record.opening import open_record
from leadapp.ui.record.order_bar import OrderBar
from leadapp.ui.record.reading import OpenedRecord, Past
from leadapp.ui.record.void_bar import VoidBar
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_TWO_COLUMNS = 560


class RecordView(QWidget):
    """``show_record(opened)``; wishes go up. Answers scroll, the buttons do not."""

    back_wanted = Signal()
    correct_wanted = Signal(object)
    void_wanted = Signal(object, str)
    """The ``OpenedRecord``, and the reason."""
    print_wanted = Signal(object)
    emptied = Signal()
    """What the record said was removed by order; lists that show it ask again."""

    def __init__(
        self, desk: Desk, work: Work, words: Words, *, back: str, voids: bool = False
    ) -> None:
        super().__init__()
        self._desk, self._work, self._words = desk, work, words
        self._voids = voids
        self._columns = 2
        self.opened: OpenedRecord | None = None
        self.setAccessibleName(tr("Record"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(10))
        self._column.addWidget(self._buttons(back))
        self._column.addLayout(self._head())
        self.void_bar = VoidBar()
        self.void_bar.hide()
        self.void_bar.wanted.connect(lambda reason: self.void_wanted.emit(self.opened, reason))
        self.void_bar.dropped.connect(lambda: self.ask_void(asked=False))
        self.order_bar = OrderBar(desk, work, words)
        self.order_bar.hide()
        self.order_bar.dropped.connect(self.close_question)
        self.order_bar.emptied.connect(self._emptied)
        self._column.addWidget(self.void_bar)
        self._column.addWidget(self.order_bar)
        self._column.addStretch()  # what is left free where a question hides the answers
        self._scroll: Scroll | None = None

    def show_record(self, opened: OpenedRecord) -> None:
        """Show a record, from its top."""
        self.opened = opened
        self.setAccessibleName(opened.form_title)
        self._title.setText(opened.title)
        form = "" if opened.form_title == opened.title else f"{opened.form_title}. "
        self._facts.setText(f"{form}{opened.facts}")
        self._part2.setVisible(opened.protected)
        self._void_badge.setVisible(opened.stored.voided)
        self.correct.setVisible(opened.may_correct)
        self.void.setVisible(self._voids and opened.may_void)
        self.print_.setVisible(opened.may_print)
        stored = opened.stored
        self.order.setVisible(may_redact(self._desk, stored.ring, stored.kind or "*"))
        self.order_bar.hide()
        self.ask_void(asked=False)
        self._columns = self._room()
        self._show_body(opened)

    def clear(self) -> None:
        """Forget what was shown."""
        self.opened = None
        self._drop_body()

    def focus_first(self) -> None:
        """Put the focus on the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_now(self) -> None:
        """Ctrl+P: print the record that is shown, if that may be."""
        if self.isVisible() and self.opened is not None and self.opened.may_print:
            self.print_wanted.emit(self.opened)

    def close_question(self) -> bool:
        """Esc: close what is asked in place; False when nothing is."""
        for bar in (self.void_bar, self.order_bar):
            if not bar.isHidden():
                bar.hide()
                self._show_answers(shown=True)
                self.focus_first()
                return True
        return False

    def ask_void(self, *, asked: bool) -> None:
        """Ask why in place, or stop asking."""
        self.order_bar.hide()
        self._show_answers(shown=True)
        self.void_bar.setVisible(asked)
        if asked:
            self.void_bar.start()
        elif self.isVisible():
            self.focus_first()

    def ask_order(self) -> None:
        """Ask in place whether it is to be removed by order."""
        if self.opened is not None:
            self.void_bar.hide()
            self._show_answers(shown=False)  # it takes the whole height
            self.order_bar.show()
            self.order_bar.ask(self.opened)

    def _show_answers(self, *, shown: bool) -> None:
        if self._scroll is not None:
            self._scroll.setVisible(shown)

    def _emptied(self) -> None:
        """Show what is left of it."""
        if self.opened is not None:
            place = self.opened.place
            open_record(self._desk, self._work, self._words, place, self.show_record, self)
        self.close_question()
        self.emptied.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand answers in two columns where there is room."""
        super().resizeEvent(event)
        if self.opened is not None and self._room() != self._columns:
            self._columns = self._room()
            self._show_body(self.opened)
            self._show_answers(shown=self.order_bar.isHidden())

    def _room(self) -> int:
        return 2 if self.width() >= theme().px(_TWO_COLUMNS) else 1

    def _buttons(self, back: str) -> QWidget:
        row = QWidget()
        flow = Flow(row, gap=theme().px(8))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        self.back = Button(back, icon="arrow-left", key="Esc", small=True)
        self.correct = Button(tr("Correct"), icon="pencil", role="primary", small=True)
        self.print_ = Button(tr("Print"), icon="printer", key="Ctrl+P", small=True)
        self.void = Button(tr("Void"), icon="ban", role="danger", small=True)
        self.back.clicked.connect(self.back_wanted.emit)
        self.correct.clicked.connect(lambda: self.correct_wanted.emit(self.opened))
        self.print_.clicked.connect(lambda: self.print_wanted.emit(self.opened))
        self.void.clicked.connect(lambda: self.ask_void(asked=True))
        self.order = Button(tr("Remove by order"), icon="eraser", small=True)
        self.order.clicked.connect(self.ask_order)
        for button in (self.back, self.correct, self.print_, self.void, self.order):
            flow.addWidget(button)
        return row

    def _head(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(theme().px(2))
        line = QHBoxLayout()
        self._title = Label("", role="pane_title", wrap=True)
        self._part2 = Badge(tr("Part 2"), tone="part2", icon="shield")
        self._void_badge = Badge(tr("Void"), tone="err", icon="ban")
        line.addWidget(self._title, 1)
        for badge in (self._part2, self._void_badge):
            badge.hide()
            line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(line)
        self._facts = Label("", role="caption", tone="text2", wrap=True)
        words.addWidget(self._facts)
        return words

    def _drop_body(self) -> None:
        if self._scroll is not None:
            self._column.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
            self._scroll = None

    def _show_body(self, opened: OpenedRecord) -> None:
        self._drop_body()
        files = Files(self._work, RecordFiles(self._desk, opened.stored.ring))
        self._scroll = Scroll()
        for notice in _notices(opened):
            self._scroll.body.addWidget(notice)
        for chapter in opened.chapters:
            card = chapter_card(chapter, files, self._words, self._columns)
            self._scroll.body.addWidget(card)
        self._scroll.body.addWidget(_history(opened.past))
        self._column.addWidget(self._scroll, 1)


def _notices(opened: OpenedRecord) -> list[Notice]:
    found = []
    if opened.emptied:
        text = tr("That there was a record, who wrote it and when stays.")
        found.append(Notice("info", tr("What it said was removed by order"), text))
    if opened.conflicts:
        count = opened.conflicts
        title = tr("1 answer differs") if count == 1 else tr("{count} answers differ", count=count)
        text = tr(
            "Two computers wrote it. Choose side by side under Sync, Review (Ctrl+Shift+R), or"
            " correct it here."
        )
        found.append(Notice("warn", title, text))
    if opened.problems:
        found.append(Notice("warn", tr("To check"), "\n".join(opened.problems)))
    return found


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
