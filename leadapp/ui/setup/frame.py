"""The frame of set-up and of joining: a band at the left, one step at the right, a footer.

It knows no step: who stands on it says what each asks and what comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.foot_bar import FootBar
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.setup.steps import Step
from leadapp.ui.theme import theme
from leadapp.ui.unlock.band import Band
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.unlock.spinner import Spinner
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
_WIDE = 640


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around a step: title and text of the band, and the words of the buttons."""

    title: str
    text: str
    next: str
    back: str = ""
    """No words, no button."""
    leaves: bool = False
    """Whether the button back leaves the program."""


class StepsScreen(QWidget):
    """Override ``go_on`` and ``go_back``; ``show_step`` goes to a step. ``beside`` has one a step."""

    done = Signal()
    """The program stands: go to the unlock screen."""

    left = Signal()
    """Nobody wants one here."""

    def __init__(
        self,
        name: str,
        steps: list[Step],
        beside: Sequence[Beside],
        *,
        work: Work,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.work, self.words = work, words
        self._beside = tuple(beside)
        self._busy = False
        self._at = 0
        self._steps = steps
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._build()
        QShortcut(QKeySequence("Ctrl+S"), self, self.go_on)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._at

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._busy

    def go_on(self) -> None:
        """Go to the next step, if this one is complete."""

    def go_back(self) -> None:
        """Go back a step, or leave from the first."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the band its part."""
        super().resizeEvent(event)
        self.band.fit(round(self.width() * 0.8))

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.band = Band()
        row.addWidget(self.band)
        right = QVBoxLayout()
        right.setSpacing(0)
        self._scroll = Scroll(margin=28, gap=12)
        self._count = Label("", role="label", tone="text2")
        self._trouble = Notice("err", "")
        self._trouble.hide()
        holder = QWidget()
        holder.setMaximumWidth(look.px(_WIDE))
        self._inside = QVBoxLayout(holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(look.px(10))
        self._inside.addWidget(self._count)
        self._inside.addWidget(self._trouble)
        for step in self._steps:
            self._inside.addWidget(step)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(holder, 100)
        centred.addStretch(1)
        self._scroll.body.addLayout(centred)
        right.addWidget(self._scroll, 1)
        right.addWidget(self._foot())
        row.addLayout(right, 1)

    def _foot(self) -> QWidget:
        foot = FootBar(side=28)
        self.back = Button(tr("Quit"), icon="log-out")
        self.back.clicked.connect(self.go_back)
        self.spinner = Spinner()
        self.next = Button(tr("Next"), icon="arrow-right", role="primary", key="Ctrl+S")
        self.next.clicked.connect(self.go_on)
        foot.row.addWidget(self.back)
        foot.row.addWidget(self.spinner, 1)
        foot.row.addWidget(self.next)
        return foot

    def add_step(self, step: Step) -> None:
        """Add a step that could not be made before."""
        self._steps.append(step)
        self._inside.addWidget(step)

    def show_step(self, at: int) -> None:
        """Show one step; the focus goes into it."""
        self._at = at
        self._trouble.hide()
        for number, step in enumerate(self._steps):
            step.setVisible(number == at)
        step = self._steps[at]
        self._count.setText(tr("Step {number} of {all}", number=at + 1, all=len(self._beside)))
        beside = self._beside[at]
        self.band.say(beside.title, beside.text)
        self.next.set_words(beside.next)
        self.back.set_words(beside.back)
        self.back.set_icon("log-out" if beside.leaves else "arrow-left")
        self.back.setVisible(bool(beside.back))
        self.setFocusProxy(step)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, f"{self._count.text()}. {step.title}")
        # A step just shown is laid out first; only then can it take the focus.
        QTimer.singleShot(0, step, lambda: step.setFocus(Qt.FocusReason.OtherFocusReason))

    def set_busy(self, words: str) -> None:
        """Say what is awaited, "" for nothing."""
        self._busy = bool(words)
        self.next.setEnabled(not words)
        self._trouble.hide()
        if words:
            self.spinner.start(words)
        else:
            self.spinner.stop()

    def run(
        self,
        doing: str,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LeadappError], None] | None = None,
        *,
        lane: Lane = Lane.CRYPTO,
    ) -> None:
        """Say what is ``doing``, run ``job`` on its lane, go on with the answer."""

        def came(answer: T) -> None:
            self.set_busy("")
            done(answer)

        def refused(error: LeadappError) -> None:
            self.set_busy("")
            (failed or self.refuse)(error)

        self.set_busy(doing)
        self.work.run(lane, job, came, refused, owner=self)

    def refuse(self, error: LeadappError) -> None:
        """Show what was refused: at its question, where the step has one for it."""
        if not self._steps[self._at].refuse(error):
            self.say_wrong(self.words.of(error))

    def say_wrong(self, words: str) -> None:
        """Say what was refused, above the step."""
        self._trouble.say("err", words)
        self._trouble.show()
        self._scroll.verticalScrollBar().setValue(0)
