"""What must be seen between the password and the work, on a page of its own.

Recovery pages of rings this person is the first to open; colleagues who wait for a yes
to ``care``; what is wrong with the account. Without any of these it is never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.unlock.recovery_pages import Printing, RecoveryPages
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leadapp.services.desk import Desk
    from leadapp.services.holding import Request

_WIDE = 720


class Hall(QWidget):
    """``done`` when the person goes on to work; ``lock_asked`` on Ctrl+L."""

    done = Signal()
    lock_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        requests: Sequence[Request],
        *,
        work: Work,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._work, self._words = desk, work, words
        self._warned = False
        self.answers: dict[str, Button] = {}
        """The buttons that say yes, by the user who asked."""
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Before you go on"))
        self.pages: RecoveryPages | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._middle(requests), 1)
        column.addWidget(self._foot())
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on. (With a focus proxy Tab would leave out what stands before it.)"""
        super().focusInEvent(event)
        (self.pages or self.go_on).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def try_to_go_on(self) -> None:
        """Go on, unless a page's part is still to be typed: then say so, once."""
        if self.pages is not None and not self.pages.all_back and not self._warned:
            self._warned = True
            self._missing.show()
            self.go_on.set_words(tr("Go on without it"))
            self.pages.focus_missing()
            return
        self.done.emit()

    def _middle(self, requests: Sequence[Request]) -> QWidget:
        look = theme()
        scroll = Scroll(margin=24, gap=12)
        row = QHBoxLayout()
        row.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(look.px(_WIDE))
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.px(12))
        inner.addWidget(Label(tr("Before you go on"), role="figure"))
        for problem in self._desk.holding.problems:
            inner.addWidget(Notice("warn", self._words.of(problem)))
        for request in requests:
            inner.addWidget(self._asked(request))
        if self._desk.holding.pages:
            inner.addWidget(self._pages_card())
        row.addWidget(holder, 100)
        row.addStretch(1)
        scroll.body.addLayout(row)
        return scroll

    def _pages_card(self) -> Card:
        card = Card(tr("Recovery pages to print now"))
        text = tr(
            "You are the first to open these records here. If every password is lost, only this"
            " paper opens them. It is shown once. Print it, write the keeper's name on it, and put"
            " it in a safe."
        )
        card.body.addWidget(Label(text, wrap=True))
        printing = Printing(self._desk.device.county, self._desk.name, self._desk.clock)
        self.pages = RecoveryPages(
            self._desk.holding.pages, printing, work=self._work, words=self._words
        )
        self.pages.confirmed.connect(self._all_back)
        card.body.addWidget(self.pages)
        later = tr(
            "A part is still to be typed back. Without the page on paper these records are lost"
            " when the passwords are. A new page can be made under Admin."
        )
        self._missing = Notice("warn", tr("The page was not confirmed"), later)
        self._missing.hide()
        card.body.addWidget(self._missing)
        return card

    def _asked(self, request: Request) -> Card:
        """Return the question whether someone may have a ring."""
        title = tr("{name} asks to open {ring}", name=request.name, ring=ring_words(request.ring))
        card = Card(title)
        text = tr(
            "Their role opens it, and you hold it. Say yes only if they work with these people."
            " It is logged. They can open it from their next unlock on."
        )
        card.body.addWidget(Label(text, wrap=True))
        said = Label("", tone="text2")
        said.hide()
        row = QHBoxLayout()
        yes = Button(tr("Yes, let {name} open it", name=request.name), icon="check")
        no = Button(tr("Not now"), icon="x")
        self.answers[request.user] = yes
        row.addWidget(yes)
        row.addWidget(no)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(said)

        def answered(words: str) -> None:
            yes.hide()
            no.hide()
            said.setText(words)
            said.show()
            self.go_on.setFocus()

        no.clicked.connect(lambda: answered(tr("Not given. You are asked again next time.")))
        yes.clicked.connect(lambda: self._grant(request, lambda: answered(tr("Given.")), said))
        return card

    def _grant(self, request: Request, done: Callable[[], None], said: Label) -> None:
        def job() -> None:
            from leadapp.services import accounts  # loaded already, by unlocking

            accounts.grant_ring(self._desk, request.ring, request.user)

        def failed(error: LeadappError) -> None:
            said.setText(self._words.of(error))
            said.set_tone("err")
            said.show()

        self._work.run(Lane.WRITER, job, lambda _: done(), failed, owner=self)

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setProperty("kind", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        side = theme().px(16)
        row.setContentsMargins(side, theme().px(8), side, theme().px(8))
        lock = Button(tr("Lock"), icon="lock", key="Ctrl+L")
        lock.clicked.connect(self.lock_asked.emit)
        self.go_on = Button(tr("Go on"), icon="arrow-right", role="primary")
        self.go_on.clicked.connect(self.try_to_go_on)
        row.addWidget(lock)
        row.addStretch(1)
        row.addWidget(self.go_on)
        return foot

    def _all_back(self) -> None:
        self._missing.hide()
        self.go_on.set_words(tr("Go on"))
        self.go_on.setFocus()
