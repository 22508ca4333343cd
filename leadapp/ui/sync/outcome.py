"""What came of the last exchange: notices first, then ring by ring what came and went."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.services.syncing import RingReport
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.table import Table
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync import said
from leadapp.ui.sync.runner import Ended
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_MOST_NOTICES = 6


class Outcome(QWidget):
    """``show_ended`` once an exchange is over."""

    lock_wanted = Signal()
    """Rights changed: sign in again."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(10))

    def show_ended(self, ended: Ended) -> None:
        """Show it, in place of what came of the one before."""
        self._clear()
        report = ended.report
        if ended.refused is not None:
            self._say(Notice("err", self._words.of(ended.refused), _safe()))
        if report.stopped:
            text = tr("What was done until then is done. The next exchange goes on from there.")
            self._say(Notice("info", tr("Stopped safely"), text))
        if report.unlock_again:
            again = Button(tr("Lock, then sign in again"), icon="lock", small=True)
            again.clicked.connect(self.lock_wanted.emit)
            title = tr("What you may do on this computer has changed")
            text = tr("Sign in again, then sync once more: it takes effect then.")
            self._say(Notice("info", title, text, actions=(again,)))
        standing = said.ABOUT_ME | {problem.code for problem in report.notices}  # shown above
        told = [one for one in report.everything if one.code not in standing]
        for problem in told[:_MOST_NOTICES]:
            self._say(self._notice(problem))
        announce(self, said.headline(report))
        if report.rings:
            self._column.addWidget(self._card(ended))

    def _card(self, ended: Ended) -> Card:
        report = ended.report
        title = tr("The last exchange, with {target}", target=report.target)
        card = Card(title, aside=said.headline(report))
        table = Table(
            [
                Column("ring", tr("Records"), 240),
                Column("in", tr("Came in"), 90, number=True),
                Column("out", tr("Went out"), 90, number=True),
                Column("waits", tr("What waits"), 200, stretch=True),
            ],
            name=tr("What came and what went"),
        )
        table.show_rows([_row(one) for one in report.rings])
        high = theme().px(34) + table.verticalHeader().defaultSectionSize() * len(report.rings)
        table.setFixedHeight(high + theme().px(4))
        card.body.addWidget(table)
        for words in _honest(ended):
            card.body.addWidget(Label(words, role="table", tone="text2", wrap=True))
        return card

    def _notice(self, problem: Problem) -> Notice:
        title, text = said.explained(problem, self._words)
        return Notice("err" if problem.blocks else "warn", title, text)

    def _say(self, notice: Notice) -> None:
        self.notices.append(notice)
        self._column.addWidget(notice)

    def _clear(self) -> None:
        self.notices.clear()
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _row(one: RingReport) -> Row:
    waits = said.what_waits(one)
    return Row(
        one.ring,
        (
            Cell(ring_words(one.ring), bold=True),
            Cell(f"{one.entries_in:,}"),
            Cell(f"{one.entries_out:,}"),
            Cell(waits or tr("Nothing"), tone="text" if waits else "text2"),
        ),
    )


def _honest(ended: Ended) -> list[str]:
    """Return what "saved", "sent" and "confirmed" mean now, as far as it is known."""
    report = ended.report
    waiting = sum(one.only_here for one in report.rings)
    said_ = [tr("Saved here: everything you finished, whatever the exchange did.")]
    if waiting:
        said_.append(tr("Not sent yet: {entries}.", entries=said.entries(waiting)))
    elif not ended.refused and not report.stopped:
        said_.append(
            tr(
                "Sent: all that is listed here lies at {target}. Others have it once they sync there.",
                target=report.target,
            )
        )
    return said_


def _safe() -> str:
    return tr("Everything you saved is still on this computer. Mend that, then sync again.")
