"""Brings a form up to be filled: a new one, a draft, or a finished record to correct.

What takes time (reading the form's definition, a draft, a record) runs off the window's
thread; the page is made when all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import DraftId, RecordId, RingId
from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.services import browsing, stock
from leadapp.services import filling as filling_
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Filling, Saved
from leadapp.services.kept import Draft, StoredRecord
from leadapp.ui.entry.door import FillingDoor
from leadapp.ui.entry.files import FillingFiles
from leadapp.ui.entry.lists import Fetching
from leadapp.ui.entry.page import EntryPage, Outside
from leadapp.ui.shell.page import Crumb
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
Make = Callable[[Fetching], Filling]


class Opening(QObject):
    """``Opening(desk, work, words, shell.say, lambda: shell.toast.can_undo)``.

    ``start``, ``resume`` and ``correct`` end in ``opened`` or ``refused``. One is made a desk.
    """

    opened = Signal(object)
    """The ``EntryPage`` to show; whoever shows it hears its ``closed`` and ``finished``."""

    refused = Signal(object)
    """The ``LeadappError`` that says why it cannot be opened."""

    def __init__(
        self,
        desk: Desk,
        work: Work,
        words: Words,
        say: Callable[..., None],
        undo_offered: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._outside = Outside(work, words, say, undo_offered)

    def start(
        self,
        form: str,
        *,
        prefill: Mapping[str, str] | None = None,
        trail: Sequence[Crumb] = (),
    ) -> None:
        """Start a new record of ``form``."""
        desk = self._desk

        def load() -> dict[str, str]:
            desk.shelf.definition(form)
            known = filling_.begins_with(desk, form, prefill or {})
            return stock.begins_with(desk, form, known)

        def ready(known: dict[str, str]) -> None:
            source = desk.shelf.source(form)
            self._make(
                source.family(desk.side) or "shared",
                lambda lists: filling_.begin(desk, form, lookup=lists.lookup, prefill=known),
                trail,
            )

        self._run(Lane.READER, load, ready)

    def resume(self, draft: DraftId, *, trail: Sequence[Crumb] = ()) -> None:
        """Go on with a draft."""
        desk = self._desk

        def loaded(found: Draft | None) -> None:
            if found is None:
                self.refused.emit(Refusal("ui.draft_gone"))
                return
            self._run(
                Lane.READER,
                lambda: _beside(desk, found),
                lambda stored: self._resume(found, stored, trail),
            )

        self._run(Lane.DRAFTS, lambda: desk.drafts.load(draft), loaded)

    def correct(self, record: RecordId, ring: RingId, *, trail: Sequence[Crumb] = ()) -> None:
        """Correct a finished record; a correction begun before goes on where it was left."""
        desk = self._desk

        def load() -> StoredRecord:
            stored = browsing.record(desk, record, ring)
            desk.shelf.definition(stored.form, stored.definition_hash)
            return stored

        self._run(Lane.READER, load, lambda stored: self._correct(stored, trail))

    def _resume(self, draft: Draft, stored: StoredRecord | None, trail: Sequence[Crumb]) -> None:
        desk = self._desk
        self._make(
            family_of(draft.ring),
            lambda lists: filling_.resume(desk, draft, lookup=lists.lookup, stored=stored),
            trail,
        )

    def _correct(self, stored: StoredRecord, trail: Sequence[Crumb]) -> None:
        desk = self._desk
        self._make(
            family_of(stored.ring),
            lambda lists: filling_.correct(desk, stored, lookup=lists.lookup),
            trail,
        )

    def _make(self, family: str, make: Make, trail: Sequence[Crumb]) -> None:
        direct = self._desk.lookup(family)

        def ready(grown: frozenset[str]) -> None:
            self._open(Fetching(self._work, direct, grown=grown), make, trail)

        self._run(Lane.READER, direct.grown, ready)

    def _open(self, lists: Fetching, make: Make, trail: Sequence[Crumb]) -> None:
        try:
            filling = make(lists)
        except LeadappError as error:
            self.refused.emit(error)
            return
        door = FillingDoor(self._desk, filling)
        part2 = family_of(filling.ring) == "care"
        page = EntryPage(
            door,
            self._outside,
            lists,
            trail=trail,
            part2=part2,
            files=FillingFiles(self._desk, filling),
            paper=filling,
        )
        self.opened.emit(page)

    def _run(self, lane: Lane, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._work.run(lane, job, done, self.refused.emit, owner=self)


def _beside(desk: Desk, draft: Draft) -> StoredRecord | None:
    """Return the record a draft corrects, and have its form ready. Reader lane."""
    desk.shelf.definition(draft.form, draft.hash)
    return desk.reader.record(draft.ring, draft.record) if draft.correcting else None


def saved_words(saved: Saved) -> str:
    """Return what the toast says after a form was finished."""
    words = tr("Saved: {title}", title=saved.title) if saved.title else tr("Saved")
    if saved.dropped == 1:
        return tr("{saved}. 1 answer no longer asked was cleared", saved=words)
    if saved.dropped:
        return tr(
            "{saved}. {count} answers no longer asked were cleared",
            saved=words,
            count=saved.dropped,
        )
    return words


def told_after(saved: Saved) -> list[Problem]:
    """Return what the rules say to a finished form that nobody could see in it before.

    It is saved all the same. What waits is a Problem of the record, and what may name
    somebody was told where it was typed.
    """
    seen = ("forms.", "services.", "naloxone.text_")
    return [one for one in saved.warnings if not one.code.startswith(seen) and _is_news(one)]


def _is_news(problem: Problem) -> bool:
    """A question that is still blank is told by the record: it waits."""
    return "_without_" not in problem.code
