"""The panel at the right: what happened, which lot, how much, when, where. Nobody's name.

It asks only what the kind of movement needs and says, above its button, what will be left.
A field hand-out that the books cannot cover is recorded all the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from leadapp.core.clock import Clock
from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.naloxone.codes import Scanned
from leadapp.services.stock import Approver, LotLine, StockView
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field, Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.kit.typed_dates import Direction
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.lot_box import LotBox
from leadapp.ui.naloxone.moving import OTHER, Entered, asked, line_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_PAUSE_MS = 120
_EXPIRED = "naloxone.expired_lot"
_DRAWN_HERE = frozenset({"naloxone.shortfall"})
"""Told by the line above the button already."""


class RecordPanel(Card):
    """``show_view(view)``; wishes are ``record_wanted`` and ``form_wanted``."""

    record_wanted = Signal(object)
    """The ``Entered`` to record; nothing needed is missing."""

    form_wanted = Signal(str, dict)
    """Start a form with these answers by question name."""

    new_lot_wanted = Signal(object)
    """Add a lot; carries what a scanner or the person said of it, a ``Scanned``."""

    changed = Signal()
    """Something was typed: ask what stands against it."""

    place_chosen = Signal(str)
    """Suggest a lot for this place."""

    def __init__(
        self, clock: Clock, words: Words, county: str, moves: Collection[str], giver: str = ""
    ) -> None:
        super().__init__(tr("Record naloxone"), margin=14)
        self._clock, self._words, self._county = clock, words, county
        self._moves = moves
        """The kinds of movement this person may write; no other is offered."""
        self._held: dict[tuple[str, str], int] = {}
        self._places: dict[str, str] = {}
        self._lots: tuple[LotLine, ...] = ()
        self._by_hand = False
        """Whether the lot was chosen by the person and not suggested."""
        self._doses_by_hand = False
        self._choose_lot = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed.emit)
        self._make_controls()
        self._make_fields()
        self._build()
        self.giver.set_value(giver or None)
        self.clear()

    # -- what there is -------------------------------------------------------------------

    def show_view(self, view: StockView) -> None:
        """Offer the lots and places there are; what was chosen stays."""
        self._held = {(str(one.lot), str(one.place)): one.doses for one in view.held}
        self._places = {str(one.place): one.name for one in view.places}
        self._lots = view.lots
        places = [Choice(place, name) for place, name in self._places.items()]
        for box in (self.from_place, self.to_place):
            box.set_choices(places)
        if len(places) == 1 or self.from_place.value() is None:
            self.from_place.set_value(self._fullest())
        if self.to_place.value() is None and self.kind() == "received":
            self.to_place.set_value(self._fullest())
        self._offer_lots()
        wanted, self._choose_lot = self._choose_lot, ""
        if wanted and any(one.lot == wanted for one in self._lots):
            self.lot.set_lot(wanted)
            self._by_hand = True
            self._lot_changed()
        self._settle()

    def set_approvers(self, people: Sequence[Approver]) -> None:
        """Offer who may confirm a loss: everyone but who records it."""
        self.approver.set_choices([Choice(one.user, one.name) for one in people])

    def choose(self, lot: str, place: str) -> None:
        """Take lot and place of a line of the stock."""
        if place in self._places:
            self.from_place.set_value(place)
            if self.kind() == "received":
                self.to_place.set_value(place)
        if lot:
            self._offer_lots()
            self.lot.set_lot(lot)
            self._by_hand = True
        self._lot_changed()

    def start(self, move: str, lot: str = "", place: str = "") -> None:
        """Begin a movement of this kind and put the focus on how much."""
        self._set_move(move)
        self.choose(lot, place)
        (self.fields["doses"] if lot else self.fields["move"]).focus_control()
        if lot:
            self.kits.setFocus()

    def suggest(self, lot: LotLine | None) -> None:
        """Take the lot that expires first, where the person chose none."""
        if self._by_hand or self.kind() == "received":
            return
        self.lot.set_lot(lot.lot if lot is not None else "")
        self.fields["lot"].set_echo(tr("Soonest first") if lot is not None else "")
        self._lot_changed()

    def show_check(self, problems: Sequence[Problem]) -> None:
        """Show what stands against the movement, warnings too."""
        expired = any(one.code == _EXPIRED and one.blocks for one in problems)
        field = self.fields["override"]
        field.setVisible(
            asked(self.kind()).override and (expired or self.override.value() is not None)
        )
        missing = self.entered().missing()
        told = [
            one
            for one in problems
            if one.place.path not in missing and (one.code not in _DRAWN_HERE or one.blocks)
        ]
        self._against_words.setText("\n".join(self._words.of(one) for one in told))
        self._against_words.set_tone("err" if any(one.blocks for one in told) else "warn")
        self._against_words.setVisible(bool(told))

    def said_no(self, words: str) -> None:
        """Say why it was not recorded; all that was typed stays."""
        self._against_words.setText(words)
        self._against_words.set_tone("err")
        self._against_words.show()
        announce(self, words)

    # -- what is typed -------------------------------------------------------------------

    def kind(self) -> str:
        """Return the kind of movement chosen."""
        chosen = self.what.value() or ""
        return (self.other.value() or "") if chosen == OTHER else chosen

    def entered(self) -> Entered:
        """Return what stands in the panel, without what is not asked now."""
        move = self.kind()
        need = asked(move)
        typed = self.day.typed()
        return Entered(
            move=move,
            lot=self.lot.lot(),
            from_place=(self.from_place.value() or "") if need.from_place else "",
            to_place=(self.to_place.value() or "") if need.to_place else "",
            kits=_whole(self.kits.number()),
            doses=_whole(self.doses.number()),
            day=typed.day.isoformat() if typed is not None and typed.day is not None else "",
            reason=(self.reason.value() or "") if need.reason else "",
            approver=(self.approver.value() or "") if need.second_person else "",
            override=(self.override.value() or "") if need.override else "",
            setting=(self.setting.value() or "") if need.setting else "",
            giver=(self.giver.value() or "") if need.hand_out else "",
            recipient=(self.recipient.value() or "") if need.hand_out else "",
            shown=(self.shown.value() or "") if need.hand_out else "",
        )

    def try_to_record(self) -> None:
        """Ctrl+S: record it, or say what is missing and go there."""
        entered = self.entered()
        if entered.move == "used":
            self.form_wanted.emit("naloxone_used", entered.answers(self._county))
            return
        missing = entered.missing()
        for name, field in self.fields.items():
            field.set_error(
                _MISSING.get(name, "") and tr(_MISSING[name]) if name in missing else ""
            )
        if not missing:
            self.record_wanted.emit(entered)
            return
        first = next((field for name, field in self.fields.items() if name in missing), None)
        if first is not None:
            announce(self, first.error)
            first.focus_control()

    def clear(self) -> None:
        """Make ready for the next one; kind, places and day stay."""
        self._by_hand = self._doses_by_hand = False
        self.lot.set_choice(None)
        self.kits.set_number(1)
        self.doses.set_number(2)
        for box in (self.approver, self.reason, self.override):
            box.set_value(None)
        self.recipient.set_value(None)
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
        known = Scanned(lot_number="" if self.lot.lot() else self.lot.text().strip())
        self.new_lot_wanted.emit(scanned or known)

    # -- building ------------------------------------------------------------------------

    def _make_controls(self) -> None:
        main = [*said.move_choices([one for one in said.MAIN_MOVES if one in self._moves])]
        others = [one for one in said.OTHER_MOVES if one in self._moves]
        if others:
            main.append(Choice(OTHER, tr("Other")))
        self.what = Segments(main, columns=2)
        self.other = Combo(said.move_choices(others))
        self.from_place, self.to_place = Combo(()), Combo(())
        self.lot = LotBox()
        self.kits, self.doses = NumberBox(), NumberBox()
        self.day = DateBox(self._clock, direction=Direction.PAST)
        self.setting = Combo(said.setting_choices())
        self.giver = Combo(_choices(_GIVERS))
        self.recipient = Combo(_choices(_RECIPIENTS))
        self.shown = Segments(yes_no())
        self.reason = Combo(said.reason_choices())
        self.approver = Combo(())
        self.override = Combo(said.override_choices())
        self.what.set_value("given")
        self.what.changed.connect(self._move_changed)
        self.other.changed.connect(self._move_changed)
        self.from_place.changed.connect(self._from_changed)
        self.to_place.changed.connect(lambda _name: self._settle())
        self.lot.chosen.connect(self._lot_chosen)
        self.lot.unknown.connect(self._ask_new_lot)
        self.kits.changed.connect(self._kits_changed)
        self.doses.changed.connect(self._doses_changed)
        for box in (self.day, self.reason, self.approver, self.override):
            box.changed.connect(lambda _value: self._settle())

    def _make_fields(self) -> None:
        self.fields = {
            "move": Field(tr("What happened"), self.what, needed=True),
            "other": Field(tr("What else"), self.other, needed=True),
            "from_place": Field(tr("From"), self.from_place, needed=True),
            "to_place": Field(tr("To"), self.to_place, needed=True),
            "lot": Field(tr("Lot"), self.lot, needed=True),
            "kits": Field(tr("Kits"), self.kits),
            "doses": Field(tr("Doses"), self.doses, needed=True),
            "day": Field(tr("Day"), self.day, needed=True),
            "setting": Field(tr("Setting"), self.setting, needed=True),
            "giver": Field(tr("Given by"), self.giver, needed=True),
            "recipient": Field(tr("Received by"), self.recipient, needed=True),
            "shown": Field(tr("Showed how to use it?"), self.shown, needed=True),
            "reason": Field(tr("Reason"), self.reason, needed=True),
            "approver": Field(
                tr("Confirmed by"), self.approver, needed=True,
                hint=tr("A second person who saw it too"),
            ),
            "override": Field(
                tr("Why it goes out expired"), self.override,
                hint=tr("This lot has expired; the reason is kept"),
            ),
        }  # fmt: skip

    def _build(self) -> None:
        look = theme()
        scroll = Scroll(gap=11)
        self.body.addWidget(scroll, 1)
        column = scroll.body
        for name in ("move", "other", "from_place", "to_place", "lot"):
            column.addWidget(self.fields[name])
        self.new_lot_button = Button(tr("New lot"), icon="plus", role="quiet", small=True)
        self.new_lot_button.clicked.connect(lambda _on=False: self._ask_new_lot())
        column.addWidget(self.new_lot_button)
        pair = QHBoxLayout()
        pair.setSpacing(look.px(10))
        pair.addWidget(self.fields["kits"], 1)
        pair.addWidget(self.fields["doses"], 1)
        column.addLayout(pair)
        for name in _BELOW:
            column.addWidget(self.fields[name])
        self._build_foot()
        self._in_order()

    def _build_foot(self) -> None:
        """What will be left, what stands against it, the button: always in view."""
        self.body.addWidget(self._make_line())
        self._against_words = Label("", role="label", tone="err", wrap=True)
        self.body.addWidget(self._against_words)
        self.record_button = Button(tr("Record it"), icon="check", role="primary", key="Ctrl+S")
        self.record_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.record_button.clicked.connect(lambda _on=False: self.try_to_record())
        self.body.addWidget(self.record_button)
        self.form_button = Button(
            tr("Open the whole form"), icon="clipboard-list", role="quiet", small=True
        )
        self.form_button.clicked.connect(lambda _on=False: self._open_form())
        self.body.addWidget(self.form_button)

    def _make_line(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(6))
        self._line_icon = Icon("circle-check", "ok", 16)
        self.line = Label("", role="caption", tone="text2", wrap=True)
        layout.addWidget(self._line_icon)
        layout.addWidget(self.line, 1)
        self._line_row = row
        return row

    def _in_order(self) -> None:
        order: list[QWidget] = [*self.what.buttons]
        order += [field.control for name, field in self.fields.items() if name != "move"]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

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
            if not self._by_hand:
                self.lot.set_choice(None)
                self.fields["lot"].set_echo("")
        self._offer_lots()
        self._settle()
        self._ask_for_lot()

    def _from_changed(self, _name: object = None) -> None:
        self._offer_lots()
        self._by_hand = False
        self._ask_for_lot()
        self._settle()

    def _ask_for_lot(self) -> None:
        place = self.from_place.value()
        if place and self.kind() != "received" and not self._by_hand:
            self.place_chosen.emit(place)

    def _offer_lots(self) -> None:
        place = self.from_place.value() or ""
        there = {lot: doses for (lot, at), doses in self._held.items() if at == place}
        self.lot.offer(self._lots, {} if self.kind() == "received" else there)

    def _lot_chosen(self, found: object) -> None:
        self._by_hand = found is not None
        self.fields["lot"].set_echo("")
        self.fields["lot"].set_error("")
        self._lot_changed()

    def _lot_changed(self) -> None:
        if not self._doses_by_hand:
            self._kits_changed(self.kits.number())
        self._settle()

    def _kits_changed(self, number: object) -> None:
        lot = self.lot.lot()
        kits = _whole(number)
        if kits is not None:
            self.doses.set_number(kits * (lot.doses_per_kit if lot else 2))
            self._doses_by_hand = False
        self._settle()

    def _doses_changed(self, _number: object) -> None:
        self._doses_by_hand = True
        lot, doses = self.lot.lot(), _whole(self.doses.number())
        if lot is not None and doses is not None:
            self.kits.set_number(doses // max(1, lot.doses_per_kit))
        self._settle()

    def _settle(self) -> None:
        """Show what is asked now, and say what will be left."""
        entered = self.entered()
        move, need = entered.move, asked(entered.move)
        shown = {
            "other": self.what.value() == OTHER,
            "from_place": need.from_place,
            "to_place": need.to_place,
            "setting": need.setting,
            "giver": need.hand_out,
            "recipient": need.hand_out,
            "shown": need.hand_out,
            "reason": need.reason,
            "approver": need.second_person,
            "lot": move != "used",
            "kits": move != "used",
            "doses": move != "used",
        }
        for name, is_shown in shown.items():
            self.fields[name].setVisible(is_shown)
        self.new_lot_button.setVisible(move == "received")
        self.form_button.setVisible(move in said.HAND_OUTS)
        self.record_button.set_words(
            tr("Open the use report") if move == "used" else tr("Record it")
        )
        self._say_line(entered)
        self._pause.start()

    def _say_line(self, entered: Entered) -> None:
        if entered.move == "used":
            words, fine = tr("The report asks who gave it and which lot, for each person."), True
        else:
            words, fine = line_words(entered, self._held, self._places)
        self._line_row.setVisible(bool(words))
        self.line.setText(words)
        self.line.set_tone("text2" if fine else "warn")
        if entered.move == "used":
            self._line_icon.set_icon("info", "link")
        else:
            self._line_icon.set_icon(
                "circle-check" if fine else "triangle-alert", "ok" if fine else "warn_icon"
            )

    def _open_form(self) -> None:
        self.form_wanted.emit("naloxone_given", self.entered().answers(self._county))

    def _fullest(self) -> str | None:
        """Return the place that holds most: where most is given out of."""
        sums: dict[str, int] = dict.fromkeys(self._places, 0)
        for (_lot, place), doses in self._held.items():
            if place in sums:
                sums[place] += doses
        return max(sums, key=lambda place: sums[place], default=None)


_BELOW = (
    "day", "setting", "giver", "recipient", "shown", "reason", "approver", "override",
)  # fmt: skip
_MISSING = {
    "move": "Choose what happened",
    "lot": "Choose the lot: type a part of its number, or scan the carton",
    "from_place": "Choose where it comes from",
    "to_place": "Choose where it goes",
    "doses": "Enter how many doses, 1 or more",
    "day": "Enter the day, like 11/3",
    "reason": "Choose the reason",
    "approver": "Choose who else saw it",
    "setting": "Choose the setting",
    "giver": "Choose who gave it",
    "recipient": "Choose what sort of person received it",
    "shown": "Answer yes or no",
}
_GIVERS = {
    "deputy": "Deputy", "ems": "EMS", "fire": "Fire", "case_manager": "Case manager",
    "peer": "Peer", "jail_staff": "Jail staff", "health_department": "Health department",
    "machine": "Machine", "partner": "Partner",
}  # fmt: skip
_RECIPIENTS = {
    "at_risk": "Person at risk",
    "survivor": "Person who just survived an overdose",
    "family": "Family",
    "friend": "Friend",
    "household": "Bystander or household",
    "responder_agency": "Responder agency",
    "organisation": "Organization",
    "unknown": "Unknown",
}


def _choices(words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, tr(label)) for name, label in words.items())


def _whole(number: object) -> int | None:
    """Return a whole number as typed, above zero or zero."""
    return int(number) if isinstance(number, Decimal) and number >= 0 else None
