"""What a write in ``shared`` is made of: answers by question name, at noon where it must not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from leadapp.core.ids import FormId, RecordId
from leadapp.services.desk import Desk
from leadapp.store.writing import RecordWrite


def noon(day: str, desk: Desk) -> datetime:
    """Return 12:00 of ``day``: what lies in ``shared`` must not tell the minute."""
    return datetime.combine(date.fromisoformat(day), time(12), desk.clock.now().tzinfo)


def record_write(
    desk: Desk, form: FormId, record_id: RecordId, answers: Mapping[str, str], at: datetime
) -> RecordWrite:
    """Return a save of ``answers`` by question name, in the version of the form in use."""
    source = desk.shelf.source(form)
    keys = desk.shelf.keys(source)
    values = {keys.get(name, name): text for name, text in answers.items()}
    return RecordWrite(
        record=record_id,
        form=source.form,
        form_version=source.version,
        op="save",
        values={**values, "_at": at.isoformat(), "_hash": source.hash},
        author=desk.user,
        at=at,
    )
