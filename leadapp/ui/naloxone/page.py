"""Naloxone: figures, stock by lot and place, the ledger, and the panel that records.

Tasks that take the place of the lists are in ``middle``, the panels at the right in
``side_pane``. What may be done is decided by services; this page puts the parts together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId
from leadapp.core.words import Words
from leadapp.services import county_numbers, filling, stock, stock_exports, stock_inspections
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerLine, LotLine, StockView
from leadapp.staff.roles import Role
from leadapp.ui.drawer import Drawer
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.errands import Errands, Seen
from leadapp.ui.naloxone.figures import low_words
from leadapp.ui.naloxone.line_menu import Doings, Rights, line_menu
from leadapp.ui.naloxone.middle import INSPECTION, Middle
from leadapp.ui.naloxone.more_menu import More, more_menu
from leadapp.ui.naloxone.papers import Chosen, Way, pop_up
from leadapp.ui.naloxone.printing import Printing
from leadapp.ui.naloxone.side_pane import SidePane
from leadapp.ui.offering import Offer, offer
from leadapp.ui.shell.page import Page, PaperOut
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_PANEL = 296


def may_see_stock(desk: Desk) -> bool:
    """Return whether this person has anything to do with stock."""
    return desk.may("list", "movement", "shared") and desk.roles != {Role.ADMINISTRATOR}


class NaloxonePage(Page):
    """``NaloxonePage(desk, work, words, say)``."""

    form_wanted = Signal(str, dict)
    """Start this form, with these answers by question name."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__("naloxone", tr("Naloxone"))
        self._say = say
        self._view: StockView | None = None
        self._seen = False
        self._errands = Errands(desk, work, words, self._refused, self)
        forms = frozenset(str(source.form) for source in filling.writable(desk))
        self.may_write = desk.may("write", "movement", "shared")
        self._rights = Rights(
            write=self.may_write,
            keep=stock.keeps_stock(desk) and self.may_write,
            extend=desk.may("correct", "lot", "shared"),
            inspect=INSPECTION in forms,
        )
        self.middle = Middle(desk, work, self._errands, forms)
        self.side = SidePane(desk, words, self._errands)
        self.panel, self.new_lot, self.extend = (
            self.side.panel, self.side.new_lot, self.side.extend,
        )  # fmt: skip
        self.count, self.recall = self.middle.counting, self.middle.recall
        self.figures = self.middle.board.figures
        self.stock, self.ledger = self.middle.board.stock, self.middle.board.ledger
        self.printing = Printing(self, desk, work, say, self._refused)
        self.drawer = Drawer(tr("Record"), width=_PANEL, parent=self)
        self._more = self._tasks(desk)
        self._build()
        self._connect()

    # -- what the shell asks -------------------------------------------------------------

    def on_shown(self) -> None:
        """Ask for everything again."""
        offer(self, *self._offers())
        self._ask()
        if self.ledger.narrowed:
            self.ledger.show_moves(())
        if not self._seen:
            self._seen = True
            self._begin()

    def _begin(self) -> None:
        """The focus begins where most visits do: at what happened, or at the list."""
        if self.may_write and self.drawer.docked:
            self.new_thing()
        else:
            self.stock.focus_list()

    def changed(self) -> None:
        """Something was saved: ask again if this page is in view."""
        if self.isVisible():
            self._ask()

    def main_action(self) -> None:
        """Ctrl+S: the button of the task in view, or of the panel when the focus is in it."""
        task, focused = self.middle.task, QApplication.focusWidget()
        at_side = focused is not None and self.drawer.isAncestorOf(focused)
        if task is not None and not at_side:
            task.main_action()
        elif self.may_write:
            self.drawer.open_drawer()
            self.side.main_action()

    def new_thing(self) -> None:
        """Ctrl+N: the record panel."""
        if self.may_write:
            self.drawer.open_drawer()
            self.side.focus_what()

    def focus_search(self) -> None:
        """Ctrl+F: the lot whose lines the ledger shows."""
        self.middle.show_lists()
        self.ledger.lots.setFocus()

    def leave(self) -> bool:
        """Esc: back to the record panel, to the lists, or close the drawer."""
        return self.side.back() or self.middle.back() or self.drawer.close_drawer()

    def panes(self) -> Sequence[QWidget]:
        """Figures, stock, ledger, the panel; or what is in their place."""
        task, board = self.middle.task, self.middle.board
        middle = (task,) if task is not None else (board.top, board.stock, board.ledger)
        return (*middle, self.drawer) if self.may_write else middle

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the lists how much room there is beside the panel."""
        super().resizeEvent(event)
        wide = self.width() - (theme().px(_PANEL) if self.drawer.docked else 0)
        self.middle.board.set_room(wide)

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        row.setSpacing(look.px(16))
        row.addWidget(self.middle, 1)
        self.drawer.body.addWidget(self.side)
        self.count_button = Button(tr("Count stock"), icon="list-checks", small=True)
        self.count_button.clicked.connect(lambda _on=False: self.start_count())
        self.print_button = Button(tr("Print"), icon="printer", key="Ctrl+P", small=True)
        self.print_button.clicked.connect(lambda _on=False: self._print_menu())
        self.more_button = Button(tr("More"), icon="chevron-down", small=True)
        self.more_button.setAccessibleName(tr("More: kits, orders, exports"))
        self.more_button.clicked.connect(lambda _on=False: self._more_menu())
        head = self.stock.head
        for button in (
            self.stock.actions_button, self.count_button, self.print_button, self.more_button,
            self.drawer.button,
        ):  # fmt: skip
            head.addWidget(button)
        self.count_button.setVisible(self._rights.keep)
        self.more_button.setVisible(bool(self._more))
        self.ledger.undo_button.setVisible(self.may_write)
        if self.may_write:
            self.drawer.dock_in(row)

    def _connect(self) -> None:
        self.stock.row_opened.connect(self._row_opened)
        self.stock.menu_wanted.connect(self._show_menu)
        self.ledger.undo_wanted.connect(self._undo)
        self.side.recorded.connect(self._recorded)
        self.side.lot_added.connect(self._done)
        self.side.lot_extended.connect(self._extended)
        self.middle.done.connect(self._done)
        self.middle.told.connect(self._say)
        self.count.print_wanted.connect(self.printing.count_sheet)
        self.recall.print_wanted.connect(self.printing.recall_list)
        self.middle.orders.print_wanted.connect(self.printing.order_register)
        for part in (self.side, self.middle):
            part.form_wanted.connect(self.form_wanted)

    # -- what is shown -------------------------------------------------------------------

    def _ask(self) -> None:
        self._errands.look(self._came, approvers=self.may_write)
        self.ledger.ask()

    def _came(self, seen: Seen) -> None:
        self._view = seen.view
        self.middle.show_seen(seen)
        self.side.show_seen(seen)
        kits = _kits_words(seen.kits_due) if self._rights.keep else ""
        said_of = (low_words(seen.view), kits)
        self.set_heading(
            badges=[Badge(one, tone="warn", icon="triangle-alert") for one in said_of if one]
        )

    def show_figure(self, name: str) -> None:
        """Show the lines behind a number."""
        self.middle.show_lists()
        self.middle.board.show_figure(name)

    # -- what was done -------------------------------------------------------------------

    def _recorded(self, words: str, made: tuple[RecordId, ...]) -> None:
        self.new_thing()
        self._say(words, undo=partial(self._take_back, made) if made else None)
        self._ask()

    def _take_back(self, made: Sequence[RecordId]) -> None:
        """Undo of the toast: correcting lines for what was just written."""
        self._errands.undo(made, lambda _none: self._ask())

    def _undo(self, line: LedgerLine) -> None:
        words = tr(
            "Taken back: {what}, {doses}. A correcting line was added.",
            what=said.move_words(line.move),
            doses=said.amount(line.doses, 1),
        )
        self._errands.undo([line.movement], lambda _none: self._done(words))

    def _extended(self) -> None:
        self._done(tr("The lot's last day was changed; the old one is kept"))
        self.stock.focus_list()

    def _done(self, words: str) -> None:
        self._say(words)
        self._ask()

    # -- tasks ---------------------------------------------------------------------------

    def start_count(self, place: str = "") -> None:
        """Show the sheet of a place."""
        if self._rights.keep:
            self.middle.start_count(place)

    def start_recall(self, lot: str) -> None:
        """Show who had a lot."""
        self.middle.start_recall(lot)

    def _start_extend(self, lot: str) -> None:
        line = self._lot(lot)
        if line is not None:
            self.drawer.open_drawer()
            self.side.start_extend(line)

    def _row_opened(self, lot: str, place: str) -> None:
        """Enter on a line of stock: record what happened to it."""
        if self.may_write:
            self._start("", lot, place)

    def _start(self, move: str, lot: str, place: str) -> None:
        self.drawer.open_drawer()
        self.side.start(move, lot, place)

    # -- menus ---------------------------------------------------------------------------

    def _offers(self) -> list[Offer]:
        saving = partial(self._print_menu, Way.SAVE)
        found = [
            Offer("stock_undo", tr("Undo the ledger line chosen"), self._undo_chosen, icon="undo-2"),
            Offer("stock_actions", tr("Actions for the lot chosen"), self._menu_of_stock),
            Offer(
                "stock_print", tr("Print counts, labels, lists"), self._print_menu, "Ctrl+P", "printer"
            ),
            Offer(
                "stock_save", tr("Save counts, labels, lists as PDF"), saving, icon="file-down"
            ),
        ]  # fmt: skip
        if self._rights.keep:
            found.insert(
                0, Offer("stock_count", tr("Count stock"), self.start_count, icon="list-checks")
            )
        return found + [Offer(one.name, one.words, one.do, icon=one.icon) for one in self._more]

    def _tasks(self, desk: Desk) -> tuple[More, ...]:
        """Return the tasks behind the button More, as far as this person may."""
        middle = self.middle
        kits = More("stock_kits", tr("Kit inspections"), middle.show_kits, "clipboard-check")
        orders = More("stock_orders", tr("Standing orders"), middle.show_orders, "file-text")
        exports = More(
            "stock_exports", tr("Exports: state form, overdose map"), middle.show_exports,
            "file-down",
        )  # fmt: skip
        numbers = More(
            "stock_numbers", tr("County numbers: residents, jail"), middle.show_numbers, "settings"
        )
        allowed = (
            (kits, stock_inspections.may_list(desk)),
            (orders, desk.may("list", "standing_order", "shared")),
            (exports, stock_exports.may_export(desk)),
            (numbers, county_numbers.may_set(desk)),
        )
        return tuple(one for one, may in allowed if may)

    def _more_menu(self) -> None:
        button = self.more_button
        pop_up(more_menu(self, self._more), button.mapToGlobal(button.rect().bottomLeft()))

    def _undo_chosen(self) -> None:
        self.ledger.undo_button.click()

    def _menu_of_stock(self) -> None:
        self.middle.show_lists()
        self.stock.actions_button.click()

    def _show_menu(self, lot: str, place: str, at: QPoint) -> None:
        doings = Doings(
            record=self._row_opened,
            start=self._start,
            count=self.start_count,
            inspect=self.middle.inspect,
            ledger=self.middle.board.show_ledger_of,
            recall=self.start_recall,
            extend=self._start_extend,
        )
        pop_up(line_menu(self, lot, place, self._rights, doings), at)

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: ask which paper, then give it."""
        self.printing.give = give
        self._print_menu(Way.SEND)
        return True

    def _print_menu(self, way: Way = Way.PRINT) -> None:
        self.printing.ask_which(self._chosen(), self.print_button, way)

    def _chosen(self) -> Chosen:
        lot, place = self.stock.chosen()
        task = self.middle.task
        if task is self.count:
            place = self.count.place.value() or ""
        elif task is self.recall:
            lot = self.recall.lot
        elif task is self.middle.kits:
            place = self.middle.kits.kits.current_key()
        held = self._view.held if self._view else ()
        places = self._view.places if self._view else ()
        return Chosen(
            lot=self._lot(lot),
            place=next((one for one in places if one.place == place), None),
            kits=sum(one.kits for one in held if one.lot == lot and one.place == place),
            line=self.ledger.chosen(),
        )

    # -- small things --------------------------------------------------------------------

    def _lot(self, lot: str) -> LotLine | None:
        lots = self._view.lots if self._view else ()
        return next((one for one in lots if one.lot == lot), None)

    def _refused(self, error: LeadappError) -> None:
        self._say(self._errands.why(error))


def _kits_words(due: int) -> str:
    if not due:
        return ""
    return tr("1 kit to look at") if due == 1 else tr("{count} kits to look at", count=due)
