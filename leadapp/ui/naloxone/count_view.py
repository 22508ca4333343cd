"""Counting a place: the sheet on screen, numbers typed by keys, differences as they are typed.

What is recorded are the differences against the books at the moment of writing; this
page shows those of the moment the sheet was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.services.stock import Approver, CountLine, LotLine, PlaceLine
from leadapp.ui.days import day_of, say_date
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.typed_dates import Direction
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.middle_view import MiddleView
from leadapp.ui.naloxone.second_person import SecondPerson
from leadapp.ui.naloxone.side_form import day_in
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_HEADS = ("Lot", "Expires", "Books", "Kits counted", "Loose doses", "Difference")
_STRETCH = (3, 3, 2, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count to record: doses by lot."""

    place: str
    doses: dict[str, int]
    approver: str
    reason: str
    day: str
    password: str = field(default="", repr=False)
    digits: str = field(default="", repr=False)


class _Line:
    """One lot of the sheet: what the books say, two boxes, the difference."""

    def __init__(self, line: CountLine, number: str) -> None:
        self.line = line
        self.kits, self.loose = NumberBox(), NumberBox()
        self.kits.setAccessibleName(tr("Kits counted of {lot}", lot=number))
        self.loose.setAccessibleName(tr("Loose doses counted of {lot}", lot=number))
        self.kits.setAccessibleDescription(
            tr("Books: {amount}", amount=said.amount(line.expected, line.doses_per_kit))
        )
        self.said = Badge(tr("Not counted"), tone="neutral")

    def is_right(self) -> bool:
        """Return whether both boxes are empty or hold whole numbers from 0."""
        return all(
            box.is_right() and (box.number() is None or (box.number() or 0) >= 0)
            for box in (self.kits, self.loose)
        )

    def counted(self) -> int | None:
        """Return the doses counted, ``None`` while nothing was typed."""
        kits, loose = self.kits.number(), self.loose.number()
        if (kits is None and loose is None) or not self.is_right():
            return None
        return int(kits or 0) * max(1, self.line.doses_per_kit) + int(loose or 0)

    def say(self) -> int | None:
        """Show the difference; return it."""
        counted = self.counted()
        if counted is None:
            words = tr("Not counted") if self.is_right() else tr("Enter whole numbers")
            self.said.set_words(words, tone="neutral" if self.is_right() else "err")
            return None
        difference = counted - self.line.expected
        if not difference:
            self.said.set_words(tr("As the books say"), tone="ok", icon="check")
        else:
            self.said.set_words(said.difference(difference), tone="warn")
        return difference


class CountView(MiddleView):
    """``show_places``, then ``show_sheet(place, lines)`` for the place it asks about."""

    sheet_wanted = Signal(str)
    record_wanted = Signal(object)
    print_wanted = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__(Card(tr("Count stock"), aside=tr("type what lies there; Enter goes on")))
        self._lines: dict[str, _Line] = {}
        self._lots: dict[str, LotLine] = {}
        self.place = Combo(())
        self.place.changed.connect(lambda place: self.sheet_wanted.emit(str(place or "")))
        self.found = Combo(())
        self.found.changed.connect(self._add_found)
        self.second = SecondPerson(tr("Counted with"), beside=True)
        self.reason = Combo(said.reason_choices())
        self.reason.set_value("count_difference")
        self.day = DateBox(clock, direction=Direction.PAST)
        self.day.set_moment(clock.now())
        self.reason_field = Field(tr("Reason"), self.reason)
        self.day_field = Field(tr("Day"), self.day, needed=True)
        self.summary = Label("", role="table", tone="text2", wrap=True)
        self._build()

    def begin(self, places: Sequence[PlaceLine], lots: Sequence[LotLine], place: str) -> None:
        """Offer places and lots, and ask for the sheet of one place."""
        self._lots = {str(one.lot): one for one in lots}
        self.place.set_choices([Choice(one.place, one.name) for one in places])
        chosen = place or self.place.value() or (str(places[0].place) if places else "")
        self.place.set_value(chosen)
        self.second.forget()
        self.say_no("")
        if chosen:
            self.sheet_wanted.emit(chosen)

    def set_approvers(self, people: Sequence[Approver]) -> None:
        """Offer who may have counted too."""
        self.second.set_people(people)

    def show_sheet(self, lines: Sequence[CountLine]) -> None:
        """Show the lots of the place; the focus goes into the first box."""
        self._clear()
        for line in lines:
            self._add(line)
        self._offer_found()
        self._say()
        first = next(iter(self._lines.values()), None)
        (first.kits if first is not None else self.place).setFocus()

    def main_action(self) -> None:
        """Ctrl+S: record the count, or say what is missing."""
        counted = {lot: line.counted() for lot, line in self._lines.items()}
        doses = {lot: number for lot, number in counted.items() if number is not None}
        wrong = next((line for line in self._lines.values() if not line.is_right()), None)
        self.day_field.set_error("")
        if wrong is not None:
            self.say_no(tr("Enter whole numbers from 0, like 12."))
            wrong.kits.setFocus()
        elif not doses:
            self.say_no(tr("Count at least one lot: type how many kits there are."))
        elif self._differs() and self.second.say_missing():
            self.say_no("")
        elif not day_in(self.day):
            self.day_field.set_error(tr("Enter the day, like 11/3"))
            self.day_field.focus_control()
        else:
            self.say_no("")
            person = self.second.person() if self._differs() else ""
            password, digits = self.second.take()
            self.record_wanted.emit(
                Counted(
                    self.place.value() or "", doses, person, self.reason.value() or "",
                    day_in(self.day), password, digits,
                )
            )  # fmt: skip

    def refused(self, words: str) -> None:
        """Say why; the second person types their password again."""
        self.say_no(words)
        if self._differs():
            self.second.ask_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows go from box to box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            boxes = [box for line in self._lines.values() for box in (line.kits, line.loose)]
            at = next((at for at, box in enumerate(boxes) if box is watched), -1)
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if at >= 0 and step:
                to = at + step
                if 0 <= to < len(boxes):
                    boxes[to].setFocus()
                    boxes[to].selectAll()
                elif step == 1:
                    self._after_boxes().setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        card = self.card
        self.print_button = Button(tr("Print sheet"), icon="printer", small=True)
        self.print_button.clicked.connect(
            lambda _on=False: self.print_wanted.emit(self.place.value() or "")
        )
        card.head.addWidget(self.print_button)
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(Field(tr("Place"), self.place, needed=True), 1)
        top.addWidget(Field(tr("A lot that is not on the sheet"), self.found), 1)
        card.body.addLayout(top)
        scroll = Scroll(gap=8)
        scroll.setMinimumHeight(look.px(110))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(6))
        for at, words in enumerate(_HEADS):
            self._grid.addWidget(Label(tr(words), role="caption", tone="text2", bold=True), 0, at)
            self._grid.setColumnStretch(at, _STRETCH[at])
        self._none = Label(tr("The books have nothing here."), role="table", tone="text2")
        scroll.body.addLayout(self._grid)
        scroll.body.addWidget(self._none)
        card.body.addWidget(scroll, 1)
        card.body.addWidget(rule())
        card.body.addWidget(self.summary)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(12))
        top_of = Qt.AlignmentFlag.AlignTop
        foot.addWidget(self.second, 2, top_of)
        for one in (self.reason_field, self.day_field):
            foot.addWidget(one, 1, top_of)
        card.body.addLayout(foot)
        card.body.addWidget(self.problem)
        card.body.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        self.record_button = Button(tr("Record count"), icon="check", role="primary", key="Ctrl+S")
        self.record_button.clicked.connect(lambda _on=False: self.main_action())
        row.addWidget(self.back_button())
        row.addStretch(1)
        row.addWidget(self.record_button)
        return row

    # -- lines ---------------------------------------------------------------------------

    def _add(self, line: CountLine) -> _Line:
        number = line.lot_number or tr("no number")
        made = _Line(line, number)
        at = len(self._lines) + 1
        day = day_of(line.expiry)
        tone = "err" if line.expiry_state == "expired" else "text"
        name = Label(line.lot_number or tr("No number"), role="table", bold=True)
        name.setToolTip(line.product_label)
        widgets: tuple[QWidget, ...] = (
            name,
            Label(say_date(day) if day else tr("No date read"), role="table", tone=tone),
            Label(said.amount(line.expected, line.doses_per_kit), role="table"),
            made.kits,
            made.loose,
            made.said,
        )
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, at, column)
        for box in (made.kits, made.loose):
            box.setMaximumWidth(theme().px(96))
            box.installEventFilter(self)
            box.changed.connect(lambda _number: self._say())
        before = list(self._lines.values())
        QWidget.setTabOrder(before[-1].loose if before else self.found, made.kits)
        QWidget.setTabOrder(made.kits, made.loose)
        QWidget.setTabOrder(made.loose, self.second.approver)
        self._lines[str(line.lot)] = made
        self._none.hide()
        return made

    def _clear(self) -> None:
        for at in reversed(range(self._grid.count())):
            item = self._grid.itemAt(at)
            widget = item.widget() if item is not None else None
            row = self._grid.getItemPosition(at)[0]  # type: ignore[index]  # a tuple of four
            if widget is not None and row:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._lines.clear()
        self._none.show()

    def _offer_found(self) -> None:
        others = [one for lot, one in self._lots.items() if lot not in self._lines]
        self.found.set_choices(
            [Choice(one.lot, f"{one.lot_number}, {said.expires(one)}") for one in others]
        )

    def _add_found(self, lot: object) -> None:
        one = self._lots.get(str(lot))
        if one is None or one.lot in self._lines:
            return
        made = self._add(
            CountLine(
                one.lot, one.lot_number, one.product_label, one.expiry, one.expiry_state,
                one.doses_per_kit, 0,
            )
        )  # fmt: skip
        self.found.set_value(None)
        self._offer_found()
        self._say()
        made.kits.setFocus()

    def _differs(self) -> bool:
        return any(line.say() for line in self._lines.values())

    def _say(self) -> None:
        found = [line.say() for line in self._lines.values()]
        counted = [one for one in found if one is not None]
        off = sum(1 for one in counted if one)
        left = len(found) - len(counted)
        words = [
            tr("{count} of {all} lots counted", count=len(counted), all=len(found)),
            tr("{count} differ", count=off) if off != 1 else tr("1 differs"),
        ]
        if left:
            words.append(tr("what is not counted stays as the books say"))
        self.summary.setText(", ".join(words))
        for one in (self.second, self.reason_field):
            one.setVisible(bool(off))

    def _after_boxes(self) -> QWidget:
        return self.second.approver if self._differs() else self.day


_STEPS = {
    Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 2, Qt.Key.Key_Up: -2,
}  # fmt: skip
