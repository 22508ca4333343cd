"""Standing orders: whether one covers a product on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

State = Literal["in_force", "ending", "ended", "not_begun"]
ENDING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Order:
    """What an order covers. Days are ISO; no last day means it has none, no products all."""

    first_day: str
    last_day: str
    products: tuple[str, ...] = ()


def state_on(order: Order, day: date) -> State:
    """Return how an order stands on ``day``; it holds through its last day."""
    if not order.first_day or order.first_day > day.isoformat():
        return "not_begun"
    if not order.last_day:
        return "in_force"
    if order.last_day < day.isoformat():
        return "ended"
    soon = (day + timedelta(days=ENDING_DAYS)).isoformat()
    return "ending" if order.last_day <= soon else "in_force"


def covered(orders: Iterable[Order], day: date, product: str = "") -> bool:
    """Return whether any order holds on ``day`` for ``product``."""
    return any(
        state_on(order, day) in ("in_force", "ending")
        and (not order.products or not product or product in order.products)
        for order in orders
    )
