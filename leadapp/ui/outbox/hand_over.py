"""Handing papers over to people without this program: with a password, or on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import Refusal
from leadapp.core.words import Words
from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.services.outbox import Document
from leadapp.ui.outbox.giving import Giving
from leadapp.ui.outbox.lock_card import LockCard
from leadapp.ui.outbox.several import DoOne, Outcome, Several
from leadapp.ui.outbox.several_card import SeveralCard
from leadapp.ui.outbox.where_to import WhereTo
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


class HandOver(QWidget):
    """``copy(documents)`` asks for a password and a place, ``print_all(documents)`` for a printer.

    Shows what it asks, how far it is and what came of it; hidden while there is none of that.
    """

    settled = Signal()
    """It shows something else, or nothing."""
    changed = Signal()
    """Papers were handed over: how far they are is another."""
    refused = Signal(object)
    """The error."""

    def __init__(self, desk: Desk, work: Work, words: Words, where_to: WhereTo) -> None:
        super().__init__()
        self._desk, self._work, self._where_to = desk, work, where_to
        self._giving = Giving(desk, work, self)
        self.lock_card = LockCard(work, words, desk.device.county)
        self.lock_card.wanted.connect(self._copy)
        self.lock_card.dropped.connect(self.leave)
        self.several = Several(self)
        self.several_card = SeveralCard(words)
        self.several_card.stop_wanted.connect(self.several.stop)
        self.several_card.handed_wanted.connect(self._all_handed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        for card in (self.lock_card, self.several_card):
            column.addWidget(card)
        self._show(None)

    @property
    def asks(self) -> bool:
        """Whether a password is asked for."""
        return not self.isHidden() and not self.lock_card.isHidden()

    def copy(self, documents: Sequence[Document]) -> None:
        """Ask for a password, then put them into a file or a folder."""
        if not self.several.running:
            self.lock_card.ask(documents)
            self._show(self.lock_card)

    def print_all(self, documents: Sequence[Document]) -> None:
        """Print them one after the other."""
        if self.several.running:
            return
        self._show(None)
        try:
            printer = self._where_to.printer(self, tr("Print {n} papers", n=len(documents)))
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        if printer is not None:
            self._begin(
                documents, self._giving.printing(printer), tr("Printing {n} of {all}"),
                self.several_card.show_printed,
            )  # fmt: skip

    def go(self) -> None:
        """Go on with the password."""
        self.lock_card.go()

    def leave(self) -> bool:
        """Stop what goes on, or take away what is shown; False when nothing is."""
        if self.several.running:
            self.several.stop()
            return True
        was_shown = not self.isHidden()
        self._show(None)
        return was_shown

    def _show(self, card: QWidget | None) -> None:
        for one in (self.lock_card, self.several_card):
            one.setVisible(one is card)
        self.setVisible(card is not None)
        self.settled.emit()

    def _copy(self, documents: Sequence[Document], password: str) -> None:
        names = {one.record: self._giving.file_name(one) for one in documents}
        if len(documents) == 1:
            (record, name), *_ = names.items()
            file = self._where_to.file(self, name)
            folder = file.parent if file is not None else None
            names = {record: file.name} if file is not None else {}
        else:
            folder = self._where_to.folder(self)
        if folder is not None:
            self._begin(
                documents, self._giving.copying(folder, names, password),
                tr("Copying {n} of {all}"), lambda outcome: self._copied(outcome, folder),
            )  # fmt: skip

    def _copied(self, outcome: Outcome, folder: Path) -> None:
        wrong = outcome.wrong_password
        if wrong is None:
            self.several_card.show_copied(outcome, str(folder))
        else:
            self.lock_card.say_wrong(wrong)
            self._show(self.lock_card)

    def _begin(
        self,
        documents: Sequence[Document],
        do_one: DoOne,
        going: str,
        tell: Callable[[Outcome], None],
    ) -> None:
        def moved(at: int, count: int) -> None:
            self.several_card.show_going(going.format(n=at, all=count), (at - 1) / count)

        def ended(outcome: Outcome) -> None:
            self.several.moved.disconnect(moved)
            self.several.ended.disconnect(ended)
            tell(outcome)
            self.changed.emit()

        self.several.moved.connect(moved)
        self.several.ended.connect(ended)
        self._show(self.several_card)
        self.several.start(documents, do_one)

    def _all_handed(self, documents: Sequence[Document]) -> None:
        def job() -> None:
            for one in documents:
                outbox.handed_over(self._desk, one)

        def done(_none: None) -> None:
            self._show(None)
            self.changed.emit()

        self._work.run(Lane.WRITER, job, done, self.refused.emit, owner=self)
