"""Adding a lot, and changing a lot's last day by a notice."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from leadapp.core.clock import Clock
from leadapp.naloxone.codes import Scanned
from leadapp.naloxone.lists import Product
from leadapp.services.stock import LotLine, NewLot
from leadapp.ui.days import day_of
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.kit.typed_dates import Direction, Part, Typed
from leadapp.ui.naloxone import said
from leadapp.ui.naloxone.lot_asked import LotAsked
from leadapp.ui.naloxone.side_form import SideForm, day_in
from leadapp.ui.words import tr

_FUNDING = {
    "settlement": "Settlement", "state_free": "State free program", "sor": "SOR",
    "fr_cara": "FR-CARA", "block_grant": "Block grant", "local": "Local", "donation": "Donation",
    "unknown": "Unknown",
}  # fmt: skip


class NewLotPanel(SideForm):
    """``begin_with(scanned)``; emits the ``NewLot``."""

    save_wanted = Signal(object)

    def __init__(self, clock: Clock, products: Iterable[Product]) -> None:
        self._products: dict[str, Product] = {}
        self.product = Combo(())
        self._offer(products)
        self.number = Line()
        self.expiry = DateBox(clock, partial=True)
        self.per_kit = NumberBox()
        self.funding = Combo([Choice(code, tr(words)) for code, words in _FUNDING.items()])
        self._gtin = ""
        super().__init__(
            tr("New lot"),
            {
                "product": Field(tr("Product"), self.product, needed=True),
                "number": Field(tr("Lot number"), self.number, needed=True),
                "expiry": Field(
                    tr("Printed expiry"), self.expiry, needed=True,
                    hint=tr("A month alone means its last day: 8/2027"),
                ),
                "per_kit": Field(tr("Doses in a kit"), self.per_kit, needed=True),
                "funding": Field(tr("Paid by"), self.funding, needed=True),
            },
            tr("Add lot"),
        )  # fmt: skip
        self.about.setText(tr("As it is printed on the carton. No names."))
        self.product.changed.connect(self._product_chosen)

    def begin_with(self, known: Scanned) -> None:
        """Start with what a scanner or the person said; product and payer stay as last time."""
        if isinstance(known, LotAsked):
            self._offer(known.products)
            self.product.set_value(known.product or self.product.value())
        self._gtin = known.gtin
        self.number.set_value(known.lot_number)
        day = day_of(known.expiry)
        self.expiry.set_typed(Typed(Part.DAY, day) if day is not None else None)
        if self.product.value() is None:
            self.product.set_value("nasal_4" if "nasal_4" in self._products else None)
        self._product_chosen(self.product.value())
        self.begin()
        first = "number" if not known.lot_number else "expiry" if not known.expiry else "product"
        self.fields[first].focus_control()

    def try_to_save(self) -> None:
        """Add it, or say what is missing."""
        per_kit = self.per_kit.number()
        expiry = last_day(self.expiry.typed())
        missing = {
            "product": "" if self.product.value() else tr("Choose the product"),
            "number": "" if self.number.text().strip() else tr("Enter the lot number"),
            "expiry": "" if expiry else tr("Enter the day or month, like 8/2027"),
            "per_kit": "" if per_kit and per_kit > 0 else tr("Enter a number, like 2"),
            "funding": "" if self.funding.value() else tr("Choose who paid"),
        }
        if self.say_missing({name: words for name, words in missing.items() if words}):
            return
        self.save_wanted.emit(
            NewLot(
                product=self.product.value() or "",
                lot_number=self.number.text().strip(),
                expiry=expiry,
                doses_per_kit=int(per_kit or 0),
                funding=self.funding.value() or "",
                gtin=self._gtin,
            )
        )

    def _offer(self, products: Iterable[Product]) -> None:
        self._products = {one.code: one for one in products}
        self.product.set_choices([Choice(one.code, one.label) for one in self._products.values()])

    def _product_chosen(self, code: object) -> None:
        product = self._products.get(str(code))
        self.per_kit.set_number((product.doses_per_kit if product else None) or 2)


@dataclass(frozen=True, slots=True)
class Extension:
    """A later last day of a lot, with the notice that allows it."""

    lot: str
    expiry: str
    notice: str
    notice_day: str


class ExtendPanel(SideForm):
    """``begin_for(lot)``; emits the ``Extension``."""

    save_wanted = Signal(object)

    def __init__(self, clock: Clock) -> None:
        self._lot: LotLine | None = None
        self.expiry = DateBox(clock, partial=True)
        self.notice = Line()
        self.notice_day = DateBox(clock, direction=Direction.PAST)
        super().__init__(
            tr("Change expiry by a notice"),
            {
                "expiry": Field(tr("New last day"), self.expiry, needed=True),
                "notice": Field(
                    tr("Notice"), self.notice, needed=True, hint=tr("Who sent it, which document")
                ),
                "notice_day": Field(tr("Date of the notice"), self.notice_day, needed=True),
            },
            tr("Change expiry"),
        )

    def begin_for(self, lot: LotLine) -> None:
        """Ask for one lot."""
        self._lot = lot
        self.about.setText(
            tr(
                "Lot {number}, printed or last known to expire {day}. Both days are kept.",
                number=lot.lot_number,
                day=said.expires(lot),
            )
        )
        self.expiry.set_typed(None)
        self.notice.set_value("")
        self.notice_day.set_typed(None)
        self.begin()

    def try_to_save(self) -> None:
        """Write it, or say what is missing."""
        expiry, notice_day = last_day(self.expiry.typed()), day_in(self.notice_day)
        missing = {
            "expiry": "" if expiry else tr("Enter the day or month, like 8/2027"),
            "notice": "" if self.notice.text().strip() else tr("Write which notice allows it"),
            "notice_day": "" if notice_day else tr("Enter the day on the notice"),
        }
        if self.say_missing({name: words for name, words in missing.items() if words}):
            return
        lot = self._lot
        if lot is not None:
            self.save_wanted.emit(
                Extension(lot.lot, expiry, self.notice.text().strip(), notice_day)
            )


def last_day(typed: Typed | None) -> str:
    """Return the ISO day meant; a month or a year alone means its last day."""
    if typed is None or typed.day is None:
        return ""
    day = typed.day
    if typed.part is Part.YEAR:
        return date(day.year, 12, 31).isoformat()
    if typed.part is Part.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1]).isoformat()
    return day.isoformat()
