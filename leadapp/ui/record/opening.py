"""Opening a record for reading: fetched, its opening logged, then shown; in that order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId, RingId
from leadapp.core.words import Words
from leadapp.services import browsing
from leadapp.services.desk import Desk
from leadapp.ui.record.reading import OpenedRecord, read_record
from leadapp.ui.work import Lane, Work


def open_record(
    desk: Desk,
    work: Work,
    words: Words,
    place: tuple[str, str],
    done: Callable[[OpenedRecord], None],
    owner: QObject,
    *,
    failed: Callable[[LeadappError], None] | None = None,
) -> None:
    """Fetch the record at ``place`` (ring, id) and log its opening; only then ``done`` gets it."""
    ring, record = place

    def fetch() -> OpenedRecord:
        return read_record(desk, words, RecordId(record), RingId(ring))

    def log(opened: OpenedRecord) -> None:
        work.run(
            Lane.WRITER,
            lambda: browsing.viewed(desk, opened.stored),
            lambda _none: done(opened),
            failed,
            owner=owner,
        )

    work.run(Lane.READER, fetch, log, failed, owner=owner)
