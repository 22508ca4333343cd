"""Lots, places and books as they are read, for the modules that put them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from leadapp.core.ids import RecordId
from leadapp.naloxone.lists import Product
from leadapp.naloxone.stock import Lot, expiry_of
from leadapp.services.stock.asking import NO_SHELF, Ask, fixed_names, shipped_products
from leadapp.services.stock.values import ExpiryState, LotLine

Books = dict[tuple[RecordId, str], int]

_LOTS = """
SELECT record_id, product, lot_number, expiry, doses_per_kit, funding, extended_from, gtin,
       recalled <> '' OR record_id IN (
           SELECT m.lot_id FROM movement m
           WHERE m.move = 'recalled' AND m.day >= '' AND +m.reverses = ''
           AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses = m.record_id))
FROM lot
"""
_PRODUCTS = """
SELECT record_id, name, route, substance, strength, doses_per_kit, over_the_counter, gtin, active
FROM product
"""
_SHELVES = f"""
SELECT lot_id, place, doses FROM balance WHERE doses <> 0 AND place NOT IN ({NO_SHELF})
"""  # noqa: S608 - places of ours
_SHELF = "SELECT lot_id, doses FROM balance WHERE place = :place AND doses <> 0"
_PLACES = "SELECT record_id, name, place_kind, minimum, active FROM place"


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What is known of a lot, its books aside."""

    lot: Lot
    extended_from: str
    gtin: str
    product_label: str

    def line(self, on: date, on_hand: int) -> LotLine:
        """Return the lot as a line."""
        return LotLine(
            lot=self.lot.id,
            product=self.lot.product,
            product_label=self.product_label,
            lot_number=self.lot.lot_number,
            expiry=self.lot.expiry,
            expiry_state=state_of(self.lot, on),
            doses_per_kit=self.lot.doses_per_kit,
            funding=self.lot.funding,
            on_hand=on_hand,
            extended_from=self.extended_from,
            gtin=self.gtin,
            recalled=self.lot.recalled,
        )


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of one of the county's own places."""

    place: RecordId
    name: str
    place_kind: str
    minimum: int
    active: bool


def state_of(lot: Lot, on: date) -> ExpiryState:
    """Return how near the lot's last day is."""
    return expiry_of(lot, on).value


def lots(ask: Ask, only: str = "") -> dict[RecordId, LotFacts]:
    """Return all lots, or the one asked for."""
    rows = ask(f"{_LOTS} WHERE record_id = :lot" if only else _LOTS, {"lot": only} if only else {})
    labels = {code: one.label for code, one in products(ask).items()}
    found = {}
    for record, product, number, expiry, per_kit, funding, extended, gtin, recalled in rows:
        lot = Lot(
            id=RecordId(record),
            product=product or "",
            lot_number=number or "",
            expiry=expiry or "",
            doses_per_kit=per_kit or 0,
            funding=funding or "",
            recalled=bool(recalled),
        )
        label = labels.get(lot.product, lot.product)
        found[lot.id] = LotFacts(lot, extended or "", gtin or "", label)
    return found


def products(ask: Ask) -> dict[str, Product]:
    """Return every product, retired ones too: the county's records, then those that ship."""
    own = {
        record: Product(
            code=record,
            label=name or "",
            mg_per_dose=strength,
            doses_per_kit=per_kit,
            over_the_counter=otc == "yes",
            route=route or "",
            naloxone=substance != "other",
            gtin=gtin or "",
            active=active != "no",
        )
        for record, name, route, substance, strength, per_kit, otc, gtin, active in ask(
            _PRODUCTS, {}
        )
    }
    return {**shipped_products(), **own}


def in_use(known: Mapping[str, Product]) -> tuple[Product, ...]:
    """Return the products to choose from, by label."""
    offered = [one for one in known.values() if one.active]
    return tuple(sorted(offered, key=lambda one: (one.label.casefold(), one.code)))


def unknown_lot(record: RecordId) -> LotFacts:
    """Return a lot whose movements came before its record."""
    return LotFacts(Lot(record, "", "", "", 0), "", "", "")


def shelves(ask: Ask) -> Books:
    """Return the doses of each lot on our own shelves, never clamped."""
    return {(RecordId(lot), place): doses for lot, place, doses in ask(_SHELVES, {})}


def shelf(ask: Ask, place: str) -> dict[RecordId, int]:
    """Return the doses of each lot at one place."""
    return {RecordId(lot): doses for lot, doses in ask(_SHELF, {"place": place})}


def by_lot(books: Books) -> Mapping[RecordId, int]:
    """Return what all shelves hold of each lot."""
    sums: defaultdict[RecordId, int] = defaultdict(int)
    for (lot, _), doses in books.items():
        sums[lot] += doses
    return sums


def places(ask: Ask) -> dict[str, PlaceFacts]:
    """Return the county's own places."""
    return {
        record: PlaceFacts(RecordId(record), name or "", kind or "", minimum or 0, active != "no")
        for record, name, kind, minimum, active in ask(_PLACES, {})
    }


def place_names(ask: Ask) -> Mapping[str, str]:
    """Return what every place is called, fixed ones too."""
    own = {record: one.name for record, one in places(ask).items()}
    return {**fixed_names(), **own}


def kits_in(doses: int, doses_per_kit: int) -> int:
    """Return the whole kits in ``doses``; below zero alike, 0 where a kit is not known."""
    if doses_per_kit <= 0:
        return 0
    whole = abs(doses) // doses_per_kit
    return whole if doses >= 0 else -whole
