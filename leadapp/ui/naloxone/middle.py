"""The lists; or, in their place while it lasts, a count, a recall, exports, kits, orders."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError
from leadapp.services.desk import Desk
from leadapp.services.kept import Written
from leadapp.services.stock import RecallView, StockView
from leadapp.services.stock_exports import Export
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.board import Board
from leadapp.ui.naloxone.count_view import Counted, CountView
from leadapp.ui.naloxone.errands import Errands, Seen
from leadapp.ui.naloxone.exports_view import ExportsView, Wanted
from leadapp.ui.naloxone.inspections_view import InspectionsView
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.naloxone.numbers_view import NumbersView, NumbersWish
from leadapp.ui.naloxone.orders_view import OrdersView
from leadapp.ui.naloxone.recall_view import Recalled, RecallPage
from leadapp.ui.words import tr
from leadapp.ui.work import Work

INSPECTION, ORDER = "kit_inspection", "standing_order"


class Middle(QStackedWidget):
    """``Middle(desk, work, errands, forms)``; ``forms`` are those this person may write."""

    done = Signal(str)
    """Something was written: say these words, and ask again."""

    told = Signal(str)
    """Say these words."""

    form_wanted = Signal(str, dict)

    def __init__(self, desk: Desk, work: Work, errands: Errands, forms: frozenset[str]) -> None:
        super().__init__()
        self._errands = errands
        self._view: StockView | None = None
        day = today(desk.clock)
        self.board = Board(desk, work, day)
        self.counting = CountView(desk.clock)
        self.recall = RecallPage(day)
        self.exports = ExportsView(day)
        self.kits = InspectionsView(day, may_inspect=INSPECTION in forms)
        self.orders = OrdersView(may_add=ORDER in forms)
        self.numbers = NumbersView(day)
        self.addWidget(self.board)
        views = (
            self.counting, self.recall, self.exports, self.kits, self.orders, self.numbers,
        )  # fmt: skip
        for view in views:
            self.addWidget(view)
            view.left.connect(self.back)
        self._connect()

    @property
    def task(self) -> MiddleView | None:
        """What stands in the place of the lists."""
        shown = self.currentWidget()
        return shown if isinstance(shown, MiddleView) else None

    def back(self) -> bool:
        """Esc: back to the lists; False where they are shown already."""
        if self.task is None:
            return False
        self.show_lists()
        self.board.stock.focus_list()
        return True

    def show_lists(self) -> None:
        """Show the lists."""
        self.setCurrentWidget(self.board)

    def show_seen(self, seen: Seen) -> None:
        """Show the whole stock; a task in its place asks again for what it shows."""
        self._view = seen.view
        self.board.show_seen(seen)
        self.orders.set_products({one.code: one.label for one in seen.view.products})
        for part in (self.counting, self.recall):
            part.set_approvers(seen.approvers)
        if self.task is self.kits:
            self.show_kits()
        elif self.task is self.orders:
            self.show_orders()

    # -- the tasks -----------------------------------------------------------------------

    def start_count(self, place: str = "") -> None:
        """Show the sheet of a place."""
        view = self._view
        if view is not None:
            self.setCurrentWidget(self.counting)
            places = [one for one in view.places if one.active or one.on_hand]
            self.counting.begin(places, view.lots, place or self.board.stock.chosen()[1])

    def start_recall(self, lot: str) -> None:
        """Show who had a lot."""
        self._errands.recall(lot, self._show_recall)

    def show_exports(self) -> None:
        """Show what can be taken out for others."""
        self.setCurrentWidget(self.exports)
        self.exports.begin()

    def show_kits(self) -> None:
        """Show which kits should be looked at."""
        self.setCurrentWidget(self.kits)
        self._errands.kits_due(self.kits.show_kits)

    def show_orders(self) -> None:
        """Show the standing-order register."""
        self.setCurrentWidget(self.orders)
        self._errands.orders(self.orders.show_orders)

    def show_numbers(self) -> None:
        """Show the numbers the county types in."""
        self.setCurrentWidget(self.numbers)
        self._errands.numbers(self.numbers.show_numbers)

    def _connect(self) -> None:
        self.counting.sheet_wanted.connect(self._ask_sheet)
        self.counting.record_wanted.connect(self._record_count)
        self.recall.record_wanted.connect(self._take_recalled)
        self.exports.look_wanted.connect(self._look)
        self.exports.save_wanted.connect(self._save)
        self.exports.copy_wanted.connect(self._copy)
        self.kits.place_chosen.connect(
            lambda place: self._errands.inspections(place, self.kits.show_earlier)
        )
        self.kits.inspect_wanted.connect(lambda place: self.inspect("", place))
        self.numbers.save_wanted.connect(self._set_numbers)
        self.orders.add_wanted.connect(lambda: self.form_wanted.emit(ORDER, {}))

    def inspect(self, lot: str, place: str) -> None:
        """Start the inspection of a kit."""
        answers = {"place": place, "lot": lot}
        self.form_wanted.emit(INSPECTION, {name: text for name, text in answers.items() if text})

    # -- counting and a recall -------------------------------------------------------------

    def _ask_sheet(self, place: str) -> None:
        if place:
            self._errands.sheet(place, self.counting.show_sheet)

    def _record_count(self, counted: Counted) -> None:
        def done(_written: Written) -> None:
            self.back()
            self.done.emit(tr("The count was recorded"))

        self._errands.count(counted, done, partial(self._refused, self.counting))

    def _show_recall(self, view: RecallView) -> None:
        self.setCurrentWidget(self.recall)
        self.recall.show_recall(view)

    def _take_recalled(self, wish: Recalled) -> None:
        def done(_written: Written) -> None:
            self.done.emit(tr("Taken off the shelf: {doses}", doses=said.amount(wish.doses, 1)))
            self.start_recall(wish.lot)

        self._errands.take_recalled(wish, done, partial(self._refused, self.recall))

    def _set_numbers(self, wish: NumbersWish) -> None:
        def done(_none: None) -> None:
            self.show_numbers()
            self.done.emit(tr("Saved. Figures use it from now on."))

        self._errands.set_numbers(wish, done, partial(self._refused, self.numbers))

    # -- exports ---------------------------------------------------------------------------

    def _look(self, wanted: Wanted) -> None:
        self._errands.export(wanted, self.exports.show_export, partial(self._refused, self.exports))

    def _save(self, export: Export) -> None:
        kind = tr("Text (*.txt)") if export.name.endswith(".txt") else tr("Table (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the export"), export.name, kind)
        if chosen:
            words = tr("Saved {name}", name=export.name)
            self._errands.take_out(
                export,
                chosen,
                lambda _none: self.told.emit(words),
                partial(self._refused, self.exports),
            )

    def _copy(self, export: Export) -> None:
        def done(_none: None) -> None:
            QGuiApplication.clipboard().setText(export.text)
            self.told.emit(tr("Copied {count} lines", count=f"{export.rows:,}"))

        self._errands.take_out(export, "", done, partial(self._refused, self.exports))

    def _refused(self, view: MiddleView, error: LeadappError) -> None:
        view.refused(self._errands.why(error))
