"""A lot about to be added: what a scanner or the person said of it, and the products there are."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.naloxone.codes import Scanned
from leadapp.services.stock import Product


@dataclass(frozen=True, slots=True)
class LotAsked(Scanned):
    """What is known of a lot about to be added, and the products it may be of."""

    product: str = ""
    products: tuple[Product, ...] = ()


def lot_asked(known: Scanned, products: tuple[Product, ...]) -> LotAsked:
    """Return what is known; the carton's number may be one a product is listed with."""
    code = known.gtin.zfill(14)
    same = (one.code for one in products if one.gtin and one.gtin.zfill(14) == code)
    return LotAsked(
        gtin=known.gtin,
        lot_number=known.lot_number,
        expiry=known.expiry,
        serial=known.serial,
        product=next(same, ""),
        products=products,
    )
