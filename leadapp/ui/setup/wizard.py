"""Set-up: county, administrator, pages on paper, people; ends at the unlock screen.

Leaving before a part of the page is typed back leaves no program: the next start begins
anew. What is in memory between the steps is forgotten at the end.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.core.errors import LeadappError
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.services.accounts import Account
from leadapp.services.desk import Desk
from leadapp.ui.admin.account_form import AccountWish
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.setup import asking
from leadapp.ui.setup.asking import Answers, Founding
from leadapp.ui.setup.people_step import PeopleStep
from leadapp.ui.setup.steps import CountyStep, PersonStep, Step
from leadapp.ui.theme import theme
from leadapp.ui.unlock.band import Band
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.unlock.recovery_pages import Printing, RecoveryPages
from leadapp.ui.unlock.spinner import Spinner
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_STEPS = 4
_WIDE = 640


class SetupScreen(QWidget):
    """``done`` when the program stands; ``left`` when nobody wants one here."""

    done = Signal()
    left = Signal()
    desk_changed = Signal(object)
    """The first account's desk while people are added, then ``None``."""

    def __init__(
        self,
        root: Path,
        *,
        work: Work,
        words: Words,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._root, self._work, self._words, self._clock = root, work, words, clock
        self._founding: Founding | None = None
        self._desk: Desk | None = None
        self._busy = False
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Set up"))
        self.county = CountyStep()
        self.person = PersonStep(work, words, self.county)
        self.pages: RecoveryPages | None = None
        self.people: PeopleStep | None = None
        self._steps: list[Step] = [self.county, self.person]
        self._at = 0
        self._build()
        QShortcut(QKeySequence("Ctrl+S"), self, self.go_on)
        self._show(0)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._at

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._busy

    @property
    def founding(self) -> Founding | None:
        """What is made and not yet confirmed."""
        return self._founding

    def go_on(self) -> None:
        """Go to the next step, if this one is complete."""
        if self._busy:
            return
        match self._at:
            case 0 if self.county.right():
                self._show(1)
            case 1 if self.person.right():
                self._create()
            case 2:
                self._ask_for_part()
            case 3:
                self._finish()

    def go_back(self) -> None:
        """Go back a step, or leave from the first."""
        if self._at == 1 and not self._busy:
            self._show(0)
        elif self._at == 0:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the band its part."""
        super().resizeEvent(event)
        self.band.fit(round(self.width() * 0.8))

    # -- the steps -----------------------------------------------------------------------

    def _create(self) -> None:
        answers = Answers(
            county=tidy(self.county.county.text()),
            device_class=self.county.device_class(),
            agency=self.county.agency_id(),
            notice=self.county.notice.value().strip(),
            tiles=self.county.tiles.value() != "no",
            name=tidy(self.person.name.text()),
            password=self.person.password.value(),
        )
        self._set_busy(tr("Making keys"))
        self._work.run(
            Lane.CRYPTO,
            lambda: asking.create(self._root, answers, self._clock),
            self._created,
            self._refused,
            owner=self,
        )

    def _created(self, founding: Founding) -> None:
        self._set_busy("")
        self._founding = founding
        self.person.password.forget()
        step = Step(tr("Print these pages now"))
        text = tr(
            "They are shown once and kept nowhere. If passwords are lost, only these pages open the"
            " program. Give each to a keeper who does not know the passwords."
        )
        step.column.addWidget(Label(text, wrap=True))
        printing = Printing(founding.answers.county, founding.answers.name, self._clock)
        self.pages = RecoveryPages(
            founding.pages,
            printing,
            work=self._work,
            words=self._words,
            asked=[founding.result.asked],
        )
        self.pages.typed.connect(self._confirm)
        step.column.addWidget(self.pages)
        step.setFocusProxy(self.pages)
        self._add_step(step)
        self._show(2)

    def _ask_for_part(self) -> None:
        if self.pages is not None and not self.pages.all_back:
            self._say_wrong(tr("Print the page, then type the part that is asked for."))
            self.pages.focus_missing()

    def _confirm(self, page: str, group: int, typed: str) -> None:
        founding = self._founding
        if founding is None:
            return
        self._set_busy(tr("Opening"))
        self._work.run(
            Lane.CRYPTO,
            lambda: asking.confirm(founding, page, group, typed, self._clock),
            self._confirmed,
            self._refused,
            owner=self,
        )

    def _confirmed(self, desk: Desk) -> None:
        self._set_busy("")
        self._founding = None
        self._desk = desk
        self.desk_changed.emit(desk)
        device = desk.device
        self.people = PeopleStep(
            self._work,
            self._words,
            device_class=device.device_class,
            agency=device.agency,
            county=device.county,
        )
        self.people.add_wanted.connect(self._add_person)
        self.people.law_wanted.connect(self._grant_law)
        self._add_step(self.people)
        self._show(3)
        self._list_people()

    def _add_person(self, wish: AccountWish) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None or self._busy:
            return

        def added(_user: str) -> None:
            self._set_busy("")
            step.added(wish)
            self._list_people()

        def refused(error: LeadappError) -> None:
            self._set_busy("")
            if not step.form.refuse(error):
                step.say_wrong(self._words.of(error))

        self._set_busy(tr("Making the account"))
        self._work.run(Lane.WRITER, lambda: asking.add_user(desk, wish), added, refused, owner=self)

    def _grant_law(self, agency: str, user: str) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None or self._busy:
            return

        def granted(_: None) -> None:
            self._set_busy("")
            step.notice.say("ok", tr("Allowed. It opens at the coordinator\u2019s next unlock."))
            step.notice.show()

        self._set_busy(tr("Writing it down"))
        self._work.run(
            Lane.WRITER,
            lambda: asking.grant_law(desk, agency, user),
            granted,
            self._refused,
            owner=self,
        )

    def _list_people(self) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None:
            return

        def show(found: list[Account]) -> None:
            step.show_people(found)

        # After the writing that is under way, so that the list is whole.
        self._work.run(Lane.WRITER, lambda: asking.people(desk), show, self._refused, owner=self)

    def _finish(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._set_busy(tr("Closing"))

        def closed(_: None) -> None:
            self._desk = None
            self.desk_changed.emit(None)
            self.done.emit()

        self._work.run(Lane.WRITER, desk.close, closed, self._refused, owner=self)

    def _refused(self, error: LeadappError) -> None:
        self._set_busy("")
        if self._at == 1 and self.person.refuse(error):
            return
        self._say_wrong(self._words.of(error))

    # -- the look ------------------------------------------------------------------------

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
        look = theme()
        foot = QWidget()
        foot.setProperty("kind", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(look.px(28), look.px(10), look.px(28), look.px(10))
        self.back = Button(tr("Quit"), icon="log-out")
        self.back.clicked.connect(self.go_back)
        self.spinner = Spinner()
        self.next = Button(tr("Next"), icon="arrow-right", role="primary", key="Ctrl+S")
        self.next.clicked.connect(self.go_on)
        row.addWidget(self.back)
        row.addWidget(self.spinner, 1)
        row.addWidget(self.next)
        return foot

    def _add_step(self, step: Step) -> None:
        self._steps.append(step)
        self._inside.addWidget(step)

    def _show(self, at: int) -> None:
        self._at = at
        self._trouble.hide()
        for number, step in enumerate(self._steps):
            step.setVisible(number == at)
        step = self._steps[at]
        self._count.setText(tr("Step {number} of {all}", number=at + 1, all=_STEPS))
        title, text = _beside(at)
        self.band.say(title, text)
        labels = (tr("Next"), tr("Make the program"), tr("Next"), tr("Finish, go to unlock"))
        self.next.set_words(labels[at])
        self.back.set_words(tr("Quit") if at == 0 else tr("Back"))
        self.back.set_icon("log-out" if at == 0 else "arrow-left")
        self.back.setVisible(at < 2)
        self.setFocusProxy(step)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, f"{self._count.text()}. {step.title}")
        # A step just shown is laid out first; only then can it take the focus.
        QTimer.singleShot(0, step, lambda: step.setFocus(Qt.FocusReason.OtherFocusReason))

    def _set_busy(self, words: str) -> None:
        self._busy = bool(words)
        self.next.setEnabled(not words)
        self._trouble.hide()
        if words:
            self.spinner.start(words)
        else:
            self.spinner.stop()

    def _say_wrong(self, words: str) -> None:
        self._trouble.say("err", words)
        self._trouble.show()
        self._scroll.verticalScrollBar().setValue(0)


def _beside(at: int) -> tuple[str, str]:
    """Return title and text of the band at each step."""
    match at:
        case 0:
            return tr("First run"), tr(
                "This makes a new program: its keys, its first accounts, its lists. It takes about"
                " ten minutes and a printer.\n\nIf the county has a program already, have its"
                " coordinator add this computer instead."
            )
        case 1:
            return tr("Passwords"), tr(
                "Long is good. No rule about capitals or signs.\n\nNobody can look a password up,"
                " not even we. The pages of the next step are the only other way in."
            )
        case 2:
            return tr("Recovery pages"), tr(
                "One page for the program and one for each part of it.\n\nA page opens its part"
                " without a password. Keep them apart from this computer, in a safe."
            )
        case _:
            return tr("People"), tr(
                "Each person has an account of their own. Shared accounts are not allowed, so that"
                " the log tells who did what."
            )
