"""How much naloxone stands on the county's own shelves. Reader lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.naloxone.stock import Expiry, Lot, expiry_of
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role

_NEAR = frozenset({Expiry.EXPIRED, Expiry.WITHIN_30, Expiry.WITHIN_60})
_BOOKS = "SELECT lot_id, place, doses FROM balance WHERE doses <> 0"


@dataclass(frozen=True, slots=True)
class Stock:
    """Naloxone on the county's own shelves. ``below`` are places under their minimum."""

    doses: int
    expiring_lots: int
    below: tuple[tuple[str, int], ...]
    """(place's name, the doses it should hold)."""
    negative: int
    """Shelves with less than nothing on the books."""

    @property
    def is_news(self) -> bool:
        """Return whether anybody has to do something, or there is any stock at all."""
        return bool(self.doses or self.expiring_lots or self.below or self.negative)


def stock(desk: Desk) -> Stock | None:
    """Return how much naloxone there is; ``None`` for who has nothing to do with it."""
    if not desk.may("list", "movement", "shared") or desk.roles == {Role.ADMINISTRATOR}:
        return None
    day = today(desk.clock)
    lots = {
        str(record): Lot(RecordId(str(record)), "", "", str(expiry or ""), int(kit or 0))
        for record, expiry, kit in desk.reader.rows(
            "SELECT record_id, expiry, doses_per_kit FROM lot", {}
        )
    }
    held = [
        (str(lot), str(place), int(doses))
        for lot, place, doses in desk.reader.rows(_BOOKS, {})
        if doses and place not in VIRTUAL_PLACES
    ]
    on_shelf: defaultdict[str, int] = defaultdict(int)
    fit: defaultdict[str, int] = defaultdict(int)
    in_lot: defaultdict[str, int] = defaultdict(int)
    expired = {name for name, one in lots.items() if expiry_of(one, day) is Expiry.EXPIRED}
    for lot, place, doses in held:
        on_shelf[place] += doses
        fit[place] += 0 if lot in expired else doses
        in_lot[lot] += doses
    return Stock(
        doses=sum(on_shelf.values()),
        expiring_lots=sum(
            doses > 0 and lot in lots and expiry_of(lots[lot], day) in _NEAR
            for lot, doses in in_lot.items()
        ),
        below=tuple(_below(desk, fit)),
        negative=sum(doses < 0 for _, _, doses in held),
    )


def _below(desk: Desk, on_shelf: dict[str, int]) -> Iterable[tuple[str, int]]:
    rows = desk.reader.rows(
        "SELECT record_id, name, minimum FROM place"
        " WHERE minimum > 0 AND active <> 'no' ORDER BY name",
        {},
    )
    for place, name, minimum in rows:
        if on_shelf.get(str(place), 0) < int(minimum):
            yield str(name), int(minimum)
