"""The panel at the right: what happened, which lot, how much, when, where. Nobody's name.

It asks only what the kind of movement needs and says, above its button, what will be left.
A field hand-out that the books cannot cover is recorded all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal

from leadapp.core.clock import Clock
from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.naloxone.codes import Scanned
from leadapp.services.stock import Approver, LotLine, StockView
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.amount import Amount
from leadapp.ui.naloxone.lot_asked import lot_asked
from leadapp.ui.naloxone.moving import OTHER, SELF_MADE, Asked, Entered, asked, line_words
from leadapp.ui.naloxone.next_question import NextQuestion
from leadapp.ui.naloxone.questions import Questions
from leadapp.ui.naloxone.record_foot import RecordFoot
from leadapp.ui.words import tr

_PAUSE_MS = 120
_UNFIT = frozenset({"naloxone.expired_lot", "naloxone.recalled_lot"})
_DRAWN_HERE = frozenset({"naloxone.shortfall"})
"""Told by the line above the button already."""


class RecordPanel(Card):
    """``show_view(view)``; wishes are ``record_wanted`` and ``form_wanted``."""

    record_wanted = Signal(object)
    """The ``Entered`` to record; nothing needed is missing."""

    form_wanted = Signal(str, dict)
    """Start a form with these answers by question name."""

    new_lot_wanted = Signal(object)
    """Add a lot; carries what a scanner or the person said of it, a ``LotAsked``."""

    changed = Signal()
    """Something was typed: ask what stands against it."""

    place_chosen = Signal(str)
    """Suggest a lot for this place."""

    def __init__(
        self, clock: Clock, words: Words, county: str, moves: Collection[str], giver: str = ""
    ) -> None:
        super().__init__(tr("Record naloxone"), margin=14)
        self._clock, self._county = clock, county
        self._view: StockView | None = None
        self._held: dict[tuple[str, str], int] = {}
        self._places: dict[str, str] = {}
        self._lots: tuple[LotLine, ...] = ()
        self._choose_lot = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed.emit)
        self.questions = asks = Questions(clock, moves)
        self.fields, self.what, self.other = asks.fields, asks.what, asks.other
        self.from_place, self.to_place, self.lot = asks.from_place, asks.to_place, asks.lot
        self.kits, self.doses, self.day = asks.kits, asks.doses, asks.day
        self.setting, self.giver = asks.setting, asks.giver
        self.recipient, self.shown = asks.recipient, asks.shown
        self.reason, self.second, self.override = asks.reason, asks.second, asks.override
        self._amount = Amount(self.lot, self.fields["lot"], self.kits, self.doses, self)
        self.foot = RecordFoot(words)
        self.line = self.foot.line
        self._against_words = self.foot.against
        self._build()
        self._connect()
        self.giver.set_value(giver or None)
        self.clear()

    # -- what there is -------------------------------------------------------------------

    def show_view(self, view: StockView) -> None:
        """Offer the lots and places there are; what was chosen stays."""
        self._view = view
        self._held = {(str(one.lot), str(one.place)): one.doses for one in view.held}
        self._places = {str(one.place): one.name for one in view.places}
        self._lots = view.lots
        places = [Choice(place, name) for place, name in self._places.items()]
        for box in (self.from_place, self.to_place):
            box.set_choices(places)
        if len(places) == 1 or self.from_place.value() is None:
            self.from_place.set_value(self._usual())
        if self.to_place.value() is None and self.kind() == "received":
            self.to_place.set_value(self._fullest())
        self._offer_lots()
        wanted, self._choose_lot = self._choose_lot, ""
        if wanted and any(one.lot == wanted for one in self._lots):
            self._amount.take(wanted)
        self._settle()

    def set_approvers(self, people: Sequence[Approver]) -> None:
        """Offer who may confirm a loss: who has a password here, but who records it."""
        self.second.set_people(people)

    def choose(self, lot: str, place: str) -> None:
        """Take lot and place of a line of the stock."""
        if place in self._places:
            self.from_place.set_value(place)
            if self.kind() == "received":
                self.to_place.set_value(place)
        if lot:
            self._offer_lots()
            self._amount.take(lot)
        self._amount.follow_lot()

    def start(self, move: str, lot: str = "", place: str = "") -> None:
        """Begin a movement of this kind and put the focus on how much."""
        self._set_move(move)
        self.choose(lot, place)
        (self.fields["doses"] if lot else self.fields["move"]).focus_control()
        if lot:
            self.kits.setFocus()

    def suggest(self, lot: LotLine | None) -> None:
        """Take the lot that expires first, where the person chose none."""
        if self.kind() != "received":
            self._amount.suggest(lot)

    def show_check(self, problems: Sequence[Problem]) -> None:
        """Show what stands against the movement, warnings too."""
        unfit = any(one.code in _UNFIT and one.blocks for one in problems)
        self.fields["override"].setVisible(
            self._need().override and (unfit or self.override.value() is not None)
        )
        missing = self.entered().missing()
        told = [
            one
            for one in problems
            if one.place.path not in missing and (one.code not in _DRAWN_HERE or one.blocks)
        ]
        self.foot.show_problems(told)

    def said_no(self, words: str) -> None:
        """Say why it was not recorded; all that was typed stays, but a password."""
        self.foot.said_no(words)
        if self._need().second_person:
            self.second.ask_again()

    # -- what is typed -------------------------------------------------------------------

    def kind(self) -> str:
        """Return the kind of movement chosen."""
        chosen = self.what.value() or ""
        return (self.other.value() or "") if chosen == OTHER else chosen

    def entered(self) -> Entered:
        """Return what stands in the panel, without what is not asked now."""
        move = self.kind()
        need = self._need()
        kits, doses = self._amount.numbers()
        typed = self.day.typed()
        hands_out = need.hand_out
        return Entered(
            move=move,
            bare=self._is_bare(),
            agency=self._view.agency if self._view else "",
            lot=self.lot.lot(),
            from_place=(self.from_place.value() or "") if need.from_place else "",
            to_place=(self.to_place.value() or "") if need.to_place else "",
            kits=kits,
            doses=doses,
            day=typed.day.isoformat() if typed is not None and typed.day is not None else "",
            reason=(self.reason.value() or "") if need.reason else "",
            approver=self.second.person() if need.second_person else "",
            override=(self.override.value() or "") if need.override else "",
            setting=(self.setting.value() or "") if need.setting else "",
            giver=(self.giver.value() or "") if hands_out or need.report else "",
            recipient=(self.recipient.value() or "") if hands_out else "",
            shown=(self.shown.value() or "") if hands_out else "",
            self_made=self.questions.self_made.text().strip() if self._asks_code() else "",
        )

    def try_to_record(self) -> None:
        """Ctrl+S: record it, or say what is missing and go there."""
        entered = self.entered()
        if self._need().report:
            self.form_wanted.emit("naloxone_used", entered.answers(self._county))
            return
        first = self.questions.say_missing(*self._missing(entered))
        if first is not None:
            announce(self, first.error)
            first.focus_control()
            return
        if self._need().second_person:
            password, digits = self.second.take()
            entered = replace(entered, password=password, digits=digits)
        self.record_wanted.emit(entered)

    def go_on(self) -> None:
        """Enter: the next question without an answer, then the button, then record it."""
        if self.foot.record_button.hasFocus():
            self.try_to_record()
            return
        missing, second = self._missing(self.entered())
        open_ones = set() if self._need().report else missing | second.keys()
        following = (field for name, field in self.fields.items() if name in open_ones)
        first = next(following, None)
        if first is not None:
            first.focus_control()
        else:
            self.foot.record_button.setFocus()

    def _missing(self, entered: Entered) -> tuple[set[str], dict[str, str]]:
        """Return the questions without a needed answer, and what the second person lacks."""
        missing = entered.missing()
        if self.fields["override"].isVisibleTo(self) and not entered.override:
            missing.add("override")
        return missing, self.second.missing() if self._need().second_person else {}

    def clear(self) -> None:
        """Make ready for the next one; kind, places, setting, giver and day stay."""
        self._amount.clear()
        for box in (self.reason, self.override, self.recipient):
            box.set_value(None)
        self.questions.self_made.set_value("")
        self.second.forget()
        self.shown.set_value(None)
        if self.day.typed() is None:
            self.day.set_moment(self._clock.now())
        for field in self.fields.values():
            field.set_error("")
        self.show_check(())
        self._settle()

    def take_lot(self, lot: str) -> None:
        """Take a lot that was just added, once the view that has it comes."""
        self._choose_lot = lot
        self.lot.set_choice(None)

    def _ask_new_lot(self, scanned: Scanned | None = None) -> None:
        typed = "" if self.lot.lot() else self.lot.text().strip()
        known = scanned or Scanned(lot_number=typed)
        view = self._view
        products, lots = (view.products, view.lots) if view else ((), ())
        self.new_lot_wanted.emit(lot_asked(known, products, lots))

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        scroll = Scroll(gap=11)
        self.body.addWidget(scroll, 1)
        self.questions.lay_out(scroll.body)
        self.body.addWidget(self.foot)
        self._walk = NextQuestion(self.fields, self.foot.record_button, self.go_on, self)

    def _connect(self) -> None:
        asks = self.questions
        self.what.changed.connect(self._move_changed)
        self.other.changed.connect(self._move_changed)
        self.from_place.changed.connect(self._from_changed)
        self.to_place.changed.connect(lambda _name: self._settle())
        self.lot.unknown.connect(self._ask_new_lot)
        self._amount.changed.connect(self._settle)
        for box in (self.day, self.reason, self.override):
            box.changed.connect(lambda _value: self._settle())
        self.second.changed.connect(self._settle)
        asks.new_lot_button.clicked.connect(lambda _on=False: self._ask_new_lot())
        asks.new_product_button.clicked.connect(lambda _on=False: self._new_product())
        self.foot.record_wanted.connect(self.try_to_record)
        self.foot.form_wanted.connect(self._open_form)

    # -- following what is typed ---------------------------------------------------------

    def _set_move(self, move: str) -> None:
        other = move in said.OTHER_MOVES
        self.what.set_value(OTHER if other else move)
        if other:
            self.other.set_value(move)
        self._move_changed()

    def _move_changed(self, _name: object = None) -> None:
        for field in self.fields.values():
            field.set_error("")
        if self.kind() == "received":
            if self.to_place.value() is None:
                self.to_place.set_value(self._fullest())
            if not self._amount.by_hand:
                self._amount.leave_lot()
        self._offer_lots()
        self._settle()
        self._ask_for_lot()

    def _from_changed(self, _name: object = None) -> None:
        self._offer_lots()
        self._amount.by_hand = False
        self._ask_for_lot()
        self._settle()

    def _ask_for_lot(self) -> None:
        place = self.from_place.value()
        if place and self.kind() != "received" and not self._amount.by_hand:
            self.place_chosen.emit(place)

    def _offer_lots(self) -> None:
        place = self.from_place.value() or ""
        there = {lot: doses for (lot, at), doses in self._held.items() if at == place}
        self._amount.offer(self._lots, {} if self.kind() == "received" else there)

    def _settle(self) -> None:
        """Show what is asked now, and say what will be left."""
        entered = self.entered()
        move, need = entered.move, self._need()
        shown = {
            "other": self.what.value() == OTHER,
            "from_place": need.from_place,
            "to_place": need.to_place,
            "setting": need.setting,
            "giver": need.hand_out,
            "recipient": need.hand_out,
            "shown": need.hand_out,
            "self_made": self._asks_code(),
            "reason": need.reason,
            "lot": not need.report,
            "kits": not need.report,
            "doses": not need.report,
        }
        for name, is_shown in shown.items():
            self.fields[name].setVisible(is_shown)
        self.second.setVisible(need.second_person)
        adds_lots = move == "received"
        self.questions.new_lot_button.setVisible(adds_lots)
        self.questions.new_product_button.setVisible(adds_lots and self._may_add_products())
        self.foot.form_button.setVisible(need.hand_out)
        self.foot.record_button.set_words(
            tr("Open the use report") if need.report else tr("Record it")
        )
        self._say_line(entered)
        self._pause.start()

    def _say_line(self, entered: Entered) -> None:
        if self._need().report:
            words = tr("The report asks who gave it and which lot, for each person.")
            self.foot.say_line(words, "info", "link")
            return
        words, fine = line_words(entered, self._held, self._places)
        if fine:
            self.foot.say_line(words, "circle-check", "ok")
        else:
            self.foot.say_line(words, "triangle-alert", "warn_icon", "warn")

    def _need(self) -> Asked:
        """Return what is asked for the kind of movement chosen."""
        return asked(self.kind(), bare=self._is_bare())

    def _is_bare(self) -> bool:
        return self._view is not None and self._view.bare

    def _asks_code(self) -> bool:
        """Return whether a self-made code may stand here: turned on, and kept in ``supply``."""
        return self._need().hand_out and self._view is not None and self._view.self_made

    def _may_add_products(self) -> bool:
        return self._view is not None and self._view.may_add_products

    def _open_form(self) -> None:
        answers = self.entered().answers(self._county)
        if answers.pop(SELF_MADE, ""):  # a form keeps drafts, and no draft may hold a code
            self.said_no(tr("A self-made code is taken here alone: record it here, or clear it."))
            self.fields["self_made"].focus_control()
            return
        self.form_wanted.emit("naloxone_given", answers)

    def _new_product(self) -> None:
        self.form_wanted.emit("product", {})

    def _usual(self) -> str | None:
        """Return where this person hands out from, or else the place that holds most."""
        usual = self._view.usual_place if self._view else ""
        return usual if usual in self._places else self._fullest()

    def _fullest(self) -> str | None:
        """Return the place that holds most: where most is given out of."""
        sums: dict[str, int] = dict.fromkeys(self._places, 0)
        for (_lot, place), doses in self._held.items():
            if place in sums:
                sums[place] += doses
        return max(sums, key=lambda place: sums[place], default=None)
