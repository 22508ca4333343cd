"""Opening a record for reading: fetched, its opening logged, then shown; in that order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from leadapp.core.ids import RecordId, RingId
from leadapp.services import browsing, showing
from leadapp.services.desk import Desk, family_of
from leadapp.services.showing import Shown
from leadapp.ui.work import Lane, Work


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that may be shown now."""

    shown: Shown
    protected: bool


def open_record(
    desk: Desk,
    work: Work,
    ring: str,
    record: str,
    done: Callable[[Opened], None],
    owner: QObject,
) -> None:
    """Fetch a record and log its opening; only then ``done`` gets it."""

    def fetch() -> Shown:
        return showing.shown(desk, browsing.record(desk, RecordId(record), RingId(ring)))

    def log(shown: Shown) -> None:
        opened = Opened(shown, is_protected(ring))
        work.run(
            Lane.WRITER,
            lambda: browsing.viewed(desk, shown.stored),
            lambda _none: done(opened),
            owner=owner,
        )

    work.run(Lane.READER, fetch, log, owner=owner)


def is_protected(ring: str) -> bool:
    """Return whether records of ``ring`` are under 42 CFR Part 2."""
    return family_of(RingId(ring)) == "care"
