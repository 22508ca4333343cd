"""What the page asks of the stock and writes to it, each on its lane; one write at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.services import county_numbers, stock, stock_exports, stock_inspections
from leadapp.services.county_numbers import CountyNumbers
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.kept import Written
from leadapp.services.stock import (
    Approver,
    CountLine,
    Inspection,
    LotLine,
    NewLot,
    NewMovement,
    RecallView,
    StandingOrder,
    StockView,
    SurplusLine,
)
from leadapp.services.stock_exports import Export
from leadapp.services.stock_inspections import KitDue
from leadapp.ui.naloxone.count_view import Counted
from leadapp.ui.naloxone.exports_view import Wanted
from leadapp.ui.naloxone.hand_out import write_hand_out
from leadapp.ui.naloxone.lot_panels import Extension
from leadapp.ui.naloxone.numbers_view import NumbersWish
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
    kits_due: int = 0
    """At how many places a kit should be looked at, where this person may know."""


class Errands(QObject):
    """``Errands(desk, work, words, refused, page)``; answers come back on the window's thread.

    A question asked again drops the answer to the one before. A second write is not begun
    while one is under way: Ctrl+S pressed twice records once.
    """

    def __init__(
        self, desk: Desk, work: Work, words: Words, refused: Failed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._work, self._words, self._refused = desk, work, words, refused
        self._tickets: dict[str, Ticket] = {}
        self._writing = False

    def why(self, error: LeadappError) -> str:
        """Return everything that stands against it, or the one sentence of the error."""
        found = error.problems if isinstance(error, Refusal) else ()
        return "\n".join(self._words.of(one) for one in found) or self._words.of(error)

    # -- asking --------------------------------------------------------------------------

    def look(self, done: Callable[[Seen], None], *, approvers: bool) -> None:
        """Ask for the whole stock, and for who may confirm where that is wanted."""
        desk = self._desk

        def job() -> Seen:
            people = tuple(stock.approvers(desk)) if approvers else ()
            kits = stock_inspections.kits_due(desk) if stock_inspections.may_list(desk) else ()
            due = stock_inspections.how_many_due(kits)
            return Seen(stock.view(desk), tuple(stock.surplus(desk)), people, due)

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

    def kits_due(self, done: Callable[[tuple[KitDue, ...]], None]) -> None:
        """Ask which kits should be looked at."""
        self._ask("kits", partial(stock_inspections.kits_due, self._desk), done)

    def inspections(self, place: str, done: Callable[[tuple[Inspection, ...]], None]) -> None:
        """Ask for the newest inspections of a place."""
        self._ask("looks", partial(stock.inspections, self._desk, place, 20), done)

    def orders(self, done: Callable[[tuple[StandingOrder, ...]], None]) -> None:
        """Ask for the standing-order register as it stands today."""
        self._ask("orders", partial(stock.standing_orders, self._desk, self._today()), done)

    def numbers(self, done: Callable[[CountyNumbers], None]) -> None:
        """Ask for the numbers the county types in."""
        self._ask("numbers", partial(county_numbers.county_numbers, self._desk), done)

    def export(self, wanted: Wanted, done: Callable[[Export], None], failed: Failed) -> None:
        """Ask for an export, to be looked at before it is saved."""
        desk = self._desk

        def job() -> Export:
            if wanted.sort == "odmap":
                return stock_exports.odmap(desk, wanted.period)
            return stock_exports.state_table(desk, wanted.period, wanted.sort, weeks=wanted.weeks)

        self._ask("export", job, done, failed)

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
            password=counted.password,
            code=counted.digits,
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
            password=wish.password,
            code=wish.digits,
        )
        self._write(job, done, failed)

    def set_numbers(self, wish: NumbersWish, done: Callable[[None], None], failed: Failed) -> None:
        """Set the numbers of the county that were changed."""
        desk = self._desk

        def job() -> None:
            if wish.residents is not None:
                county_numbers.set_residents(desk, *wish.residents)
            if wish.inspection_days is not None:
                county_numbers.set_inspection_days(desk, wish.inspection_days)
            if wish.jail_releases is not None:
                county_numbers.set_jail_releases(desk, *wish.jail_releases)

        self._write(job, done, failed)

    def take_out(
        self, export: Export, path: str, done: Callable[[None], None], failed: Failed
    ) -> None:
        """Log an export, then write it to ``path`` if any; what cannot be logged is not out."""
        desk = self._desk

        def job() -> None:
            stock_exports.exported(desk, export)
            if path:
                write_whole(Path(path), export.text.encode())

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
