"""Set-up: county, administrator, pages on paper, people; ends at the unlock screen.

Leaving before a part of the page is typed back leaves no program: the next start begins
anew. What is in memory between the steps is forgotten at the end.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leadapp.core.clock import Clock
from leadapp.core.errors import LeadappError
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.services.accounts import Account
from leadapp.services.desk import Desk
from leadapp.ui.admin.account_form import AccountWish
from leadapp.ui.kit.label import Label
from leadapp.ui.setup import asking
from leadapp.ui.setup.asking import Answers, Founding
from leadapp.ui.setup.frame import Beside, StepsScreen
from leadapp.ui.setup.people_step import PeopleStep
from leadapp.ui.setup.steps import CountyStep, PersonStep, Step
from leadapp.ui.unlock.recovery_pages import Printing, RecoveryPages
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


class SetupScreen(StepsScreen):
    """``done`` when the program stands; ``left`` when nobody wants one here."""

    join_wanted = Signal()
    """The county has a program: join it instead."""

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
        self.county = CountyStep()
        self.person = PersonStep(work, words, self.county)
        steps: list[Step] = [self.county, self.person]
        super().__init__(tr("Set up"), steps, _around(), work=work, words=words, parent=parent)
        self._root, self._clock = root, clock
        self._founding: Founding | None = None
        self._desk: Desk | None = None
        self.pages: RecoveryPages | None = None
        self.people: PeopleStep | None = None
        self.county.join_wanted.connect(self.join_wanted.emit)
        self.show_step(0)

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
                self.show_step(1)
            case 1 if self.person.right():
                self._create()
            case 2:
                self._ask_for_part()
            case 3:
                self._finish()

    def go_back(self) -> None:
        """Go back a step, or leave from the first."""
        if self._at == 1 and not self._busy:
            self.show_step(0)
        elif self._at == 0:
            self.left.emit()

    # -- the steps -----------------------------------------------------------------------

    def _create(self) -> None:
        answers = Answers(
            county=tidy(self.county.county.text()),
            device_class=self.county.device_class(),
            agency=self.county.agency_id(),
            notice=self.county.notice.value().strip(),
            tiles=self.county.names_shown.value(),
            name=tidy(self.person.name.text()),
            password=self.person.password.value(),
        )
        self.run(
            tr("Making keys"),
            lambda: asking.create(self._root, answers, self._clock),
            self._created,
        )

    def _created(self, founding: Founding) -> None:
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
            work=self.work,
            words=self.words,
            asked=[founding.result.asked],
        )
        self.pages.typed.connect(self._confirm)
        step.column.addWidget(self.pages)
        step.setFocusProxy(self.pages)
        self.add_step(step)
        self.show_step(2)

    def _ask_for_part(self) -> None:
        if self.pages is not None and not self.pages.all_back:
            self.say_wrong(tr("Print the page, then type the part that is asked for."))
            self.pages.focus_missing()

    def _confirm(self, page: str, group: int, typed: str) -> None:
        founding = self._founding
        if founding is None:
            return
        self.run(
            tr("Opening"),
            lambda: asking.confirm(founding, page, group, typed, self._clock),
            self._confirmed,
        )

    def _confirmed(self, desk: Desk) -> None:
        self._founding = None
        self._desk = desk
        self.desk_changed.emit(desk)
        device = desk.device
        self.people = PeopleStep(
            self.work,
            self.words,
            device_class=device.device_class,
            agency=device.agency,
            county=device.county,
        )
        self.people.add_wanted.connect(self._add_person)
        self.people.law_wanted.connect(self._grant_law)
        self.add_step(self.people)
        self.show_step(3)
        self._list_people()

    def _add_person(self, wish: AccountWish) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None or self._busy:
            return

        def added(_user: str) -> None:
            step.added(wish)
            self._list_people()

        def refused(error: LeadappError) -> None:
            if not step.form.refuse(error):
                step.say_wrong(self.words.of(error))

        doing = tr("Making the account")
        self.run(doing, lambda: asking.add_user(desk, wish), added, refused, lane=Lane.WRITER)

    def _grant_law(self, agency: str, user: str) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None or self._busy:
            return

        def granted(_: None) -> None:
            step.notice.say("ok", tr("Allowed. It opens at the coordinator\u2019s next unlock."))
            step.notice.show()

        doing = tr("Writing it down")
        self.run(doing, lambda: asking.grant_law(desk, agency, user), granted, lane=Lane.WRITER)

    def _list_people(self) -> None:
        desk, step = self._desk, self.people
        if desk is None or step is None:
            return

        def show(found: list[Account]) -> None:
            step.show_people(found)

        # After the writing that is under way, so that the list is whole.
        self.work.run(Lane.WRITER, lambda: asking.people(desk), show, self.refuse, owner=self)

    def _finish(self) -> None:
        desk = self._desk
        if desk is None:
            return

        def closed(_: None) -> None:
            self._desk = None
            self.desk_changed.emit(None)
            self.done.emit()

        self.run(tr("Closing"), desk.close, closed, lane=Lane.WRITER)


def _around() -> tuple[Beside, ...]:
    """Return what stands around each step."""
    return (
        Beside(
            tr("First run"),
            tr(
                "This makes a new program: its keys, its first accounts, its lists. It takes about"
                " ten minutes and a printer.\n\nIf the county has a program already, join it: its"
                " coordinator gives you an invitation file."
            ),
            tr("Next"),
            tr("Quit"),
            leaves=True,
        ),
        Beside(
            tr("Passwords"),
            tr(
                "Long is good. No rule about capitals or signs.\n\nNobody can look a password up,"
                " not even we. The pages of the next step are the only other way in."
            ),
            tr("Make the program"),
            tr("Back"),
        ),
        Beside(
            tr("Recovery pages"),
            tr(
                "One page for the program and one for each part of it.\n\nA page opens its part"
                " without a password. Keep them apart from this computer, in a safe."
            ),
            tr("Next"),
        ),
        Beside(
            tr("People"),
            tr(
                "Each person has an account of their own. Shared accounts are not allowed, so that"
                " the log tells who did what."
            ),
            tr("Finish, go to unlock"),
        ),
    )
