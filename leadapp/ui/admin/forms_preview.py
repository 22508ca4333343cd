"""Try a form: the page people will fill it on, which keeps nothing and says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent

from leadapp.core.clock import Clock
from leadapp.core.errors import Bug
from leadapp.core.problems import Problem
from leadapp.forms.model import Definition
from leadapp.forms.session import FormSession
from leadapp.forms.submission import Submission
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.forms_in_use import Candidate
from leadapp.ui.entry.autosave import Autosave
from leadapp.ui.entry.lists import Fetching
from leadapp.ui.entry.page import EntryPage, Outside
from leadapp.ui.kit.badge import Badge
from leadapp.ui.shell.page import Crumb
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_ROOMY_FROM = 980


@dataclass(slots=True)
class PreviewDoor:
    """A form with no way out: nothing is kept, nothing is written."""

    session: FormSession
    clock: Clock
    record: str
    form_title: str
    corrects: bool = False
    needs_reason: bool = False

    def snapshot(self) -> Callable[[], None]:
        """Keep nothing."""
        return _nothing

    def ready(self) -> Submission | list[Problem]:
        """Return what would be written, or what stands in the way."""
        result = self.session.finish(self.clock.now())
        if isinstance(result, list):
            return [problem for problem in result if problem.blocks]
        return result

    def save(self, submission: Submission, reason: str) -> Callable[[], Callable[[], Saved]]:  # noqa: ARG002 - there is nothing to save to
        """Never asked for: the preview says what it found instead."""
        raise Bug("ui.preview_saves_nothing")

    def done(self) -> Callable[[], None]:
        """There is no draft."""
        return _nothing


class _NoDraft(Autosave):
    """Everything typed here is as safe as it will ever be."""

    def changed(self) -> None:
        """Let it pass."""


class PreviewPage(EntryPage):
    """The page of a form, in which finishing only checks."""

    def __init__(
        self, door: PreviewDoor, outside: Outside, fetching: Fetching, *, version: str
    ) -> None:
        super().__init__(door, outside, fetching)
        self.autosave = _NoDraft(outside.work, door.snapshot, self)
        badge = Badge(tr("Preview: nothing is saved"), tone="warn", icon="eye")
        others = self.heading.badges[1:]
        trail = [Crumb(tr("Admin"), self.leave)]
        self.set_heading(aside=version, badges=[badge, *others], trail=trail)
        self.foot.leave.set_words(tr("Close preview"))
        self._say_nothing_kept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep saying that nothing is saved."""
        super().resizeEvent(event)
        self._say_nothing_kept()

    def _say_nothing_kept(self) -> None:
        roomy = self.width() >= theme().px(_ROOMY_FROM)  # the badge says it where there is no room
        self.foot.words.setText(tr("A preview: nothing is saved") if roomy else "")

    def _show_guide(self) -> None:
        super()._show_guide()
        self.foot.finish.set_words(tr("Check the answers"))

    def _save(self, submission: Submission) -> None:  # noqa: ARG002 - it goes nowhere
        text = tr("Filled in like this, {form} would be finished now. Nothing was saved.")
        self.trouble.show()
        self.trouble.say("ok", tr("Nothing is missing"), text.format(form=self.door.form_title))


def preview(desk: Desk, candidate: Candidate, outside: Outside) -> PreviewPage | None:
    """Return a page to try ``candidate`` on; ``None`` where it cannot be read. Window's thread."""
    definition, source = candidate.definition, candidate.source
    if definition is None or source is None:
        return None
    family = source.family(desk.side) or (candidate.against and candidate.against.family(desk.side))
    fetching = Fetching(outside.work, desk.lookup(family or "shared"))
    door = PreviewDoor(
        session=_session(desk, definition, fetching),
        clock=desk.clock,
        record=f"preview-{desk.ids()}",
        form_title=source.title,
    )
    return PreviewPage(door, outside, fetching, version=source.version)


def _session(desk: Desk, definition: Definition, fetching: Fetching) -> FormSession:
    return FormSession(
        definition,
        clock=desk.clock,
        ids=desk.ids,
        lookup=fetching.lookup,
        user=desk.name,
        device=desk.device.device_id,
    )


def _nothing() -> None:
    """Keep nothing."""
