"""How much is in the outbox, for the status bar: what waits to leave, what came and is new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError
from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


def ask_outbox(desk: Desk, work: Work, say: Callable[[int, int], None], owner: QObject) -> None:
    """Write the receipts for what came, then ``say`` how many wait to leave and how many are new."""

    def receive() -> int:
        outbox.receive(desk)
        return len(outbox.unopened(desk))

    def came(new: int) -> None:
        work.run(
            Lane.READER,
            lambda: outbox.waiting(desk),
            lambda waiting: say(waiting, new),
            _nothing,
            owner=owner,
        )

    # Where this computer may not write any more (it was shut out), no receipt is owed.
    work.run(Lane.WRITER, receive, came, lambda _error: came(0), owner=owner)


def outbox_words(waiting: int, new: int) -> str:
    """Return what the status bar says of the outbox, "" when there is nothing to say."""
    parts = []
    if waiting:
        parts.append(
            tr("1 file in outbox") if waiting == 1 else tr("{n} files in outbox", n=waiting)
        )
    if new:
        parts.append(tr("1 new file for you") if new == 1 else tr("{n} new files for you", n=new))
    return ", ".join(parts)


def _nothing(_error: LeadappError) -> None:
    """The page itself says what is wrong; the status bar stays as it was."""
