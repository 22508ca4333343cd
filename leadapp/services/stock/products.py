"""The county's own list of products: its records, over those a new program starts with."""

from __future__ import annotations

from leadapp.naloxone.lists import Product
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import reading, require_look


def products(desk: Desk) -> tuple[Product, ...]:
    """Return the products offered here, by label. Reader lane."""
    require_look(desk)
    return facts.in_use(facts.products(reading(desk)))
