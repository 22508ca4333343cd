"""What the page asks of the stock and writes to it, each on its lane; one write at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.kept import Written
from leadapp.services.stock import (
    Approver,
    CountLine,
    LotLine,
    NewLot,
    NewMovement,
    RecallView,
    StockView,
    SurplusLine,
)
from leadapp.ui.naloxone.count_view import Counted
from leadapp.ui.naloxone.hand_out import write_hand_out
from leadapp.ui.naloxone.lot_panels import Extension
from leadapp.ui.naloxone.recall_view import Recalled
from leadapp.ui.work import Lane, Ticket, Work

T = TypeVar("T")
Failed = Callable[[LeadappError], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows, asked for in one go."""

    view: StockView
    surplus: tuple[SurplusLine, ...]
    approvers: tuple[Approver, ...]


class Errands(QObject):
    """``Errands(desk, work, refused, page)``; answers come back on the window's thread.

    A question asked again drops the answer to the one before. A second write is not begun
    while one is under way: Ctrl+S pressed twice records once.
    """

    def __init__(self, desk: Desk, work: Work, refused: Failed, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work, self._refused = desk, work, refused
        self._tickets: dict[str, Ticket] = {}
        self._writing = False

    # -- asking --------------------------------------------------------------------------

    def look(self, done: Callable[[Seen], None], *, approvers: bool) -> None:
        """Ask for the whole stock, and for who may confirm where that is wanted."""
        desk = self._desk

        def job() -> Seen:
            people = tuple(stock.approvers(desk)) if approvers else ()
            return Seen(stock.view(desk), tuple(stock.surplus(desk)), people)

        self._ask("view", job, done)

    def check(self, new: NewMovement, done: Callable[[Sequence[Problem]], None]) -> None:
        """Ask what stands against a movement; an error is told when it is recorded."""
        self._ask("check", partial(stock.check, self._desk, new), done, lambda _error: done(()))

    def suggest(self, place: str, done: Callable[[LotLine | None], None]) -> None:
        """Ask for the lot to take next from a place."""
        job = partial(stock.suggest_lot, self._desk, place)
        self._ask("suggest", job, done, lambda _error: None)

    def sheet(self, place: str, done: Callable[[Sequence[CountLine]], None]) -> None:
        """Ask for the count sheet of a place."""
        self._ask("sheet", partial(stock.count_sheet, self._desk, place), done)

    def recall(self, lot: str, done: Callable[[RecallView], None]) -> None:
        """Ask who had a lot."""
        self._ask("recall", partial(stock.recall, self._desk, lot), done)

    # -- writing -------------------------------------------------------------------------

    def record(self, new: NewMovement, done: Callable[[Written], None], failed: Failed) -> None:
        """Record a movement."""
        self._write(partial(stock.record, self._desk, new), done, failed)

    def hand_out(
        self, answers: Mapping[str, str], done: Callable[[Saved], None], failed: Failed
    ) -> None:
        """Write a hand-out, which makes its own movement."""
        if self._begin():
            write_hand_out(
                self._desk, self._work, answers, self._then(done), self._then(failed), self
            )

    def undo(self, movements: Sequence[RecordId], done: Callable[[None], None]) -> None:
        """Add the lines that take these movements back, today."""
        desk, day = self._desk, self._today()

        def job() -> None:
            for one in movements:
                stock.undo(desk, one, day)

        self._write(job, done, self._refused)

    def add_lot(
        self, new: NewLot, done: Callable[[tuple[RecordId, Written]], None], failed: Failed
    ) -> None:
        """Add a lot."""
        self._write(partial(stock.add_lot, self._desk, new), done, failed)

    def extend(self, wish: Extension, done: Callable[[Written], None], failed: Failed) -> None:
        """Put a later last day on a lot, by its notice."""
        job = partial(stock.extend, self._desk, wish.lot, wish.expiry, wish.notice, wish.notice_day)
        self._write(job, done, failed)

    def count(self, counted: Counted, done: Callable[[Written], None], failed: Failed) -> None:
        """Record what was counted."""
        job = partial(
            stock.record_count,
            self._desk,
            counted.place,
            counted.doses,
            approver=counted.approver,
            reason=counted.reason,
            day=counted.day,
        )
        self._write(job, done, failed)

    def take_recalled(
        self, wish: Recalled, done: Callable[[Written], None], failed: Failed
    ) -> None:
        """Take a recalled lot off one shelf, today."""
        job = partial(
            stock.record_recall,
            self._desk,
            wish.lot,
            wish.place,
            approver=wish.approver,
            day=self._today(),
        )
        self._write(job, done, failed)

    # -- lanes ---------------------------------------------------------------------------

    def _today(self) -> str:
        return today(self._desk.clock).isoformat()

    def _ask(
        self,
        name: str,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        older = self._tickets.get(name)
        if older is not None:
            older.drop()
        self._tickets[name] = self._work.run(
            Lane.READER, job, done, failed or self._refused, owner=self
        )

    def _write(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        if self._begin():
            self._work.run(Lane.WRITER, job, self._then(done), self._then(failed), owner=self)

    def _begin(self) -> bool:
        """Return whether nothing is being written, and begin to."""
        began, self._writing = not self._writing, True
        return began

    def _then(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Return what ends the write before it tells of it."""

        def ended(answer: T) -> None:
            self._writing = False
            tell(answer)

        return ended
