"""The standing-order register and kit inspections, as lists. Reader lane."""

from __future__ import annotations

from datetime import date

from leadapp.core.ids import RecordId
from leadapp.naloxone.orders import Order, state_on
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import Ask, reading, require_look
from leadapp.services.stock.values import Inspection, StandingOrder

_ORDERS = """
SELECT record_id, order_type, prescriber, organisation, products, first_day, last_day,
       signed_file, protocol
FROM standing_order ORDER BY first_day DESC, record_id
"""
_INSPECTIONS = """
SELECT i.record_id, i.day, i.place, l.lot_number, i.present, i.seal, i.expiry_seen,
       i.temperature, i.action
FROM kit_inspection i LEFT JOIN lot l ON l.record_id = i.lot_id
WHERE :place IN ('', i.place) ORDER BY i.day DESC, i.record_id LIMIT :limit
"""


def standing_orders(desk: Desk, day: str) -> tuple[StandingOrder, ...]:
    """Return the register as it stands on ``day``, the newest order first."""
    require_look(desk)
    on = date.fromisoformat(day)
    found = []
    for row in reading(desk)(_ORDERS, {}):
        record, sort, prescriber, organisation, products, first, last, file, protocol = row
        order = Order(first or "", last or "", tuple((products or "").split()))
        found.append(
            StandingOrder(
                record=RecordId(record),
                order_type=sort or "",
                prescriber=prescriber or "",
                organisation=organisation or "",
                products=order.products,
                first_day=order.first_day,
                last_day=order.last_day,
                signed_file=file or "",
                protocol=protocol or "",
                state=state_on(order, on),
            )
        )
    return tuple(found)


def inspections(desk: Desk, place: str = "", limit: int = 200) -> tuple[Inspection, ...]:
    """Return the newest inspections, of one place or all."""
    require_look(desk)
    ask = reading(desk)
    names = facts.place_names(ask)
    return tuple(
        Inspection(
            record=RecordId(record),
            day=day,
            place=RecordId(where or ""),
            place_name=names.get(where, ""),
            lot_number=number or "",
            present=present or "",
            seal=seal or "",
            expiry_seen=expiry or "",
            temperature=temperature or "",
            action=action or "",
        )
        for record, day, where, number, present, seal, expiry, temperature, action in ask(
            _INSPECTIONS, {"place": place, "limit": limit}
        )
    )


def _orders(ask: Ask) -> list[Order]:
    return [
        Order(row[5] or "", row[6] or "", tuple((row[4] or "").split())) for row in ask(_ORDERS, {})
    ]
