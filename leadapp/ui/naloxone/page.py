"""Naloxone: figures, stock by lot and place, the ledger, and the panel that records.

Counting and a recall take the place of the lists while they last. What may be done is
decided by ``services.stock``; this page asks, shows and says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from leadapp.core.clock import today
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RecordId
from leadapp.core.paths import resources
from leadapp.core.words import Words
from leadapp.kinds.movement import MOVES
from leadapp.naloxone.codes import Scanned
from leadapp.naloxone.lists import load_products
from leadapp.naloxone.moves import BY_ANYONE
from leadapp.services import filling, stock, stock_papers
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.kept import Written
from leadapp.services.stock import (
    LedgerLine,
    LotLine,
    NewLot,
    NewMovement,
    RecallView,
    StockView,
)
from leadapp.staff.roles import Role
from leadapp.ui.drawer import Drawer
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.count_view import Counted, CountView
from leadapp.ui.naloxone.errands import Errands, Seen
from leadapp.ui.naloxone.figures import low_words, make_figures, say_figures
from leadapp.ui.naloxone.ledger_card import LedgerCard
from leadapp.ui.naloxone.line_menu import Doings, Rights, line_menu
from leadapp.ui.naloxone.lot_panels import ExtendPanel, Extension, NewLotPanel
from leadapp.ui.naloxone.moving import Entered
from leadapp.ui.naloxone.papers import Chosen, Paper, hand_out_paper, paper_menu, papers, pop_up
from leadapp.ui.naloxone.recall_view import Recalled, RecallPage
from leadapp.ui.naloxone.record_panel import RecordPanel
from leadapp.ui.naloxone.side_form import SideForm
from leadapp.ui.naloxone.stock_card import StockCard
from leadapp.ui.offering import Offer, offer
from leadapp.ui.shell.page import Page
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_PANEL = 296
_NARROW = 700
INSPECTION = "kit_inspection"


def may_see_stock(desk: Desk) -> bool:
    """Return whether this person has anything to do with stock."""
    return desk.may("list", "movement", "shared") and desk.roles != {Role.ADMINISTRATOR}


class NaloxonePage(Page):
    """``NaloxonePage(desk, work, words, say)``."""

    form_wanted = Signal(str, dict)
    """Start this form, with these answers by question name."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__("naloxone", tr("Naloxone"))
        self._desk, self._work, self._words, self._say = desk, work, words, say
        self._view: StockView | None = None
        self._seen = False
        self._errands = Errands(desk, work, self._refused, self)
        day = today(desk.clock)
        self.may_write = desk.may("write", "movement", "shared")
        forms = {str(source.form) for source in filling.writable(desk)}
        keeps = stock.keeps_stock(desk)
        self._rights = Rights(
            write=self.may_write,
            keep=keeps and self.may_write,
            extend=desk.may("correct", "lot", "shared"),
            inspect=INSPECTION in forms,
        )
        self.figures = make_figures()
        self.stock = StockCard(day)
        self.ledger = LedgerCard(desk, work, day)
        moves = frozenset(MOVES) if keeps else BY_ANYONE
        giver = "deputy" if Role.DEPUTY in desk.roles else ""
        self.panel = RecordPanel(desk.clock, words, desk.device.county, moves, giver)
        self.new_lot = NewLotPanel(desk.clock, load_products(resources() / "lists").values())
        self.extend = ExtendPanel(desk.clock)
        self.count = CountView(desk.clock)
        self.recall = RecallPage(day)
        self.drawer = Drawer(tr("Record"), width=_PANEL, parent=self)
        self._build()
        self._connect()

    # -- what the shell asks -------------------------------------------------------------

    def on_shown(self) -> None:
        """Ask for everything again."""
        offer(
            self,
            Offer("stock_count", tr("Count stock"), self.start_count, icon="list-checks"),
            Offer(
                "stock_undo", tr("Undo the ledger line chosen"), self._undo_chosen, icon="undo-2"
            ),
            Offer("stock_actions", tr("Actions for the lot chosen"), self._menu_of_stock),
            Offer(
                "stock_print",
                tr("Print counts, labels, lists"),
                self._print_menu,
                "Ctrl+P",
                "printer",
            ),
            Offer(
                "stock_save",
                tr("Save counts, labels, lists as PDF"),
                lambda: self._print_menu(save=True),
                "Ctrl+Shift+P",
                "file-down",
            ),
        )
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
        """Ctrl+S: the button of what is in view."""
        if self._middle.currentWidget() is self.count:
            self.count.try_to_record()
        elif self._middle.currentWidget() is self.recall:
            self.recall.try_to_take()
        elif self._side.currentIndex():
            self._side_form().try_to_save()
        elif self.may_write:
            self.drawer.open_drawer()
            self.panel.try_to_record()

    def new_thing(self) -> None:
        """Ctrl+N: the record panel."""
        if self.may_write:
            self._show_side(0)
            self.drawer.open_drawer()
            self.panel.fields["move"].focus_control()
            next(
                (one for one in self.panel.what.buttons if one.isChecked()),
                self.panel.what.buttons[0],
            ).setFocus()

    def focus_search(self) -> None:
        """Ctrl+F: the lot whose lines the ledger shows."""
        self._show_lists()
        self.ledger.lots.setFocus()

    def leave(self) -> bool:
        """Esc: back to the record panel, to the lists, or close the drawer."""
        if self._side.currentIndex():
            self._show_side(0)
            self.panel.fields["lot"].focus_control()
            return True
        if self._middle.currentIndex():
            self._show_lists()
            self.stock.focus_list()
            return True
        return self.drawer.close_drawer()

    def panes(self) -> Sequence[QWidget]:
        """Figures, stock, ledger, the panel; or what is in their place."""
        middle: list[QWidget] = [self.stock, self.ledger]
        if self._middle.currentIndex():
            middle = [self._middle.currentWidget() or self._middle]
        else:
            middle.insert(0, self._top)
        return (*middle, self.drawer) if self.may_write else tuple(middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what can be read elsewhere where there is little room."""
        super().resizeEvent(event)
        wide = self.width() - (theme().px(_PANEL) if self.drawer.docked else 0)
        narrow = wide < theme().px(_NARROW)
        self.stock.aside.setVisible(not narrow)
        self.ledger.aside.setVisible(not narrow)
        self.stock.lots.setColumnHidden(1, narrow)

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        row.setSpacing(look.px(16))
        lists = Scroll(gap=12, stretch=False)
        self._top = QWidget()
        figures = QHBoxLayout(self._top)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(look.px(12))
        for figure in self.figures:
            figures.addWidget(figure, 1)
        lists.body.addWidget(self._top)
        lists.body.addWidget(self.stock, 8)
        lists.body.addWidget(self.ledger, 7)
        self._middle = QStackedWidget()
        for widget in (lists, self.count, self.recall):
            self._middle.addWidget(widget)
        row.addWidget(self._middle, 1)
        self._side = QStackedWidget()
        self._side.addWidget(self.panel)
        for panel in (self.new_lot, self.extend):
            scroll = Scroll(gap=0)
            scroll.body.addWidget(panel)
            self._side.addWidget(scroll)
        self.drawer.body.addWidget(self._side)
        self._make_head()
        if self.may_write:
            self.drawer.dock_in(row)

    def _make_head(self) -> None:
        self.count_button = Button(tr("Count stock"), icon="list-checks", small=True)
        self.count_button.clicked.connect(lambda _on=False: self.start_count())
        self.print_button = Button(tr("Print"), icon="printer", key="Ctrl+P", small=True)
        self.print_button.clicked.connect(lambda _on=False: self._print_menu())
        head = self.stock.head
        head.addWidget(self.stock.actions_button)
        head.addWidget(self.count_button)
        head.addWidget(self.print_button)
        head.addWidget(self.drawer.button)
        self.count_button.setVisible(self._rights.keep)
        self.ledger.undo_button.setVisible(self.may_write)

    def _connect(self) -> None:
        for figure in self.figures:
            figure.clicked.connect(lambda _on=False, name=figure.name: self.show_figure(name))
        self.stock.row_opened.connect(self._row_opened)
        self.stock.menu_wanted.connect(self._show_menu)
        self.ledger.undo_wanted.connect(self._undo)
        panel = self.panel
        panel.record_wanted.connect(self._record)
        panel.form_wanted.connect(self.form_wanted)
        panel.changed.connect(self._check)
        panel.place_chosen.connect(self._suggest)
        panel.new_lot_wanted.connect(self._start_new_lot)
        self.new_lot.save_wanted.connect(self._add_lot)
        self.extend.save_wanted.connect(self._extend)
        for form in (self.new_lot, self.extend):
            form.left.connect(self.leave)
        self.count.sheet_wanted.connect(self._ask_sheet)
        self.count.record_wanted.connect(self._record_count)
        self.count.left.connect(self.leave)
        self.count.print_wanted.connect(self._print_count_sheet)
        self.recall.record_wanted.connect(self._take_recalled)
        self.recall.left.connect(self.leave)
        self.recall.print_wanted.connect(self._print_recall)

    # -- asking --------------------------------------------------------------------------

    def _ask(self) -> None:
        self._errands.look(self._came, approvers=self.may_write)
        self.ledger.ask()

    def _came(self, seen: Seen) -> None:
        view = self._view = seen.view
        say_figures(self.figures, view)
        self.stock.show_view(view, said.as_held(seen.surplus))
        self.ledger.show_lots(view.lots)
        for part in (self.panel, self.count, self.recall):
            part.set_approvers(seen.approvers)
        self.panel.show_view(view)
        if self.panel.from_place.value():
            self._suggest(self.panel.from_place.value() or "")
        words = low_words(view)
        badge = [Badge(words, tone="warn", icon="triangle-alert")] if words else []
        self.set_heading(badges=badge)

    def show_figure(self, name: str) -> None:
        """Show the lines behind a number."""
        self._show_lists()
        self.stock.set_filter(name)
        self.stock.focus_list()

    def _check(self) -> None:
        new = self.panel.entered().movement()
        if new is None or not self.may_write:
            self.panel.show_check(())
        else:
            self._errands.check(new, self.panel.show_check)

    def _suggest(self, place: str) -> None:
        self._errands.suggest(place, self.panel.suggest)

    # -- recording -----------------------------------------------------------------------

    def _record(self, entered: Entered) -> None:
        if entered.move in said.HAND_OUTS:
            answers = entered.answers(self._desk.device.county)
            self._errands.hand_out(answers, self._handed_out, self._not_recorded)
            return
        new = entered.movement()
        if new is not None:
            self._errands.record(new, partial(self._recorded, new), self._not_recorded)

    def _recorded(self, new: NewMovement, written: Written) -> None:
        made = [record for _ring, record in written.records]
        self._done(
            tr("Recorded: {what}", what=said.move_words(new.move)),
            undo=partial(self._take_back, made) if made else None,
        )

    def _take_back(self, made: Sequence[RecordId]) -> None:
        """Undo of the toast: correcting lines for what was just written."""
        self._errands.undo(made, lambda _none: self._ask())

    def _handed_out(self, saved: Saved) -> None:
        warned = [self._words.of(one) for one in saved.warnings]
        self._done(" ".join([tr("Recorded: {what}", what=saved.title), *warned]))

    def _done(self, words: str, undo: Callable[[], None] | None = None) -> None:
        self.panel.clear()
        self.new_thing()
        self._say(words, undo=undo)
        self._ask()

    def _not_recorded(self, error: LeadappError) -> None:
        self.panel.said_no(self._error_words(error))

    def _error_words(self, error: LeadappError) -> str:
        """Return everything that stands against it, or the one sentence of the error."""
        found = error.problems if isinstance(error, Refusal) else ()
        return "\n".join(self._words.of(one) for one in found) or self._words.of(error)

    def _undo_chosen(self) -> None:
        self.ledger.undo_button.click()

    def _undo(self, line: LedgerLine) -> None:
        def done(_none: None) -> None:
            self._say(
                tr(
                    "Taken back: {what}, {doses}. A correcting line was added.",
                    what=said.move_words(line.move),
                    doses=said.amount(line.doses, 1),
                )
            )
            self._ask()

        self._errands.undo([line.movement], done)

    # -- lots ----------------------------------------------------------------------------

    def _start_new_lot(self, known: Scanned) -> None:
        self._show_side(1)
        self.new_lot.begin_with(known)

    def _add_lot(self, new: NewLot) -> None:
        def done(added: tuple[RecordId, Written]) -> None:
            self.panel.take_lot(added[0])
            self._show_side(0)
            self._say(tr("Lot {number} is on the books", number=new.lot_number))
            self._ask()
            self.panel.fields["kits"].focus_control()

        self._errands.add_lot(new, done, partial(self._side_no, self.new_lot))

    def _start_extend(self, lot: str) -> None:
        line = self._lot(lot)
        if line is not None:
            self._show_side(2)
            self.drawer.open_drawer()
            self.extend.begin_for(line)

    def _extend(self, wish: Extension) -> None:
        def done(_written: Written) -> None:
            self._show_side(0)
            self._say(tr("The lot's last day was changed; the old one is kept"))
            self._ask()
            self.stock.focus_list()

        self._errands.extend(wish, done, partial(self._side_no, self.extend))

    def _side_no(self, form: SideForm, error: LeadappError) -> None:
        form.said_no(self._error_words(error))

    # -- counting ------------------------------------------------------------------------

    def start_count(self, place: str = "") -> None:
        """Show the sheet of a place."""
        view = self._view
        if view is None or not self._rights.keep:
            return
        self._middle.setCurrentWidget(self.count)
        places = [one for one in view.places if one.active or one.on_hand]
        self.count.begin(places, view.lots, place or self.stock.chosen()[1])

    def _ask_sheet(self, place: str) -> None:
        if place:
            self._errands.sheet(place, self.count.show_sheet)

    def _record_count(self, counted: Counted) -> None:
        def done(_written: Written) -> None:
            self._show_lists()
            self._say(tr("The count was recorded"))
            self._ask()
            self.stock.focus_list()

        def failed(error: LeadappError) -> None:
            self.count.say_no(self._error_words(error))

        self._errands.count(counted, done, failed)

    # -- recall --------------------------------------------------------------------------

    def start_recall(self, lot: str) -> None:
        """Show who had a lot."""
        self._errands.recall(lot, self._show_recall)

    def _show_recall(self, view: RecallView) -> None:
        self._middle.setCurrentWidget(self.recall)
        self.recall.show_recall(view)

    def _take_recalled(self, wish: Recalled) -> None:
        def done(_written: Written) -> None:
            self._say(tr("Taken off the shelf: {doses}", doses=said.amount(wish.doses, 1)))
            self._ask()
            self.start_recall(wish.lot)

        def failed(error: LeadappError) -> None:
            self.recall.say_no(self._error_words(error))

        self._errands.take_recalled(wish, done, failed)

    # -- menus ---------------------------------------------------------------------------

    def _row_opened(self, lot: str, place: str) -> None:
        """Enter on a line of stock: record what happened to it."""
        if not self.may_write:
            return
        self._show_side(0)
        self.drawer.open_drawer()
        if lot:
            self.panel.start(self.panel.kind() or "given", lot, place)
        else:
            self.panel.start("transferred", "", "")
            self.panel.to_place.set_value(place)

    def _menu_of_stock(self) -> None:
        self._show_lists()
        self.stock.actions_button.click()

    def _show_menu(self, lot: str, place: str, at: QPoint) -> None:
        doings = Doings(
            record=self._row_opened,
            start=self._start,
            count=self.start_count,
            inspect=self._inspect,
            ledger=self._ledger_of,
            recall=self.start_recall,
            extend=self._start_extend,
        )
        pop_up(line_menu(self, lot, place, self._rights, doings), at)

    def _start(self, move: str, lot: str, place: str) -> None:
        self._show_side(0)
        self.drawer.open_drawer()
        self.panel.start(move, lot, place)

    def _inspect(self, lot: str, place: str) -> None:
        answers = {"place": place, "lot": lot}
        self.form_wanted.emit(INSPECTION, {name: text for name, text in answers.items() if text})

    def _ledger_of(self, lot: str) -> None:
        self.ledger.show_lot(lot)
        self.ledger.table.setFocus()

    def _print_menu(self, *, save: bool = False) -> None:
        """Ask which paper; then print it, or save it as PDF."""
        found = papers(self._desk, self._chosen(), today(self._desk.clock))
        menu = paper_menu(self, found, partial(self._paper, save=save), save=save)
        button = self.print_button
        at = button if button.isVisible() else self
        pop_up(menu, at.mapToGlobal(at.rect().bottomLeft() if at is button else at.rect().center()))

    def _paper(self, wanted: Paper, *, save: bool) -> None:
        hand_out_paper(
            self, self._desk, self._work, wanted, save=save, say=self._say, failed=self._refused
        )

    def _chosen(self) -> Chosen:
        lot, place = self.stock.chosen()
        if self._middle.currentWidget() is self.count:
            place = self.count.place.value() or ""
        elif self._middle.currentWidget() is self.recall:
            lot = self.recall.lot
        view = self._view
        held = view.held if view else ()
        places = view.places if view else ()
        return Chosen(
            lot=self._lot(lot),
            place=next((one for one in places if one.place == place), None),
            kits=sum(one.kits for one in held if one.lot == lot and one.place == place),
            line=self.ledger.chosen(),
        )

    def _print_count_sheet(self, place: str) -> None:
        make = partial(stock_papers.count_sheet, self._desk, place)
        self._paper(Paper(tr("Count sheet"), make), save=False)

    def _print_recall(self, lot: str) -> None:
        make = partial(stock_papers.recall_list, self._desk, lot)
        self._paper(Paper(tr("Recall list"), make), save=False)

    # -- small things --------------------------------------------------------------------

    def _lot(self, lot: str) -> LotLine | None:
        lots = self._view.lots if self._view else ()
        return next((one for one in lots if one.lot == lot), None)

    def _show_lists(self) -> None:
        self._middle.setCurrentIndex(0)

    def _show_side(self, at: int) -> None:
        self._side.setCurrentIndex(at)

    def _side_form(self) -> SideForm:
        return self.new_lot if self._side.currentIndex() == 1 else self.extend

    def _refused(self, error: LeadappError) -> None:
        self._say(self._error_words(error))
