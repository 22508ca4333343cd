"""The strips above everything on Sync: what waits for a choice since computers exchanged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.notice import Notice
from leadapp.ui.sync import said
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class ToLookAt(QWidget):
    """``show_review(5)`` and ``show_forms(problems)``; hidden while there is nothing."""

    review_wanted = Signal()
    forms_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._forms: list[Notice] = []
        self.setAccessibleName(tr("To look at"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(8))
        go = Button(tr("Review"), key="Ctrl+Shift+R", small=True)
        go.clicked.connect(self.review_wanted.emit)
        self.review = Notice("warn", "", actions=(go,), parent=self)
        self.review.hide()
        self._column.addWidget(self.review)
        self.hide()

    def show_review(self, count: int, what: str = "") -> None:
        """Say how many records wait for a choice; ``what`` says more of them."""
        one = tr("1 thing to review after the last sync")
        title = one if count == 1 else tr("{n} things to review after the last sync", n=count)
        usual = tr("Two computers changed the same, or wrote of the same. Nothing is lost.")
        self.review.say("warn", title, what or usual)
        self.review.setVisible(bool(count))
        self._settle()

    def show_forms(self, problems: Sequence[Problem]) -> None:
        """Say which forms were approved in two versions."""
        for notice in self._forms:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self._forms = [self._notice(one) for one in problems]
        for notice in self._forms:
            self._column.addWidget(notice)
            notice.show()
        self._settle()

    def _notice(self, problem: Problem) -> Notice:
        title, text = said.explained(problem, self._words)
        go = Button(tr("Choose"), icon="clipboard-list", small=True)
        go.setAccessibleName(tr("Choose the version of {form}", form=problem.values["form"]))
        go.clicked.connect(self.forms_wanted.emit)
        return Notice("warn", title, text, actions=(go,))

    def _settle(self) -> None:
        self.setVisible(bool(self._forms) or not self.review.isHidden())
