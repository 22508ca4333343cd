"""A lot about to be added: what a scanner or the person said of it, and the products there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadapp.naloxone.cartons import product_of
from leadapp.naloxone.codes import Scanned
from leadapp.services.stock import LotLine, Product


@dataclass(frozen=True, slots=True)
class LotAsked(Scanned):
    """What is known of a lot about to be added, and the products it may be of."""

    product: str = ""
    products: tuple[Product, ...] = ()


def lot_asked(
    known: Scanned, products: tuple[Product, ...], lots: Sequence[LotLine] = ()
) -> LotAsked:
    """Return what is known; the carton's number may be one a product or a lot is listed with."""
    listed = [(one.gtin, one.code) for one in products]
    listed += [(one.gtin, one.product) for one in lots]
    return LotAsked(
        gtin=known.gtin,
        lot_number=known.lot_number,
        expiry=known.expiry,
        serial=known.serial,
        product=product_of(known.gtin, listed),
        products=products,
    )
