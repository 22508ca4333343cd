"""What a form's page asks of the program. ``FillingDoor`` is the door to ``services.filling``.

Each call says its thread: the page itself touches no database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from leadapp.core.clock import Clock
from leadapp.core.problems import Problem
from leadapp.forms.session import FormSession
from leadapp.forms.submission import Submission
from leadapp.services import filling as filling_
from leadapp.services.desk import Desk
from leadapp.services.filling import Filling, Saved


class EntryDoor(Protocol):
    """The form being filled, and the ways out of it."""

    @property
    def session(self) -> FormSession:
        """Return the conversation about the record."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the one source of now."""
        ...

    @property
    def record(self) -> str:
        """Return the record's id."""
        ...

    @property
    def form_title(self) -> str:
        """Return what the form is called."""
        ...

    @property
    def corrects(self) -> bool:
        """Return whether a finished record is being corrected."""
        ...

    @property
    def needs_reason(self) -> bool:
        """Return whether the correction must say why."""
        ...

    def snapshot(self) -> Callable[[], None]:
        """Take the answers now (window's thread); what is returned keeps them (drafts lane)."""
        ...

    def ready(self) -> Submission | list[Problem]:
        """Return what is to be written, or what stands in the way. Window's thread."""
        ...

    def save(self, submission: Submission, reason: str) -> Callable[[], Callable[[], Saved]]:
        """Return what gathers (reader lane) and then gives what writes (writer lane)."""
        ...

    def done(self) -> Callable[[], None]:
        """Return what lets the draft go once the record is durable. Drafts lane."""
        ...


@dataclass(slots=True)
class FillingDoor:
    """A ``Filling`` at a ``Desk``."""

    desk: Desk
    filling: Filling

    @property
    def session(self) -> FormSession:
        """Return the conversation about the record."""
        return self.filling.session

    @property
    def clock(self) -> Clock:
        """Return the desk's clock."""
        return self.desk.clock

    @property
    def record(self) -> str:
        """Return the record's id."""
        return self.filling.record

    @property
    def form_title(self) -> str:
        """Return what the form is called."""
        return self.filling.source.title

    @property
    def corrects(self) -> bool:
        """Return whether a finished record is being corrected."""
        return self.filling.corrects is not None

    @property
    def needs_reason(self) -> bool:
        """Return whether the correction must say why."""
        return self.filling.needs_reason

    def snapshot(self) -> Callable[[], None]:
        """Take the answers now; keep them on the drafts lane."""
        desk, draft = self.desk, filling_.as_draft(self.desk, self.filling)
        return lambda: filling_.keep(desk, draft)

    def ready(self) -> Submission | list[Problem]:
        """Return what is to be written, or what stands in the way."""
        return filling_.ready(self.desk, self.filling)

    def save(self, submission: Submission, reason: str) -> Callable[[], Callable[[], Saved]]:
        """Gather on the reader lane, then write on the writer lane."""
        desk, filling = self.desk, self.filling

        def gather() -> Callable[[], Saved]:
            known = filling_.gather(desk, filling, submission)
            return lambda: filling_.save(desk, filling, submission, known, reason=reason)

        return gather

    def done(self) -> Callable[[], None]:
        """Let the draft go on the drafts lane."""
        desk, draft = self.desk, self.filling.draft
        return lambda: desk.drafts.finish(draft)
