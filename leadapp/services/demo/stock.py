"""The made-up county's naloxone: lots come in, go out to places, expire; never below nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from leadapp.core.ids import RecordId, UserId
from leadapp.kinds.companion import CompanionPlan
from leadapp.naloxone.movements import SUPPLIER
from leadapp.services.demo.book import Answers, Book
from leadapp.services.demo.chance import Chance
from leadapp.services.demo.moments import day_of, last_day, noon

_SHARED = "shared"
DOSES_PER_KIT = 2
_TO_PLACE = 12
"""Doses carried to a place when it runs short."""
_KEPT = 8
"""Doses of the lot next to expire that stay in the cabinet."""
_FUNDING = ("settlement", "state_free", "settlement", "sor")


class Stock:
    """The shelves, as the movements written so far leave them."""

    def __init__(
        self,
        book: Book,
        chance: Chance,
        places: Mapping[str, RecordId],
        *,
        author: UserId,
        second: UserId,
        receipt: int,
    ) -> None:
        self._book, self._chance = book, chance
        self._places = places
        self._author, self._second = author, second
        self._receipt = receipt + receipt % DOSES_PER_KIT
        self._expiry: dict[RecordId, date] = {}
        self._product: dict[RecordId, str] = {}
        self._lots: list[RecordId] = []
        self.books: dict[tuple[RecordId, str], int] = {}
        self.order = RecordId("")
        """The standing order that hand-outs rest on."""

    # -- what happens to stock ------------------------------------------------------------

    def open(self, at: datetime, end: date, *, long_enough: bool) -> None:
        """Receive the first lots: one to expire before the last month, one soon after it."""
        self._order(at)
        if long_enough:
            old = self._receive(at, last_day(end, -1), 2 * _KEPT)
            self._move(at, "transferred", old, self._at("store"), self._at("cabinet"), _KEPT)
        soon = self._receive(at, last_day(end, 1), max(4 * _KEPT, self._receipt // 4))
        self._move(at, "transferred", soon, self._at("store"), self._at("cabinet"), _KEPT)
        self._receive(at, last_day(end, 8), self._receipt)

    def take(self, place: str, doses: int, at: datetime) -> RecordId:
        """Return the lot that ``doses`` come from at ``place``, carried there first if short."""
        shelf = self._at(place)
        found = self._lot_at(shelf, doses, at.date())
        if found is None:
            amount = max(_TO_PLACE, doses + doses % DOSES_PER_KIT)
            found = self._lot_at(self._at("store"), amount, at.date())
            if found is None:
                found = self._receive(at, last_day(at.date(), 20), max(self._receipt, amount))
            self._move(at, "transferred", found, self._at("store"), shelf, amount)
        return found

    def product(self, lot: RecordId) -> str:
        """Return the product of a lot."""
        return self._product[lot]

    def place(self, name: str) -> RecordId:
        """Return the record of a place."""
        return self._places[name]

    def note(self, plans: list[CompanionPlan]) -> None:
        """Put movements that other records made on the books."""
        for plan in plans:
            if plan.ring_family == _SHARED:
                answers = plan.answers
                self._booked(
                    RecordId(answers["lot"]),
                    answers["from_place"],
                    answers["to_place"],
                    int(answers["doses"]),
                )

    def expire(self, at: datetime) -> None:
        """Take what has expired off every shelf."""
        for (lot, place), doses in sorted(self.books.items()):
            if doses > 0 and self._expiry[lot] < at.date() and place in self._places.values():
                self._move(at, "expired", lot, place, "expired", doses)

    def count(self, at: datetime) -> None:
        """Count the store: two doses are not there."""
        self._lose(at, "adjusted", "counted", "count_difference")
        shelf = self._at("store")
        answers = {"about/day": day_of(at), "about/place": shelf}
        held = sorted(lot for (lot, place), doses in self.books.items() if place == shelf and doses)
        for n, lot in enumerate(held, start=1):
            counted = str(self.books[lot, shelf])
            answers |= {f"lines[{n}]/_order": str(n), f"lines[{n}]/lot": lot}
            answers[f"lines[{n}]/counted"] = counted
        self._book.save("stock_count", _SHARED, answers, author=self._author, at=noon(at))

    def damage(self, at: datetime) -> None:
        """Throw away a box that was left in the heat, as an inspection found it."""
        answers = {
            "look/day": day_of(at),
            "look/place": self._at("cabinet"),
            "look/present": "yes",
            "look/seal": "yes",
            "look/expiry_seen": "yes",
            "look/temperature": "heat",
            "look/action": "replace",
        }
        self._book.save("kit_inspection", _SHARED, answers, author=self._author, at=noon(at))
        self._lose(at, "damaged", "damaged", "temperature")

    def lose(self, at: datetime) -> None:
        """Miss a box."""
        self._lose(at, "lost", "lost", "missing")

    def train(self, at: datetime) -> None:
        """Use a box for training."""
        lot = self._lot_at(self._at("store"), DOSES_PER_KIT, at.date())
        if lot is not None:
            self._move(at, "training", lot, self._at("store"), "training", DOSES_PER_KIT)

    # -- how it is written ------------------------------------------------------------------

    def _order(self, at: datetime) -> None:
        """Note the statewide order that hand-outs rest on."""
        answers = {
            "about/order_type": "statewide",
            "about/prescriber": "State Health Director",
            "about/organisation": "County programs that hand out naloxone",
            "about/first_day": f"{at.year - 1}-07-01",
            "about/protocol": "1",
        }
        self.order = self._book.save(
            "standing_order", _SHARED, answers, author=self._author, at=noon(at)
        )

    def _lose(self, at: datetime, move: str, to_place: str, reason: str) -> None:
        lot = self._lot_at(self._at("store"), DOSES_PER_KIT, at.date())
        if lot is not None:
            more = {"movement/reason": reason, "approver": self._second}
            self._move(at, move, lot, self._at("store"), to_place, DOSES_PER_KIT, more)

    def _receive(self, at: datetime, expiry: date, doses: int) -> RecordId:
        product = "nasal_4" if self._chance.yes(0.8) else "nasal_3"
        answers = {
            "about/product": product,
            "about/lot_number": f"{self._chance.one('ABCFKN')}{self._chance.between(1000, 9899)}",
            "about/expiry": expiry.isoformat(),
            "about/doses_per_kit": str(DOSES_PER_KIT),
            "about/funding": _FUNDING[len(self._lots) % len(_FUNDING)],
        }
        lot = self._book.save("lot", _SHARED, answers, author=self._author, at=noon(at))
        self._lots.append(lot)
        self._expiry[lot], self._product[lot] = expiry, product
        self._move(at, "received", lot, SUPPLIER, self._at("store"), doses)
        return lot

    def _move(
        self,
        at: datetime,
        move: str,
        lot: RecordId,
        from_place: str,
        to_place: str,
        doses: int,
        more: Answers | None = None,
    ) -> None:
        answers = {
            "movement/day": day_of(at),
            "movement/move": move,
            "movement/lot": lot,
            "movement/from_place": from_place,
            "movement/to_place": to_place,
            "movement/doses": str(doses),
            "movement/kits": str(doses // DOSES_PER_KIT),
            **(more or {}),
        }
        self._book.save("stock_movement", _SHARED, answers, author=self._author, at=noon(at))
        self._booked(lot, from_place, to_place, doses)

    def _booked(self, lot: RecordId, from_place: str, to_place: str, doses: int) -> None:
        self.books[lot, from_place] = self.books.get((lot, from_place), 0) - doses
        self.books[lot, to_place] = self.books.get((lot, to_place), 0) + doses

    def _lot_at(self, shelf: str, doses: int, day: date) -> RecordId | None:
        """Return the first to expire of the lots there is enough of."""
        there = [
            lot
            for lot in self._lots
            if self.books.get((lot, shelf), 0) >= doses and self._expiry[lot] >= day
        ]
        return min(there, key=lambda lot: self._expiry[lot], default=None)

    def _at(self, name: str) -> RecordId:
        return self._places[name]
