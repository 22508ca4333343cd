"""Emptying a record by order: what it reaches, why, and a word typed first. Asked in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.services.syncing import redacting
from leadapp.services.syncing.redacting import Toll
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.record.reading import OpenedRecord
from leadapp.ui.sync.turns import run_turns
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


class OrderBar(Card):
    """``ask(opened)``; ``emptied`` once it is done, ``dropped`` when it is not to be."""

    emptied = Signal()
    dropped = Signal()

    def __init__(self, desk: Desk, work: Work, words: Words) -> None:
        super().__init__()
        self._desk, self._work, self._words = desk, work, words
        self._opened: OpenedRecord | None = None
        self.notice = Notice("warn", "")
        self.body.addWidget(self.notice)
        self._reason = Line(placeholder=tr("Court order of May 4"))
        hint = tr("Logged, and readable on every computer: no names")
        self._reason_field = Field(tr("By whose order, and why?"), self._reason, hint=hint)
        self._reason_field.set_needed(True)
        self._word = Line()
        slip = tr("So that no slip of a key does it")
        self._word_field = Field(
            tr("Type \u201c{word}\u201d to go on", word=_word()), self._word, hint=slip
        )
        self._word_field.set_needed(True)
        fields = QHBoxLayout()
        fields.setSpacing(theme().px(12))
        fields.addWidget(self._reason_field, 2, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._word_field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(fields)
        row = QHBoxLayout()
        drop = Button(tr("Keep the record"), key="Esc", small=True)
        self._go_button = Button(tr("Remove for good"), icon="eraser", role="danger", small=True)
        drop.clicked.connect(self.dropped.emit)
        self._go_button.clicked.connect(self._go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(self._go_button)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def ask(self, opened: OpenedRecord) -> None:
        """Ask anew, and say what would go."""
        self._opened, desk, stored = opened, self._desk, opened.stored
        for box, field in ((self._reason, self._reason_field), (self._word, self._word_field)):
            box.set_value("")
            field.set_error("")
        self._go_button.setEnabled(False)
        self.notice.say("warn", tr("Remove by order what this record says?"))
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self._work.run(
            Lane.READER,
            lambda: redacting.toll(desk, stored.ring, stored.record),
            lambda found: self._show(opened, found),
            self._refused,
            owner=self,
        )

    def _show(self, opened: OpenedRecord, found: Toll) -> None:
        if self._opened is opened:
            self.notice.say("warn", tr("This cannot be taken back"), toll_words(found))
            self._go_button.setEnabled(True)

    def _go(self) -> None:
        reason, typed = self._reason.text().strip(), self._word.text().strip().casefold()
        self._reason_field.set_error("" if reason else tr("Say whose order it is"))
        self._word_field.set_error("" if typed == _word() else tr("Type the word as it stands"))
        if not reason:
            self._reason_field.focus_control()
        elif typed != _word():
            self._word_field.focus_control()
        elif self._opened is not None:
            stored = self._opened.stored
            self._go_button.setEnabled(False)
            self.notice.say("info", tr("Removing. Work can go on meanwhile."))
            turns = redacting.emptying(self._desk, stored.ring, stored.record, reason)
            run_turns(self._work, turns, lambda _count: self.emptied.emit(), self._refused, self)

    def _refused(self, error: LeadappError) -> None:
        self._go_button.setEnabled(self._opened is not None)
        self.notice.say("err", self._words.of(error))


def _word() -> str:
    return tr("remove")


def toll_words(found: Toll) -> str:
    """Return what an order to empty a record reaches, in words."""
    what = [tr("1 entry") if found.entries == 1 else tr("{n} entries", n=found.entries)]
    if found.files:
        what.append(tr("1 attached file") if found.files == 1 else tr("{n} files", n=found.files))
    if found.documents:
        one = tr("1 paper in the outbox")
        what.append(one if found.documents == 1 else tr("{n} papers", n=found.documents))
    where = tr("here")
    if found.computers:
        count = found.computers
        others = tr("1 other computer") if count == 1 else tr("{n} other computers", n=count)
        where = tr("here now, on {others} at the next sync", others=others)
    return tr(
        "Emptied {where}: {what}, with drafts. Earlier backups are replaced by a new one. That there"
        " was a record, who wrote it and when stays. What was printed or carried away is not reached.",
        where=where, what=", ".join(what),
    )  # fmt: skip
