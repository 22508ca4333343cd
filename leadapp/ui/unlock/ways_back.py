"""When a password does not help: a locked account released, or a password forgotten.

Three ways open a locked account: an administrator at this computer, a one-time code a
supervisor reads out, a recovery page. A forgotten password takes recovery pages, or an
administrator's reset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.journal.rings import SHARED, SYS
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.unlock.code_box import CodeBox
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.words import tr
from leadapp.ui.work import Work

if TYPE_CHECKING:
    from leadapp.services.unlock import Person


class LockedPanel(QWidget):
    """The three ways to release ``person``."""

    code_typed = Signal(str)
    """The code a supervisor read out."""
    page_typed = Signal(str, str)
    """The ring of a recovery page, and its code."""

    def __init__(
        self, person: Person, rings: Sequence[RingId], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        text = tr("Nothing is lost. There are three ways to open it again.")
        title = tr("This account is locked after too many wrong passwords.")
        column.addWidget(Notice("err", title, text))
        column.addWidget(self._phone(person))
        column.addWidget(self._page(rings))
        column.addWidget(self._administrator())
        self.setFocusProxy(self._code if person.challenge else self._code_box)

    def refuse(self, words: str, *, page: bool) -> None:
        """Say what is wrong with what was typed."""
        field = self._code_box.field if page else self._code_field
        field.set_error(words)
        field.focus_control()

    def _phone(self, person: Person) -> Card:
        card = Card(tr("A code by phone"))
        self._code = Line()
        self._code_field = Field(tr("The code they read back"), self._code)
        if not person.challenge:
            words = tr("No code was made ready on this computer. Take one of the other ways.")
            card.body.addWidget(Label(words, tone="text2", wrap=True))
            return card
        words = tr("Call a supervisor or an administrator and read these letters:")
        card.body.addWidget(Label(words, tone="text2", wrap=True))
        self.challenge = Label(person.challenge, role="figure_small")
        self.challenge.setAccessibleName(tr("Letters to read out: {it}", it=person.challenge))
        card.body.addWidget(self.challenge)
        row = QHBoxLayout()
        row.addWidget(self._code_field, 1)
        release = Button(tr("Release"), icon="lock-open")
        release.clicked.connect(lambda: self.code_typed.emit(self._code.text()))
        self._code.returnPressed.connect(release.click)
        card.body.addLayout(row)
        card.body.addWidget(release)
        return card

    def _page(self, rings: Sequence[RingId]) -> Card:
        card = Card(tr("A recovery page"))
        self._code_box = CodeBox(rings)
        card.body.addWidget(self._code_box)
        release = Button(tr("Release with this page"), icon="key-round")
        release.clicked.connect(
            lambda: self.page_typed.emit(self._code_box.ring(), self._code_box.text())
        )
        card.body.addWidget(release)
        return card

    def _administrator(self) -> Card:
        card = Card(tr("An administrator here"))
        words = tr(
            "They unlock on this computer with their own password, open Admin, choose the name and"
            " press Release."
        )
        card.body.addWidget(Label(words, tone="text2", wrap=True))
        return card


class ForgottenPanel(QWidget):
    """A new password by the recovery pages."""

    done = Signal(str, dict)
    """The new password, and the codes typed by ring."""
    left = Signal()
    """Back to the password."""

    def __init__(
        self,
        work: Work,
        words: Words,
        rings: Sequence[RingId],
        context: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._rings = tuple(ring for ring in rings if ring not in (SYS, SHARED))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(12))
        text = tr(
            "An administrator can reset it on this computer. Without one, type the page of"
            " computers and people, the page of shared lists, and the page of each further part you"
            " are to open: what is not typed here a colleague must give you again."
        )
        self._column.addWidget(Label(text, tone="text2", wrap=True))
        self._boxes = [
            CodeBox([SYS], label=tr("The page of computers and people (sys)")),
            CodeBox([SHARED], label=tr("The page of shared lists and stock (shared)")),
        ]
        for box in self._boxes:
            self._column.addWidget(box)
        self._more = Button(tr("Add another page"), icon="plus", small=True)
        self._more.clicked.connect(self._add_page)
        self._column.addWidget(self._more)
        self.password = NewPassword(work, words, context, label=tr("New password"))
        self._column.addWidget(self.password)
        self._column.addLayout(self._buttons())
        self.setFocusProxy(self._boxes[0])

    def refuse(self, error: LeadappError) -> None:
        """Say what is wrong: with the new password, or with a code."""
        if isinstance(error, Refusal) and error.problems:
            self.password.say(error.problems)
            self.password.field.focus_control()
            return
        self._boxes[0].field.set_error(self._words.of(error))
        self._boxes[0].field.focus_control()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        back = Button(tr("Back"), icon="arrow-left")
        back.clicked.connect(self.left.emit)
        use = Button(tr("Set the new password"), icon="key-round", role="primary")
        use.clicked.connect(self._use)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(use)
        return row

    def _add_page(self) -> None:
        further = len(self._boxes) - 2
        box = CodeBox((*self._rings[further:], *self._rings[:further]))  # begins with the next one
        self._column.insertWidget(self._column.indexOf(self._more), box)
        self._boxes.append(box)
        box.setFocus()
        self._more.setVisible(len(self._boxes) - 2 < len(self._rings))

    def _use(self) -> None:
        if self.password.wrong():
            self.password.field.focus_control()
            return
        typed: Mapping[RingId, str] = {box.ring(): box.text() for box in self._boxes if box.text()}
        self.done.emit(self.password.value(), dict(typed))
