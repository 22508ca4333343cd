"""The paper of a record that is open, for the outbox: logged before it is handed out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError
from leadapp.services import printing
from leadapp.services.desk import Desk, family_of
from leadapp.services.printing import PrintedForm
from leadapp.services.reread import finished
from leadapp.ui.kit.typed_dates import say_day
from leadapp.ui.record.reading import OpenedRecord
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


def record_paper(
    desk: Desk,
    work: Work,
    opened: OpenedRecord,
    give: Callable[[PaperOut], None],
    failed: Callable[[LeadappError], None],
    owner: QObject,
) -> bool:
    """Make the paper of ``opened`` and give it; False where this person may not print it."""
    if not opened.may_print:
        return False
    stored = opened.stored

    def made(paper: PrintedForm) -> None:
        family, person = family_of(stored.ring), _person(opened)
        out = PaperOut(_what(desk, opened), paper.pdf, (family,), person, stored.record)
        work.run(
            Lane.WRITER,
            lambda: printing.printed(desk, stored),
            lambda _none: give(out),
            failed,
            owner=owner,
        )

    work.run(Lane.READER, lambda: printing.filled(desk, stored), made, failed, owner=owner)
    return True


def _what(desk: Desk, opened: OpenedRecord) -> str:
    """Return the form and the day, and no name: the title stands in lists of the whole ring."""
    day = say_day(finished(desk, opened.stored).date(), date.min)
    return tr("{form}, {day}", form=opened.form_title, day=day)


def _person(opened: OpenedRecord) -> str:
    if opened.stored.kind == "person":
        return opened.stored.record
    return opened.stored.summary.person
