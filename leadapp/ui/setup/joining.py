"""Joining a county's program on a new computer: invitation, account, six words.

The computer makes its own keys. Until a coordinator has let it in it opens nothing but an
empty roster, and the last step says so.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from leadapp.core.clock import Clock
from leadapp.core.errors import LeadappError
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.services.syncing.letters import Invitation
from leadapp.ui.admin.computers_request import SixWords
from leadapp.ui.admin.computers_said import what_it_is
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.setup import asking
from leadapp.ui.setup.frame import Beside, StepsScreen
from leadapp.ui.setup.steps import AccountStep, NamesShown, Step, show_missing
from leadapp.ui.words import tr
from leadapp.ui.work import Work

REQUEST = "leadapp-request.json"


class InvitationStep(Step):
    """Where the invitation lies, and what it says."""

    def __init__(self) -> None:
        super().__init__(tr("Join a program with an invitation"))
        self.invitation: Invitation | None = None
        self.file = FileLine("open", tr("Choose the invitation"), kinds="JSON (*.json);;* (*)")
        hint = tr("The coordinator of the county made it for this computer.")
        self.file_field = Field(tr("Invitation file"), self.file, needed=True, hint=hint)
        self.column.addWidget(self.file_field)
        self.said = Notice("ok", "")
        self.said.hide()
        self.column.addWidget(self.said)
        self.file.changed.connect(lambda _path: self._forget())
        self.setFocusProxy(self.file)

    def show_invitation(self, invitation: Invitation) -> None:
        """Say who invites, and as what."""
        self.invitation = invitation
        what = what_it_is(invitation.device_class, invitation.agency)
        title = tr("{county} invites this computer", county=invitation.county)
        never = tr("It never holds care records.") if invitation.device_class == "law" else ""
        stays = tr("As: {what}. That stays.", what=what)
        self.said.say("ok", title, " ".join(filter(None, (stays, never))))
        self.said.show()

    def names(self) -> tuple[str, str]:
        """Return county and agency, as far as they are known: what a guesser would try."""
        known = self.invitation
        return (known.county, known.agency) if known else ("", "")

    def _forget(self) -> None:
        self.invitation = None
        self.said.hide()
        self.file_field.set_error("")


class JoinerStep(AccountStep):
    """Who sits here, and where the request goes."""

    def __init__(self, work: Work, words: Words, invited: InvitationStep) -> None:
        title = tr("You, the first person on this computer")
        super().__init__(title, work, words, invited.names)
        self.names_shown = NamesShown()
        self.file = FileLine(
            "save", tr("Save the request"), kinds="JSON (*.json)", suggested=REQUEST
        )
        told = tr("A stick, or a folder from which you mail it. It is not secret.")
        self.file_field = Field(tr("Save the request as"), self.file, needed=True, hint=told)
        for widget in (self.name_field, self.password, self.names_shown, self.file_field):
            self.column.addWidget(widget)

    def right(self) -> bool:
        """Return whether everything needed is there; show what is not."""
        if not super().right():
            return False
        return show_missing([(self.file_field, self.path() is not None, tr("Say where it goes."))])

    def path(self) -> Path | None:
        """Return the request's file; a folder that was typed gets the usual name."""
        typed = self.file.value()
        return typed / REQUEST if typed is not None and typed.is_dir() else typed


class JoinScreen(StepsScreen):
    """``done`` when the folder is made; ``left`` back to a new program."""

    def __init__(
        self,
        root: Path,
        *,
        work: Work,
        words: Words,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        self.invited = InvitationStep()
        self.joiner = JoinerStep(work, words, self.invited)
        steps: list[Step] = [self.invited, self.joiner]
        super().__init__(tr("Join"), steps, _around(), work=work, words=words, parent=parent)
        self._root, self._clock = root, clock
        self.invited.file.settled.connect(self._look)
        self.show_step(0)

    def go_on(self) -> None:
        """Go to the next step, if this one is complete."""
        if self.busy:
            return
        match self.step:
            case 0 if self.invited.invitation is not None:
                self.show_step(1)
            case 0:
                self._look()
            case 1 if self.joiner.right():
                self._join()
            case 2:
                self.done.emit()

    def go_back(self) -> None:
        """Go back a step, or to a new program from the first."""
        if self.step == 1 and not self.busy:
            self.show_step(0)
        elif self.step == 0:
            self.left.emit()

    def _look(self) -> None:
        path = self.invited.file.value()
        if not show_missing([(self.invited.file_field, path is not None, tr("Choose the file."))]):
            return
        if path is None or self.busy:
            return

        def failed(error: LeadappError) -> None:
            self.invited.file_field.set_error(self.words.of(error))
            self.invited.file_field.focus_control()

        self.run(
            tr("Reading"), lambda: asking.invitation(path), self.invited.show_invitation, failed
        )

    def _join(self) -> None:
        path, output = self.invited.file.value(), self.joiner.path()
        if path is None or output is None:
            return
        wish = asking.Joining(
            path, output, tidy(self.joiner.name.text()), self.joiner.password.value(),
            tiles=self.joiner.names_shown.value(),
        )  # fmt: skip

        def joined(words: str) -> None:
            self.joiner.password.forget()
            step = _words_step(words, output, wish.name)
            step.setFocusProxy(self.next)
            self.add_step(step)
            self.show_step(2)

        self.run(tr("Making keys"), lambda: asking.join(self._root, wish, self._clock), joined)


def _words_step(words: str, output: Path, name: str) -> Step:
    """Return the last step: the words, and what to do next."""
    step = Step(tr("Read these six words to the coordinator"))
    step.column.addWidget(SixWords(words))
    step.column.addWidget(
        Notice("info", tr("The request is written: {file}", file=output.name), str(output.parent))
    )
    for number, said in enumerate(
        (
            tr("Bring or mail the request to the coordinator. It is not secret."),
            tr("Call them and read the six words above: they prove that nobody changed the file."),
            tr("When they have let you in and synced, unlock here as {name}.", name=name),
            tr("Open Sync, add the same stick or folder, and press Sync now. Do it twice."),
        ),
        start=1,
    ):
        step.column.addWidget(Label(f"{number}. {said}", wrap=True))
    note = tr("Write the words down or leave this open: they are shown once.")
    step.column.addWidget(Label(note, tone="text2", wrap=True))
    return step


def _around() -> tuple[Beside, ...]:
    return (
        Beside(
            tr("Joining"),
            tr(
                "A coordinator invites this computer with a file. It answers with a request, and"
                " both of you compare six words by voice.\n\nNo internet is needed: a stick will do."
            ),
            tr("Next"),
            tr("Back"),
        ),
        Beside(
            tr("Your account"),
            tr(
                "The keys are made here and never leave this computer.\n\nYour password holds on"
                " this computer only. The coordinator decides what you may do."
            ),
            tr("Make the request"),
            tr("Back"),
        ),
        Beside(
            tr("Waiting"),
            tr(
                "Until the coordinator has let this computer in, it shows no records.\n\nNothing is"
                " lost if you stop here."
            ),
            tr("Finish, go to unlock"),
        ),
    )
