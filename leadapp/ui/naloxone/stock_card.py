"""Stock by lot and place, and the filters over it: what expires, what lacks, what is too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from leadapp.services.stock import Held, LotLine, StockView
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Column
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.table import Table
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.expiry_bars import ExpiryBars
from leadapp.ui.naloxone.stock_rows import (
    of_key,
    place_columns,
    place_rows,
    stock_columns,
    stock_rows,
)
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_EXPIRES = 2
_LEAST_LIST = 102
"""A header and two rows."""
_EXPIRING: Mapping[str, int] = {"within_30": 30, "within_60": 60, "within_90": 90}
_NOTHING = {
    "all": ("No stock on the books", "Record what was received; the panel is at the right."),
    "below": ("Every place has what it should hold", ""),
    "over": ("No shelf has less than nothing", ""),
    "surplus": ("Nothing is left over", "Stock above a place's minimum shows here."),
}


class StockCard(Card):
    """``show_view(view, surplus)``; then ``set_filter("within_60")`` from a figure."""

    row_opened = Signal(str, str)
    """Enter on a line: lot and place, the lot blank for a line of a place."""

    menu_wanted = Signal(str, str, QPoint)
    """The actions of a line: lot, place, and where to show them."""

    def __init__(self, today: date) -> None:
        super().__init__(tr("Stock by lot and place"), aside=tr("soonest expiry first"), margin=12)
        self.body.setSpacing(theme().px(8))
        self._today = today
        self._view: StockView | None = None
        self._lots: dict[str, LotLine] = {}
        self._surplus: tuple[Held, ...] = ()
        self.pills = Pills([], name=tr("Show stock"))
        self.pills.changed.connect(lambda _name: self._show())
        self.body.addWidget(self.pills)
        self.lots = _table(stock_columns(), tr("Stock by lot and place"))
        self._bars = ExpiryBars(self.lots, self._share)
        self.lots.setItemDelegateForColumn(_EXPIRES, self._bars)
        self.places = _table(place_columns(), tr("Places below their minimum"))
        ignored = QSizePolicy.Policy.Ignored
        self._empty = Empty("package", "")
        self._stack = QStackedWidget()
        # Its hint would stand for its minimum in a page that scrolls; the pills above wrap.
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, ignored)
        self._stack.setMinimumHeight(theme().px(_LEAST_LIST))
        self._empty.setSizePolicy(ignored, ignored)
        for widget in (self.lots, self.places, self._empty):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        for table in (self.lots, self.places):
            table.opened.connect(self._open)
            table.menu_wanted.connect(self._menu)
        self.actions_button = Button(tr("Actions"), icon="menu", small=True)
        self.actions_button.setAccessibleName(tr("Actions for this lot"))
        self.actions_button.setToolTip(tr("Actions for this lot  (Shift+F10)"))
        self.actions_button.clicked.connect(self._menu_of_button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_view(self, view: StockView, surplus: Sequence[Held]) -> None:
        """Show what there is; the filter that is on stays on."""
        self._view, self._surplus = view, tuple(surplus)
        self._lots = {str(line.lot): line for line in view.lots}
        near = {name: len(self._near(days)) for name, days in _EXPIRING.items()}
        over = sum(one.doses < 0 for one in view.held)
        below = sum(one.below for one in view.places)
        filters = [
            Filter("all", tr("All"), len(view.held)),
            Filter("within_30", tr("30 days"), near["within_30"]),
            Filter("within_60", tr("60 days"), near["within_60"]),
            Filter("within_90", tr("90 days"), near["within_90"]),
            Filter("below", tr("Below minimum"), below),
            Filter("surplus", tr("Surplus"), len(self._surplus)),
        ]
        if over:
            filters.append(Filter("over", tr("Over-issued"), over))
        self.pills.set_filters(filters)
        self._show()

    def set_filter(self, name: str) -> None:
        """Show what a figure counts."""
        self.pills.set_value(name)
        self._show()

    def chosen(self) -> tuple[str, str]:
        """Return lot and place of the line chosen, blank where there is none."""
        return of_key(self.table.current_key()) if self.table else ("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never lower than head, filters and two rows; then the page scrolls."""
        super().resizeEvent(event)
        layout = self.layout()
        margins = layout.contentsMargins() if layout is not None else self.contentsMargins()
        gaps = theme().px(44)
        least = (
            self.head.sizeHint().height()
            + self.pills.heightForWidth(self.pills.width())
            + theme().px(_LEAST_LIST)
            + margins.top()
            + margins.bottom()
            + gaps
        )
        if self.minimumHeight() != least:
            self.setMinimumHeight(least)

    @property
    def table(self) -> Table | None:
        """The list in view."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Table) else None

    def focus_list(self) -> None:
        """Put the focus into the list, or on the filters where it is empty."""
        (self.table or self.pills).setFocus()

    def _show(self) -> None:
        view, name = self._view, self.pills.value()
        if view is None:
            return
        if name == "below":
            below = [one for one in view.places if one.below]
            self.places.show_rows(place_rows(below))
            self._turn_to(self.places, bool(below))
            return
        held = self._held(name)
        self.lots.show_rows(stock_rows(view, held))
        self._turn_to(self.lots, bool(held))

    def _held(self, name: str) -> Sequence[Held]:
        view = self._view
        if view is None:
            return ()
        if name in _EXPIRING:
            return self._near(_EXPIRING[name])
        if name == "surplus":
            return self._surplus
        return [one for one in view.held if name != "over" or one.doses < 0]

    def _near(self, days: int) -> list[Held]:
        held = self._view.held if self._view else ()
        return [
            one
            for one in held
            if one.doses > 0
            and str(one.lot) in self._lots
            and said.is_near(self._lots[str(one.lot)], days)
        ]

    def _turn_to(self, widget: QWidget, found: bool) -> None:
        if not found:
            fact, how = _NOTHING.get(
                self.pills.value(), ("No lot in stock expires in this time", "")
            )
            self._empty.say(tr(fact), tr(how))
        self._stack.setCurrentWidget(widget if found else self._empty)
        self.actions_button.setEnabled(found)

    def _share(self, key: str) -> tuple[float, bool]:
        lot = self._lots.get(of_key(key)[0])
        left = said.days_left(lot, self._today) if lot is not None else None
        if lot is None or left is None:
            return 0.0, False
        return max(0.0, left / said.FULL_LIFE_DAYS), said.expiry_tone(lot) != "text"

    def _open(self, key: str) -> None:
        self.row_opened.emit(*of_key(key))

    def _menu(self, key: str, place: QPoint) -> None:
        self.menu_wanted.emit(*of_key(key), place)

    def _menu_of_button(self) -> None:
        corner = self.actions_button.mapToGlobal(self.actions_button.rect().bottomLeft())
        self.menu_wanted.emit(*self.chosen(), corner)


def _table(columns: Sequence[Column], name: str) -> Table:
    table = Table(columns, name=name, framed=False)
    table.setMinimumHeight(theme().px(_LEAST_LIST))
    return table
