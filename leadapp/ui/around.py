"""What the places of the window need of the running application."""

from __future__ import annotations

from typing import Protocol

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.shell import Shell
from leadapp.ui.work import Work


class Around(Protocol):
    """The application: who is signed in, the lanes, the window."""

    shell: Shell
    work: Work
    desk: Desk | None

    @property
    def words(self) -> Words:
        """The sentences for codes."""
        ...

    @property
    def open_desk(self) -> Desk:
        """The desk of who is signed in."""
        ...

    def forget_program(self) -> None:
        """The folder is empty now: begin as on a new computer."""
        ...

    def fail(self, error: LeadappError) -> None:
        """Say what nobody else took."""
        ...
