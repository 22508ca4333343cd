"""The pane at the right: the record panel; in its place, adding a lot or changing its last day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId
from leadapp.core.words import Words
from leadapp.kinds.movement import MOVES
from leadapp.naloxone.codes import Scanned
from leadapp.naloxone.moves import BY_ANYONE
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.kept import Written
from leadapp.services.stock import LotLine, NewLot, NewMovement
from leadapp.staff.roles import Role
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.errands import Errands, Seen
from leadapp.ui.naloxone.lot_panels import ExtendPanel, Extension, NewLotPanel
from leadapp.ui.naloxone.moving import Entered
from leadapp.ui.naloxone.record_panel import RecordPanel
from leadapp.ui.naloxone.side_form import SideForm
from leadapp.ui.words import tr


class SidePane(QStackedWidget):
    """``SidePane(desk, words, errands)``; writes what its panels hold."""

    recorded = Signal(str, object)
    """It was written: the words to say, and the movements an undo takes back."""

    lot_added = Signal(str)
    """A lot is on the books: the words to say. What was being recorded goes on."""

    lot_extended = Signal()
    """A lot has another last day: the lists are looked at next."""

    form_wanted = Signal(str, dict)

    def __init__(self, desk: Desk, words: Words, errands: Errands) -> None:
        super().__init__()
        self._county, self._words, self._errands = desk.device.county, words, errands
        self._may_write = desk.may("write", "movement", "shared")
        moves = frozenset(MOVES) if stock.keeps_stock(desk) else BY_ANYONE
        giver = "deputy" if Role.DEPUTY in desk.roles else ""
        self.panel = RecordPanel(desk.clock, words, self._county, moves, giver)
        self.new_lot = NewLotPanel(desk.clock, ())
        self.extend = ExtendPanel(desk.clock)
        self.addWidget(self.panel)
        for form in (self.new_lot, self.extend):
            scroll = Scroll(gap=0)
            scroll.body.addWidget(form)
            self.addWidget(scroll)
            form.left.connect(self.back)
        panel = self.panel
        panel.record_wanted.connect(self._record)
        panel.form_wanted.connect(self.form_wanted)
        panel.changed.connect(self._check)
        panel.place_chosen.connect(self._suggest)
        panel.new_lot_wanted.connect(self._start_new_lot)
        self.new_lot.save_wanted.connect(self._add_lot)
        self.extend.save_wanted.connect(self._extend)

    def show_seen(self, seen: Seen) -> None:
        """Offer the lots, places and people there are."""
        self.panel.set_approvers(seen.approvers)
        self.panel.show_view(seen.view)
        if self.panel.from_place.value():
            self._suggest(self.panel.from_place.value() or "")

    def main_action(self) -> None:
        """Ctrl+S: record it, or save the form in its place."""
        form = self._form()
        if form is not None:
            form.try_to_save()
        else:
            self.panel.try_to_record()

    def back(self) -> bool:
        """Esc: from a form back to the record panel; False where it stands already."""
        if self._form() is None:
            return False
        self.show_panel()
        self.panel.fields["lot"].focus_control()
        return True

    def show_panel(self) -> None:
        """Show the record panel."""
        self.setCurrentIndex(0)

    def focus_what(self) -> None:
        """Put the focus on what happened."""
        self.show_panel()
        self.panel.fields["move"].focus_control()
        buttons = self.panel.what.buttons
        next((one for one in buttons if one.isChecked()), buttons[0]).setFocus()

    def start(self, move: str, lot: str, place: str) -> None:
        """Begin a movement; without a kind, the one chosen."""
        self.show_panel()
        if move or lot:
            self.panel.start(move or self.panel.kind() or "given", lot, place)
        else:
            self.panel.start("transferred", "", "")
            self.panel.to_place.set_value(place)

    def start_extend(self, lot: LotLine) -> None:
        """Ask for another last day."""
        self.setCurrentIndex(2)
        self.extend.begin_for(lot)

    # -- asking --------------------------------------------------------------------------

    def _check(self) -> None:
        new = self.panel.entered().movement()
        if new is None or not self._may_write:
            self.panel.show_check(())
        else:
            self._errands.check(new, self.panel.show_check)

    def _suggest(self, place: str) -> None:
        self._errands.suggest(place, self.panel.suggest)

    # -- recording -----------------------------------------------------------------------

    def _record(self, entered: Entered) -> None:
        if entered.move in said.HAND_OUTS:
            answers = entered.answers(self._county)
            self._errands.hand_out(answers, self._handed_out, self._not_recorded)
            return
        new = entered.movement()
        if new is not None:
            self._errands.record(new, partial(self._recorded, new), self._not_recorded)

    def _recorded(self, new: NewMovement, written: Written) -> None:
        made = [record for _ring, record in written.records]
        words = tr("Recorded: {what}", what=said.move_words(new.move))
        self._done(words, made)

    def _handed_out(self, saved: Saved) -> None:
        warned = [self._words.of(one) for one in saved.warnings]
        self._done(" ".join([tr("Recorded: {what}", what=saved.title), *warned]))

    def _done(self, words: str, made: Sequence[RecordId] = ()) -> None:
        self.panel.clear()
        self.recorded.emit(words, tuple(made))

    def _not_recorded(self, error: LeadappError) -> None:
        self.panel.said_no(self._errands.why(error))

    # -- lots ----------------------------------------------------------------------------

    def _start_new_lot(self, known: Scanned) -> None:
        self.setCurrentIndex(1)
        self.new_lot.begin_with(known)

    def _add_lot(self, new: NewLot) -> None:
        def done(added: tuple[RecordId, Written]) -> None:
            self.panel.take_lot(added[0])
            self.show_panel()
            self.lot_added.emit(tr("Lot {number} is on the books", number=new.lot_number))
            self.panel.fields["kits"].focus_control()

        self._errands.add_lot(new, done, partial(self._side_no, self.new_lot))

    def _extend(self, wish: Extension) -> None:
        def done(_written: Written) -> None:
            self.show_panel()
            self.lot_extended.emit()

        self._errands.extend(wish, done, partial(self._side_no, self.extend))

    def _side_no(self, form: SideForm, error: LeadappError) -> None:
        form.said_no(self._errands.why(error))

    def _form(self) -> SideForm | None:
        return (None, self.new_lot, self.extend)[self.currentIndex()]
