"""Lists of things (people, lots, officers) for a form: fetched on the reader lane, shown here.

A lookup that is asked for a page it has not got says so and fetches; when the page is
there, ``arrived`` tells the form, and every box that waits for it asks again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from leadapp.core.errors import LeadappError
from leadapp.core.seams import ListRow, Lookup, Pending
from leadapp.services.lists import LISTS, Answer, DirectLookup, FetchedLookup, Question, answer
from leadapp.ui.work import Lane, Work


class Fetching(QObject):
    """``Fetching(work, desk.lookup(family)).lookup`` is what a session is handed."""

    arrived = Signal(str)
    """A page of this list came."""

    def __init__(
        self,
        work: Work,
        direct: DirectLookup,
        parent: QObject | None = None,
        *,
        grown: frozenset[str] = frozenset(),
    ) -> None:
        """Ask ``direct``; ``grown`` are the lists that only a reader can know of."""
        super().__init__(parent)
        self._work = work
        self._direct = direct
        known = frozenset(name for name in LISTS if direct.has(name))
        self._fetched = FetchedLookup(known | grown, self._fetch)

    @property
    def lookup(self) -> Lookup:
        """The lookup, for this thread only."""
        return self._fetched

    def _fetch(self, question: Question) -> None:
        direct = self._direct
        self._work.run(
            Lane.READER,
            lambda: answer(direct, question),
            lambda found: self._came(question, found),
            lambda error: self._failed(question, error),
            owner=self,
        )

    def _came(self, question: Question, found: Answer) -> None:
        self._fetched.arrived(question, found)
        self.arrived.emit(question.list_name)

    def _failed(self, question: Question, _error: LeadappError) -> None:
        # A list that cannot be read offers nothing; the form itself goes on.
        self._came(question, None if question.method == "row" else ())


def rows_of(found: Sequence[ListRow] | Pending) -> Sequence[ListRow] | None:
    """Return the rows, or None while they are being fetched."""
    return None if isinstance(found, Pending) else found
