"""What stock papers read: lots, places, balances and movements, as the open rings have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.text import fold
from leadapp.kinds.cells import spoken
from leadapp.measures.periods import Period
from leadapp.naloxone.lists import load_products
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.naloxone.reconciliation import Flow
from leadapp.services.desk import Desk
from leadapp.services.lists import fixed_places
from leadapp.store.connection import Row

MOST_MOVES = 2000
"""Movements a reconciliation lists one by one; the sums hold all."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as its record says it; a lot whose record is not here has a number and no more."""

    id: str
    number: str
    product: str
    expiry: str
    doses_per_kit: int
    extended_from: str = ""
    """The last day before a notice changed it."""

    def kits(self, doses: int) -> int:
        """Return the whole kits in ``doses``, below zero too."""
        if not self.doses_per_kit:
            return 0
        return abs(doses) // self.doses_per_kit * (1 if doses > 0 else -1)


@dataclass(frozen=True, slots=True)
class Place:
    """One of the county's places, or a fixed one."""

    id: str
    name: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement."""

    id: str
    day: str
    move: str
    lot: str
    from_place: str
    to_place: str
    kits: int | None
    doses: int
    shortfall: bool
    override: bool
    reverses: str


_MOVED = (
    "record_id, day, move, lot_id, from_place, to_place, kits, doses, shortfall, override, reverses"
)
_IN_FORCE = (
    "reverses = '' AND record_id NOT IN (SELECT reverses FROM movement WHERE reverses <> '')"
)


class Books:
    """The books of one desk, read once a paper. Reader lane."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lots: Mapping[str, Lot] = {lot.id: lot for lot in _lots(desk)}
        self.places: Mapping[str, Place] = {place.id: place for place in _places(desk)}

    def lot(self, name: str) -> Lot:
        """Return a lot by its record."""
        return self.lots.get(name) or Lot(name, name[:8], "", "", 0)

    def place(self, name: str) -> Place:
        """Return a place by its record or its fixed name."""
        return self.places.get(name) or Place(name, name[:8])

    def lot_called(self, text: str) -> str:
        """Return the record of the lot with this number, or this record; Refusal if not one."""
        if text in self.lots:
            return text
        wanted = fold(text)
        found = [lot.id for lot in self.lots.values() if fold(lot.number) == wanted]
        if len(found) != 1:
            raise Refusal("services.no_one_lot", lot=text, count=len(found))
        return found[0]

    def place_called(self, text: str) -> str:
        """Return the record of the place with this name, or this record; Refusal if not one."""
        if text in self.places and text not in VIRTUAL_PLACES:
            return text
        wanted = fold(text)
        found = [
            place.id
            for place in self.places.values()
            if place.id not in VIRTUAL_PLACES and fold(place.name) == wanted
        ]
        if len(found) != 1:
            raise Refusal("services.no_one_place", place=text, count=len(found))
        return found[0]

    def held(self) -> dict[tuple[str, str], int]:
        """Return the doses of each lot at each place now, nothing left out but zeros."""
        rows = self._desk.reader.rows(
            "SELECT lot_id, place, SUM(doses) FROM balance GROUP BY lot_id, place"
        )
        return {(lot, place): doses for lot, place, doses in rows if doses}

    def held_before(self, day: date) -> dict[tuple[str, str], int]:
        """Return the doses of each lot at each place before the first day of a month."""
        rows = self._desk.reader.rows(
            "SELECT lot_id, place, SUM(doses) FROM balance_of_month WHERE month < :month"
            " GROUP BY lot_id, place",
            {"month": f"{day:%Y-%m}"},
        )
        return {(lot, place): doses for lot, place, doses in rows if doses}

    def flows(self, period: Period) -> list[Flow]:
        """Return what went from where to where in ``period``, by lot, added up."""
        rows = self._desk.reader.rows(
            "SELECT lot_id, from_place, to_place, SUM(doses) FROM movement"
            " WHERE day >= :start AND day < :end GROUP BY lot_id, from_place, to_place",
            _days(period),
        )
        return [Flow(*row) for row in rows]

    def moved(self, period: Period) -> list[Moved]:
        """Return the first movements of ``period``, by day."""
        rows = self._desk.reader.rows(
            f"SELECT {_MOVED} FROM movement WHERE day >= :start AND day < :end"  # noqa: S608 - ours
            f" ORDER BY day, record_id LIMIT {MOST_MOVES}",
            _days(period),
        )
        return [_moved(row) for row in rows]

    def counts(self, period: Period) -> tuple[int, int, int]:
        """Return movements of ``period``, those the books were short for, and overrides."""
        ((all_of_them, short, override),) = self._desk.reader.rows(
            "SELECT COUNT(*), COALESCE(SUM(shortfall), 0), COALESCE(SUM(override), 0)"
            " FROM movement WHERE day >= :start AND day < :end",
            _days(period),
        )
        return all_of_them, short, override

    def left_shelves(self, lot: str) -> list[Moved]:
        """Return what left our shelves for people and no later line takes back, by day."""
        rows = self._desk.reader.rows(
            f"SELECT {_MOVED} FROM movement WHERE lot_id = :lot"  # noqa: S608 - ours
            f" AND to_place IN ('public', 'used', 'donated', 'training') AND {_IN_FORCE} ORDER BY day, record_id",
            {"lot": lot},
        )
        return [_moved(row) for row in rows]

    def replaced(self, lot: str) -> dict[str, str]:
        """Return the movement that took the place of each corrected one of a lot."""
        rows = self._desk.reader.rows(
            "SELECT replaces, record_id FROM movement WHERE lot_id = :lot AND replaces <> ''",
            {"lot": lot},
        )
        return dict(rows)

    def transferred(self, from_place: str, to_place: str, day: str) -> list[Moved]:
        """Return what went from one place to another on ``day`` and was not taken back."""
        rows = self._desk.reader.rows(
            f"SELECT {_MOVED} FROM movement WHERE day = :day"  # noqa: S608 - ours
            f" AND from_place = :from_place AND to_place = :to_place AND {_IN_FORCE}"
            " ORDER BY record_id",
            {"day": day, "from_place": from_place, "to_place": to_place},
        )
        return [_moved(row) for row in rows]


def product_labels(desk: Desk) -> dict[str, str]:
    """Return what products are called: the county's records, else what a program starts with."""
    shipped = {code: one.label for code, one in load_products(resources() / "lists").items()}
    own = desk.reader.rows("SELECT record_id, name FROM product WHERE name <> ''")
    return {**shipped, **dict(own)}


def _lots(desk: Desk) -> Iterator[Lot]:
    labels = product_labels(desk)
    rows = desk.reader.rows(
        "SELECT record_id, lot_number, product, expiry, doses_per_kit, extended_from FROM lot"
    )
    for record, number, product, expiry, doses, before in rows:
        label = labels.get(product) or spoken(product)
        yield Lot(record, number, label, expiry, doses or 0, before)


def _places(desk: Desk) -> Iterator[Place]:
    agencies = {row.name: row.label for row in desk.lookup("shared").search("agencies", "", 1000)}
    for row in fixed_places():
        yield Place(row.name, row.label)
    for record, name, agency in desk.reader.rows("SELECT record_id, name, agency FROM place"):
        yield Place(record, name, agencies.get(agency, ""))


def _days(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _moved(row: Row) -> Moved:
    record, day, move, lot, from_place, to_place, kits, doses, short, override, reverses = row
    return Moved(
        id=record,
        day=day,
        move=move,
        lot=lot,
        from_place=from_place,
        to_place=to_place,
        kits=kits,
        doses=doses or 0,
        shortfall=bool(short),
        override=bool(override),
        reverses=reverses or "",
    )
